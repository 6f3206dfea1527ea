"""The tables and reports that are there as views of an in-memory database, to be asked in SQL.

A query may come from anybody, so it can read those and nothing else, and write nothing: Arrow reads
the files for DuckDB, which has no access to files and the network itself. To allow it these files
alone would not do, since it could also write to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
from pyarrow.csv import ConvertOptions, ParseOptions
from pyarrow.dataset import CsvFileFormat, dataset

from pipeline.damage import readable
from pipeline.engine.duckdb import quoted
from pipeline.errors import REMEDY, InputError
from pipeline.files import parts
from pipeline.outputs import REPORT_FILES, TABLE_FILES, Outputs, changed
from pipeline.schema import arrow_schema
from pipeline.tables import REPORTS, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from pyarrow.dataset import Dataset

    from pipeline.tables import Table

CSV = CsvFileFormat(
    parse_options=ParseOptions(newlines_in_values=True),
    convert_options=ConvertOptions(strings_can_be_null=True, null_values=[""]),
)
# What a query must not undo; the last keeps all of them. Where there is no folder for what memory
# does not hold, a query that needs one fails.
LOCKS = (
    "set temp_directory = ''",
    "set python_enable_replacements = false",
    "set allow_persistent_secrets = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)


def connect(processed: Path, reports: Path) -> duckdb.DuckDBPyConnection:
    """A database with a view for each table and report that is there, and locked.

    Raises
    ------
    InputError
        If there is none yet.
    """
    connection = duckdb.connect(":memory:")
    connection.execute("create schema reports")
    views = 0
    damaged = damaged_outputs(processed, TABLE_FILES)
    for table in TABLES.values():
        path = processed / f"{table.name}.parquet"
        if path.exists():
            try:
                connection.register(table.name, table_rows(path, damaged))
            except InputError as error:
                connection.execute(f"create view {table.name} as {failing(table, error)}")
            views += 1
    damaged = damaged_outputs(reports, REPORT_FILES)
    for report in REPORTS.values():
        path, name = reports / f"{report.name}.csv", f"reports.{report.name}"
        if path.exists():
            try:
                # Rows can be registered in the main schema alone.
                connection.register(name, report_rows(path, report, damaged))
                select = f'select * from "{name}"'  # noqa: S608 -- a name of this project
            except InputError as error:
                select = failing(report, error)
            connection.execute(f"create view {name} as {select}")
            views += 1
    if not views:
        raise InputError(f"there are no tables in {processed} yet; run `make all` first")
    connection.execute("set search_path = 'main,reports'")
    for lock in LOCKS:
        connection.execute(lock)
    return connection


def damaged_outputs(folder: Path, outputs: Outputs) -> list[str]:
    """The outputs to take for damaged; none where files alone were copied, without the note."""
    return changed(folder, outputs) if (folder / outputs.note).exists() else []


def require_whole(path: Path, damaged: list[str]) -> None:
    """Stop if a file is not as a run left it.

    Raises
    ------
    InputError
        If it is not.
    """
    if path.name in damaged:
        raise InputError(f"{path}: damaged, or changed since a run wrote it; {REMEDY}")


def failing(table: Table, error: InputError) -> str:
    """A SELECT that fails with an error's text if it is run, so that other tables can be asked."""
    columns = ", ".join(f"null::{column.type} as {column.name}" for column in table.columns)
    return f"select {columns} where error({quoted(str(error))}) is null"


def table_rows(path: Path, damaged: list[str]) -> Dataset:
    """The rows of a table that is a Parquet file or a folder of such files.

    Raises
    ------
    InputError
        If they are damaged or can't be read.
    """
    require_whole(path, damaged)
    with readable(path):
        return dataset([str(part) for part in parts(path)], format="parquet")


def report_rows(path: Path, report: Table, damaged: list[str]) -> Dataset:
    """The rows of a report.

    Raises
    ------
    InputError
        If it is damaged, can't be read or has other columns than declared.
    """
    require_whole(path, damaged)
    with readable(path), path.open(encoding="utf-8") as file:
        header = file.readline().rstrip("\n")
    schema = arrow_schema(report)
    # Arrow would take a column that is missing for an empty one.
    if header != ",".join(schema.names):
        raise InputError(
            f"{path}: has the columns {header}; pipeline/tables.py declares "
            f"{','.join(schema.names)}; {REMEDY}"
        )
    return dataset(path, schema=schema, format=CSV)
