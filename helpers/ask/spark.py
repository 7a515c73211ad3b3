"""Apache Spark: a session, and questions put to it.

A frame of Spark is asked where its rows lie: `Connection` is to it what DuckDB's is to a file.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers import log
from helpers.ask.dialects import worded
from helpers.ask.engine import AskError, literal

JAVA = range(17, 26)  # the versions that Spark 4 runs on
GET_JAVA = """Install a Java of 17 to 25:
  Debian, Ubuntu   sudo apt install openjdk-21-jre-headless
  Fedora           sudo dnf install java-21-openjdk-headless
  macOS            brew install --cask temurin@21
  Windows          winget install EclipseAdoptium.Temurin.21.JRE"""
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.memory": "4g",
}
LOOPBACK = ("127.0.0.1", "localhost")
ALONE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
PATIENCE = 60  # seconds in which no machine works on a question, until it is given up


class SparkError(AskError):
    """Spark can't be started or does not answer; the text says what is missing."""


class Connection:
    """What `ask` needs of a DuckDB connection, on the session of a frame of Spark.

    It keeps its tables, which are frames, and its views, which are texts: no name of the session
    is taken, and Spark reads one text for each answer.
    """

    def __init__(self, plays: Any) -> None:
        self.session: Any = plays.sparkSession
        self.tables: dict[str, Any] = {}
        self.views: dict[str, Any] = {}
        self.answer: Any = None

    def execute(self, text: str) -> "Connection":
        """Put a statement of DuckDB's; nothing is counted before the answer is fetched."""
        import sqlglot
        from sqlglot import exp

        tree = sqlglot.parse_one(text, read="duckdb")
        query = tree.expression if isinstance(tree, exp.Create) else tree
        for node in query.find_all(exp.Literal, exp.Identifier):  # {name} stands for a frame
            node.set("this", node.this.replace("{", "{{").replace("}", "}}"))
        for table in list(query.find_all(exp.Table)):
            alias = exp.TableAlias(this=exp.to_identifier(table.alias_or_name))
            if table.name in self.tables:
                table.set("alias", alias)
                table.set("this", exp.Identifier(this=f"{{{table.name}}}"))
            elif table.name in self.views:
                view = self.views[table.name].copy()
                table.replace(exp.Subquery(this=view, alias=alias))
        if isinstance(tree, exp.Create):
            self.views[tree.this.name] = query
        else:
            self.answer = self.session.sql(worded(query, "spark"), **self.tables)
        return self

    sql = execute

    def register(self, name: str, rows: Any) -> None:
        self.tables[name] = self.session.createDataFrame(rows)

    def to_arrow_table(self) -> Any:
        with attended(self.session):
            return self.answer.toArrow()

    def fetchall(self) -> list[tuple[Any, ...]]:
        with attended(self.session):
            return [tuple(row) for row in self.answer.collect()]

    def fetchnumpy(self) -> dict[str, Any]:
        table = self.to_arrow_table()
        return {name: table[name].to_numpy() for name in table.column_names}

    def observe(self, name: str, rules: Iterable[str], zones: bool) -> Callable[[], tuple]:
        """Count a view's rows, and those that fit each rule, while an answer is read from it.

        What comes tells the counts afterwards, and last of all, of `zones`, one that is not known.
        """
        from pyspark.sql import functions

        known = ", ".join(map(literal, log.zones()))
        counted = [f"count(CASE WHEN {rule} THEN 1 END)" for rule in ("true", *rules)]
        odd = f"zone NOT IN ({known}) THEN zone" if zones else "false THEN ''"
        counted.append(f"max(CASE WHEN {odd} END)")
        columns = [functions.expr(text.replace('"', "`")) for text in counted]
        rows = self.execute(f"SELECT * FROM {name}").answer
        self.tables[name] = rows.observe("look", *columns)

        def counts() -> tuple:
            seen = self.answer._jdf.queryExecution().observedMetrics()
            if not seen.contains("look"):  # Spark read nothing for an answer that it saw was empty
                with attended(self.session):
                    return tuple(rows.agg(*columns).collect()[0])
            row = seen.apply("look")
            return tuple(row.get(place) for place in range(row.length()))

        return counts

    def close(self) -> None:
        self.tables.clear()


