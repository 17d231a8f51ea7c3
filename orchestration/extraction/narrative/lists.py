"""其中 lists: which amounts are parts of which, where one list ends and an inner one begins.

The parent is the one that the sentence states, right or wrong (R05 compares it with its parts).
What
cannot be a part by the classification (项目支出 of 基本支出) ends the list.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.narrative.context import Mention
from orchestration.extraction.narrative.subject import Subject

_CSV = (
    Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "reference" / "expense_item.csv"
)
#: Economic classes stand under whatever they are printed under: 基本支出, 项目支出, 人员经费 …
_ANYWHERE = frozenset(
    {"wages_benefits", "goods_services", "individual_family", "capital", "enterprise_subsidy",
     "other_expense", "three_public", "meeting", "training", "meeting_training", "procurement"}
)  # fmt: skip
_THREE_PUBLIC = frozenset(
    {"reception", "vehicle", "vehicle_purchase", "vehicle_operation", "abroad"}
)


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    with _CSV.open(encoding="utf-8", newline="") as handle:
        return {row["expense_item"]: row["parent_item"] for row in csv.DictReader(handle)}


def can_be_part(parent: str, item: str) -> bool:  # noqa: PLR0911 - a truth table
    """Whether an expense item may be printed as a part of another."""
    if parent == item:
        return False
    if parent == "three_public":
        return item in _THREE_PUBLIC
    if parent == "vehicle":
        return item in ("vehicle_purchase", "vehicle_operation")
    if parent in _THREE_PUBLIC:
        return False
    if item in _ANYWHERE or item in _THREE_PUBLIC:
        return True
    above = _parents().get(item, "")
    while above:
        if above == parent:
            return True
        above = _parents().get(above, "")
    return False


@dataclass(slots=True)
class OpenList:
    """A list that amounts may still join."""

    list_id: int
    parent: Mention | None
    basis: str | None
    in_bracket: bool
    #: Parts so far, and whether one of them was compared with the year before.
    parts: int = 0
    compared: bool = False
    #: A breakdown that the classification does not know (人员经费 of 工资福利支出): left alone.
    foreign: bool = False
    #: What the sentence was about before the list.
    outer: Subject | None = None


@dataclass(slots=True)
class Lists:
    """The lists open at a place of a sentence, outermost first."""

    builder: RecordBuilder
    stack: list[OpenList] = field(default_factory=list)

    @property
    def current(self) -> OpenList | None:
        """The innermost open list."""
        return self.stack[-1] if self.stack else None

    @property
    def parent(self) -> Mention | None:
        """What the innermost list is a list of."""
        return self.stack[-1].parent if self.stack else None

    def open(
        self,
        parent: Mention | None,
        *,
        in_bracket: bool,
        basis: str | None = None,
        outer: Subject | None = None,
    ) -> None:
        """``其中`` opens a list; a list without a known parent replaces one like it."""
        if parent is None and self.stack and self.stack[-1].parent is None:
            return
        if parent is not None:
            basis = parent.fields.get("basis")
        new = OpenList(self.builder.new_list(), parent, basis, in_bracket, outer=outer)
        self.stack.append(new)

    def close_bracket(self) -> OpenList | None:
        """A closing bracket ends the lists opened inside it; gives the outermost of them."""
        ended = None
        while self.stack and self.stack[-1].in_bracket:
            ended = self.stack.pop()
        return ended

    def close(self) -> OpenList | None:
        """End all lists; gives the outermost."""
        ended = self.stack[0] if self.stack else None
        self.stack.clear()
        return ended

    def fit(self, family: str, item: str) -> None:
        """End the lists that an amount of this item cannot be a part of."""
        if self.stack and self.stack[-1].foreign:
            return
        while self.stack:
            parent = self.stack[-1].parent
            if parent is None or parent.family != family:
                if parent is None:
                    return
            elif family != "expense" or can_be_part(parent.fields["item"], item):
                return
            self.stack.pop()

    def begin(self, item: str) -> None:
        """The first part of a list just opened; what cannot be a part makes it a foreign one."""
        parent = self.parent
        if parent is not None and parent.family == "expense":
            same = parent.fields["item"] == item
            if {parent.fields["item"], item} == {"personnel", "public"}:
                self.stack.pop()  # 人员经费 …，主要包括基本工资等，公用经费 …: no part, a sibling
                return
            self.stack[-1].foreign = not same and not can_be_part(parent.fields["item"], item)

    def join(self, found: Mention) -> None:
        """Make an amount a part of the innermost list, where basis and year are the parent's."""
        if not self.stack or self.stack[-1].parent is found:
            return
        parent = self.stack[-1].parent
        names = ("basis", "amount_year", "scope")
        if parent is not None and any(found.fields.get(n) != parent.fields.get(n) for n in names):
            return
        if parent is not None and found.fields.get("item") == parent.fields.get("item"):
            return
        found.fields.update(list_id=self.stack[-1].list_id, list_role="part")
        self.stack[-1].parts += 1
        if parent is not None and parent.fields.get("list_role") != "part":
            parent.fields.setdefault("list_id", self.stack[-1].list_id)
            parent.fields.setdefault("list_role", "parent")


_VEHICLES = frozenset({"vehicle", "vehicle_purchase", "vehicle_operation"})
_SHORT_VEHICLE = re.compile(
    r"^(?P<front>(?:其中|包括)?:?)(?:车辆|公车)?"
    r"(?:(?P<bought>购置)|运行|维护|运行维护|运行及维护|运行和维护)(?:费用?|经费)?(?P<end>(?:支出|为|是|共)*)$"
)
_SHORT_ASSET = re.compile(
    r"^(?P<front>(?:其中|包括)?:?)(?P<use>在用|出租|出租出借)(?P<end>[为是共]*)$"
)


def in_full(last: Mention | None, clause: str) -> str:
    """A clause whose words are short because of the amount before it, written out.

    ``公务用车购置及运行维护费 …（其中购置费 …、运行维护费 …）``, ``固定资产 …，其中在用 …``.
    """
    item = last.fields.get("item") if last is not None else None
    if last is not None and last.family == "expense" and item in _VEHICLES:
        short = _SHORT_VEHICLE.match(clause)
        if short:
            name = "公务用车购置费" if short["bought"] else "公务用车运行维护费"
            return f"{short['front']}{name}{short['end']}"
    if last is not None and last.family == "asset" and str(item).startswith("fixed"):
        short = _SHORT_ASSET.match(clause)
        if short:
            return f"{short['front']}{short['use']}固定资产{short['end']}"
    return clause
