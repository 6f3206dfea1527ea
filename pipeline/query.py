"""`make query` and `make shell`: SQL over the tables and the reports, from whatever folder.

Every table is a view under its name, every report under its name in the schema `reports`, and
without it too unless a table has the same name (`coauthor_pairs`).

A query may come from anybody, so it can read those and nothing else, and write nothing: Arrow reads
the files for DuckDB, which has no access to files and the network itself. To allow it these files
alone would not do, since it could also write to them.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import signal
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import duckdb
import pyarrow as pa
from pyarrow.csv import ConvertOptions, ParseOptions
from pyarrow.dataset import CsvFileFormat, dataset

from pipeline.console import run, visible
from pipeline.engine.duckdb import own_errors
from pipeline.errors import InputError, PipelineError, QueryError
from pipeline.files import parts
from pipeline.schema import arrow_schema
from pipeline.tables import REPORTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyarrow.dataset import Dataset

    from pipeline.tables import Table

BATCH = 10_000
MOST_ROWS_SHOWN = 10_000
PROMPT, CONTINUED = "sql> ", "...> "
FALLBACK_WIDTH = 200  # where the output is no terminal, a wide table beats a cut one
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
    """An in-memory database with a view for each table and report that is there, and locked.

    Raises
    ------
    InputError
        If there is none yet.
    """
    connection = duckdb.connect(":memory:")
    connection.execute("create schema reports")
    views = 0
    for table in TABLES.values():
        path = processed / f"{table.name}.parquet"
        if path.exists():
            connection.register(table.name, table_rows(path))
            views += 1
    for report in REPORTS.values():
        path, name = reports / f"{report.name}.csv", f"reports.{report.name}"
        if path.is_file():
            # Rows can be registered in the main schema alone.
            connection.register(name, report_rows(path, report))
            connection.execute(f'create view {name} as select * from "{name}"')  # noqa: S608 -- a name of this project
            views += 1
    if not views:
        raise InputError(f"there are no tables in {processed} yet; run `make all` first")
    connection.execute("set search_path = 'main,reports'")
    for lock in LOCKS:
        connection.execute(lock)
    return connection


def table_rows(path: Path) -> Dataset:
    """The rows of a table that is a Parquet file or a folder of such files.

    Raises
    ------
    InputError
        If they can't be read.
    """
    try:
        return dataset([str(part) for part in parts(path)], format="parquet")
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: {error}; remove it, and `make all` writes it anew") from error


def report_rows(path: Path, report: Table) -> Dataset:
    """The rows of a report.

    Raises
    ------
    InputError
        If it has other columns than declared.
    """
    with path.open(encoding="utf-8") as file:
        header = file.readline().rstrip("\n")
    schema = arrow_schema(report)
    # Arrow would take a column that is missing for an empty one.
    if header != ",".join(schema.names):
        raise InputError(
            f"{path}: has the columns {header}; pipeline/tables.py declares "
            f"{','.join(schema.names)}; remove it, and `make all` writes it anew"
        )
    return dataset(path, schema=schema, format=CSV)


def answer(connection: duckdb.DuckDBPyConnection, queries: str, form: str) -> None:
    """Print the rows of one query, or of several that are separated by ";".

    Raises
    ------
    QueryError
        With DuckDB's message, if one fails.
    """
    with own_errors():
        for statement in connection.extract_statements(queries):
            if statement.expected_result_type == [duckdb.ExpectedResultType.QUERY_RESULT]:
                WRITERS[form](connection, bare(statement.query))
            else:
                connection.execute(statement)


def bare(query: str) -> str:
    """A query without the semicolon and the comments at its end, to stand inside another one."""
    end = len(query)
    for offset, kind in reversed(duckdb.tokenize(query)):
        if kind != duckdb.token_type.comment and query[offset] != ";":
            break
        end = offset
    return query[:end]


def write_table(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Print rows as DuckDB draws them, as wide as the terminal."""
    width = shutil.get_terminal_size((FALLBACK_WIDTH, 0)).columns
    with redirect_stdout(io.StringIO()) as drawn:
        connection.sql(query).show(max_width=width, max_rows=MOST_ROWS_SHOWN)
    print(visible(drawn.getvalue()), end="")


