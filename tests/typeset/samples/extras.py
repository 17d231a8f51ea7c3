"""Reports of invented units, so that every format stands under ``raw/``.

Units, projects and figures are invented; the places exist.
"""

from __future__ import annotations

from decimal import Decimal

from tests.typeset import prose
from tests.typeset.model import Evaluation, Fund, Indicator, Project, Report, Unit, Value
from tests.typeset.values import quantity as q
from tests.typeset.values import words as w

D = Decimal


def _fund(
    source: str,
    label: str,
    wan: tuple[str, str, str] | None,
    rate: str | None = None,
    points: tuple[str, str] | None = None,
) -> Fund:
    initial, annual, executed = (D(x) * 10000 for x in wan) if wan else (None, None, None)
    return Fund(
        source,
        label,
        initial=initial,
        annual=annual,
        executed=executed,
        rate=D(rate) / 100 if rate else None,
        rate_text=f"{rate}%" if rate else "",
        weight=D(points[0]) if points else None,
        score=D(points[1]) if points else None,
    )


def _line(
    codes: tuple[str, str],
    levels: tuple[str, str],
    name: str,
    target: Value,
    actual: Value,
    points: tuple[str, str],
    reason: str | None = None,
) -> Indicator:
    return Indicator(
        levels[0],
        levels[1],
        name,
        codes[0],
        codes[1],
        target,
        actual,
        D(points[0]),
        D(points[1]),
        reason,
    )


OUT = "产出指标"
BEN = "效益指标"
SAT = "满意度指标"
COST = "成本指标"
QTY = ("output", "quantity")
QUA = ("output", "quality")
TIM = ("output", "timeliness")
OCO = ("output", "cost")
SOC = ("benefit", "social_benefit")
SUS = ("benefit", "sustainable_impact")
SER = ("satisfaction", "service_satisfaction")
SERVICE = "服务对象满意度指标"


def docx_report() -> Report:
    """A department of Anhui, 2023: prose and the national form; exact in every sum."""
    unit = Unit("合肥市蜀山区社区教育指导中心", "340104", "蜀山区", "安徽省", "county")
    form = Evaluation(
        "T1D",
        "department",
        None,
        (
            _fund("total", "年度资金总额", ("312.40", "326.00", "319.48"), "98", ("10", "9.8")),
            _fund("general_public_budget", "其中：当年财政拨款", ("300.00", "313.60", "307.08")),
            _fund("carry_over", "上年结转资金", ("12.40", "12.40", "12.40")),
            _fund("other", "其他资金", None),
        ),
        (
            _line(
                QTY,
                (OUT, "数量指标"),
                "社区课堂开课数量",
                q(">=", "120", "场"),
                q("=", "131", "场"),
                ("15", "15"),
            ),
            _line(
                QTY,
                (OUT, "数量指标"),
                "编印学习手册",
                q(">=", "5000", "册"),
                q("=", "5000", "册"),
                ("10", "10"),
            ),
            _line(
                QUA,
                (OUT, "质量指标"),
                "课程合格率",
                q(">=", "95", "%"),
                q("=", "97.5", "%"),
                ("15", "15"),
            ),
            _line(
                TIM,
                (OUT, "时效指标"),
                "年度任务完成时间",
                w("2023年12月底前"),
                w("2023年12月20日"),
                ("10", "10"),
            ),
            _line(
                SOC,
                (BEN, "社会效益指标"),
                "居民学习参与程度",
                w("有所提升"),
                w("有所提升"),
                ("15", "13"),
                "偏远小区参与人数不足，次年增设流动课堂",
            ),
            _line(
                SUS,
                (BEN, "可持续影响指标"),
                "志愿讲师队伍",
                q(">=", "60", "人"),
                q("=", "64", "人"),
                ("15", "15"),
            ),
            _line(
                SER,
                (SAT, SERVICE),
                "学员满意度",
                q(">=", "90", "%"),
                q("=", "96.2", "%"),
                ("10", "10"),
            ),
        ),
        goal="开设社区课堂，编印手册，壮大志愿讲师队伍，让居民在家门口学得到、学得好。",
        completion="全年开课131场，手册按时发放，讲师达到64人，总体完成。",
        total_weight=D(100),
        total_score=D("97.8"),
        grade="优",
        level1_weights={OUT: D(50), BEN: D(30), SAT: D(10)},
    )
    parts = (
        "# 一、部门基本情况",
        "中心负责全区社区教育的课程、师资和阵地建设，内设综合科和教学科。",
        prose.people(2023, 18, 17, 6),
        "# 二、收支情况",
        prose.income(2023, D(3124000), D(136000)),
        prose.spending(2023, D(2410800), D(784000)),
        "# 三、自评结论",
        prose.survey("社区学员", 260, 250),
        "自评小组认为目标设置合理，执行进度均衡，下一步改进偏远小区的服务。",
        form,
    )
    title = "合肥市蜀山区社区教育指导中心2023年度部门整体支出绩效自评报告"
    return Report(unit, 2023, "self_evaluation", title, parts)


