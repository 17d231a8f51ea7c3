"""Scored lists in running text (``①绩效目标合理性（3分）：…得满分3分``) under 投入, 过程 and such.

A list is at least two items that print a weight and a score. Headings above give level 1 and
level 2;
automatic numbering is not trusted. The result of a typed formula is the actual value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.extraction.builder import Spot
from orchestration.extraction.narrative.arithmetic import Formula, find_formulas
from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.outline import head_of
from orchestration.extraction.narrative.survey import rates_in
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.text import normalise
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Paragraph

_NUMBER = r"(\d+(?:\.\d+)?)"
_ITEM = re.compile(
    rf"^(?P<name>[^,。;:()=]{{2,40}}?)[(](?:满分|分值|权重|标准分)?(?:为|:)?{_NUMBER}分(?P<inner>[^)]*)[)]"
)
_ITEM_PLAIN = re.compile(
    rf"^(?P<name>[\u4e00-\u9fff“”、]{{2,30}}?)(?<!得)[,:]?(?:满分|分值|标准分|权重)(?:为|:)?{_NUMBER}分(?P<inner>)(?=[,。;:])"
)
_SCORE = re.compile(
    rf"(?:(?:得满分|自评得分|评价得分|实际得分|自评分|得分)(?:为|是|:)?{_NUMBER}分?"
    rf"|(?:自评|实得|计|得)(?:为|是|:)?{_NUMBER}分)(?:(?=[,。;)])|(?<=分)$)"
)
#: A score whose number is cut off by a line or a page: 得满分3 1.
_CUT_SCORE = re.compile(r"得满?分(?:为|是|:)?\d[\d. ]*$")
_FULL_MARKS = re.compile(r"得满分(?!\d)|不扣分|(?:按|应)?得满分[。;,]")
_DEDUCTED = re.compile(rf"扣(?:除|减|了)?{_NUMBER}分")
_RULE = re.compile(r"(?:根据|依据|按照?)(?:评分标准|评分细则|评价标准|计分标准).*$")
#: Short lines that name no level: the rest of a sentence that a page cut, a running head.
_TORN = re.compile(r"得满?分|\d分|20\d\d")
_SHORT = 40  # characters of a line that may name a level
_REASON = re.compile(r"(?:由于|因为|因|原因(?:是|为|:)|主要是)[^。]*")


@dataclass(slots=True)
class ListItem:
    """One item as printed: name, weight, score, and its whole text."""

    paragraph: Paragraph
    text: TextMap
    name: str
    weight: Decimal
    score: Decimal | None
    body: str
    level1: str | None = None
    level2: str | None = None
    level1_weight: Decimal | None = None


@dataclass(slots=True)
class ListFinder:
    """Follows headings and items through the paragraphs of a document."""

    context: Context
    items: list[ListItem] = field(default_factory=list)
    _level1: str | None = None
    _level1_weight: Decimal | None = None
    _level2: str | None = None
    #: A line that could not be read may have been the level 1 in force.
    _is_lost: bool = False

    def offer(self, paragraph: Paragraph, whole: TextMap) -> bool:
        """Take a paragraph in; True where it is an item of a list."""
        head = head_of(whole.compact)
        body = whole.compact[head.start :]
        item = _ITEM.match(body) or _ITEM_PLAIN.match(body)
        if item is None or _is_level(item["name"], body[item.end() :]):
            self._between(paragraph, body)
            return False
        rest = body[item.end() :]
        weight = Decimal(item[2])
        score = _score(rest, weight, item["inner"])
        if score is None and not self.items:
            self._between(paragraph, body)
            return False
        self.items.append(
            ListItem(
                paragraph, whole.cut(head.start, len(whole.compact)), item["name"], weight, score,
                rest.lstrip(":。,"), self._level1, self._level2, self._level1_weight,
            )
        )  # fmt: skip
        return True

    def extend(self, whole: TextMap) -> bool:
        """A paragraph that goes on with the last item (its score stands at its end)."""
        if not self.items or self.items[-1].score is not None:
            return False
        last = self.items[-1]
        score = _score(whole.compact, last.weight, "")
        if score is None or head_of(whole.compact).rank is not None:
            return False
        last.score, last.body = score, last.body + whole.compact
        return True

    def _between(self, paragraph: Paragraph, body: str) -> None:
        """A line that is no item: a level, or one that cannot be read and may have been a level."""
        if paragraph.doubts and len(body) <= _SHORT:
            self._level1 = self._level2 = self._level1_weight = None
            self._is_lost = True
        else:
            self._heading(body)

    def _heading(self, body: str) -> None:
        """A short line may be a level: 投入 / 过程（61分） or 预算执行情况."""
        match = re.match(
            rf"^([^,。;:=]{{2,24}}?)(?:[(](?:满分|分值)?{_NUMBER}分[^)]*[)])?[:。]?$", body
        )
        if match is None:
            if len(body) > 60 and self.items and self.items[-1].score is not None:
                return
            return
        name = match[1]
        vocabulary = default_vocabulary()
        level1 = vocabulary.level1.find(name)
        level2 = vocabulary.level2.find(name)
        if level1 is not None and level1 != "other" and (level2 is None or self._level1 is None):
            self.flush_on_new_block(name)
            self._level1, self._level2, self._is_lost = name, None, False
            self._level1_weight = Decimal(match[2]) if match[2] else None
        elif (self._level1 is not None or self._is_lost) and not _TORN.search(name):
            self._level2 = name

    def flush_on_new_block(self, name: str) -> None:
        """A level 1 that was already used begins another list."""
        used = [i.level1 for i in self.items]
        if name in used and used[-1] != name:
            self.finish()

    def finish(self) -> None:
        """Record the list collected so far, if it is one."""
        items, self.items = self.items, []
        scored = [i for i in items if i.score is not None]
        if len(scored) < 2:
            return
        first = items[0]
        table = self.context.builder.indicator_table(_spot(self.context, first))
        for item in items:
            self._record(item, table)

    def _record(self, item: ListItem, table: int) -> None:
        vocabulary = default_vocabulary()
        formula = _own_formula(find_formulas(item.text.compact, rates_in(item.text.compact)))
        actual = _actual(formula)
        project = self.context.outline.project
        self.context.builder.indicator(
            _spot(self.context, item),
            table=table,
            scope="project" if project else "department",
            project_name=project,
            table_kind="list",
            form_family="T5",
            level1=item.level1,
            level2=item.level2,
            level3=normalise(item.name),
            level1_std=vocabulary.level1.find(item.level1) or "other" if item.level1 else None,
            level2_std=vocabulary.level2.find(item.level2) or "other" if item.level2 else None,
            level1_weight=item.level1_weight,
            actual_text=actual[0],
            actual_operator="=" if actual[1] is not None else None,
            actual_value=actual[1],
            actual_unit=actual[2],
            weight=item.weight,
            score=item.score,
            deviation_reason=_reason(item),
        )
        if item.score is None and _CUT_SCORE.search(item.body):
            self.context.builder.issue(
                _spot(self.context, item),
                kind="unread_figure",
                message="得分的数字被断行或页码隔开，无法确定，未采用 | "
                "the score's number is cut by a line end or a page's number: left out",
            )


def _is_level(name: str, rest: str) -> bool:
    """``投入（20分）`` alone on its line is a heading."""
    return not rest.strip(":。") and default_vocabulary().level1.find(name) is not None


def _spot(context: Context, item: ListItem) -> Spot:
    return context.spot(item.paragraph, item.text, 0, len(item.text.compact))


def _score(rest: str, weight: Decimal, inner: str) -> Decimal | None:
    """The score an item prints; full marks said in words are its weight."""
    for text in (rest, inner):
        scores = [first or second for first, second in _SCORE.findall(text)]
        if scores:
            value = Decimal(scores[-1])
            return value if value <= weight * 10 else None
    if _FULL_MARKS.search(rest):
        return weight
    deducted = _DEDUCTED.findall(rest)
    return weight - Decimal(deducted[-1]) if len(deducted) == 1 else None


def _own_formula(formulas: Sequence[Formula]) -> Formula | None:
    named = [f for f in formulas if not f.is_product]
    return named[-1] if named else None


def _actual(formula: Formula | None) -> tuple[str | None, Decimal | None, str | None]:
    """The first typed result of an item's formula."""
    if formula is None or not formula.results or formula.results[0].value is None:
        return None, None, None
    result = formula.results[0]
    return f"{result.value}{result.unit or ''}", result.value, result.unit


def _reason(item: ListItem) -> str | None:
    """Why points were taken off, where the item says so."""
    if item.score is None or item.score >= item.weight:
        return None
    said = item.text.printed_span(0, len(item.text.compact))
    body = _RULE.sub("", normalise(said).split("：", 1)[-1].split(":", 1)[-1])
    match = _REASON.search(body)
    return match.group().rstrip("，,。;；") if match else None
