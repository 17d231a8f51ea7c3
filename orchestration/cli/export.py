"""``jixiao export``: files of the current release for people who work elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from orchestration.cli.console import out, plain_errors
from orchestration.cli.options import Home, settings_of
from orchestration.messages import JixiaoError
from orchestration.publishing.exports.personal import check_personal
from orchestration.publishing.exports.workbook import WORKBOOK, write_workbook
from orchestration.publishing.releases import Release, require_current

app = typer.Typer(
    no_args_is_help=True,
    help="把当前版本导出为文件 | files of the current release",
)


@app.callback()
def group() -> None:
    """把当前版本导出为文件 | files of the current release."""


@app.command("xlsx")
@plain_errors
def xlsx(
    target: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="文件或文件夹 | file or folder; default: here"),
    ] = None,
    home: Home = None,
) -> None:
    """导出 Excel 工作簿（金额为万元） | the workbook for officials, amounts in 万元."""
    release = require_current(settings_of(home).layout)
    path = target or Path.cwd()
    if path.is_dir():
        path = path / WORKBOOK
    if not path.parent.is_dir():
        raise JixiaoError(
            f"没有文件夹 {path.parent}；请先创建或改用 --out",
            f"there is no folder {path.parent}; make it, or name another with --out",
        )
    try:
        _write(release, path)
    except OSError as error:
        raise JixiaoError(
            f"无法写入 {path}（{error.strerror}）；文件是否正在 Excel 中打开？",
            f"{path} cannot be written ({error.strerror}); is it open in Excel?",
        ) from error
    out.print(f"{path}  （{release.release_id}）")


def _write(release: Release, path: Path) -> None:
    """Copy the workbook of the release, or make it where the release was made without exports."""
    made = release.folder / WORKBOOK
    if made.is_file():
        shutil.copyfile(made, path)
        return
    with TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "warehouse.duckdb").symlink_to(release.database.resolve())
        write_workbook(work, release.release_id)
        check_personal(work, release.release_id)
        shutil.copyfile(work / WORKBOOK, path)
