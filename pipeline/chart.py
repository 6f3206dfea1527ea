"""Each report that has a chart (pipeline/charts) as PNG and SVG beside its CSV file."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from pipeline.drawing.style import FORMATS, save
from pipeline.files import replacing
from pipeline.report_files import read_report
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    from matplotlib.figure import Figure


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
