"""Stage: select the rows that must not be there (sql/checks); any row stops the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.console import StageLine, counted
from pipeline.engine import open_engine
from pipeline.errors import CheckError
from pipeline.files import replacing
from pipeline.outputs import TABLE_FILES, writing
from pipeline.statements import CHECKS, PROJECT, named, statements
from pipeline.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

PASSED = "checks.passed"
MOST_ROWS_SHOWN = 5


def check(processed: Path) -> None:
    """Run all checks and write their names to a file, which says that they passed.

    Parameters
    ----------
    processed
        Folder of the Parquet files.

    Raises
    ------
    CheckError
        Naming each check that found rows, with the first of them.
    """
    line = StageLine("check")
    engine = open_engine(processed)
    queries = statements(CHECKS)
    with writing(processed, TABLE_FILES):
        for name in TABLES:
            engine.add_table(name, processed / f"{name}.parquet")
        found = {}
        for name, query in queries.items():
            with named(CHECKS / f"{name}.sql"):
                found[name] = engine.fetch(query)
        wrong = {name: rows for name, rows in found.items() if rows.num_rows}
        if wrong:
            (processed / PASSED).unlink(missing_ok=True)
            raise CheckError("\n".join(describe(name, rows) for name, rows in wrong.items()))
        with replacing(processed / PASSED) as draft:
            draft.write_text("".join(f"{name}\n" for name in queries), encoding="utf-8")
    line.done(
        f"{counted(len(TABLES), 'table')}, {counted(len(queries), 'check')}",
        "no wrong rows",
        processed,
    )


def describe(name: str, rows: pa.Table) -> str:
    """One failed check: what it is, how many rows, and the first of them."""
    path = (CHECKS / f"{name}.sql").relative_to(PROJECT)
    shown = [
        "  " + ", ".join(f"{column} = {quoted(value)}" for column, value in row.items())
        for row in rows.slice(0, MOST_ROWS_SHOWN).to_pylist()
    ]
    if rows.num_rows > MOST_ROWS_SHOWN:
        shown.append(f"  and {rows.num_rows - MOST_ROWS_SHOWN:,} more")
    heading = f"check {name}: {counted(rows.num_rows, 'wrong row')} (what must hold: {path})"
    return "\n".join([heading, *shown])


def quoted(value: object) -> str:
    """A cell as a reader expects it: text in quotes, all else as it is."""
    return repr(value) if isinstance(value, str) else str(value)
