"""Names, telephone numbers and addresses of persons: taken out wherever a form prints them.

All names and numbers are invented.
"""

from __future__ import annotations

import pytest

from orchestration.ingestion.personal import MASK, find_personal, scrub, scrub_record
from orchestration.records import GoalRecord

WAYS = [
    ("填表人：王小甲", ["王小甲"]),
    ("填报人: 李乙  联系电话: 0731-88886666", ["李乙", "88886666"]),
    ("填 表 人：赵 丙      联 系 电 话：88886666", ["赵 丙", "88886666"]),
    ("联系人 | 孙丁丁 | 联系电话 | 13900001234", ["孙丁丁", "13900001234"]),
    ("项目负责人 | 周戊 | 项目金额 | 12.50", ["周戊"]),
    ("经办人（签字）：吴己己", ["吴己己"]),
    ("负责人签字：郑庚　　　填报日期：2022年3月1日", ["郑庚"]),
    ("审核人：冯辛辛 填表人：陈壬", ["冯辛辛", "陈壬"]),
    ("联系人及电话：褚癸 139-0000-1234", ["褚癸", "139-0000-1234"]),
    ("联系方式：139 0000 1234", ["139 0000 1234"]),
    ("手机号码：１３９００００１２３４", ["１３９００００１２３４"]),
    ("本项目负责人为卫子丑，负责日常管理。", ["卫子丑"]),
    ("单位联系人是蒋寅，电话88886666。", ["蒋寅", "88886666"]),
    ("身份证号：110101199003070011", ["110101199003070011"]),
    ("证件 11010119900307001X 已核验", ["11010119900307001X"]),
    ("电子邮箱：someone.else@example.gov.cn", ["someone.else@example.gov.cn"]),
    ("传真：（0731）88886666", ["88886666"]),
    ("办公电话 | （0731）8888 6666", ["8888 6666"]),
    ("QQ：123456789", ["123456789"]),
    ("微信号：wx_abc123", ["wx_abc123"]),
    ("评价组组长：欧阳卯辰 成员：沈巳、韩午未", ["欧阳卯辰", "沈巳", "韩午未"]),
    ("杨申 | 科长 | 13900001234", ["杨申", "13900001234"]),
    ("法定代表人：阿卜杜·某某", ["阿卜杜·某某"]),
    ("分管领导：朱酉戌局长", ["朱酉戌"]),
    ("（联系人：秦亥　13900001234）", ["秦亥", "13900001234"]),
    ("电话：88886666转8001", ["88886666转8001"]),
    ("财务负责人：尤 甲 乙", ["尤 甲 乙"]),
    ("单位负责人（签章）: 许乙丙　填表人（签章）: 何丙", ["许乙丙", "何丙"]),
    ("联系电话:13800138000", ["13800138000"]),
    ("咨询热线 0731-88886666", ["0731-88886666"]),
    ("填表人 | 吕小丁", ["吕小丁"]),
    ("填报人：施某 | 联系电话：8888666 | 填报日期：2023.4.2", ["施某", "8888666"]),
]


@pytest.mark.parametrize(("text", "secrets"), WAYS, ids=[t[:14] for t, _ in WAYS])
def test_personal_data_is_taken_out(text: str, secrets: list[str]) -> None:
    clean = scrub(text)
    for secret in secrets:
        assert secret not in clean
    assert MASK in clean
    assert not find_personal(clean), clean


LEFT = [
    "填表人：",
    "项目负责人：主任 | 实施单位：某某局办公室",
    "2022年度支出13912345678.50元，其中基本支出139,123,456.78元。",
    "预算数13900000000元",
    "合计 | 13912340000 | 12345678 | 100.00",
    "电话费12345678元，邮电费3.20万元，传真机 | 12345678",
    "联系人民群众，落实负责人制度，严格执行财务制度",
    "单位负责人高度重视，成立以局长为组长的领导小组",
    "项目代码 430000213000000012345",
    "负责人由办公室主任担任",
    "电话回访满意率98%，电话咨询1234567人次",
    "满意度 | ≥95% | 98% | 10 | 10",
    "2021-2023年，2022.01.01-2022.12.31",
    "手机 | 1234567",
]


@pytest.mark.parametrize("text", LEFT)
def test_figures_roles_and_offices_stay(text: str) -> None:
    assert scrub(text) == text


def test_a_record_without_personal_data_is_the_same_object() -> None:
    record = GoalRecord(report_id="1390000123413900", scope="department", goal_text="完成年度任务")
    assert scrub_record(record) is record


def test_every_text_of_a_record_is_looked_at_but_its_keys() -> None:
    record = GoalRecord(
        report_id="1390000123413900",
        scope="department",
        goal_text="联系人：王小甲",
        source_text="目标 | 电话：13900001234",
    )
    clean = scrub_record(record)
    assert clean.report_id == record.report_id
    assert clean.goal_text == f"联系人：{MASK}"
    assert clean.source_text == f"目标 | 电话：{MASK}"
