"""The words reports use, from the CSV seeds that dbt loads too (docs/architecture.md).

A province's new wording is a row in a CSV, never a line of code. Wordings are stored compact
(NFKC, no white space) and compared with :func:`orchestration.extraction.text.compact`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from orchestration.extraction.text import compact
from orchestration.word_lists import word_folder, word_rows

_LIST_NUMBER = re.compile(
    r"^(?:[★*☆]+|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.]\s*(?!\d)|[①-⑳]"
    r"|(?:[A-Z]\d{0,4}|\d{1,2}(?:\.\d{1,2}){1,3})[.、:-]?(?=[\u4e00-\u9fff]{2}))"  # A1项目立项
)
_TRAILING = re.compile(
    r"(?::|[(\[](?:万元|元|万|亿元|千元|%|分|人|[A-F](?:[=+\-/÷×*][A-F%\d]{1,4}){0,3})[)\]]|%)+$"
    r"|(?<=[\u4e00-\u9fff])[A-C](?:[/÷][A-C])?$"
)


def strip_decoration(text: str) -> str:
    """A label without list number, ``*``, trailing colon, ``(万元)``, ``（A）`` (DOMAIN.md §2)."""
    short = compact(text)
    short = _LIST_NUMBER.sub("", short)
    previous = None
    while previous != short:
        previous, short = short, _TRAILING.sub("", short)
    return short


@dataclass(frozen=True, slots=True)
class WordRow:
    """One wording and the code it stands for; ``match`` as in docs/architecture.md."""

    wording: str
    code: str
    match: str = "exact"

    @property
    def pattern(self) -> str:
        """What the whole of a compact text has to match to be this wording."""
        if self.match == "regex":
            return self.wording
        before = ".*" if self.match in ("suffix", "contains") else ""
        after = ".*" if self.match in ("prefix", "contains") else ""
        return f"{before}{re.escape(self.wording)}{after}"


class WordList:
    """A vocabulary of one kind: exact wordings first, then the longest that matches."""

    def __init__(self, rows: Iterable[WordRow]) -> None:
        self.rows = list(rows)
        self._exact = {r.wording: r.code for r in self.rows if r.match == "exact"}
        self._loose = sorted(
            (r for r in self.rows if r.match != "exact"), key=lambda r: -len(r.wording)
        )
        # One pattern for all: every cell is looked up, most of them to no avail.
        self._any = re.compile(
            "|".join(f"(?P<w{i}>{r.pattern})" for i, r in enumerate(self._loose)) or "(?!)",
            re.DOTALL,
        )

    def is_piece(self, text: str) -> bool:
        """Whether a compact text is the beginning or the end of a longer wording."""
        return any(
            len(word) > len(text) and (word.startswith(text) or word.endswith(text))
            for word in self._exact
        )

    def find(self, text: str) -> str | None:
        """The code of a text, its list number and trailing bracket aside; None if unknown."""
        whole = compact(text)
        for candidate in (whole, strip_decoration(whole)):
            if candidate in self._exact:
                return self._exact[candidate]
        for candidate in dict.fromkeys((whole, strip_decoration(whole))):
            found = self._any.fullmatch(candidate) if candidate else None
            if found is not None and found.lastgroup is not None:
                return self._loose[int(found.lastgroup[1:])].code
        return None

    def is_exact(self, text: str) -> bool:
        """Whether a compact text is a wording as the list has it, not one made by a pattern."""
        return text in self._exact


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One header wording: in a table block of this kind it heads this field."""

    block: str
    field: str
    word: WordRow


