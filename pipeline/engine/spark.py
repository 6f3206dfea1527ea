"""Spark as the engine, or what else speaks Spark Connect: on a cluster that runs already.

The queries are DuckDB's, printed anew in Spark's dialect. Tables stay Parquet files in a folder
that this machine, the server and each of its workers see.
"""

from __future__ import annotations

import atexit
import pickle
import warnings
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from shutil import make_archive
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from pyspark.errors import PySparkException
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.session import SparkSession
from sqlglot.errors import ErrorLevel, SqlglotError

from pipeline.engine.remote import RESULTS, run_pickled, run_there
from pipeline.errors import InputError, QueryError
from pipeline.files import PARTS, remove_all
from pipeline.statements import PROJECT
from pipeline.workers import run_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.workers import Work

# Spark's own patience is ten minutes: right for a server that stumbles, not for a wrong address.
FIRST_CONTACT = DefaultPolicy(max_retries=3)
NOT_FOUND = ("PATH_NOT_FOUND", "FILE_NOT_EXIST", "FileNotFoundException")
SHARED = (
    "the server and all its workers must see PROCESSED; if they know it by another path or URL, "
    "give that as SPARK_PROCESSED"
)


class Spark:
    """See `pipeline.engine.Engine`.

    Parameters
    ----------
    remote
        Address of the Spark Connect server, sc://host:port.
    processed
        What the server calls the folder of the tables, a path or URL; empty if it has the same
        path there as here.

    Raises
    ------
    InputError
        If there is no server at the address.
    """

    def __init__(self, remote: str, processed: str = "") -> None:
        self.remote = remote
        self.processed = processed.rstrip("/")
        self.session = connect(remote)

    def add_table(self, name: str, path: Path) -> None:
        """Let queries name a Parquet file, or a folder of such files, as a table."""
        with own_errors():
            rows = self.session.read.parquet(self.url(path))
            if not rows.columns:  # what Sail takes a missing file for
                raise InputError(unreadable(self.url(path)))
            rows.createOrReplaceTempView(name)

    def fetch(self, query: str) -> pa.Table:
        """The rows of a SELECT, in its order."""
        with own_errors():
            return self.session.sql(translated(query)).toArrow()

    def write(self, query: str, path: Path) -> int:
        """Write the rows of a SELECT to a Parquet file or a folder of such files."""
        with own_errors():
            rows = self.session.sql(translated(query))
            rows.write.parquet(self.url(path), mode="overwrite", compression="zstd")
            parts = list(path.glob(PARTS))
            if not parts:
                return write_empty(rows.limit(1).toArrow(), path)
        for other in {*path.iterdir()}.difference(parts):  # marks and checksums, not for readers
            remove_all(other)
        if len(parts) == 1:
            part = parts[0].replace(path.with_name(f"{path.name}.part"))
            remove_all(path)
            parts = [part.replace(path)]
        return sum(pq.read_metadata(part).num_rows for part in parts)

    def run_tasks(
        self,
        work: Work,
        tasks: Sequence[Any],
        before: Callable[[Any, Any], Any],
        follows: Callable[[Any], bool],
        processes: int,
    ) -> Iterator[Any]:
        """Do tasks on the workers, those that follow each other on one; a single one here."""
        chains = chained(tasks, follows)
        if len(chains) == 1:
            return run_tasks(work, tasks, before, processes)
        calls = [partial(run_there, str(Path.cwd()), work, before, chain) for chain in chains]
        try:
            return iter(self.call(calls))
        except PySparkException as error:
            print(f"the Spark server does not parse, so this machine does: {last_line(error)}")
            return run_tasks(work, tasks, before, processes)

    def call(self, calls: list[partial[list[Any]]]) -> list[Any]:
        """The results of functions that are called on the workers, in order."""
        send_code(self.session)
        rows = pa.table({"number": range(len(calls)), "call": [*map(pickle.dumps, calls)]})
        given = self.session.createDataFrame(rows).repartition(len(calls))
        found = given.mapInArrow(run_pickled, RESULTS).toArrow().sort_by("number")
        return [result for row in found["results"] for result in pickle.loads(row.as_py())]  # noqa: S301 -- pickled by the workers

    def url(self, path: Path) -> str:
        """What the server calls a file or folder in the folder of the tables."""
        return f"{self.processed}/{path.name}" if self.processed else f"file://{path.absolute()}"


