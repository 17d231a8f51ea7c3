"""An existing Apache Spark cluster: documents are read by ``mapInPandas`` on its workers.

What a cluster has to give: this project, at the same state, in the Python of its workers
(``PYSPARK_PYTHON``), and the raw folder under the same path on every one of them. Both are looked
at before anything is read: a worker with another state would write records under a false version,
one without the files would put every document aside as gone.

On a worker each document is read in a process of its own with the same limits as on one machine
(``pool.py``). Results come back wave by wave; a worker that dies takes the documents of its task
with it, and Spark has them read again elsewhere.
"""

from __future__ import annotations

import os
import pickle
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestration.engines import Finished
from orchestration.ingestion.outcome import Outcome, Reading
from orchestration.ingestion.parser_version import parser_version
from orchestration.ingestion.pool import Failure, run_limited
from orchestration.messages import JixiaoError
from orchestration.settings import PROJECT_ROOT

if TYPE_CHECKING:
    import pandas as pd

Read = Callable[[Reading], Outcome]

#: Documents a job: what its results take in the memory of the driver, a few hundred KB each.
_WAVE_DOCUMENTS = 500
#: The second wave keeps the workers busy while the last documents of the first are read.
_WAVES_AT_ONCE = 2
#: Documents a task at most: a worker process is started for each task, and lost with it.
_TASK_DOCUMENTS = 16
_TASKS_PER_CORE = 4
_COLUMNS = "number int, outcome binary"
_UNSEEN = "unseen"
_OTHER_STATE = "other_state"
_CONFIG = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # A document read twice at once costs time and proves nothing.
    "spark.speculation": "false",
}


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """A cluster by its address (``spark://host:port``, ``yarn``, ``local-cluster[…]``, …)."""

    master: str
    document_seconds: float
    document_memory: int

    def run(self, function: Read, readings: Sequence[Reading]) -> Finished:
        """See ``Engine.run``."""
        if not readings:
            return
        with _session(self.master) as session:
            size = _task_size(len(readings), session.sparkContext.defaultParallelism)
            for number, pickled in self._outcomes(session, function, readings, size):
                reading, outcome = readings[number], pickle.loads(pickled)  # noqa: S301 - our own
                if isinstance(outcome, Failure) and outcome.kind in {_UNSEEN, _OTHER_STATE}:
                    outcome = self._not_on_worker(function, reading, outcome)
                yield reading, outcome

    def _outcomes(
        self,
        session: Any,  # noqa: ANN401
        function: Read,
        readings: Sequence[Reading],
        size: int,
    ) -> Iterator[tuple[int, bytes]]:
        """Number and pickled outcome of every reading, wave after wave."""
        numbered = [(number, pickle.dumps(reading)) for number, reading in enumerate(readings)]
        waves = deque(
            numbered[start : start + _WAVE_DOCUMENTS]
            for start in range(0, len(numbered), _WAVE_DOCUMENTS)
        )
        worker = _reader(function, self.document_seconds, self.document_memory)
        running: deque[Future[list[tuple[int, bytes]]]] = deque()
        with ThreadPoolExecutor(_WAVES_AT_ONCE) as threads:
            try:
                while waves or running:
                    while waves and len(running) < _WAVES_AT_ONCE:
                        wave = waves.popleft()
                        running.append(threads.submit(_read_wave, session, worker, wave, size))
                    yield from running.popleft().result()
            finally:  # whoever stopped listening does not wait for what is still being read
                session.sparkContext.cancelAllJobs()

    def _not_on_worker(
        self, function: Read, reading: Reading, failure: Failure
    ) -> Outcome | Failure:
        """A document that a worker could not have read properly.

        Raises:
            JixiaoError: the cluster is not set up for this project.
        """
        if failure.kind == _OTHER_STATE:
            raise JixiaoError(
                f"Spark 工作节点上的程序与本机不是同一状态（{failure.detail}）；"
                "请在各节点安装相同的版本后重试",
                f"the project on the Spark worker is not at the state of this one "
                f"({failure.detail}); install the same state on every worker",
            )
        if reading.path.is_file():
            raise JixiaoError(
                f"Spark 工作节点 {failure.detail} 上没有文件 {reading.path}；"
                "原始报告文件夹应以相同路径挂载到各节点",
                f"the Spark worker {failure.detail} has no {reading.path}; mount the folder of "
                "raw reports under the same path on every worker",
            )
        # Gone here as well since the folder was looked through: that is its outcome.
        ((_, outcome),) = run_limited(
            function,
            [reading],
            workers=1,
            seconds=self.document_seconds,
            memory=self.document_memory,
        )
        return outcome


