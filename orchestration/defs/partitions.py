"""Partitions: fiscal years, and nothing smaller.

A document is not a partition (tens of thousands of partitions break Dagster's storage): the unit of
work is the batch of new documents of a year. Reading and records are partitioned; the warehouse is
built from all records, because rules and dimensions reach over years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import dagster as dg

#: Fiscal years are calendar years of China's budget law.
CALENDAR = ZoneInfo("Asia/Shanghai")
FIRST_FISCAL_YEAR = 2010

#: From the first year with published reports to the current one (budget targets are published in
#: the year they are for).
fiscal_years = dg.TimeWindowPartitionsDefinition(
    cron_schedule="0 0 1 1 *",
    start=str(FIRST_FISCAL_YEAR),
    fmt="%Y",
    timezone="Asia/Shanghai",
    end_offset=1,
)


def all_years_tags(now: dt.datetime | None = None) -> dict[str, str]:
    """Run tags that ask for all fiscal years in one run."""
    keys = fiscal_years.get_partition_keys(current_time=now)
    return {
        "dagster/asset_partition_range_start": keys[0],
        "dagster/asset_partition_range_end": keys[-1],
    }


def years_of_run(keys: Iterable[str], now: dt.datetime | None = None) -> frozenset[int] | None:
    """The fiscal years a run is about; None where it is about all of them.

    All of them includes documents of years that have no partition.
    """
    chosen = set(keys)
    if not chosen or chosen >= set(fiscal_years.get_partition_keys(current_time=now)):
        return None
    return frozenset(int(key) for key in chosen)
