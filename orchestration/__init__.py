"""The data warehouse of published budget-performance reports (预算绩效自评报告数据仓库).

Rooms, and what each may know, are described in ``docs/architecture.md`` and enforced by
import-linter (``pyproject.toml``).
"""