@dataclass(frozen=True, slots=True)
class SignatureToken:
    """A token of a form family's signature with its weight."""

    family: str
    token: str
    weight: Decimal
    required: bool


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit as printed, its normal word, what it measures, and its factor to yuan or ratio."""

    wording: str
    unit: str
    dimension: str
    factor: Decimal | None


@dataclass(frozen=True, slots=True)
class OperatorWord:
    """A wording of a comparison and where it stands: ``before`` or ``after`` the number."""

    wording: str
    operator: str
    position: str


@dataclass
class Vocabulary:
    """All word lists. Every lookup takes text as printed."""

    headers: list[HeaderRow]
    signatures: list[SignatureToken]
    level1: WordList
    level2: WordList
    funding_source: WordList
    revenue_item: WordList
    expense_item: WordList
    staff: WordList
    asset_item: WordList
    balance_item: WordList
    grades: WordList
    placeholders: WordList
    unfilled: WordList
    unchanged: WordList
    directions: WordList
    units: dict[str, UnitWord]
    operators: list[OperatorWord]
    organisations: tuple[str, ...]  # how their names end, the longest words first
    blanks: frozenset[str]
    _headers_by_block: dict[str, WordList] = field(default_factory=dict)

    def header(self, block: str, text: str) -> str | None:
        """The field that a header text names in a block of this kind; None if unknown."""
        return self._headers(block).find(text)

    def is_listed(self, block: str, text: str) -> bool:
        """Whether a compact header text is a wording of its own, not one made by a pattern."""
        return self._headers(block).is_exact(text)

    def _headers(self, block: str) -> WordList:
        if block not in self._headers_by_block:
            rows = [
                WordRow(h.word.wording, h.field, h.word.match)
                for h in self.headers
                if h.block == block
            ]
            self._headers_by_block[block] = WordList(rows)
        return self._headers_by_block[block]

    def unit(self, text: str) -> UnitWord | None:
        """The unit a text is; None if it is not one."""
        return self.units.get(compact(text))

    def unit_prefix(self, text: str) -> UnitWord | None:
        """The longest unit a text begins with."""
        whole = compact(text)
        for length in range(min(len(whole), 8), 0, -1):
            if whole[:length] in self.units:
                return self.units[whole[:length]]
        return None

    def money_unit(self, text: str) -> str | None:
        """The money unit named in a caption or header (``单位：万元``, ``（万元）``); else None."""
        whole = compact(text)
        match = re.search(r"(?:金额)?单位:?(?:人民币)?\(?(亿元|万元|千元|元)", whole)
        match = match or re.search(r"\((?:单位:)?(亿元|万元|千元|元)\)", whole)
        return match[1] if match else None

    def operator_symbol(self, text: str) -> str | None:
        """The operator that a cell of an operator column names (``≥``, ``大于等于``)."""
        whole = compact(text)
        return next((w.operator for w in self.operators if w.wording == whole), None)

    def is_blank(self, text: str) -> bool:
        """Whether a text prints nothing: empty, a dash, a slash."""
        whole = compact(text)
        return not whole or whole in self.blanks

    def is_placeholder(self, text: str) -> bool:
        """Whether a text is a form's own filler (``……``, ``指标2``, ``无``)."""
        return self.placeholders.find(text) is not None

    def is_unfilled(self, text: str) -> bool:
        """Whether a text is only what should have been replaced (``××``, ``待填``)."""
        return self.unfilled.find(text) is not None

    def is_unchanged(self, text: str) -> bool:
        """Whether a cell for an adjusted value says that the first one holds (``未调整``)."""
        return self.unchanged.find(text) is not None

    def grade(self, text: str) -> str | None:
        """The grade word a text is."""
        return self.grades.find(text)


def _words(folder: Path, name: str, column: str) -> WordList:
    rows = word_rows(name, folder)
    return WordList(
        WordRow(
            r["wording"] if r.get("match") == "regex" else compact(r["wording"]),
            r.get(column) or "",
            r.get("match") or "exact",
        )
        for r in rows
    )


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read every vocabulary CSV of a folder (default: the dbt project's seeds).

    Raises:
        FileNotFoundError: a CSV is missing.
    """
    place = folder or word_folder()
    headers = [
        HeaderRow(
            r["block"],
            r["field"],
            WordRow(
                r["wording"] if r["match"] == "regex" else compact(r["wording"]),
                r["field"],
                r["match"],
            ),
        )
        for r in word_rows("header_word", place)
    ]
    signatures = [
        SignatureToken(
            r["family"], compact(r["token"]), Decimal(r["weight"]), r["required"] == "true"
        )
        for r in word_rows("form_signature", place)
    ]
    units = {
        compact(r["wording"]): UnitWord(
            compact(r["wording"]),
            r["unit"],
            r["dimension"],
            Decimal(r["factor"]) if r["factor"] else None,
        )
        for r in word_rows("unit_word", place)
    }
    operators = sorted(
        (
            OperatorWord(compact(r["wording"]), r["operator"], r["position"])
            for r in word_rows("operator_word", place)
        ),
        key=lambda w: -len(w.wording),
    )
    return Vocabulary(
        headers=headers,
        signatures=signatures,
        level1=_words(place, "level1_word", "level1_std"),
        level2=_words(place, "level2_word", "level2_std"),
        funding_source=_words(place, "funding_source_word", "funding_source"),
        revenue_item=_words(place, "revenue_item_word", "revenue_item"),
        expense_item=_words(place, "expense_item_word", "expense_item"),
        staff=_words(place, "staff_word", "staff_category"),
        asset_item=_words(place, "asset_item_word", "asset_item"),
        balance_item=_words(place, "balance_item_word", "balance_item"),
        grades=_words(place, "grade_word", "grade"),
        placeholders=_words(place, "placeholder_word", "wording"),
        unfilled=_words(place, "unfilled_word", "wording"),
        unchanged=_words(place, "unchanged_word", "wording"),
        directions=_words(place, "direction_word", "direction"),
        units=units,
        operators=operators,
        organisations=tuple(
            sorted((r["wording"] for r in word_rows("organisation_word", place)), key=len)[::-1]
        ),
        blanks=frozenset(compact(r["wording"]) for r in word_rows("blank_word", place)),
    )


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """The project's own vocabulary, read once."""
    return load_vocabulary()


def is_blank(text: str) -> bool:
    """Whether a text prints nothing, by the project's own vocabulary."""
    return default_vocabulary().is_blank(text)
