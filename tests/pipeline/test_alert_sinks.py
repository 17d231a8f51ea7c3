"""Alerts reach a webhook and a mail server, without personal data; a sink may be down."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from pydantic import SecretStr

from orchestration.defs.alerts import Alert, send
from orchestration.settings import Settings

ALERT = Alert("run_failed", "0123", "更新任务失败 | a refresh failed", ("联系人：王小甲",))


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def test_a_webhook_gets_the_alert_as_json(tmp_path: Path) -> None:
    bodies: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with _serving(HTTPServer(("127.0.0.1", 0), Hook)) as port:
        settings = Settings(
            home=tmp_path, alert_webhook=SecretStr(f"http://127.0.0.1:{port}/hook?key=secret")
        )
        assert send(settings, ALERT) == []
    (body,) = bodies
    content = json.loads(body)
    assert (content["kind"], content["run_id"]) == ("run_failed", "0123")
    assert "王小甲" not in body.decode()
    assert "secret" not in (tmp_path / "alerts.jsonl").read_text(encoding="utf-8")


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as one message needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        data: list[str] | None = None
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if data is not None and line != ".":
                data.append(line)
                continue
            if data is not None:
                self.server.mails.append("\n".join(data))  # type: ignore[attr-defined]
                data = None
            word = line[:4].upper()
            if word == "DATA":
                data = []
            self.wfile.write(
                {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(word, b"250 ok\r\n")
            )
            if word == "QUIT":
                return


def test_mail_is_sent_where_a_server_is_configured(tmp_path: Path) -> None:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail)
    server.mails = []  # type: ignore[attr-defined]
    with _serving(server) as port:
        settings = Settings(
            home=tmp_path,
            alert_smtp_host="127.0.0.1",
            alert_smtp_port=port,
            alert_to="data-team@example.org",
        )
        assert send(settings, ALERT) == []
    (mail,) = server.mails  # type: ignore[attr-defined]
    message = message_from_string(mail, policy=policy.default)
    assert message["Subject"] == "更新任务失败 | a refresh failed"
    assert message["To"] == "data-team@example.org"
    assert "王小甲" not in message.get_content()


def test_a_sink_that_is_down_does_not_hide_the_alert(tmp_path: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    port = server.server_address[1]
    server.server_close()
    settings = Settings(home=tmp_path, alert_webhook=SecretStr(f"http://127.0.0.1:{port}/x?key=k1"))
    problems = send(settings, ALERT)
    assert len(problems) == 1
    assert "k1" not in problems[0]
    assert "run_failed" in (tmp_path / "alerts.jsonl").read_text(encoding="utf-8")
