"""The commands and what ``--help`` says of them."""

from __future__ import annotations

import typer

from orchestration.cli import (
    ask,
    audit,
    export,
    inspect,
    operate,
    quarantine,
    query,
    refresh,
    releases,
    serve,
    show,
)

app = typer.Typer(
    name="jixiao",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""
预算绩效自评报告数据仓库 | a warehouse of published Chinese budget-performance reports.

**开始 | start**

    jixiao refresh                     # 读取 raw/ 中的报告并发布 | read raw/ and publish
    jixiao refresh --raw 我的报告文件夹   # 任意文件夹 | any folder of PDF, Word, Excel, HTML, text
    jixiao query "select unit_name, fiscal_year from dim_report"
    jixiao show 报告.pdf                # 每个数字的出处 | every figure with its receipt
    jixiao serve                       # 在浏览器中查看 | look at it in a browser
    jixiao ask                         # 二十个现成的问题 | twenty saved questions
    jixiao export xlsx                 # 给业务人员的 Excel | a workbook for officials
    jixiao inspect 报告.pdf             # 在页面图像上看读取结果 | what was read, on the page
    jixiao quarantine list             # 哪些报告未发布, 为什么 | what was held back and why

每个数字都有出处；有疑问的报告整份隔离, 不影响其他报告。
Every figure says where it was read; a doubtful report is quarantined, the others go on.
""",
)

app.command("refresh")(refresh.refresh)
app.command("query")(query.query)
app.command("show")(show.show)
app.command("ask")(ask.ask)
app.command("serve")(serve.serve)
app.command("inspect")(inspect.inspect)
app.command("status")(operate.status)
app.command("findings")(audit.findings)
app.command("ui")(operate.ui)
app.command("prepare")(operate.prepare)
app.command("releases")(releases.list_releases)
app.command("diff")(releases.diff)
app.command("rollback")(releases.rollback)
app.command("prune")(releases.prune)
app.add_typer(export.app, name="export")
app.add_typer(quarantine.app, name="quarantine")
