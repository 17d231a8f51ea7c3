"""Alerts: tell a person that a run failed or a check did not hold.

A failed check does not fail a Dagster run, so both are looked at. The sink is a file by default
(``<home>/alerts.jsonl``), and a webhook or e-mail where the environment configures one. Secrets
stay in the environment; personal data that a message might carry is masked.
"""

from __future__ import annotations

import datetime as dt
import json
import smtplib
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage

import dagster as dg

from orchestration.gate.personal import mask
from orchestration.progress import read_outcome
from orchestration.settings import Settings

_TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that a person should know."""

    kind: str  # run_failed | check_failed | set_aside
    run_id: str
    title: str  # Chinese | English
    lines: tuple[str, ...] = ()
    at: str = field(default_factory=lambda: dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))


def send(settings: Settings, alert: Alert) -> list[str]:
    """Write an alert to every sink that is configured.

    Returns:
        What went wrong with a sink, as text; the file is always tried first.
    """
    content = json.loads(mask(json.dumps(asdict(alert), ensure_ascii=False)))
    path = settings.alert_file or settings.layout.alerts
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(content, ensure_ascii=False) + "\n")
    problems = []
    for sink in (_webhook, _mail):
        try:
            sink(settings, content)
        except OSError as error:  # a sink that is down must not hide the alert in the file
            problems.append(f"{sink.__name__.strip('_')}: {error}")
    return problems


def _webhook(settings: Settings, content: dict[str, object]) -> None:
    if settings.alert_webhook is None:
        return
    request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
        settings.alert_webhook.get_secret_value(),
        data=json.dumps(content, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310
        pass


def _mail(settings: Settings, content: dict[str, object]) -> None:
    if settings.alert_smtp_host is None or settings.alert_to is None:
        return
    message = EmailMessage()
    message["Subject"] = str(content["title"])
    message["From"], message["To"] = settings.alert_from, settings.alert_to
    lines = content["lines"]
    message.set_content("\n".join(lines if isinstance(lines, list) else []))
    with smtplib.SMTP(
        settings.alert_smtp_host, settings.alert_smtp_port, timeout=_TIMEOUT_SECONDS
    ) as server:
        if settings.alert_smtp_user and settings.alert_smtp_password:
            server.starttls()
            server.login(settings.alert_smtp_user, settings.alert_smtp_password.get_secret_value())
        server.send_message(message)


def failed_checks(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    """The checks of a run that did not hold: ``table.check (severity)``."""
    found = []
    for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION):
        if entry.dagster_event is None:
            continue
        evaluation = entry.dagster_event.asset_check_evaluation_data
        if not evaluation.passed:
            table = evaluation.asset_key.to_user_string()
            found.append(f"{table}: {evaluation.check_name} ({evaluation.severity.value})")
    return found


def alert_checks(settings: Settings, instance: dg.DagsterInstance, run_id: str) -> Alert | None:
    """Send an alert about the failed checks of a run, if it has any."""
    lines = failed_checks(instance, run_id)
    if not lines:
        return None
    alert = Alert(
        "check_failed",
        run_id,
        f"{len(lines)} 项质量检查未通过 | {len(lines)} checks did not hold",
        tuple(lines),
    )
    send(settings, alert)
    return alert


def alert_set_aside(settings: Settings, run_id: str) -> Alert | None:
    """Send an alert about documents that the gate set aside in a run, if it did."""
    names = (read_outcome(settings.layout, run_id) or {}).get("set_aside", [])
    if not names:
        return None
    alert = Alert(
        "set_aside",
        run_id,
        f"{len(names)} 份文件未通过质量关卡, 已单独隔离 | "
        f"{len(names)} documents broke the gate and were quarantined, the others went on",
        tuple(map(str, names)),
    )
    send(settings, alert)
    return alert


def alert_failure(settings: Settings, run_id: str, message: Sequence[str]) -> Alert:
    """Send an alert about a failed run."""
    alert = Alert(
        "run_failed", run_id, "更新任务失败 | a refresh failed", tuple(str(m) for m in message)
    )
    send(settings, alert)
    return alert
