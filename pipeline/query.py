"""`make query` and `make shell`: SQL over the tables and the reports, from whatever folder.

Every table is a view under its name, every report under its name in the schema `reports`, and
without it too unless a table has the same name (`coauthor_pairs`).
"""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import csv
import io
import shutil
import sys
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import duckdb

from pipeline.console import run, visible
from pipeline.engine.duckdb import own_errors
from pipeline.errors import REMEDY, PipelineError, QueryError
from pipeline.sources import printable
from pipeline.tables import REPORTS, TABLES
from pipeline.views import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.tables import Table

BATCH = 10_000
LETTERS_SHOWN = 20
MOST_ROWS_SHOWN = 10_000
PROMPT, CONTINUED = "sql> ", "...> "
FALLBACK_WIDTH = 200  # where the output is no terminal, a wide table beats a cut one


def answer(connection: duckdb.DuckDBPyConnection, queries: str, form: str) -> None:
    """Print the rows of one query, or of several that are separated by ";".

    Raises
    ------
    QueryError
        With DuckDB's message, if one fails.
    """
    require_utf8(queries)
    with own_errors(), damage_first():
        for statement in connection.extract_statements(queries):
            if statement.expected_result_type != [duckdb.ExpectedResultType.QUERY_RESULT]:
                connection.execute(statement)
            elif statement.type == duckdb.StatementType.SELECT or form == "table":
                WRITERS[form](connection, bare(statement.query))
            else:  # such as `explain`, which can't stand inside another query
                connection.register("answer", connection.sql(statement.query).to_arrow_table())
                WRITERS[form](connection, "from answer")


@contextmanager
def damage_first() -> Iterator[None]:
    """Say of a damaged table what its view says, without DuckDB's words before it."""
    try:
        yield
    except duckdb.Error as error:
        if str(error).endswith(REMEDY):
            raise QueryError(str(error).partition(": ")[2]) from error
        raise


def require_utf8(queries: str) -> None:
    """Stop at bytes that are no text, which DuckDB would not take.

    Raises
    ------
    QueryError
        With what stands around them.
    """
    try:
        queries.encode()
    except UnicodeEncodeError as error:
        around = printable(queries[max(error.start - LETTERS_SHOWN, 0) : error.end])
        raise QueryError(f"the query is not UTF-8: …{around}") from error


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

    # DuckDB does not look up from a long query, so the system ends this process itself on Ctrl-C;
    # there is nothing to clean up.
    run(work, stop_on_signal=False)


if __name__ == "__main__":
    main()