def write_csv(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Print rows as CSV; DuckDB turns every type, nested ones too, into text."""
    result = connection.execute(f"select cast(columns(*) as varchar) from (\n{query}\n)")  # noqa: S608 -- the user's own query
    writer = csv.writer(output(), lineterminator="\n")
    writer.writerow([column[0] for column in result.description])
    writer.writerows(fetched(result))


def write_json(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Print rows as a JSON array of objects, one a line."""
    result = connection.execute(f"select to_json(answer) from (\n{query}\n) as answer")  # noqa: S608 -- the user's own query
    separator = "["
    for (row,) in fetched(result):
        print(separator, row, sep="\n", end="", file=output())
        separator = ","
    print("[]" if separator == "[" else "\n]")


class Terminal:
    """Standard output for people: what a terminal would obey is shown."""

    def write(self, text: str) -> int:
        """Write a text as `pipeline.console.visible` makes it."""
        return sys.stdout.write(visible(text))


def output() -> Terminal | TextIO:
    """Where rows go: as they are to a program or a file, visible to a terminal."""
    return Terminal() if sys.stdout.isatty() else sys.stdout


def fetched(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """All rows of a result, batch by batch."""
    while batch := result.fetchmany(BATCH):
        yield from batch


WRITERS = {"table": write_table, "csv": write_csv, "json": write_json}


def describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Print every view with its columns and what they mean."""
    found = connection.execute(
        "select schema_name, view_name from duckdb_views() where not internal"
    ).fetchall()
    for schema, tables, heading in (
        ("main", TABLES, "Tables"),
        ("reports", REPORTS, "Reports (reports.NAME; NAME alone unless a table has it)"),
    ):
        print(f"{heading}\n")
        for table in tables.values():
            if (schema, table.name) in found:
                print_table(table)
    print('Ask with: Q="select * from papers limit 5" make query   (FORMAT=csv or FORMAT=json)')


def print_table(table: Table) -> None:
    """Print one table's name, grain and columns."""
    print(f"{table.name}: {table.grain}")
    width = max(len(column.name) for column in table.columns)
    for column in table.columns:
        print(f"  {column.name:<{width}}  {column.type:<8} {column.meaning}")
    print()


def read_queries() -> Iterator[str]:
    """Statements from standard input, each ended by ";", the last perhaps by the end of input."""
    interactive = sys.stdin.isatty()
    lines: list[str] = []
    while True:
        prompt = (CONTINUED if lines else PROMPT) if interactive else ""
        try:
            lines.append(input(prompt))
        except EOFError:
            break
        if lines[-1].rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if interactive:
        print()
    if any(line.strip() for line in lines):
        yield "\n".join(lines)


def shell(connection: duckdb.DuckDBPyConnection, form: str) -> None:
    """Answer queries from standard input until its end; go on after one that fails.

    Raises
    ------
    PipelineError
        At the end, if any of them failed and nobody sat there to see it.
    """
    if sys.stdin.isatty():
        import readline  # noqa: F401, PLC0415 -- importing it gives `input` a history

        print('End a query with ";" and the session with Ctrl-D.')
    failed = 0
    for query in read_queries():
        try:
            answer(connection, query, form)
        except QueryError as error:
            print(f"error: {visible(str(error))}", file=sys.stderr)
            failed += 1
    if failed and not sys.stdin.isatty():
        raise PipelineError(f"{failed} of the queries failed, see above")


def main() -> None:
    """Parse the command line and answer."""
    arguments = argparse.ArgumentParser(prog="pipeline.query", description=__doc__)
    arguments.add_argument("--processed", type=Path, required=True)
    arguments.add_argument("--reports", type=Path, required=True)
    arguments.add_argument("--query", default="")
    arguments.add_argument("--format", default="table")
    arguments.add_argument("--shell", action="store_true")
    options = arguments.parse_args()

    def work() -> None:
        if options.format not in WRITERS:
            raise PipelineError(f"FORMAT={options.format}: expected one of {', '.join(WRITERS)}")
        connection = connect(options.processed, options.reports)
        if options.shell:
            shell(connection, options.format)
        elif options.query.strip():
            answer(connection, options.query, options.format)
        else:
            describe(connection)

    # DuckDB does not look up from a long query, so the system ends this process itself; there is
    # nothing to clean up.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    run(work, stop_on_signal=False)


if __name__ == "__main__":
    main()
