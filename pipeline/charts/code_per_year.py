"""Chart: the share of papers with the badge Code, with its uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.drawing.fonts import width_of
from pipeline.drawing.style import (
    BLUE,
    GAP,
    GREY,
    LABEL,
    SMALL,
    Page,
    empty_page,
    leading,
    titled,
)
from pipeline.drawing.years import YearAxis, height_below, incomplete_year, undated_only
from pipeline.wording import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Papers with code"
CAVEAT = (
    "Lines: 95 % Wilson intervals, what the share may be if the papers are taken as a sample. "
    "The badge says that the index knows of code."
)
SCALES = ((0.1, 0.02), (0.25, 0.05), (0.5, 0.1), (1.0, 0.2))  # upper end of the axis, step
MOST_SLOT = 1.4
AXIS = 0.5  # room for the axis of percent


def draw(frame: pl.DataFrame) -> Figure:
    """A point with its interval for each year with papers."""
    known = frame.drop_nulls(["year", "share", "share_low", "share_high"]).sort("year")
    undated = frame.filter(pl.col("year").is_null())
    if known.is_empty():
        return empty_page(TITLE, undated_only(sum(undated["papers"])))
    papers, with_code = sum(known["papers"]), sum(known["with_code"])
    page = Page(
        titled(TITLE, known["year"]),
        f"Badge Code on {with_code:,} of {counted(papers, 'paper')}, "
        f"{percent(with_code / max(papers, 1))}",
        [undated_note(undated), CAVEAT],
    )
    draw_points(page, known)
    return page.figure


def draw_points(page: Page, known: pl.DataFrame) -> None:
    """Draw the axis, and a point with its interval for each year."""
    years = YearAxis.between(page.left + AXIS, page.right, set(known["year"]), MOST_SLOT)
    incomplete = incomplete_year(known)
    bottom, top = page.bottom + height_below(incomplete), page.top - leading(SMALL) - leading(LABEL)
    axes = page.axes(years.left, bottom, years.right, top)
    axes.set_xlim(years.years[0] - 0.5, years.years[-1] + 0.5)
    upper, step = scale(max(known["share_high"]))
    axes.set_ylim(0, upper)
    page.write(page.left, page.top, "Share with code", size=SMALL, colour=GREY, va="top")
    ticks = [step * number for number in range(round(upper / step) + 1)]
    page.upright_axis(axes, {tick: percent(tick) for tick in ticks})
    axes.vlines(known["year"], known["share_low"], known["share_high"], color=BLUE, lw=1.6)
    axes.plot(known["year"], known["share"], "o", color=BLUE, ms=7, clip_on=False)
    years.write(page, bottom, incomplete)
    write_counts(page, axes, years, known)


def scale(most: float) -> tuple[float, float]:
    """The upper end of an axis that holds the share, and the step from tick to tick."""
    return next((top, step) for top, step in SCALES if most <= top or top == 1)


def write_counts(page: Page, axes: Axes, years: YearAxis, known: pl.DataFrame) -> None:
    """Write "1 of 9" above each interval, if there is room for all."""
    texts = [
        f"{code:,} of {papers:,}" for code, papers in known.select("with_code", "papers").rows()
    ]
    if max(width_of(text, SMALL) for text in texts) + GAP / 3 > years.step:
        return
    for year, high, text in zip(known["year"], known["share_high"], texts, strict=True):
        y = page.height_at(axes, high) + GAP / 3
        page.write(years.centre(year), y, text, size=SMALL, ha="center", va="bottom")


def undated_note(undated: pl.DataFrame) -> str:
    """What to say about papers without a year; nothing if there are none."""
    papers, with_code = sum(undated["papers"]), sum(undated["with_code"])
    return f"Plus {counted(papers, 'undated paper')}, {with_code:,} with code." if papers else ""
