"""A Spark Thrift server from the PySpark wheel, on the loopback address."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CLASS = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
_READY = "HiveThriftServer2 started"


@contextmanager
def thrift_server(folder: Path) -> Iterator[int]:
    """Start it with its catalogue and tables under ``folder``; yields the port.

    Raises:
        RuntimeError: it ended before it was ready; the message holds the end of its log.
    """
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = {
        "spark.ui.enabled": "false",
        "spark.sql.catalogImplementation": "hive",
        "spark.sql.warehouse.dir": str(folder / "tables"),
        "spark.sql.shuffle.partitions": "1",
        # Tables of a few rows: compiling a plan costs more than running it.
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.memory": "3g",
    }
    command = [str(home / "bin" / "spark-submit"), "--class", _CLASS, "--master", "local[2]"]
    for name, value in conf.items():
        command += ["--conf", f"{name}={value}"]
    for name, value in (("port", str(port)), ("bind.host", "127.0.0.1")):
        command += ["--hiveconf", f"hive.server2.thrift.{name}={value}"]
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [*command, "spark-internal"],
        cwd=folder,
        env=os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said: list[str] = []
        for line in process.stderr:
            said.append(line)
            if _READY in line:
                break
        else:
            raise RuntimeError("".join(said[-20:]))
        # Nobody reads the rest of the log, but a full pipe would stop the server.
        threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()
        yield port
    finally:
        process.terminate()
        process.wait()
