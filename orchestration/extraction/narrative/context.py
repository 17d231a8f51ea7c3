"""What every sentence family needs: the document's facts, the outline, and a place for figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orchestration.extraction.builder import RecordBuilder, Spot
from orchestration.extraction.narrative.outline import Outline
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.words import Word
from orchestration.reading.document import Paragraph
from orchestration.records import FigureRecord


@dataclass(slots=True)
class Mention:
    """A figure of a sentence, not yet recorded: lists and weak mentions are settled first."""

    spot: Spot
    family: str
    measure: str
    value: Decimal | None
    fields: dict[str, Any]
    #: Said of one funding source only (一般公共预算财政拨款支出): gives way to an unqualified
    #: figure.
    weak: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What the figure is about; mentions of one figure share it."""
        names = ("scope", "project_name", "item", "basis", "amount_year")
        return (self.family, self.measure, *(self.fields.get(name) for name in names))


def _below_its_parts(total: Mention, strong: dict[tuple[Any, ...], Decimal | None]) -> bool:
    """Whether basic and project spending of all funds come to more than what is called total."""
    if (total.family, total.measure, total.fields.get("item")) != ("expense", "amount", "total"):
        return False
    keys = [
        tuple(item if part == "total" else part for part in total.key)
        for item in ("basic", "project")
    ]
    parts = [strong.get(key) for key in keys]
    if total.value is None or any(part is None for part in parts):
        return False
    return sum((part for part in parts if part), Decimal(0)) > total.value + Decimal("0.02")


@dataclass(slots=True)
class Context:
    """One document while its running text is read.

    ``year`` is the fiscal year; ``budget_text`` says that the document looks ahead, so that a bare
    amount is a budget; ``own_names`` are names of the reporting unit.
    """

    builder: RecordBuilder
    year: int | None
    budget_text: bool = False
    #: Somebody evaluates one project: its scores are the document's own.
    evaluates: bool = False
    own_names: tuple[str, ...] = ()
    #: The title speaks of all that the unit spends: so does a heading like 资金情况.
    of_whole: bool = False
    #: The title is over projects or a fund, and names none: 全年支出 is nobody's.
    of_part: bool = False
    #: The text has spoken of other units of the department: 局机关 is not the whole.
    has_units: bool = False
    #: Public money is told to be less than all that was spent.
    one_of_sources: bool = False
    outline: Outline = field(default_factory=Outline)
    mentions: list[Mention] = field(default_factory=list)
    #: Money unit of the last figure that had one, for figures printed without.
    last_unit: str | None = None
    projects: list[str] = field(default_factory=list)
    #: Names that running text uses for a known project, by that project's name.
    other_names: dict[str, list[tuple[Spot, str]]] = field(default_factory=dict)

    def spot(self, paragraph: Paragraph, sentence: TextMap, start: int, end: int) -> Spot:
        """The spot of the compact characters ``start``..``end`` of a sentence.

        The words of the figure itself are its clause up to ``end``.
        """
        said_from = _clause_start(sentence.compact, start)
        offset = sentence.index[min(start, len(sentence.index) - 1)] if sentence.index else 0
        return self.builder.text_spot(
            paragraph, offset, sentence.text, sentence.printed_span(said_from, end),
            sentence.place_of(start, end),
        )  # fmt: skip

    def note_units(self, text: str) -> None:
        """Take in that a compact sentence speaks of other units of the department."""
        is_office = any(re.search("本级|机关$", name) for name in self.own_names)
        self.has_units = self.has_units or (not is_office and bool(_UNITS.search(text)))
        share = _SHARE_OF_ALL.search(text)
        self.one_of_sources = self.one_of_sources or bool(share and Decimal(share[1]) < _ALL)

    def budgets(self) -> list[tuple[Decimal, str]]:
        """The department's budgets told so far, with their units."""
        return [
            (m.value, str(m.fields["unit"]))
            for m in self.mentions
            if m.measure in ("annual_budget", "initial_budget")
            and m.value is not None
            and m.fields["item"] == "total"
            and not m.fields.get("project_name")
        ]

    def speaks_for_another(self, words: Sequence[Word]) -> bool:
        """Whether a clause says ``我院`` in the report of a unit that is no 院.

        A department prints what its units wrote; their money and people are not its own.
        """
        said = {w.text[1:] for w in words if w.role == "self" and _WE.match(w.text)}
        return bool(self.own_names and said) and not any(
            kind in name for kind in said for name in self.own_names
        )

    def mention(
        self,
        spot: Spot,
        family: str,
        measure: str,
        value: Decimal | None,
        *,
        weak: bool = False,
        **fields: Any,  # noqa: ANN401 - columns of FigureRecord
    ) -> Mention:
        """Note a figure; it is recorded at :meth:`flush`."""
        fields.setdefault("scope", "project" if fields.get("project_name") else "department")
        found = Mention(spot, family, measure, value, fields, weak)
        self.mentions.append(found)
        return found

    def flush(self) -> None:
        """Record what was noted, weak mentions that an unqualified figure contradicts left out.

        What a table states is unqualified: 一般公共预算拨款支出 of the text is not all spending
        where the tables state another total.
        """
        strong = {m.key: m.value for m in self.mentions if not m.weak}
        tabled = {
            (f.family, f.measure, f.scope, f.project_name, f.item, f.basis, f.amount_year): f
            for f in self.builder.records("figure")
            if f.is_table and f.value is not None
        }
        contradicted = {
            (m.family, *m.key[2:])
            for m in self.mentions
            if m.weak
            and (
                (m.key in strong and strong[m.key] != m.value)
                or (m.key in tabled and self._differs(m, tabled[m.key]))
                or _below_its_parts(m, strong)
            )
        }
        one_source = {(m.family, *m.key[2:]) for m in self.mentions if _of_one_source(m)}
        spent = {key for key in one_source & contradicted if "actual" in key}
        if self.one_of_sources or spent:
            contradicted |= one_source
        dropped = {
            m.fields.get("list_id")
            for m in self.mentions
            if m.weak
            and (m.family, *m.key[2:]) in contradicted
            and m.fields.get("list_role") == "parent"
        } - {None}
        for m in self.mentions:
            if m.weak and (m.family, *m.key[2:]) in contradicted:
                continue
            if m.weak and m.family == "expense" and m.fields.get("list_id") in dropped:
                continue  # 财政拨款基本支出 …，其中：人员经费 …: parts of a part
            self.builder.figure(
                m.spot,
                family=m.family,
                measure=m.measure,
                value=m.value,
                is_table=False,
                **m.fields,
            )
        self.mentions.clear()

    def _differs(self, said: Mention, tabled: FigureRecord) -> bool:
        """Whether an amount of the text is another than that of a table, rounding allowed for."""
        units = self.builder.vocabulary.units
        first, second = units.get(said.fields.get("unit") or ""), units.get(tabled.unit or "")
        if said.value is None or tabled.value is None or not (first and second):
            return False
        ours, theirs = first.factor or Decimal(1), second.factor or Decimal(1)
        slack = _slack(said.value) * ours + _slack(tabled.value) * theirs
        return abs(said.value * ours - tabled.value * theirs) > slack


