"""Names of projects: which are one project's, and which name wins."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.extraction.builder import Order, RecordBuilder, Spot
from orchestration.extraction.projects import find_project, resolve_projects, same_project
from tests.unit.extraction.prose import document_of


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("古树名木保护专项经费", "古树名木保护业务经费"),
        ("2023年林长制工作经费", "林长制专项资金"),
        ("湿地公园管护项目", "“湿地公园管护”专项"),
        ("护林员劳务费", "生态护林员劳务费"),
        ("苗圃围墙维修改造项目", "市林业局苗圃围墙维修改造项目"),
    ],
)
def test_one_project_under_two_names(first: str, second: str) -> None:
    assert same_project(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一期防火道路项目", "二期防火道路项目"),
        ("森林防火经费", "森林病虫害防治经费"),
        ("办公经费", "业务工作经费"),
        ("东区绿化项目", "西区绿化项目"),
        ("2022年造林项目", "护林项目"),
    ],
)
def test_two_projects(first: str, second: str) -> None:
    assert not same_project(first, second)


def test_a_name_that_could_mean_two_projects_means_none() -> None:
    assert find_project("林长制经费", ["林长制工作经费", "古树保护经费"]) == "林长制工作经费"
    assert find_project("宣传经费", ["林长制工作经费"]) is None


def _builder(*names: tuple[str, bool]) -> RecordBuilder:
    builder = RecordBuilder(document_of("项目情况。"))
    for number, (name, in_form) in enumerate(names):
        spot = Spot(Order(0, number), table=1 if in_form else None)
        builder.project(spot, project_name=name)
        builder.figure(
            spot, family="budget", measure="executed", value=Decimal(number + 1),
            scope="project", project_name=name, item="total", unit="万元",
        )  # fmt: skip
    return builder


def test_the_name_of_a_form_beats_the_text_and_the_others_are_aliases() -> None:
    builder = _builder(("林长制业务经费", False), ("林长制专项经费", True), ("林长制经费", False))
    resolve_projects(builder)
    assert {f.project_name for f in builder.records("figure")} == {"林长制专项经费"}
    (project,) = _merged(builder)
    assert project.project_name == "林长制专项经费"
    assert set(project.aliases.split("；")) == {"林长制业务经费", "林长制经费"}


def _merged(builder: RecordBuilder) -> list:  # type: ignore[type-arg]
    from orchestration.records import DocumentRecord

    return builder.finish(DocumentRecord(report_id=builder.document.report_id)).projects


def test_two_forms_stay_two_projects_though_their_names_are_alike() -> None:
    builder = _builder(("林长制专项经费", True), ("林长制业务经费", True))
    resolve_projects(builder)
    assert len(_merged(builder)) == 2
