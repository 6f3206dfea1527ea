"""Chart: papers per category and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.drawing.heatmap import body_of, heat_map, tabulated
from pipeline.drawing.style import Page, brief, empty_page, titled
from pipeline.drawing.years import incomplete_year, undated_note, undated_only

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "Papers per category and year"
MOST_ROWS = 12


def draw(frame: pl.DataFrame) -> Figure:
    """A heat map of the categories with most papers, the others summed in a last row."""
    undated = sum(frame.filter(pl.col("year").is_null())["papers"])
    dated = frame.drop_nulls("year").with_columns(pl.col("category").fill_null("no category"))
    if dated.is_empty():
        return empty_page(TITLE, undated_only(undated))
    categories = dated["category"].n_unique()
    table = tabulated(dated, "category", MOST_ROWS, "other ({} more)")
    incomplete = incomplete_year(dated)
    page = Page(
        titled(TITLE, dated["year"]),
        f"{counted(int(table.counts.sum()), 'paper')} in "
        f"{counted(categories, 'category', 'categories')}; most in {brief(table.names[0])}",
        [undated_note(undated)],
        body=body_of(len(table.names), incomplete),
    )
    heat_map(page, table, "Category", incomplete)
    return page.figure
