"""DuckDB as the engine: in this process, in limited memory, and on disk beyond that."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline.engine.memory import memory_limit
from pipeline.errors import REMEDY, QueryError
from pipeline.files import PARTS
from pipeline.workers import run_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from pipeline.workers import Work

ROWS_PER_GROUP = 122_880  # fixed, so that the bytes do not depend on the library's default


class DuckDB:
    """See `pipeline.engine.Engine`."""

    def __init__(self, spill: Path) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit(),
            "temp_directory": str(spill),
        }
        self.connection = duckdb.connect(":memory:", config=settings)

    def add_table(self, name: str, path: Path) -> None:
        """Let queries name a Parquet file, or a folder of such files, as a table."""
        try:
            self.connection.execute(f"create or replace view {name} as {parquet_select(path)}")
        except duckdb.Error as error:
            why = str(error).splitlines()[0]
            remedy = REMEDY if path.exists() else "run make all"
            raise QueryError(f"{path}: {why}; {remedy}") from error

    def fetch(self, query: str) -> pa.Table:
        """The rows of a SELECT, in its order."""
        with own_errors():
            return self.connection.sql(query).to_arrow_table()

    def write(self, query: str, path: Path) -> int:
        """Write the rows of a SELECT, in its order, to a Parquet file."""
        with own_errors():
            result = self.connection.execute(
                f"copy (\n{query}\n) to {quoted(path)} "
                f"(format parquet, compression zstd, row_group_size {ROWS_PER_GROUP})"
            ).fetchone()
        return int(result[0]) if result else 0

    def run_tasks(
        self,
        work: Work,
        tasks: Sequence[Any],
        before: Callable[[Any, Any], Any],
        follows: Callable[[Any], bool],  # noqa: ARG002 -- processes here ask when they need to know
        processes: int,
    ) -> Iterator[Any]:
        """Do tasks in processes of this machine."""
        return run_tasks(work, tasks, before, processes)


def tables_of(query: str) -> set[str]:
    """The tables that a query reads.

    Raises
    ------
    QueryError
        If it is no query.
    """
    with own_errors():
        return set(duckdb.get_table_names(query))


def parquet_select(path: Path) -> str:
    """A SELECT of a table that is a Parquet file or a folder of such files."""
    files = path / PARTS if path.is_dir() else path
    return f"select * from read_parquet({quoted(files)})"  # noqa: S608 -- a quoted path


def quoted(text: str | Path) -> str:
    """A text or path as a SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def own_errors() -> Iterator[None]:
    """Turn DuckDB's errors into ours, keeping its words."""
    try:
        yield
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
