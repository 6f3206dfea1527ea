"""What runs the SQL: stages know this interface, not what stands behind it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from pipeline.workers import Work


SPILL = ".spill"


class Engine(Protocol):
    """Runs one SELECT, in DuckDB's dialect, over tables that are Parquet files."""

    def add_table(self, name: str, path: Path) -> None:
        """Let queries name a Parquet file, or a folder of such files, as a table.

        Raises
        ------
        PipelineError
            If it can't be read.
        """

    def fetch(self, query: str) -> pa.Table:
        """The rows of a SELECT, in its order.

        Raises
        ------
        QueryError
            With the engine's own message, if the query fails.
        """

    def write(self, query: str, path: Path) -> int:
        """Write the rows of a SELECT to Parquet, one file or a folder of files; how many there are.

        Raises
        ------
        QueryError
            With the engine's own message, if the query fails.
        """

    def run_tasks(
        self,
        work: Work,
        tasks: Sequence[Any],
        before: Callable[[Any, Any], Any],
        follows: Callable[[Any], bool],
        processes: int,
    ) -> Iterator[Any]:
        """Do tasks as `pipeline.workers.run_tasks` does, where the engine computes.

        `follows` says whether what stands before a task depends on the task before it.
        """


def open_engine(folder: Path) -> Engine:
    """The engine of this run, which the environment names: ENGINE, duckdb if unset, or spark.

    DuckDB takes MEMORY_LIMIT, and what is beyond goes to files below `folder` while it runs.

    Spark needs SPARK_REMOTE, the server's address, and takes SPARK_PROCESSED, the server's name of
    the folder of the tables.

    Raises
    ------
    InputError
        If there is no such engine, or it can't be reached.
    """
    name = os.environ.get("ENGINE") or "duckdb"
    if name == "duckdb":
        from pipeline.engine.duckdb import DuckDB  # noqa: PLC0415 -- imported only where SQL runs

        return DuckDB(folder / SPILL)
    if name != "spark":
        raise InputError(f"ENGINE={name}: the engines are duckdb and spark")
    remote = os.environ.get("SPARK_REMOTE", "")
    if not remote:
        raise InputError("ENGINE=spark needs the server's address: SPARK_REMOTE=sc://host:port")
    try:
        from pipeline.engine.spark import Spark  # noqa: PLC0415 -- likewise, and needs an extra
    except ImportError as error:
        raise InputError(
            f"ENGINE=spark: {error.name} is not installed; run `make setup EXTRAS=cluster`"
        ) from error
    return Spark(remote, os.environ.get("SPARK_PROCESSED", ""))
