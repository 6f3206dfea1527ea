"""The declared columns as Arrow schemas, and the test that a result has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import PipelineError
from pipeline.files import parts

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.tables import Table, Type

ARROW_TYPES: dict[Type, pa.DataType] = {
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "varchar": pa.string(),
    "date": pa.date32(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The table's schema for Arrow and Parquet."""
    return pa.schema([(column.name, ARROW_TYPES[column.type]) for column in table.columns])


def stored_schema(path: Path) -> pa.Schema:
    """The columns of a table that is a Parquet file or a folder of such files."""
    return pq.read_schema(parts(path)[0])


def require_schema(tables: dict[str, Table], name: str, found: pa.Schema, source: Path) -> None:
    """Stop if the result of a SQL file does not have the columns that are declared for it.

    Raises
    ------
    PipelineError
        Naming the file, what was found and what `pipeline/tables.py` declares.
    """
    where = source.relative_to(source.parents[2])
    if name not in tables:
        raise PipelineError(
            f"{where}: {name} is not declared; add its columns to pipeline/tables.py: "
            f"{describe(found)}"
        )
    # Names and types alone: DuckDB marks a column as required where it happens to hold no null.
    columns, expected = describe(found), describe(arrow_schema(tables[name]))
    if columns != expected:
        raise PipelineError(
            f"{where}: has the columns {columns}; pipeline/tables.py declares {expected}"
        )


def describe(schema: pa.Schema) -> str:
    """Columns with their types on one line."""
    return ", ".join(f"{field.name} {field.type}" for field in schema)
