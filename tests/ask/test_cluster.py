"""A stand-alone cluster of Spark on this machine: it loses a worker, and then the last one."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import engines
import pytest

from helpers import ask, make
from helpers.ask import spark

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by their group"),
    engines.NEEDS_SPARK,
]
LIGHT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SMALL = {
    "spark_driver_memory": "1g",
    "spark_executor_memory": "600m",
    "spark_executor_extraJavaOptions": LIGHT,
    "spark_sql_shuffle_partitions": "8",
}


class Cluster:
    """A master and two workers of a core each; a process and what it starts are one group."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self.folder, self.home = folder, Path(pyspark.__file__).parent
        self.running: list[subprocess.Popen] = []
        master = self.start("master.Master", "--port", "0")
        self.master = self.said(master, r"Starting Spark master at (spark://\S+)")
        self.workers = []
        for _ in range(2):
            size = ["--cores", "1", "--memory", "700m"]
            self.workers.append(self.start("worker.Worker", *size, self.master))
            self.said(self.workers[-1], "(Successfully registered)")

    def start(self, name: str, *words: str) -> subprocess.Popen:
        own = {"SPARK_HOME": str(self.home), "SPARK_LOCAL_IP": "127.0.0.1"}
        own |= {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": LIGHT}
        own |= {"SPARK_WORKER_DIR": str(self.folder / "work"), "PYSPARK_PYTHON": sys.executable}
        program = [self.home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}"]
        words = ("--host", "127.0.0.1", "--webui-port", "0", *words)
        with (self.folder / f"{len(self.running)}.log").open("w") as log:
            pipes = {"stdout": log, "stderr": log, "start_new_session": True}
            self.running.append(subprocess.Popen([*program, *words], env=os.environ | own, **pipes))
        return self.running[-1]

    def said(self, process: subprocess.Popen, words: str) -> str:
        """What a process has written in its log, once it has."""
        log = self.folder / f"{self.running.index(process)}.log"
        for _ in range(600):
            if found := re.search(words, log.read_text()):
                return found[1]
            time.sleep(0.2)
        raise TimeoutError(log.read_text())

    def lose(self, worker: subprocess.Popen) -> None:
        """Kill a worker with the executor that it has started."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for process in self.running:
            if process.poll() is None:
                self.lose(process)


@pytest.fixture
def cluster(tmp_path):
    started = Cluster(tmp_path)
    yield started
    started.stop()


def test_a_lost_worker_changes_no_row_and_a_lost_cluster_is_a_sentence(
    cluster, tmp_path, monkeypatch, record_property
):
    city, lost = tmp_path / "city", []
    make.write_city(city, 5_000, chunk=1_000)
    wanted = ask.streaks(city)
    session = spark.session(cluster.master, **SMALL, spark_local_dir=str(tmp_path))
    tracker = session.sparkContext.statusTracker()

    def lose_one_in_the_middle() -> None:
        while not lost:
            for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
                if stage and 0 < stage.numCompletedTasks < stage.numTasks:
                    cluster.lose(cluster.workers[0])
                    lost.append(stage.stageId)
                    return

    watcher = threading.Thread(target=lose_one_in_the_middle, daemon=True)
    try:
        plays = spark.read(city, cluster.master)
        runs = ask.streaks(plays)
        watcher.start()
        equal = engines.same_rows(runs, wanted)
        assert lost
        text = f"Spark: {equal:,} runs equal to DuckDB's, with a worker lost in the middle"
        record_property("say", text)

        cluster.lose(cluster.workers[1])
        monkeypatch.setattr(spark, "PATIENCE", 10)
        with pytest.raises(spark.SparkError, match="cluster"):
            ask.watched_every_day(plays, make.FILM)
        with pytest.raises(spark.SparkError, match="cluster"):
            spark.read(city, cluster.master)
    finally:
        lost.append(-1)
        session.stop()
