"""The messages for files that cannot be read: Chinese for officials, English beside it.

Each names the file, says what is wrong, and what a person can do about it.
"""

from __future__ import annotations

from pathlib import PurePath

from orchestration.reading.document import UnreadableError, UnreadableReason

#: What to do, per reason, where the reader knows nothing more exact.
_REMEDIES: dict[UnreadableReason, tuple[str, str]] = {
    UnreadableReason.EMPTY: (
        "请从发布单位重新获取文件",
        "obtain the file again from its publisher",
    ),
    UnreadableReason.CORRUPT: (
        "请重新下载，或用原软件打开后另存再放入",
        "download it again, or open and save it in its own program",
    ),
    UnreadableReason.ENCRYPTED: (
        "请取得密码，去除保护后另存再放入",
        "obtain the password and save an unprotected copy",
    ),
    UnreadableReason.UNSUPPORTED: (
        "请另存为 PDF、DOCX、XLSX、HTML 或文本后再放入",
        "save it as PDF, DOCX, XLSX, HTML or text",
    ),
    UnreadableReason.TOO_LARGE: (
        "请拆分文件，或由管理员提高上限",
        "split the file, or have an operator raise the limit",
    ),
    UnreadableReason.TIMEOUT: (
        "请拆分文件，或由管理员提高时间上限",
        "split the file, or have an operator raise the time limit",
    ),
    UnreadableReason.OUT_OF_MEMORY: (
        "请拆分文件，或由管理员提高内存上限",
        "split the file, or have an operator raise the memory limit",
    ),
    UnreadableReason.NO_TEXT: (
        "请提供清晰的扫描件或带文字的原件",
        "provide a clearer scan or the original with text",
    ),
    UnreadableReason.VANISHED: (
        "请待文件完整就位后重新运行",
        "run again once the file is completely in place",
    ),
}


def unreadable(
    reason: UnreadableReason,
    file_name: str,
    what_zh: str,
    what_en: str,
    remedy: tuple[str, str] | None = None,
) -> UnreadableError:
    """The error for a file that cannot be read (to be raised by the caller).

    Args:
        reason: the code published as the quarantine reason.
        file_name: name or path; only its last part is shown.
        what_zh: what is wrong, Chinese, without full stop.
        what_en: the same in English.
        remedy: what to do, Chinese and English; the usual remedy of the reason if None.
    """
    name = "".join(c if c.isprintable() else "?" for c in PurePath(file_name).name) or "?"
    remedy_zh, remedy_en = remedy or _REMEDIES[reason]
    return UnreadableError(
        reason,
        f"文件“{name}”：{what_zh}。{remedy_zh}。",
        f'File "{name}": {what_en}. Please {remedy_en}.',
    )


def corrupt(file_name: str, error: BaseException, doing_en: str, doing_zh: str) -> UnreadableError:
    """A damaged file: what was being read and the failure underneath."""
    detail = f"{type(error).__name__}: {error}".strip().replace("\n", " ")[:200]
    return unreadable(
        UnreadableReason.CORRUPT,
        file_name,
        f"读取{doing_zh}时出错，文件可能已损坏（{detail}）",
        f"reading {doing_en} failed, the file may be damaged ({detail})",
    )
