"""What commands print: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table

from orchestration.gate.personal import mask
from orchestration.messages import JixiaoError

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

P = ParamSpec("P")
R = TypeVar("R")


def plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Show errors that a person can put right as sentences, without a traceback."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except JixiaoError as error:
            fail(error)
        except KeyboardInterrupt:
            err.print("已中断 | interrupted")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None

    return wrapped


def fail(error: JixiaoError) -> NoReturn:
    """Say what is wrong and leave with the error's exit status."""
    err.print(f"[bold red]错误[/] {escape(mask(error.message_zh))}")
    err.print(f"[dim]error: {escape(mask(error.message_en))}[/]")
    raise typer.Exit(error.exit_status)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None = None) -> None:
    """Print a table; numbers stand right, NULL is left blank."""
    shown = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    numeric = [
        bool(rows) and all(isinstance(row[i], int | float) or row[i] is None for row in rows)
        for i in range(len(columns))
    ]
    for column, right in zip(columns, numeric, strict=True):
        shown.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*("" if value is None else escape(str(value)) for value in row))
    _print_whole(shown)


def _print_whole(shown: Table) -> None:
    """Print a table; into a pipe or a file as wide as its cells: no window is too narrow."""
    if out.is_terminal:
        out.print(shown)
        return
    unbounded = out.options.update(max_width=sys.maxsize)
    width = Measurement.get(out, unbounded, shown).maximum
    Console(file=out.file, width=max(width, 1), highlight=False).print(shown, crop=False)


@contextmanager
def working(text: str) -> Iterator[Callable[[str], None]]:
    """Show that something takes time; yields a function that changes the text."""
    with err.status(text) as status:
        yield status.update