@contextmanager
def attended(session: Any) -> Iterator[None]:
    """Give up what no machine has worked on for PATIENCE seconds: Spark would wait for ever."""
    context, tag = session.sparkContext, f"fifty-three-{os.urandom(8).hex()}"
    done, lost = threading.Event(), threading.Event()

    def watch() -> None:
        tracker, idle = context.statusTracker(), 0
        while not done.wait(1):
            stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
            waits = bool(stages) and not any(stage and stage.numActiveTasks for stage in stages)
            idle = idle + 1 if waits else 0
            if idle >= PATIENCE:
                lost.set()
                context.cancelJobsWithTag(tag)
                return

    watcher = threading.Thread(target=watch, daemon=True)
    context.addJobTag(tag)
    watcher.start()
    try:
        yield
    except failures():
        if lost.is_set():
            message = f"no machine worked on it for {PATIENCE} s: is the cluster still there?"
            raise SparkError(message) from None
        raise
    finally:
        context.removeJobTag(tag)
        done.set()
        watcher.join()


def failures() -> tuple[type[Exception], ...]:
    """What Spark raises: what it cannot read, and what went wrong on the way."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def bottom(error: Exception) -> str:
    """What is at the bottom of a failure that came through several of Java's."""
    cause = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    while cause is not None and cause.getCause() is not None:
        cause = cause.getCause()
    return str(error if cause is None else cause.getMessage())


def session(master: str = "local[2]", **settings: str) -> Any:
    """A session of Spark: on this machine, or on the cluster at spark://host:port.

    It is quiet and counts in UTC; on this machine it opens no port to the network. `settings` are
    Spark's own, dots written as underscores. SparkError: there is no pyspark, or no Java that it
    runs on; the cluster can't be reached, Spark does not start, or it runs with another master.

    >>> session("local[2]", spark_driver_memory="8g")  # doctest: +SKIP
    <pyspark.sql.session.SparkSession object at ...>
    """
    java()
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None and running.sparkContext.master != master:
        raise SparkError(f"Spark runs with master {running.sparkContext.master}: .stop() it first")
    masters = re.findall(r"([\w.-]+):(\d+)", master if "://" in master else "")
    if masters and not any(_answers(host, int(port)) for host, port in masters):
        raise SparkError(f"nothing answers at {master}; start the cluster, or name another")
    here = master.startswith("local") or all(host in LOOPBACK for host, _ in masters)
    own = {name.replace("_", "."): value for name, value in settings.items()}
    chosen = SETTINGS | (ALONE if here else {}) | own
    conf = SparkConf().setMaster(master).setAll(list(chosen.items()))
    if here:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Of each frame it says that pandas is newer than what Spark was tried with.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    with tempfile.TemporaryFile() as words:  # what Java says while it starts
        try:
            if SparkContext._gateway is None:
                gateway = launch_gateway(conf, {"stderr": words})
                SparkContext._ensure_initialized(gateway=gateway, conf=conf)
            return SparkSession.builder.config(conf=conf).getOrCreate()
        except Exception as error:  # of py4j, Java or Spark
            words.seek(0)
            lines = [bottom(error), *words.read().decode(errors="replace").splitlines()]
            if SparkContext._gateway is not None:  # its Java would keep these settings
                SparkContext._gateway.shutdown()
                SparkContext._gateway = SparkContext._jvm = None
            why = next((line for line in lines[1:] if line.startswith("Invalid")), lines[0])
            raise SparkError(f"Spark does not start: {why}") from error


def read(path: str | Path, master: str = "local[2]", **settings: str) -> Any:
    """The Parquet files at a path as a frame of Spark's, on such a `session`.

    Spark looks into them at once: on a cluster without a worker that is a SparkError, too.
    """
    here = session(master, **settings)
    with attended(here):
        return here.read.parquet(str(path))


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError:
        return False
    return True


def java() -> str:
    """The version of Java and of pyspark. SparkError: there is none, or one that does not fit."""
    try:
        from pyspark import __version__
    except ImportError:
        raise SparkError("pyspark is not installed: python3 start.py with spark") from None
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    place = f"at JAVA_HOME={home}" if home else "on the PATH"
    if program is None:
        raise SparkError(f"There is no Java {place}. {GET_JAVA}")
    words = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', words)
    if not version or int(version[1]) not in JAVA:
        number = version[1] if version else "unknown"
        raise SparkError(f"The Java {place} is version {number}. {GET_JAVA}")
    return f"pyspark {__version__}, Java {version[1]}"
