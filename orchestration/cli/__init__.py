"""``jixiao``: the command of the project."""

from __future__ import annotations

from orchestration.cli.app import app


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
