"""Each report that has a chart (pipeline/charts) as PNG and SVG beside its CSV file."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import polars as pl

from pipeline.drawing.style import FORMATS, save
from pipeline.errors import InputError
from pipeline.files import replacing
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

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


def chart(reports: Path, names: list[str]) -> None:
    """Draw the named reports.

    Parameters
    ----------
    reports
        Folder of the CSV files, and of the charts.
    names
        Names of reports that have a chart.

    Raises
    ------
    InputError
        If a CSV file is missing or has other columns than `pipeline.tables.REPORTS` declares.
    """
    for name in names:
        figure = draw(name, read_report(reports / f"{name}.csv", REPORTS[name]))
        for kind in FORMATS:
            with replacing(reports / f"{name}.{kind}") as draft:
                save(figure, draft, kind)


def draw(name: str, frame: pl.DataFrame) -> Figure:
    """The chart of a report."""
    module = importlib.import_module(f"pipeline.charts.{name}")
    figure: Figure = module.draw(frame)
    return figure


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
        raise InputError(f"{path}: {error}") from error
    if frame.columns != list(types):
        raise InputError(
            f"{path}: has the columns {', '.join(frame.columns)}; "
            f"pipeline/tables.py declares {', '.join(types)}"
        )
    return frame.with_columns(pl.col(pl.String).str.replace(DEFUSED, "$1"))