def html_report() -> Report:
    """A project of Sichuan, 2022: operator and unit in columns of their own."""
    unit = Unit("成都市青羊区河道管护中心", "510105", "青羊区", "四川省", "county")
    project = Project(
        "河道清淤与绿化养护",
        "51010522T000004417365",
        "成都市青羊区水务管理局",
        "成都市青羊区河道管护中心",
    )
    form = Evaluation(
        "T8",
        "project",
        project,
        (
            _fund("total", "总额", ("86.50", "80.00", "76.40"), "95.5", ("10", "9.55")),
            _fund("general_public_budget", "其中：财政资金", ("86.50", "80.00", "76.40"), "95.5"),
            _fund("special_account", "财政专户管理资金", None),
            _fund("other", "单位资金", None),
        ),
        (
            _line(
                QTY,
                (OUT, "数量指标"),
                "清淤河道长度",
                q(">=", "12", "公里"),
                q("=", "12.6", "公里"),
                ("20", "20"),
            ),
            _line(
                QTY,
                (OUT, "数量指标"),
                "养护绿地面积",
                q(">=", "3.5", "万平方米"),
                q("=", "3.5", "万平方米"),
                ("20", "20"),
            ),
            _line(
                QUA,
                (OUT, "质量指标"),
                "断面水质达标率",
                q(">=", "90", "%"),
                q("=", "91", "%"),
                ("20", "20"),
            ),
            _line(
                SOC, (BEN, "社会效益指标"), "沿河环境", w("明显改善"), w("明显改善"), ("20", "20")
            ),
            _line(
                SER,
                (SAT, SERVICE),
                "沿线居民满意度",
                q(">=", "85", "%"),
                q("=", "88", "%"),
                ("10", "10"),
            ),
        ),
        goal="完成辖区河道清淤和绿地养护，保持水质达标。",
        completion="清淤12.6公里，养护绿地3.5万平方米，断面水质达标。",
        total_weight=D(100),
        total_score=D("99.55"),
        split=True,
    )
    title = "成都市青羊区河道管护中心2022年度项目支出绩效自评公开"
    return Report(
        unit, 2022, "self_evaluation", title, ("现将2022年度项目支出绩效自评情况公开如下。", form)
    )


def xlsx_report() -> Report:
    """A project of Ningxia, 2021: a reviewer's score beside the unit's own; one total is wrong."""
    unit = Unit("银川市兴庆区文化馆", "640104", "兴庆区", "宁夏回族自治区", "county")
    project = Project("非物质文化遗产展演", None, "银川市兴庆区文化旅游局", "银川市兴庆区文化馆")
    lines = (
        _line(
            QTY,
            (OUT, "数量指标"),
            "举办展演场次",
            q(">=", "24", "场"),
            q("=", "22", "场"),
            ("20", "18"),
            "两场因天气取消",
        ),
        _line(
            QUA,
            (OUT, "质量指标"),
            "节目审核通过率",
            q("=", "100", "%"),
            q("=", "100", "%"),
            ("20", "20"),
        ),
        _line(
            OCO,
            (OUT, "成本指标"),
            "单场成本",
            q("<=", "1.5", "万元"),
            q("=", "1.45", "万元"),
            ("10", "10"),
        ),
        _line(
            SOC,
            (BEN, "社会效益指标"),
            "观众人次",
            q(">=", "30000", "人次"),
            q("=", "31250", "人次"),
            ("30", "30"),
        ),
        _line(
            SER, (SAT, SERVICE), "观众满意度", q(">=", "90", "%"), q("=", "93", "%"), ("10", "10")
        ),
    )
    form = Evaluation(
        "T1",
        "project",
        project,
        (
            _fund("total", "年度资金总额", ("35.00", "35.00", "31.90"), "91.14", ("10", "9.11")),
            _fund("general_public_budget", "其中：当年财政拨款", ("30.00", "30.00", "26.90")),
            _fund("other", "其他资金", ("5.00", "5.00", "5.00")),
        ),
        lines,
        goal="举办展演，让更多群众了解非遗项目。",
        completion="全年展演22场，观众31250人次。",
        total_weight=D(100),
        total_score=D("98.11"),  # the lines add up to 97.11
        level1_weights={OUT: D(50), BEN: D(30), SAT: D(10)},
    )
    title = "银川市兴庆区文化馆2021年度项目支出绩效自评"
    return Report(unit, 2021, "self_evaluation", title, (form,))


