"""Whose form it is: a department or one of its projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Subject:
    """The department or project that a form is about."""

    scope: str = "department"
    project_name: str | None = None
    project_code: str | None = None
    department: str | None = None
    implementing_unit: str | None = None
    purpose: str | None = None
    unit_name: str | None = None
    year: int | None = None

    def columns(self) -> dict[str, Any]:
        """The columns that figures and indicators carry."""
        return {
            "scope": self.scope,
            "project_name": self.project_name,
            "project_code": self.project_code,
        }