@cache
def connect(remote: str) -> SparkSession:
    """A session on a server, one for all stages of this process and closed when it ends.

    Raises
    ------
    InputError
        If the address is none, or no server answers there.
    """
    try:
        session = SparkSession.builder.remote(remote).create()
    except (PySparkException, ValueError) as error:
        raise InputError(f"SPARK_REMOTE={remote}: an address is sc://host:port") from error
    atexit.register(close, session)
    session.client.set_retry_policies([FIRST_CONTACT])
    try:
        with warnings.catch_warnings(action="ignore"):  # that retries are exhausted
            _ = session.version
    except PySparkException as error:
        session.client.close()
        raise InputError(
            f"SPARK_REMOTE={remote}: no Spark Connect server answers: {first_line(error)}"
        ) from error
    session.client.set_retry_policies([DefaultPolicy()])
    return session


@cache
def send_code(session: SparkSession) -> None:
    """Let the workers import this project, once a session."""
    with TemporaryDirectory() as folder:
        archive = make_archive(f"{folder}/pipeline", "zip", PROJECT, "pipeline")
        session.addArtifacts(archive, pyfile=True)


def close(session: SparkSession) -> None:
    """End a session without waiting long for a server that is gone."""
    session.client.set_retry_policies([FIRST_CONTACT])
    with warnings.catch_warnings(action="ignore"):
        session.stop()


def translated(query: str) -> str:
    """A query of DuckDB's dialect in Spark's.

    Raises
    ------
    QueryError
        If it says what Spark's dialect can't.
    """
    try:
        (text,) = sqlglot.transpile(
            query, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE
        )
    except (SqlglotError, ValueError) as error:
        raise QueryError(f"not in Spark's SQL: {first_line(error)}") from error
    return text


@contextmanager
def own_errors() -> Iterator[None]:
    """Turn Spark's errors into ours, keeping the line that says what is wrong."""
    try:
        yield
    except PySparkException as error:
        if any(sign in str(error) for sign in NOT_FOUND):
            raise InputError(unreadable(first_line(error))) from error
        raise QueryError(first_line(error)) from error


def write_empty(rows: pa.Table, path: Path) -> int:
    """Write a table without rows, of which Sail writes no file.

    Raises
    ------
    InputError
        If there are rows, so that the server's file must be somewhere else.
    """
    if rows.num_rows:
        raise InputError(f"{path}: not there after the server wrote it; {SHARED}")
    remove_all(path)
    pq.write_table(rows, path)
    return 0


def chained(tasks: Sequence[Any], follows: Callable[[Any], bool]) -> list[list[Any]]:
    """Tasks in lists of those that follow each other."""
    chains: list[list[Any]] = []
    for task in tasks:
        if chains and follows(task):
            chains[-1].append(task)
        else:
            chains.append([task])
    return chains


def unreadable(what: str) -> str:
    """The error for a table that the server does not find."""
    return f"the Spark server cannot read {what}; {SHARED}"


def first_line(error: Exception) -> str:
    """What a message says before its details."""
    for line in str(error).splitlines():
        if line.strip().startswith("details ="):  # of an error of gRPC, whose first line is a type
            return line.partition("=")[2].strip().strip('"')
    return str(error).partition("\n")[0]


def last_line(error: Exception) -> str:
    """What a worker's traceback says in the end."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    found = [line for line in lines if line[:1].isalpha() and "Error: " in line]
    return (found or lines or [""])[-1].strip()
