"""What runs the SQL: stages know this interface, not what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa


class Engine(Protocol):
    """Runs one SELECT over tables that are Parquet files."""

    def add_table(self, name: str, path: Path) -> None:
        """Let queries name a Parquet file as a table."""

    def tables_of(self, query: str) -> set[str]:
        """The tables that a query reads."""

    def fetch(self, query: str) -> pa.Table:
        """The rows of a SELECT, in its order.

        Raises
        ------
        QueryError
            With the engine's own message, if the query fails.
        """

    def write(self, query: str, path: Path) -> int:
        """Write the rows of a SELECT, in its order, to a Parquet file; how many there are.

        Raises
        ------
        QueryError
            With the engine's own message, if the query fails.
        """


def open_engine() -> Engine:
    """The engine of this run."""
    from pipeline.engine.duckdb import DuckDB  # noqa: PLC0415 -- imported only where SQL runs

    return DuckDB()
