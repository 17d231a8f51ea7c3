"""Whose form it is where lines between its title and its grid say so: ``项目名称：某项目``."""

from __future__ import annotations

import re

from orchestration.extraction.forms.identity_rows import plain_unit, split_code
from orchestration.extraction.forms.subject import Subject
from orchestration.extraction.segment import Above
from orchestration.extraction.text import compact, normalise
from orchestration.extraction.vocabulary import Vocabulary

_LABEL = re.compile(r"(?:^|[\s;；])(?P<label>[^\s:：;；]{2,16})\s*[:：]")
_BLANK = re.compile(r"[\s_＿—–-]*")


def labelled(line: str) -> list[tuple[str, str]]:
    """The labels of a line with what stands behind them: ``项目名称：甲　主管部门：乙``."""
    found = list(_LABEL.finditer(line))
    ends = [m.start() for m in found[1:]] + [len(line)] * bool(found)
    return [
        (match["label"], line[match.end() : end]) for match, end in zip(found, ends, strict=True)
    ]


def take_lines(subject: Subject, above: Above, vocabulary: Vocabulary) -> None:
    """Enter project, code and units that the lines below a form's title print.

    Lines over the title belong to whatever stands before the form. Where no line is a title
    nothing is taken: the lines may be anybody's.
    """
    title = compact(above.title or "")
    at = next((i for i, line in enumerate(above.lines) if title and compact(line) == title), None)
    if at is None:
        return
    for line in above.lines[at + 1 :]:
        for label, text in labelled(line):
            field = vocabulary.header("identity", label)
            if field is not None and not _BLANK.fullmatch(text):
                _take(subject, field, normalise(text))


def _take(subject: Subject, field: str, text: str) -> None:
    if field == "project_name":
        code, name = split_code(text)
        subject.scope, subject.project_name = "project", name or None
        subject.project_code = code or subject.project_code
    elif field == "project_code":
        subject.project_code = split_code(text)[0] or compact(text)
    elif field in ("department", "implementing_unit", "unit_name"):
        setattr(subject, field, plain_unit(text))
