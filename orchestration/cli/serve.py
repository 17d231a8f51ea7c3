"""``jixiao serve``: the explorer of the current release on this machine."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli.console import out, plain_errors
from orchestration.cli.options import Home, settings_of
from orchestration.messages import JixiaoError
from orchestration.publishing.releases import require_current

#: Only this machine can reach the explorer; who wants to show it to others copies the folder.
HOST = "127.0.0.1"


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of one folder and nothing else: no listing, no way out through links."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".webp": "image/webp",
    }

    def translate_path(self, path: str) -> str:
        """The file of an address; what leads out of the folder becomes a file that is not there."""
        root = Path(self.directory).resolve()
        found = Path(super().translate_path(path)).resolve()
        return str(found if found.is_relative_to(root) else root / "-")

    def list_directory(self, path: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Folders are not listed."""
        del path
        self.send_error(404)

    def end_headers(self) -> None:
        """A new release must not be mixed with parts of an older one."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401
        """What is looked at is nobody's business; nothing is logged."""


def site_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a site's folder on this machine; port 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """
    return ThreadingHTTPServer((HOST, port), partial(SiteHandler, directory=str(folder)))


@plain_errors
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口 | port")] = 8000,
    home: Home = None,
) -> None:
    """在本机浏览器查看当前版本 | the explorer of the current release, on this machine only."""
    release = require_current(settings_of(home).layout)
    site = (release.folder / "site").resolve()
    if not (site / "index.html").is_file():
        raise JixiaoError(
            f"{release.release_id} 发布时没有生成浏览页；请开启 exports 后重新运行 jixiao refresh",
            f"{release.release_id} was made without the explorer; refresh with exports switched on",
        )
    try:
        server = site_server(site, port)
    except OSError as error:
        raise JixiaoError(
            f"端口 {port} 不可用（{error.strerror}）；请用 --port 换一个",
            f"port {port} cannot be used ({error.strerror}); choose another with --port",
        ) from error
    with server:
        out.print(f"http://{HOST}:{server.server_port}/  （Ctrl-C 结束 | ends it）")
        server.serve_forever()
