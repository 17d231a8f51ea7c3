"""What people are told: an error with its remedy, Chinese first and English beside it."""

from __future__ import annotations


class JixiaoError(Exception):
    """Something a person can put right; shown without a traceback.

    ``message_zh`` and ``message_en`` name the file or place and the remedy; ``exit_status`` is the
    command's (1: cannot be done, 2: held back by the gate).
    """

    exit_status = 1

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} | {message_en}")
        self.message_zh = message_zh
        self.message_en = message_en


class GateClosedError(JixiaoError):
    """The gate held a build back; nothing was published."""

    exit_status = 2


def both(message_zh: str, message_en: str) -> str:
    """The two languages in one line, as written to ``ops_document.reasons``."""
    return f"{message_zh} | {message_en}"
