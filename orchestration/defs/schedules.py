"""Schedules: the annual refresh."""

import dagster as dg

from orchestration.defs.jobs import refresh_job
from orchestration.defs.partitions import CALENDAR
from orchestration.defs.retries import UNATTENDED

#: Final accounts are approved in summer and published with the self-evaluations until the end of
#: October: on 1 November, six in the morning, the fiscal year that ended last winter is complete.
ANNUAL_CRON = "0 6 1 11 *"


@dg.schedule(
    job=refresh_job,
    cron_schedule=ANNUAL_CRON,
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="年度更新：刚结束的财政年度 | the annual refresh, for the fiscal year just ended.",
)
def annual_refresh(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the fiscal year before the one in which the schedule fires."""
    year = context.scheduled_execution_time.astimezone(CALENDAR).year - 1
    return dg.RunRequest(
        run_key=f"annual-{year}",
        partition_key=str(year),
        tags={"jixiao/fiscal_year": str(year), **UNATTENDED},
    )
