"""Chart: how many wrote a paper, as the bounds that lists cut by "et al." leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.drawing.style import (
    BLUE,
    GAP,
    GREY,
    LABEL,
    ORANGE,
    PALE_BLUE,
    SMALL,
    Page,
    Sign,
    count_ticks,
    empty_page,
    leading,
    titled,
)
from pipeline.drawing.years import (
    YearAxis,
    height_below,
    incomplete_year,
    undated_note,
    undated_only,
)
from pipeline.wording import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Authors per paper"
CAVEAT = (
    "A list cut by “et al.” has at least four authors and no upper bound: what depends on it lies "
    "somewhere in the band. Collaborative coefficient: 0 if all papers have one author, near 1 if "
    "they have many."
)
KEY = (
    Sign("least possible", BLUE, "line"),
    Sign("greatest possible", ORANGE, "dashes"),
    Sign("what the lists leave open", PALE_BLUE),
)
MEAN = "Mean authors per paper; no upper bound where a list is cut"
COEFFICIENT = "Collaborative coefficient"
MOST_SLOT = 1.4
AXIS = 0.5  # room for the axis
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw(frame: pl.DataFrame) -> Figure:
    """Two panels over the same years: mean authors above, collaborative coefficient below."""
    undated = sum(frame.filter(pl.col("year").is_null())["papers"])
    known = frame.drop_nulls(["year", "mean_authors_low"]).sort("year")
    if known.is_empty():
        return empty_page(TITLE, undated_only(undated))
    papers, cut = sum(known["papers"]), sum(known["truncated_papers"])
    page = Page(
        titled(TITLE, known["year"]),
        f"The lists of {cut:,} of {counted(papers, 'paper')} are cut by “et al.”, "
        f"{percent(cut / max(papers, 1))}",
        [undated_note(undated), CAVEAT],
        KEY,
    )
    incomplete = incomplete_year(known)
    years = YearAxis.between(page.left + AXIS, page.right, set(known["year"]), MOST_SLOT)
    bottom = page.bottom + height_below(incomplete)
    head = leading(SMALL) + GAP
    height = (page.top - bottom - GAP) / 2 - head
    draw_means(panel(page, years, MEAN, page.top, height), page, known)
    low = page.top - height - head - GAP
    draw_coefficients(panel(page, years, COEFFICIENT, low, height), page, known)
    years.write(page, bottom, incomplete)
    return page.figure


def panel(page: Page, years: YearAxis, head: str, top: float, height: float) -> Axes:
    """Axes over the years below a heading."""
    page.write(page.left, top, head, size=SMALL, colour=GREY, va="top")
    top -= leading(SMALL) + GAP
    axes = page.axes(years.left, top - height, years.right, top)
    axes.set_xlim(years.years[0] - 0.5, years.years[-1] + 0.5)
    return axes


def draw_means(axes: Axes, page: Page, known: pl.DataFrame) -> None:
    """Draw the mean authors; without an upper bound the band goes up to the end of the axis."""
    bounds = known.select("mean_authors_low", "mean_authors_high")
    most = max(value for value in [*bounds.to_series(0), *bounds.to_series(1)] if value is not None)
    top = most * 1.25
    axes.set_ylim(0, top)
    page.upright_axis(axes, {tick: f"{tick:,}" for tick in count_ticks(top)})
    highs = bounds.to_series(1).fill_null(top)
    draw_band(axes, known["year"], bounds.to_series(0), highs)
    exact = known.drop_nulls("mean_authors_high")
    axes.plot(exact["year"], exact["mean_authors_high"], "o", color=ORANGE, ms=3, clip_on=False)


def draw_coefficients(axes: Axes, page: Page, known: pl.DataFrame) -> None:
    """Draw the collaborative coefficient between its bounds."""
    axes.set_ylim(0, 1)
    page.upright_axis(axes, {tick: f"{tick:g}" for tick in QUARTERS})
    highs = known["collaborative_coefficient_high"]
    draw_band(axes, known["year"], known["collaborative_coefficient_low"], highs)
    axes.plot(known["year"], highs, color=ORANGE, lw=1.6, ls=(0, (3, 2)), clip_on=False)
    axes.plot(known["year"], highs, "o", color=ORANGE, ms=3, clip_on=False)


def draw_band(axes: Axes, years: pl.Series, lows: pl.Series, highs: pl.Series) -> None:
    """Draw what lies between two bounds, and the lower one as a line."""
    axes.fill_between(years, lows, highs, color=PALE_BLUE, lw=0)
    if len(years) == 1:
        axes.vlines(years, lows, highs, color=PALE_BLUE, lw=LABEL)
    axes.plot(years, lows, "o-", color=BLUE, lw=1.6, ms=4, clip_on=False)
