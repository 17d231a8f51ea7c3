"""Write the unit tests of the audit rules."""

from tests.support.audit_cases.render import TARGET, rendered

TARGET.write_text(rendered(), encoding="utf-8")
