"""What Dagster is told: assets, checks, jobs, schedules, sensors, and what keeps their runs.

``orchestration.definitions`` gathers them; the plain functions they call know nothing of Dagster.
"""
