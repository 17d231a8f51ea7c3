"""Options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from orchestration.messages import JixiaoError
from orchestration.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="数据仓库所在文件夹 | folder that holds everything a run writes "
        "[JIXIAO_HOME, default ./warehouse]",
        show_default=False,
    ),
]
Raw = Annotated[
    Path | None,
    typer.Option(
        "--raw",
        help="原始报告文件夹 | folder of published reports, any tree, manifest.csv optional "
        "[JIXIAO_RAW, default ./raw]",
        show_default=False,
    ),
]


def settings_of(
    home: Path | None = None, raw: Path | None = None, **others: str | None
) -> Settings:
    """Settings from the environment with the options of a command; None: not given.

    Raises:
        JixiaoError: a setting in the environment or an option cannot be understood.
    """
    given: dict[str, Path | str] = {k: v for k, v in others.items() if v is not None}
    if home is not None:
        given["home"] = home
    if raw is not None:
        given["raw"] = raw
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        names = ", ".join(f"JIXIAO_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise JixiaoError(f"设置有误: {names}", f"settings are wrong: {names}") from error
