"""``jixiao inspect``: what was read from a file, drawn over its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.console import out, plain_errors, working
from orchestration.messages import JixiaoError


@plain_errors
def inspect(
    file: Annotated[Path, typer.Argument(help="一份报告 | a report of any format")],
    page: Annotated[
        list[int] | None,
        typer.Option("--page", min=1, help="只看这些页 | only these pages", show_default=False),
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help="输出文件夹 | folder; default: here")
    ] = None,
) -> None:
    """在页面图像上画出读到的单元格、数值、指标和疑点 | cells, figures, doubts over the page.

    写成一个 HTML 文件；不改动数据仓库。
    Writes one HTML file; the warehouse is not touched.
    """
    # Reading is dear to import, and no other command of this group needs it.
    from orchestration.cli.inspect_page import page_html
    from orchestration.extraction.run import extract
    from orchestration.reading import UnreadableError, read_bytes

    try:
        data = file.read_bytes()
    except OSError as error:
        raise JixiaoError(
            f"无法打开 {file}（{error.strerror}）", f"{file} cannot be opened ({error.strerror})"
        ) from error
    folder = target or Path.cwd()
    with working(f"{file.name}"):
        try:
            document = read_bytes(data, file.name)
        except UnreadableError as error:
            raise JixiaoError(error.message_zh, error.message_en) from error
        text = page_html(document, extract(document), data, page)
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{file.stem}.inspect.html"
    written.write_text(text, encoding="utf-8")
    out.print(str(written))
