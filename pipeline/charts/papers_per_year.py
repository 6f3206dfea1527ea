"""Chart: papers per year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.drawing.bars import standing_bars
from pipeline.drawing.style import Page, empty_page, titled
from pipeline.drawing.years import filled, incomplete_year, peak, undated_note, undated_only

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "Papers per year"


def draw(frame: pl.DataFrame) -> Figure:
    """A bar for each year; that of a year that is not over is hatched."""
    return draw_years(frame, TITLE)


def draw_years(frame: pl.DataFrame, title: str) -> Figure:
    """A bar for each year of a frame with the columns `year`, `papers` and `complete_year`."""
    undated = sum(frame.filter(pl.col("year").is_null())["papers"])
    dated = frame.drop_nulls("year").sort("year")
    if dated.is_empty():
        return empty_page(title, undated_only(undated))
    counts = filled(dict(dated.select("year", "papers").iter_rows()))
    subtitle = f"{counted(sum(counts.values()), 'paper')}{peak(counts)}"
    page = Page(titled(title, counts), subtitle, [undated_note(undated)])
    standing_bars(page, counts, "Papers", incomplete_year(frame))
    return page.figure
