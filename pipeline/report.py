"""Stage: the questions that users ask of every corpus (sql/reports), each as one CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import StageLine, counted
from pipeline.engine import Engine, open_engine
from pipeline.errors import PipelineError
from pipeline.files import replacing
from pipeline.outputs import REPORT_FILES, writing
from pipeline.schema import require_schema
from pipeline.statements import REPORTS, named, read_statement
from pipeline.tables import REPORTS as REPORT_TABLES
from pipeline.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

DECIMALS = 6
# A spreadsheet runs a cell that starts so as a formula, also behind blanks and in full-width
# form; a leading apostrophe makes it text.
FORMULA = r"^\s*[=+\-@＝＋－＠]|^[\t\r]"


def report(processed: Path, reports: Path, names: list[str]) -> None:
    """Write the named reports.

    Parameters
    ----------
    processed
        Folder of the Parquet files.
    reports
        Folder of the CSV files; made if missing.
    names
        Names of files in sql/reports, without their ending.

    Raises
    ------
    QueryError
        If a query fails.
    PipelineError
        If a query gives other columns than `pipeline.tables.REPORTS` declares.
    """
    line = StageLine("report")
    engine = open_engine(processed)
    for name in TABLES:
        engine.add_table(name, processed / f"{name}.parquet")
    with writing(reports, REPORT_FILES):
        for name in names:
            line.progress(name)
            write_report(engine, name, reports / f"{name}.csv")
    line.done(counted(len(TABLES), "table"), counted(len(names), "CSV file"), reports)


def write_report(engine: Engine, name: str, path: Path) -> None:
    """Write one report."""
    source = REPORTS / f"{name}.sql"
    if not source.is_file():
        raise PipelineError(f"{name}: there is no report of that name in sql/reports")
    with named(source):
        rows = engine.fetch(read_statement(source))
    require_schema(REPORT_TABLES, name, rows.schema, source)
    frame = pl.DataFrame(rows)
    with replacing(path) as draft:
        spreadsheet_safe(frame).write_csv(draft, float_scientific=False)


def spreadsheet_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Round to the reports' decimals and defuse text that a spreadsheet would run."""
    rounded = pl.col(pl.Float64).round(DECIMALS)
    positive_zero = pl.when(rounded == 0).then(0.0).otherwise(rounded).name.keep()
    return frame.with_columns(positive_zero).with_columns(
        pl.when(pl.col(pl.String).str.contains(FORMULA))
        .then("'" + pl.col(pl.String))
        .otherwise(pl.col(pl.String))
        .name.keep()
    )
