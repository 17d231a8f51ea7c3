"""What of a web page is not its article: hidden parts, navigation, footers.

Conservative: a part is left out only where its tag, its name or its density of links says so *and*
it is a small share of the page without a table or an amount of money in it.
"""

from __future__ import annotations

import re

from lxml import etree

_TAGS = frozenset({"nav", "footer", "header", "aside"})
_NAMES = frozenset(
    {
        *(
            "nav",
            "navbar",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "crumb",
            "footer",
            "foot",
            "sidebar",
        ),
        *("copyright", "share", "pagination", "pager", "toolbar", "dqwz", "location", "search"),
        *("banner", "friendlink", "links", "sitemap", "print", "bshare", "topnav", "position"),
    }
)
_CONTAINERS = frozenset({"div", "ul", "ol", "p", "td", "section", "dl", "table", "span"})
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all")
_FIGURES = re.compile(r"\d[\d.,]*\s*(?:万元|亿元|元|%|％|分)|附\s*件|单位\s*[:：]")
_MAX_SHARE = 0.3


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser does not show an element (by its own attributes)."""
    if "hidden" in element.attrib:
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDDEN.search(re.sub(r"\s", "", style or "").lower()))


def boilerplate(body: etree._Element) -> tuple[set[etree._Element], int]:
    """The parts of a page to leave out, and how many characters they hold together."""
    sizes: dict[etree._Element, tuple[int, int, int]] = {}
    total = _measure(body, sizes)[0]
    left_out: set[etree._Element] = set()
    chars = 0
    stack = list(body)
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        size, linked, links = sizes.get(element, (0, 0, 0))
        if size and size <= _MAX_SHARE * total and _is_around(element, size, linked, links):
            left_out.add(element)
            chars += size
            continue
        stack += list(element)
    return left_out, chars


def _measure(
    element: etree._Element, sizes: dict[etree._Element, tuple[int, int, int]]
) -> tuple[int, int, int]:
    """Characters, characters inside links, and links of an element and all it holds."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return (0, 0, 0)
    size = _length(element.text)
    linked = links = 0
    for child in element:
        inner = _measure(child, sizes)
        size += inner[0] + _length(child.tail)
        linked += inner[1]
        links += inner[2]
    if element.tag == "a" and element.get("href"):
        linked, links = size, 1
    sizes[element] = (size, linked, links)
    return sizes[element]


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_around(element: etree._Element, size: int, linked: int, links: int) -> bool:
    named = element.tag in _TAGS or _named(element)
    dense = element.tag in _CONTAINERS and links >= 4 and linked >= 0.75 * size
    if not (named or dense):
        return False
    if element.tag != "table" and next(element.iter("table"), None) is not None and not dense:
        return False
    text = "".join(str(t) for t in element.itertext())
    return not _FIGURES.search(text)


def _named(element: etree._Element) -> bool:
    if element.tag not in _CONTAINERS:
        return False
    names = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
    return any(word in _NAMES for word in re.split(r"[^a-z]+", names)) or (
        element.get("role") in ("navigation", "banner", "contentinfo", "search")
    )
