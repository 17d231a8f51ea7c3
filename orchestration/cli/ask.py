"""``jixiao ask``: the saved questions, answered on the current release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from orchestration.cli.console import out, plain_errors, table
from orchestration.cli.options import Home, settings_of
from orchestration.cli.query import Format, print_rows
from orchestration.messages import JixiaoError
from orchestration.publishing.questions import answer, answers_markdown, questions
from orchestration.publishing.releases import require_current
from orchestration.settings import PROJECT_ROOT


@plain_errors
def ask(
    number: Annotated[
        int | None, typer.Argument(help="问题编号 | number of the question", show_default=False)
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", "-f", help="输出格式 | how rows are printed")
    ] = Format.table,
    docs: Annotated[
        Path | None,
        typer.Option("--docs", help="把全部回答写成 Markdown | write all answers as Markdown"),
    ] = None,
    home: Home = None,
) -> None:
    """回答常见问题；不带编号时列出问题 | answer a saved question; without a number, list them."""
    found = questions(PROJECT_ROOT / "dbt_project" / "analyses")
    if number is None and docs is None:
        table(["N", "问题", "question"], [(q.number, q.zh, q.en) for q in found])
        return
    release = require_current(settings_of(home).layout)
    try:
        if docs is not None:
            text = answers_markdown(found, release.database)
            docs.write_text(text, encoding="utf-8")
            out.print(str(docs))
            return
        chosen = next((q for q in found if q.number == number), None)
        if chosen is None:
            raise JixiaoError(
                f"没有第 {number} 个问题；不带编号运行 jixiao ask 可看全部问题",
                f"there is no question {number}; jixiao ask lists them",
            )
        columns, rows = answer(chosen, release.database)
    except duckdb.Error as error:
        text = str(error).strip()
        raise JixiaoError(
            f"当前版本无法回答: {text}", f"this release cannot answer: {text}"
        ) from error
    if output is Format.table:
        out.print(f"[bold]{chosen.number}. {chosen.zh}[/]\n[dim]{chosen.en}[/]")
    print_rows(columns, rows, output)
