"""Which report stands where under ``raw/``, made how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.typeset.compose import compose
from tests.typeset.forms.variant import Variant
from tests.typeset.makers import Style
from tests.typeset.model import Report
from tests.typeset.samples import extras, report_000, report_001, report_002, report_003, report_004
from tests.typeset.table import Label, Manuscript, Para


@dataclass(frozen=True, slots=True)
class Sample:
    """A file under ``raw/``: ``seed`` is the founding report it retells, None for invented ones."""

    path: str
    maker: str
    style: Style
    manuscript: Callable[[], Manuscript]
    region_code: str
    unit: str
    fiscal_year: int
    what: str
    seed: str | None = None
    report: Callable[[], Report] | None = None


def _composed(report: Callable[[], Report], variant: Variant) -> Callable[[], Manuscript]:
    return lambda: compose(report(), variant, page_breaks=False)


FOUNDING: tuple[Sample, ...] = (
    Sample(
        "2021/株洲市委老干部局-2021-部门整体支出绩效自评.pdf",
        "canvas",
        Style(rules="word", repeat_header=False, page_number="{n}"),
        report_000.manuscript,
        "430200",
        "中共株洲市委老干部局",
        2021,
        "正文和附件1-1，表格跨页、合并单元格、竖排标签；总分比各项之和少1分",
        seed="000",
    ),
    Sample(
        "2024/株洲市行业办公室-2024-整体支出绩效自评报告.pdf",
        "canvas",
        Style(rules="wps", repeat_header=False),
        report_001.manuscript,
        "430200",
        "株洲市行业办公室",
        2024,
        "正文、基础数据表、部门和项目自评表，表格跨页不重复表头",
        seed="001",
    ),
    Sample(
        "2021/州商务局机关老干服务中心-2021-部门整体支出绩效评价报告.pdf",
        "canvas",
        Style(rules="word", size=10.0),
        report_002.manuscript,
        "433100",
        "湘西土家族苗族自治州商务局机关老干服务中心",
        2021,
        "县级样式的收支情况表和正文计分",
        seed="002",
    ),
    Sample(
        "2023/西湖区委老干部局-2023-整体支出绩效自评报告.pdf",
        "canvas",
        Style(),
        report_003.manuscript,
        "360103",
        "中共南昌市西湖区区委老干部局",
        2023,
        "只有正文",
        seed="003",
    ),
    Sample(
        "2022/正定县委老干部局-2022-部门预算绩效文本.pdf",
        "canvas",
        Style(rules="excel", repeat_header=True),
        report_004.manuscript,
        "130123",
        "中共正定县委老干部局",
        2022,
        "四个项目的绩效目标表，跨页重复表头",
        seed="004",
    ),
)

INVENTED: tuple[Sample, ...] = (
    Sample(
        "2023/合肥市蜀山区社区教育指导中心-2023-部门整体支出绩效自评.docx",
        "docx",
        Style(),
        _composed(extras.docx_report, Variant(pick=0)),
        "340104",
        "合肥市蜀山区社区教育指导中心",
        2023,
        "虚构单位，Word 格式",
        report=extras.docx_report,
    ),
    Sample(
        "2022/成都市青羊区河道管护中心-2022-项目支出绩效自评.html",
        "html",
        Style(encoding="gb18030"),
        _composed(extras.html_report, Variant(pick=0, split_operator=True)),
        "510105",
        "成都市青羊区河道管护中心",
        2022,
        "虚构单位，政府网站网页（GB18030 编码）",
        report=extras.html_report,
    ),
    Sample(
        "2021/银川市兴庆区文化馆-2021-项目支出绩效自评.xlsx",
        "xlsx",
        Style(),
        _composed(extras.xlsx_report, Variant(pick=0, blank="—")),
        "640104",
        "银川市兴庆区文化馆",
        2021,
        "虚构单位，Excel 格式；总分比各项之和多1分",
        report=extras.xlsx_report,
    ),
    Sample(
        "2024/天津市河西区妇女儿童活动中心-2024-项目支出绩效自评.txt",
        "tabbed",
        Style(),
        _composed(extras.txt_report, Variant(pick=0)),
        "120103",
        "天津市河西区妇女儿童活动中心",
        2024,
        "虚构单位，由 Word 表格导出的文本",
        report=extras.txt_report,
    ),
    Sample(
        "2023/重庆市万州区农产品检测站-2023-项目支出绩效自评（扫描件）.pdf",
        "scan",
        Style(font="microhei", rules="wps"),
        _composed(extras.scan_report, Variant(pick=0, label=Label.ACROSS)),
        "500101",
        "重庆市万州区农产品检测站",
        2023,
        "虚构单位，扫描件（只有图像）",
        report=extras.scan_report,
    ),
)


def _notice() -> Manuscript:
    return Manuscript(
        (
            Para("关于调整会议室开放时间的通知", "title"),
            Para("各科室：因设备检修，三楼会议室本周三下午暂停使用，周四上午恢复。请提前安排。"),
            Para("办公室", "right"),
        )
    )


#: Not a report: shows what quarantine says. Its neighbour, a cut-off file, is made in make_raw.
NOTICE = Sample(
    "2024/会议室通知（与绩效无关）.pdf",
    "canvas",
    Style(),
    _notice,
    "",
    "",
    2024,
    "与绩效无关的通知，用来演示隔离",
)
BROKEN = "2024/残缺文件（下载中断）.pdf"

SAMPLES: tuple[Sample, ...] = (*FOUNDING, *INVENTED, NOTICE)