def _slack(value: Decimal) -> Decimal:
    """Half a unit of the last printed digit."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)


def _of_one_source(said: Mention) -> bool:
    """Whether a total is that of public money alone; both sides of an account are of all money."""
    total = (said.family, said.fields.get("scope"), said.fields.get("item"))
    return said.weak and total == _TOTAL and "总计" not in (said.spot.cell_text or "")


_TOTAL = ("expense", "department", "total")
_ALL = Decimal(100)
#: 财政拨款支出 960 万元，占本年支出合计的 96.02%
_SHARE_OF_ALL = re.compile(
    r"(?:财政|公共预算)(?:财政)?(?:拨款)?支出[^,;。\d]{0,8}[\d.]+[^,;。]{0,6},占本年(?:度)?支出"
    r"(?:合计|总额|总计)?的?(\d+(?:\.\d+)?)%"
)
_WE = re.compile(r"[我本](?:局|办|委|厅|中心|院|校|处|站|所|馆|会|队|行|公司)$")
_UNITS = re.compile(
    r"(?<!无)(?<!没有)(?:所属|下属|局属|厅属|委属|直属|下辖|下设|二级)"
    r"(?:(?!无|没有)[^,;。:]){0,12}(?:事业|预算|二级|企业|参公)?(?:单位|机构(?!设)|医院|学校|林场|中心)"
    r"|全(?:[省市县区州旗镇][\u4e00-\u9fff]{2,6})?(?:系统|行业)"
)
_SEPARATOR = re.compile(r"[;:。(]|,(?!\d{3})|(?<!\d),")


def _clause_start(text: str, end: int) -> int:
    """Where the clause before a figure begins; a bracket that is closed again begins none."""
    start = 0
    for match in _SEPARATOR.finditer(text, 0, end):
        if match.group() != "(" or ")" not in text[match.end() : end]:
            start = match.end()
    return start
