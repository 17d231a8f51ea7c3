"""The inside of a Word paragraph: runs, fields, symbols, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from orchestration.reading.flow import Flow
from orchestration.reading.word_marks import UNMAPPED, is_symbol_font, lowered, raised, symbol
from orchestration.reading.word_styles import Styles, attribute, child, is_on, local, whole

_BREAKS = {
    "br": "\n",
    "cr": "\n",
    "tab": "\t",
    "noBreakHyphen": "-",
    "softHyphen": "",
    "ptab": "\t",
}
_DROPPED = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rPr",
        "pPr",
        "rt",
        "sdtPr",
        "annotationRef",
    }
)
_EQUATION = re.compile(
    r"\s*EQ\b.*?\\o(?:\\a[lcr])?\s*\(\s*([^,，]*)[,，]\s*([^)]*)\)", re.IGNORECASE
)
_CHECKED, _UNCHECKED = "☑", "□"


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False
    shown: bool = False  # past the separator
    stands: bool = False  # printed already at its start (a check box)


@dataclass(slots=True)
class Fields:
    """The open fields; they can start in one paragraph and end in another."""

    open: list[_Field] = field(default_factory=list)

    @property
    def printing(self) -> bool:
        """Whether text is printed here: not inside the instructions of any field."""
        return all(item.shown and not item.stands for item in self.open)


class RunReader:
    """Reads the runs of paragraphs; ``flow`` reads the content of a text box."""

    def __init__(
        self, styles: Styles, fields: Fields, flow: Callable[[etree._Element], list[Flow]]
    ) -> None:
        self._styles = styles
        self._fields = fields
        self._flow = flow
        self.unmapped = 0

    def read(self, paragraph: etree._Element, style: str) -> tuple[str, list[Flow]]:
        """The printed text of a paragraph and the content of its text boxes."""
        pieces: list[str] = []
        boxes: list[Flow] = []
        hidden = self._styles.hidden(style)
        self._inline(paragraph, pieces, boxes, hidden=hidden)
        return "".join(pieces), boxes

    def _inline(
        self, element: etree._Element, pieces: list[str], boxes: list[Flow], *, hidden: bool
    ) -> None:
        for item in element:
            name = local(item)
            if name in _DROPPED:
                continue
            if name == "r":
                self._run(item, pieces, boxes, hidden=hidden)
            elif name == ":AlternateContent":
                self._boxes(with_text(item), boxes)
            elif name in (":oMath", ":oMathPara"):
                pieces.append("".join(str(t.text or "") for t in item.iter() if local(t) == ":t"))
            else:
                self._inline(item, pieces, boxes, hidden=hidden)

    def _run(
        self, run: etree._Element, pieces: list[str], boxes: list[Flow], *, hidden: bool
    ) -> None:
        properties = child(run, "rPr")
        own = child(properties, "vanish")
        if own is None:
            own = child(properties, "specVanish")
        if own is not None:
            hidden = is_on(own)
        elif properties is not None:
            style = attribute(child(properties, "rStyle"), "val")
            hidden = hidden or (bool(style) and self._styles.hidden(style))
        fonts = child(properties, "rFonts")
        font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
        position = attribute(child(properties, "vertAlign"), "val")
        for item in run:
            before = self._fields.printing
            text = self._piece(item, boxes, font)
            # The start of a field is judged by what is around it, its end by what comes after.
            if not text or hidden or not (before or self._fields.printing):
                continue
            if position == "superscript":
                text = raised(text)
            elif position == "subscript":
                text = lowered(text)
            self.unmapped += text.count(UNMAPPED)
            for opened in self._fields.open:
                opened.has_result = True
            pieces.append(text)

    def _piece(self, item: etree._Element, boxes: list[Flow], font: str) -> str:  # noqa: PLR0911
        """What one element of a run prints."""
        name = local(item)
        if name == "t":
            return self._letters(item.text or "", font)
        if name == "br" and attribute(item, "type") in ("page", "column"):
            return ""
        if name in _BREAKS:
            return _BREAKS[name]
        if name == "sym":
            code = attribute(item, "char") or "0"
            return symbol(int(code, 16), attribute(item, "font"))
        if name == "fldChar":
            return self._field(item)
        if name == "instrText":
            if self._fields.open and not self._fields.open[-1].shown:
                self._fields.open[-1].instruction += item.text or ""
            return ""
        if name == "ruby":
            base = child(item, "rubyBase")
            return (
                ""
                if base is None
                else "".join(str(t.text or "") for t in base.iter() if local(t) == "t")
            )
        if name in ("drawing", "pict", "object"):
            self._boxes(item, boxes)
        elif name == ":AlternateContent":
            self._boxes(with_text(item), boxes)
        return ""

    def _letters(self, text: str, font: str) -> str:
        if is_symbol_font(font):
            return "".join(c if c == " " else symbol(ord(c), font) for c in text)
        if any("\uf000" <= c <= "\uf0ff" for c in text):
            return "".join(
                symbol(ord(c), "wingdings") if "\uf000" <= c <= "\uf0ff" else c for c in text
            )
        return text

    def _field(self, mark: etree._Element) -> str:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            printed = form_field(mark)
            self._fields.open.append(_Field(stands=bool(printed)))
            return printed
        if not self._fields.open:
            return ""
        if kind == "separate":
            self._fields.open[-1].shown = True
            return ""
        closed = self._fields.open.pop()
        if closed.has_result or closed.stands:
            return ""
        # Circled characters are a formula without a result.
        circled = _EQUATION.match(closed.instruction)
        return circled.group(2).strip() if circled else ""

    def _boxes(self, drawing: etree._Element, boxes: list[Flow]) -> None:
        for item in drawing:
            if local(item) == "txbxContent":
                # Fields of the text around do not reach into the box.
                outside, self._fields.open = self._fields.open, []
                boxes += self._flow(item)
                self._fields.open = outside
            elif local(item) == ":AlternateContent":
                self._boxes(with_text(item), boxes)
            else:
                self._boxes(item, boxes)


def with_text(alternatives: etree._Element) -> etree._Element:
    """The branch of ``mc:AlternateContent`` that carries text, the first if several do."""
    for branch in alternatives:
        if any(local(e) in ("t", "txbxContent", "p") for e in branch.iter()):
            return branch
    return alternatives[0] if len(alternatives) else alternatives


def form_field(mark: etree._Element) -> str:
    """What a legacy form field prints at its start: the box of a check box, a chosen entry."""
    data = child(mark, "ffData")
    box = child(data, "checkBox")
    if box is not None:
        state = child(box, "checked")
        if state is None:
            state = child(box, "default")
        return _CHECKED if is_on(state) else _UNCHECKED
    entries = child(data, "ddList")
    if entries is None:
        return ""
    choices = [attribute(e, "val") for e in entries if local(e) == "listEntry"]
    chosen = whole(child(entries, "result"))
    return choices[chosen] if 0 <= chosen < len(choices) else ""
