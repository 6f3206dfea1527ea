"""Chart: the papers of each owner of a page over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.charts.papers_per_year import draw_years
from pipeline.console import counted
from pipeline.drawing.fonts import shortened
from pipeline.drawing.heatmap import body_of, heat_map, tabulated
from pipeline.drawing.style import TITLE, Page, brief, empty_page, titled
from pipeline.drawing.years import incomplete_year, undated_only

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUBJECT = "Papers of page owners per year"
# Without their number: a paper of two owners stands in two rows.
UNDATED = "Undated papers are left out."
MOST_ROWS = 20
MOST_OWNER = 5.0  # leaves room for the rest of the title


def draw(frame: pl.DataFrame) -> Figure:
    """Bars for one owner; for several a heat map of those with most papers."""
    owners = frame["owner"].n_unique()
    if owners == 1:
        owner = shortened(frame["owner"][0], TITLE, MOST_OWNER, bold=True)
        return draw_years(frame, f"Papers of {owner} per year")
    dated = frame.drop_nulls("year")
    undated = int(frame.filter(pl.col("year").is_null())["papers"].sum())
    if dated.is_empty():
        return empty_page(SUBJECT, undated_only(undated))
    table = tabulated(dated, "owner", MOST_ROWS)
    rest = owners - len(table.names)
    incomplete = incomplete_year(dated)
    page = Page(
        titled(SUBJECT, dated["year"]),
        f"{counted(owners, 'owner')}; most papers: "
        f"{brief(table.names[0])} ({table.counts[0].sum():,})",
        [f"And {counted(rest, 'more owner')}." if rest else "", UNDATED if undated else ""],
        body=body_of(len(table.names), incomplete),
    )
    heat_map(page, table, "Owner", incomplete)
    return page.figure