def txt_report() -> Report:
    """A project of Tianjin, 2024, as a Word table dumped to text."""
    unit = Unit("天津市河西区妇女儿童活动中心", "120103", "河西区", "天津市", "county")
    project = Project(
        "公益托管服务", None, "天津市河西区妇女儿童工作委员会", "天津市河西区妇女儿童活动中心"
    )
    form = Evaluation(
        "T1",
        "project",
        project,
        (
            _fund("total", "年度资金总额", ("48.00", "48.00", "48.00"), "100", ("10", "10")),
            _fund("general_public_budget", "其中：当年财政拨款", ("48.00", "48.00", "48.00")),
            _fund("other", "其他资金", None),
        ),
        (
            _line(
                QTY,
                (OUT, "数量指标"),
                "托管班期数",
                q("=", "8", "期"),
                q("=", "8", "期"),
                ("20", "20"),
            ),
            _line(
                QTY,
                (OUT, "数量指标"),
                "服务儿童人数",
                q(">=", "400", "人"),
                q("=", "436", "人"),
                ("20", "20"),
            ),
            _line(
                QUA,
                (OUT, "质量指标"),
                "安全事故次数",
                q("=", "0", "次"),
                q("=", "0", "次"),
                ("10", "10"),
            ),
            _line(
                SOC,
                (BEN, "社会效益指标"),
                "双职工家庭负担",
                w("有效减轻"),
                w("有效减轻"),
                ("30", "29"),
                "名额仍有缺口",
            ),
            _line(
                SER,
                (SAT, SERVICE),
                "家长满意度",
                q(">=", "95", "%"),
                q("=", "98", "%"),
                ("10", "10"),
            ),
        ),
        goal="利用寒暑假为双职工家庭提供公益托管。",
        completion="开办8期，服务儿童436人，未发生安全事故。",
        total_weight=D(100),
        total_score=D(99),
        level1_weights={OUT: D(50), BEN: D(30), SAT: D(10)},
    )
    title = "天津市河西区妇女儿童活动中心2024年度项目支出绩效自评"
    return Report(unit, 2024, "self_evaluation", title, (form,))


def scan_report() -> Report:
    """A project of Chongqing, 2023, scanned."""
    unit = Unit("重庆市万州区农产品检测站", "500101", "万州区", "重庆市", "county")
    project = Project("蔬菜农残快检", None, "重庆市万州区农业服务中心", "重庆市万州区农产品检测站")
    form = Evaluation(
        "T1",
        "project",
        project,
        (
            _fund("total", "年度资金总额", ("22.00", "22.00", "21.56"), "98", ("10", "9.8")),
            _fund("general_public_budget", "其中：当年财政拨款", ("22.00", "22.00", "21.56")),
        ),
        (
            _line(
                QTY,
                (OUT, "数量指标"),
                "抽检批次",
                q(">=", "1200", "批"),
                q("=", "1236", "批"),
                ("30", "30"),
            ),
            _line(
                QUA,
                (OUT, "质量指标"),
                "检测准确率",
                q(">=", "99", "%"),
                q("=", "99.5", "%"),
                ("20", "20"),
            ),
            _line(
                SOC,
                (BEN, "社会效益指标"),
                "问题产品处置率",
                q("=", "100", "%"),
                q("=", "100", "%"),
                ("30", "30"),
            ),
            _line(
                SER,
                (SAT, SERVICE),
                "商户满意度",
                q(">=", "90", "%"),
                q("=", "92", "%"),
                ("10", "10"),
            ),
        ),
        goal="开展蔬菜农药残留快速检测。",
        completion="抽检1236批次，问题产品全部处置。",
        total_weight=D(100),
        total_score=D("99.8"),
        level1_weights={OUT: D(50), BEN: D(30), SAT: D(10)},
    )
    title = "重庆市万州区农产品检测站2023年度项目支出绩效自评"
    return Report(unit, 2023, "self_evaluation", title, (form,))
