"""``jixiao``: the command of the project."""

from __future__ import annotations

import io
import sys

from orchestration.cli.app import app


def main() -> None:
    """Entry point of the console script."""
    _say_what_can_be_said()
    app()


def _say_what_can_be_said() -> None:
    """A terminal or pipe that knows no Chinese gets escapes in its place, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