def _task_size(documents: int, cores: int) -> int:
    """Documents a task: enough to be worth a process, few enough to spread over the cores."""
    wanted = min(documents, _WAVE_DOCUMENTS) // (max(cores, 1) * _TASKS_PER_CORE)
    return max(1, min(_TASK_DOCUMENTS, wanted))


def _read_wave(
    session: Any,  # noqa: ANN401
    worker: Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]],
    wave: list[tuple[int, bytes]],
    size: int,
) -> list[tuple[int, bytes]]:
    """One job of the cluster, its results in the driver's memory."""
    tasks = -(-len(wave) // size)
    rows = session.sparkContext.parallelize(wave, tasks)
    frame = session.createDataFrame(rows, "number int, task binary")
    try:
        read = frame.mapInPandas(worker, _COLUMNS).collect()
    except Exception as error:
        raise _failed(error) from error
    return [(row.number, bytes(row.outcome)) for row in read]


def _reader(
    function: Read, seconds: float, memory: int
) -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    """The function that runs on the workers."""

    def read(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for frame in frames:
            readings = [pickle.loads(task) for task in frame["task"]]  # noqa: S301 - our own
            outcomes = _outcomes_here(function, readings, seconds, memory)
            for number, outcome in zip(frame["number"], outcomes, strict=True):
                yield pd.DataFrame({"number": [number], "outcome": [pickle.dumps(outcome)]})

    return read


def _outcomes_here(
    function: Read, readings: Sequence[Reading], seconds: float, memory: int
) -> Iterator[Outcome | Failure]:
    """Read on this worker, in order."""
    own = parser_version(PROJECT_ROOT / "orchestration", PROJECT_ROOT / "dbt_project" / "seeds")
    host = socket.gethostname()
    if any(reading.parser_version != own for reading in readings):
        for reading in readings:
            yield Failure(_OTHER_STATE, f"{host}: {own}, {reading.parser_version}")
        return
    seen = [reading for reading in readings if reading.path.is_file()]
    # One process takes its tasks in order, so results come in the order of the readings.
    read = run_limited(function, seen, workers=1, seconds=seconds, memory=memory)
    there = {reading.relative for reading in seen}
    for reading in readings:
        yield next(read)[1] if reading.relative in there else Failure(_UNSEEN, host)


@contextmanager
def _session(master: str) -> Iterator[Any]:
    """A session on the cluster, ended afterwards.

    Raises:
        JixiaoError: PySpark is not installed, Java is not there, the cluster does not answer.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise JixiaoError(
            "未安装 PySpark；请先运行 make spark-env，再用 .venv-spark/bin/jixiao refresh "
            "--engine spark",
            "PySpark is not installed: run `make spark-env`, then .venv-spark/bin/jixiao refresh "
            "--engine spark",
        ) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("jixiao")
    for name, value in _CONFIG.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    except Exception as error:
        raise _failed(error) from error
    try:
        yield session
    finally:
        session.stop()


def _failed(error: Exception) -> JixiaoError:
    """Whatever Spark says, in one line with a remedy; no document is to blame."""
    said = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return JixiaoError(
        f"Spark 集群出错（{said[:300]}）；已写入的记录保留。请检查集群（地址、Java、内存）后重试",
        f"the Spark cluster failed ({said[:300]}); what was written stays, look after the cluster "
        "(address, Java, memory) and run again",
    )
