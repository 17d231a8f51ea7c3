"""What Word's styles and numbering parts say: hidden text, heading levels, list numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from orchestration.reading.word_marks import list_number

#: Transitional, strict, and Word 2003 XML.
_WORD_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.microsoft.com/office/word/2003/wordml",
    }
)


def local(element: etree._Element) -> str:
    """The name of an element, bare in Word's own namespaces.

    In any other namespace it has a colon before it (``:oMath``), so that foreign elements are
    never taken for Word's.
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag.rpartition("}")
    return name if namespace[1:] in _WORD_NAMESPACES else f":{name}"


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The descendant by a path of names, the first of each; None where missing."""
    for name in names:
        if element is None:
            return None
        element = next((c for c in element if local(c) == name), None)
    return element


def attribute(element: etree._Element | None, name: str, default: str = "") -> str:
    """An attribute by its bare name."""
    if element is None:
        return default
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def whole(element: etree._Element | None, name: str = "val", default: int = 0) -> int:
    """An attribute as a whole number; ``default`` where missing or odd."""
    try:
        return int(attribute(element, name))
    except ValueError:
        return default


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle property is present and not switched off."""
    return element is not None and attribute(element, "val", "true").lower() not in (
        "0",
        "false",
        "off",
        "none",
    )


@dataclass(slots=True)
class _Style:
    parent: str = ""
    hidden: bool | None = None
    outline: int | None = None
    number: tuple[str, int] | None = None


@dataclass(slots=True)
class ListLevel:
    """One level of a list: style, text with ``%1`` … for numbers, first number, restarts."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One ``w:num``: the abstract list it counts in and its own levels."""

    abstract: str
    levels: dict[int, ListLevel]
    starts: dict[int, int] = field(default_factory=dict)
    started: bool = False


class Styles:
    """Properties a paragraph or run has by its style."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default_paragraph = ""
        for element in root if root is not None else ():
            if local(element) != "style":
                continue
            name = attribute(element, "styleId")
            self._styles[name] = _style(element)
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in (
                "1",
                "true",
                "on",
            ):
                self.default_paragraph = name

    def _chain(self, name: str) -> list[_Style]:
        found: list[_Style] = []
        while name in self._styles and len(found) < 20:
            found.append(self._styles[name])
            name = found[-1].parent
        return found

    def hidden(self, name: str) -> bool:
        """Whether text in this style is hidden."""
        return next((s.hidden for s in self._chain(name) if s.hidden is not None), False)

    def heading_level(self, name: str) -> int | None:
        """1 for the highest heading, None for running text."""
        level = next((s.outline for s in self._chain(name) if s.outline is not None), None)
        return level + 1 if level is not None and level < 9 else None

    def number(self, name: str) -> tuple[str, int] | None:
        """List id and level of a paragraph style."""
        return next((s.number for s in self._chain(name) if s.number is not None), None)


def _style(element: etree._Element) -> _Style:
    vanish = child(element, "rPr", "vanish")
    outline = child(element, "pPr", "outlineLvl")
    number = child(element, "pPr", "numPr")
    return _Style(
        parent=attribute(child(element, "basedOn"), "val"),
        hidden=None if vanish is None else is_on(vanish),
        outline=None if outline is None else whole(outline, default=9),
        number=None if number is None else number_of(number),
    )


def number_of(properties: etree._Element) -> tuple[str, int]:
    """List id and level in ``w:numPr`` (or Word 2003's ``w:listPr``)."""
    identity = child(properties, "numId")
    if identity is None:
        identity = child(properties, "ilfo")
    return attribute(identity, "val"), whole(child(properties, "ilvl"))


class Numbering:
    """Counts list paragraphs in document order and prints their numbers."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract: dict[str, dict[int, ListLevel]] = {}
        for element in root:
            if local(element) in ("abstractNum", "listDef"):
                name = attribute(element, "abstractNumId") or attribute(element, "listDefId")
                abstract[name] = {
                    whole(level, "ilvl"): _level(level)
                    for level in element
                    if local(level) == "lvl"
                }
        for element in root:
            if local(element) in ("num", "list"):
                self._add_list(element, abstract)

    def _add_list(self, element: etree._Element, abstract: dict[str, dict[int, ListLevel]]) -> None:
        reference = child(element, "abstractNumId")
        if reference is None:
            reference = child(element, "ilst")
        base = attribute(reference, "val")
        found = _List(base, dict(abstract.get(base, {})))
        for override in element:
            if local(override) != "lvlOverride":
                continue
            depth = whole(override, "ilvl")
            own = child(override, "lvl")
            if own is not None:
                found.levels[depth] = _level(own)
            start = child(override, "startOverride")
            if start is not None:
                found.starts[depth] = whole(start, default=1)
        self._lists[attribute(element, "numId") or attribute(element, "ilfo")] = found

    def define(
        self, list_id: str, abstract: str, levels: dict[int, ListLevel], starts: dict[int, int]
    ) -> None:
        """Add a list; lists of one ``abstract`` count together unless they start anew."""
        self._lists[list_id] = _List(abstract, levels, starts)

    def next(self, list_id: str, depth: int) -> str:
        """The number printed before the next paragraph of a list; empty for bullets and none."""
        entry = self._lists.get(list_id)
        if entry is None or depth not in entry.levels:
            return ""
        counts = self._counts.setdefault(entry.abstract, {})
        if not entry.started:
            entry.started = True
            for begun in entry.starts:
                counts.pop(begun, None)
        self._step(entry, counts, depth)
        level = entry.levels[depth]

        def printed(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            shown = entry.levels.get(other, ListLevel())
            style = "decimal" if level.legal else shown.style
            return list_number(counts.get(other, self._start(entry, other)), style)

        if level.style in ("bullet", "none"):
            return "" if level.style == "bullet" else re.sub(r"%\d", "", level.text)
        return re.sub(r"%([1-9])", printed, level.text)

    def _start(self, entry: _List, depth: int) -> int:
        return entry.starts.get(depth, entry.levels.get(depth, ListLevel()).start)

    def _step(self, entry: _List, counts: dict[int, int], depth: int) -> None:
        counts[depth] = counts[depth] + 1 if depth in counts else self._start(entry, depth)
        for higher in range(depth):
            counts.setdefault(higher, self._start(entry, higher))
        for lower in [key for key in counts if key > depth]:
            restart = entry.levels.get(lower, ListLevel()).restart
            if restart != 0 and (restart is None or depth < restart):
                del counts[lower]


def _level(element: etree._Element) -> ListLevel:
    style = child(element, "numFmt")
    if style is None:
        style = child(element, "nfc")
    restart = child(element, "lvlRestart")
    return ListLevel(
        style=attribute(style, "val", "decimal"),
        text=attribute(child(element, "lvlText"), "val"),
        start=whole(child(element, "start"), default=1),
        restart=None if restart is None else whole(restart),
        legal=is_on(child(element, "isLgl")),
    )
