"""``jixiao inspect``: what was read from a file, drawn over its pages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.console import out, plain_errors, working
from orchestration.messages import JixiaoError


class Drawing(StrEnum):
    """How the pages are drawn: one HTML file that explains on hovering, or a PNG a page."""

    html = "html"
    png = "png"


@plain_errors
def inspect(
    file: Annotated[Path, typer.Argument(help="一份报告 | a report of any format")],
    page: Annotated[
        list[int] | None,
        typer.Option("--page", min=1, help="只看这些页 | only these pages", show_default=False),
    ] = None,
    drawing: Annotated[
        Drawing, typer.Option("--format", "-f", help="html，或每页一个 png | or one png a page")
    ] = Drawing.html,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help="输出文件夹 | folder; default: here")
    ] = None,
) -> None:
    """在页面图像上画出读到的单元格、数值、指标和疑点 | cells, figures, doubts over the page.

    写成一个 HTML 文件或每页一个 PNG；不改动数据仓库。
    Writes one HTML file, or a PNG a page; the warehouse is not touched.
    """
    # Reading is dear to import, and no other command of this group needs it.
    from orchestration.cli.inspect_page import page_html
    from orchestration.cli.inspect_png import page_pngs
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
        extraction = extract(document)
        folder.mkdir(parents=True, exist_ok=True)
        if drawing is Drawing.png:
            if document.file_format != "pdf":
                raise JixiaoError(
                    f"{file.name} 没有页面图像；请改用 --format html",
                    f"{file.name} has no page images; use --format html",
                )
            written = page_pngs(document, extraction, data, page, folder, file.stem)
        else:
            written = [folder / f"{file.stem}.inspect.html"]
            written[0].write_text(page_html(document, extraction, data, page), encoding="utf-8")
    if not written:
        raise JixiaoError(
            f"{file.name} 没有所要的页", f"{file.name} does not have the pages asked for"
        )
    for path in written:
        out.print(str(path))
