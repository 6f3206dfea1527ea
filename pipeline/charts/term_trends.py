"""Chart: the terms of titles and abstracts that rise and fall most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.drawing.fonts import shortened, width_of
from pipeline.drawing.style import (
    BLUE,
    GAP,
    GREY,
    LABEL,
    LINE,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    SMALL,
    Page,
    Sign,
    empty_page,
    leading,
    titled,
)
from pipeline.drawing.years import incomplete_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Terms that rise and fall"
KEY = (
    Sign("rises", BLUE),
    Sign("falls", ORANGE),
    Sign("pale: so few papers that it may be chance", PALE_BLUE),
)
HOW_TO_READ = (
    "Each bar is a year: the share of its papers that have the term, as a part of the term’s "
    "highest share."
)
MOST_TERMS = 10
ROW = 0.33
BAR = 0.8  # highest bar, of a row
MOST_TERM = 1.9  # width of a term


@dataclass(frozen=True, slots=True)
class Panel:
    """The terms of one direction."""

    heading: str
    terms: pl.DataFrame  # term, term_papers, direction
    clear: str  # the colour of terms with that direction
    pale: str  # the colour of others


def draw(frame: pl.DataFrame) -> Figure:
    """The rising terms at the left and the falling ones at the right, with a small bar a year."""
    frame = frame.drop_nulls(["year", "score"])
    years = sorted(set(frame["year"]))
    if not years:
        return empty_page(TITLE, "no term stands in three dated papers")
    if len(years) == 1:
        return empty_page(TITLE, f"all terms are of {years[0]}")
    terms = frame.unique("term", maintain_order=True).sort(
        "score", "term", descending=[True, False]
    )
    panels = [
        Panel("Rising", terms.filter(pl.col("score") > 0).head(MOST_TERMS), BLUE, PALE_BLUE),
        Panel(
            "Falling",
            terms.filter(pl.col("score") < 0).tail(MOST_TERMS).reverse(),
            ORANGE,
            PALE_ORANGE,
        ),
    ]
    rows = max(len(panel.terms) for panel in panels)
    body = ROW * max(rows, 1) + 2 * leading(SMALL) + 2 * GAP
    page = Page(
        titled(TITLE, years), subtitle(terms), [HOW_TO_READ, incomplete_note(frame)], KEY, body
    )
    middle = (page.left + page.right) / 2
    for panel, left, right in zip(
        panels, (page.left, middle + 2 * GAP), (middle - 2 * GAP, page.right), strict=True
    ):
        draw_panel(page, panel, frame, left, right)
    return page.figure


def subtitle(terms: pl.DataFrame) -> str:
    """How many terms there are, and how many trends are more than chance."""
    rising, falling = ((terms["direction"] == name).sum() for name in ("rising", "falling"))
    least = min(terms["term_papers"].fill_null(0))
    return (
        f"{counted(len(terms), 'term')} in {counted(least, 'paper')} or more; "
        f"{rising:,} clearly rising, {falling:,} clearly falling"
    )


def incomplete_note(frame: pl.DataFrame) -> str:
    """What to say about a last year that was not over."""
    year = incomplete_year(frame)
    return "" if year is None else f"{year} was not over when the pages were taken."


def draw_panel(page: Page, panel: Panel, frame: pl.DataFrame, left: float, right: float) -> None:
    """Draw the terms of one direction: name, bars, number of papers."""
    page.write(left, page.top, panel.heading, size=LABEL, bold=True, va="top")
    if panel.terms.is_empty():
        page.write(left, page.top - 2 * leading(LABEL), "none", colour=GREY, va="top")
        return
    page.write(right, page.top, "papers", size=SMALL, colour=GREY, ha="right", va="top")
    years = range(min(frame["year"]), max(frame["year"]) + 1)
    papers = [f"{number:,}" for number in panel.terms["term_papers"].fill_null(0)]
    room = max(width_of(text, LABEL) for text in [*papers, "papers"]) + GAP
    top = page.top - leading(LABEL) - GAP / 2
    bottom = top - ROW * len(papers)
    start = left + MOST_TERM + GAP
    axes = page.axes(start, bottom, right - room, top)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.set_ylim(-len(papers), 0)
    for place, row in enumerate(panel.terms.iter_rows(named=True)):
        colour = panel.pale if row["direction"] == "unclear" else panel.clear
        draw_bars(axes, frame.filter(pl.col("term") == row["term"]), -place - 1, colour)
        y = top - ROW * (place + 0.5)
        page.write(left, y, shortened(row["term"], LABEL, MOST_TERM), va="center_baseline")
        page.write(right, y, papers[place], ha="right", va="center_baseline")
    for year, x, side in ((years[0], start, "left"), (years[-1], right - room, "right")):
        page.write(x, bottom - GAP / 2, str(year), size=SMALL, colour=GREY, ha=side, va="top")


def draw_bars(axes: Axes, rows: pl.DataFrame, base: float, colour: str) -> None:
    """Draw the share of each year as a bar on a line."""
    shares = rows["share"].fill_null(0)
    heights = shares / (shares.max() or 1) * BAR
    axes.bar(rows["year"], heights, 0.8, base, color=colour)
    axes.axhline(base, color=LINE, lw=0.8, clip_on=False, zorder=0)
