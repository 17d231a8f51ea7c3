"""The verdict: what the gate says of one build, on disk, bound to the build's id."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from orchestration.files import read_json, write_json
from orchestration.messages import GateClosedError

VERDICT_NAME = "verdict.json"


@dataclass(frozen=True, slots=True)
class Failed:
    """One expectation that does not hold: what, how often, and the first offending rows."""

    expectation: str
    severity: str  # error | warning
    zh: str
    en: str
    count: int | None
    rows: list[dict[str, str]] = field(default_factory=list)
    broken: str | None = None  # the check itself failed to run; not a fault of the data


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What became of one suite."""

    suite: str
    table: str | None
    evaluated: int
    rows: int | None
    failed: tuple[Failed, ...] = ()

    @property
    def errors(self) -> tuple[Failed, ...]:
        """What blocks."""
        return tuple(f for f in self.failed if f.severity == "error")

    @property
    def warnings(self) -> tuple[Failed, ...]:
        """What is shown."""
        return tuple(f for f in self.failed if f.severity != "error")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a build may be published, and why not."""

    build_id: str
    passed: bool
    suites: tuple[SuiteResult, ...]
    build_failures: tuple[str, ...] = ()

    def reasons(self) -> list[str]:
        """One line for each thing that blocks, Chinese | English."""
        lines = [f"dbt: {name}" for name in self.build_failures]
        for suite in self.suites:
            for failed in suite.errors:
                count = "" if failed.count is None else f" ({failed.count})"
                lines.append(f"{suite.suite}: {failed.zh} | {failed.en}{count}")
        return lines

    @property
    def warnings(self) -> list[str]:
        """One line for each thing that is shown but does not block."""
        return [
            f"{suite.suite}: {failed.zh} | {failed.en}"
            + ("" if failed.count is None else f" ({failed.count})")
            for suite in self.suites
            for failed in suite.warnings
        ]

    def summary(self) -> dict[str, Any]:
        """What a release's manifest keeps of it."""
        return {
            "passed": self.passed,
            "suites": {
                s.suite: {
                    "evaluated": s.evaluated,
                    "errors": len(s.errors),
                    "warnings": len(s.warnings),
                }
                for s in self.suites
            },
        }


def judge(
    build_id: str, suites: tuple[SuiteResult, ...], build_failures: tuple[str, ...] = ()
) -> Verdict:
    """A build passes if nothing failed with severity error and dbt's own tests hold."""
    passed = not build_failures and not any(suite.errors for suite in suites)
    return Verdict(build_id, passed, suites, build_failures)


def write_verdict(folder: Path, verdict: Verdict) -> Path:
    """Keep a verdict in the gate's folder of a run."""
    path = folder / VERDICT_NAME
    write_json(path, asdict(verdict))
    return path


def read_verdict(folder: Path) -> Verdict | None:
    """The verdict kept in a folder, or None."""
    content = read_json(folder / VERDICT_NAME)
    if content is None:
        return None
    suites = tuple(
        SuiteResult(
            suite=s["suite"],
            table=s["table"],
            evaluated=s["evaluated"],
            rows=s["rows"],
            failed=tuple(Failed(**f) for f in s["failed"]),
        )
        for s in content["suites"]
    )
    return Verdict(content["build_id"], content["passed"], suites, tuple(content["build_failures"]))


def require_passed(folders: list[Path], build_id: str | None) -> Verdict:
    """The passed verdict of exactly this build.

    Args:
        folders: gate folders of runs in which to look.
        build_id: the id that the build database says it has; None where there is no whole build.

    Raises:
        GateClosedError: there is none; nothing may be published.
    """
    if build_id is None:
        raise GateClosedError(
            "没有完整的构建结果，不能发布。请重新运行 jixiao refresh",
            "there is no complete build, nothing can be published; run jixiao refresh",
        )
    for folder in folders:
        verdict = read_verdict(folder)
        if verdict is not None and verdict.build_id == build_id:
            if verdict.passed:
                return verdict
            raise GateClosedError(
                "质量关卡未通过，未发布: " + "；".join(verdict.reasons()),
                "the gate held this build back: " + "; ".join(verdict.reasons()),
            )
    raise GateClosedError(
        f"构建 {build_id} 没有经过质量关卡，不能发布。请重新运行 jixiao refresh",
        f"build {build_id} has no verdict, nothing can be published; run jixiao refresh",
    )
