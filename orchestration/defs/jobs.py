"""Jobs: one, the refresh. From raw files to a release, or to reasons why not."""

from __future__ import annotations

import dagster as dg

REFRESH = "refresh"

refresh_job = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all(),
    description="读取新报告, 重建数据仓库, 通过质量关卡后发布 | read new reports, build the "
    "warehouse, publish it if the gate lets it pass.",
    tags={"jixiao/job": REFRESH},
)
