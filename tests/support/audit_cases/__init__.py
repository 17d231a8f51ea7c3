"""A case that fires and one that holds for every audit rule: the truth table of the unit tests.

A module a chapter of the rules. ``python -m tests.support.audit_cases`` writes them to
``dbt_project/models/audit/_unit_tests.yml``; a test checks that the file is up to date.
"""
