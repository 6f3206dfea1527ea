"""Chart: how many authors have how many papers, beside Lotka's law."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.console import counted
from pipeline.drawing.fonts import width_of
from pipeline.drawing.style import (
    BLUE,
    GAP,
    GREY,
    LABEL,
    ORANGE,
    SMALL,
    Page,
    Sign,
    empty_page,
    leading,
)
from pipeline.wording import percent

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Papers per author"
CAVEAT = (
    "Owners of pages are left out, since a page lists all of their papers and few of others’. "
    "Both axes grow by factors."
)
AXIS = 0.7  # room for the axis of percent
DECADE, STEPS = 10, (1, 2, 5)


def draw(frame: pl.DataFrame) -> Figure:
    """A point for each number of papers, and the law as a line where it could be fitted."""
    counts = frame.filter(frame["papers"] > 0).drop_nulls("share").sort("papers")
    if counts.is_empty():
        return empty_page(TITLE, "no authors but the owners of pages")
    fitted = counts.drop_nulls("lotka_share")
    authors = counts["fitted_authors"][0] or sum(counts["authors"])
    once = sum(counts.filter(counts["papers"] == 1)["authors"])
    line = [] if fitted.is_empty() else [Sign(law(fitted), ORANGE, "line")]
    page = Page(
        TITLE,
        f"{counted(authors, 'author')}; {once:,} with a single paper, "
        f"{percent(once / max(authors, 1))}",
        [no_law(counts), CAVEAT],
        [Sign("counted", BLUE, "area"), *line],
    )
    draw_points(page, counts, fitted)
    return page.figure


def law(fitted: pl.DataFrame) -> str:
    """The law with what was fitted."""
    alpha, distance = fitted["lotka_alpha"][0], fitted["ks_distance"][0]
    return f"Lotka’s law: share ∝ papers^−{alpha:.2f} (Kolmogorov–Smirnov distance {distance:.3f})"


def no_law(counts: pl.DataFrame) -> str:
    """Why there is no line; nothing if there is one."""
    fit = counts["fit"][0]
    return f"Lotka’s law was not fitted: {fit}." if fit and fit != "maximum likelihood" else ""


def draw_points(page: Page, counts: pl.DataFrame, fitted: pl.DataFrame) -> None:
    """Draw both axes, the points and the line."""
    bottom = page.bottom + GAP + leading(LABEL) + leading(SMALL)
    top = page.top - leading(SMALL) - GAP
    axes = page.axes(page.left + AXIS, bottom, page.right - GAP, top)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_axis_off()
    greatest = max(counts["papers"])
    axes.set_xlim(0.9, max(greatest * 1.1, 3))
    least = min([*counts["share"], *fitted["lotka_share"]])
    axes.set_ylim(least / 1.6, 1.3)
    page.write(page.left, page.top, "Share of authors", size=SMALL, colour=GREY, va="top")
    decades = range(int(np.floor(np.log10(least))), 1)
    shares = {10.0**power: percent(10.0**power, max(-power - 2, 0)) for power in decades}
    low = axes.get_ylim()[0]
    page.upright_axis(axes, {share: text for share, text in shares.items() if share >= low})
    write_papers(page, axes, greatest, bottom)
    axes.plot(fitted["papers"], fitted["lotka_share"], color=ORANGE, lw=1.8)
    axes.plot(counts["papers"], counts["share"], "o", color=BLUE, ms=6, mec="white", mew=0.6)


def write_papers(page: Page, axes: Axes, greatest: int, bottom: float) -> None:
    """Write round numbers of papers below the axes, as many as there is room for."""
    last = max(greatest, 3)
    steps = STEPS if last > DECADE else range(1, DECADE + 1)
    ticks = [step * 10**power for power in range(len(str(last))) for step in steps]
    ticks = [tick for tick in ticks if tick <= last]
    places = [page.place_of(axes, tick, 1)[0] for tick in ticks]
    room = width_of(f"{ticks[-1]:,}", LABEL) + GAP
    if any(after - before < room for before, after in pairwise(places)):
        kept = [number for number, tick in enumerate(ticks) if str(tick)[0] == "1"]
        ticks, places = [ticks[number] for number in kept], [places[number] for number in kept]
    for tick, x in zip(ticks, places, strict=True):
        page.write(x, bottom - GAP, f"{tick:,}", ha="center", va="top")
    x = (page.left + AXIS + page.right) / 2
    below = bottom - GAP - leading(LABEL)
    page.write(x, below, "Papers", size=SMALL, colour=GREY, ha="center", va="top")
