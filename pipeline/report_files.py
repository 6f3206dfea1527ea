"""Reading the CSV files of reports back as they were before they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.errors import REMEDY, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.tables import Table, Type

POLARS_TYPES: dict[Type, type[pl.DataType]] = {
    "bigint": pl.Int64,
    "double": pl.Float64,
    "boolean": pl.Boolean,
    "varchar": pl.String,
    "date": pl.Date,
}
# What the reports put before text that a spreadsheet would run as a formula.
DEFUSED = r"^'(\s*[=+\-@＝＋－＠]|[\t\r])"


def read_report(path: Path, table: Table) -> pl.DataFrame:
    """A report as it was before it became a CSV file.

    Raises
    ------
    InputError
        If it can't be read as the table is declared.
    """
    types = {column.name: POLARS_TYPES[column.type] for column in table.columns}
    try:
        frame = pl.read_csv(path, schema_overrides=types)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"{path}: {error}; {REMEDY}") from error
    if frame.columns != list(types):
        raise InputError(
            f"{path}: has the columns {', '.join(frame.columns)}; "
            f"pipeline/tables.py declares {', '.join(types)}; {REMEDY}"
        )
    defused = [
        text.name for text in frame.select(pl.col(pl.String)) if text.str.contains(DEFUSED).any()
    ]
    return frame.with_columns(pl.col(defused).str.replace(DEFUSED, "$1"))
