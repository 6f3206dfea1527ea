"""Bar charts: lying ones for things with names, standing ones for years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.drawing.fonts import shortened, width_of
from pipeline.drawing.style import (
    BLUE,
    GAP,
    GREY,
    INK,
    LABEL,
    PALE_BLUE,
    SMALL,
    Page,
    count_ticks,
    leading,
)
from pipeline.drawing.years import YearAxis, height_below

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

MOST_BARS = 20
LEAST_BAR, MOST_BAR = 0.215, 0.4  # height of a lying bar with its gap
ROOM = 4.0  # what they take together before they get lower
MOST_COLUMN = 1.5  # width of a standing bar with its gap
FILLED = 0.72  # part of that which is not gap
MOST_NAME = 4.2


@dataclass(frozen=True, slots=True)
class Bar:
    """One lying bar: its name, the counts that it is stacked of, and the text behind it."""

    name: str
    counts: tuple[int, ...]
    text: str


def body_of(bars: int) -> float:
    """Height that so many lying bars need, with the line of headings above them."""
    step = min(max(ROOM / bars, LEAST_BAR), MOST_BAR)
    return bars * step + leading(SMALL) + GAP


def lying_bars(
    page: Page, bars: Sequence[Bar], names: str, counts: str, colours: Sequence[str] = (BLUE,)
) -> None:
    """Draw bars from top to bottom, with names at the left and texts behind them.

    Parameters
    ----------
    page
        Where.
    bars
        The bars, the first on top.
    names, counts
        What the names and the lengths are.
    colours
        One for each count of a bar.
    """
    labels = [shortened(bar.name, LABEL, MOST_NAME) for bar in bars]
    start = page.left + max(width_of(label, LABEL) for label in [*labels, names]) + GAP
    room = max(width_of(bar.text, LABEL) for bar in bars) + GAP
    top = page.top - leading(SMALL) - GAP / 2
    step = min((top - page.bottom) / len(bars), MOST_BAR)
    axes = page.axes(start, top - step * len(bars), page.right - room, top)
    axes.set_xlim(0, max(sum(bar.counts) for bar in bars) or 1)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    page.write(start - GAP, page.top, names, size=SMALL, colour=GREY, va="top", ha="right")
    page.write(start, page.top, counts, size=SMALL, colour=GREY, va="top")
    stack(axes, bars, colours)
    for place, (label, bar) in enumerate(zip(labels, bars, strict=True)):
        y = top - step * (place + 0.5)
        page.write(start - GAP, y, label, ha="right", va="center_baseline")
        length = sum(bar.counts) / axes.get_xlim()[1] * (page.right - room - start)
        page.write(start + length + GAP / 2, y, bar.text, va="center_baseline")


def stack(axes: Axes, bars: Sequence[Bar], colours: Sequence[str]) -> None:
    """Draw the counts of each bar behind each other."""
    ends = [0] * len(bars)
    for part, colour in enumerate(colours):
        counts = [bar.counts[part] for bar in bars]
        axes.barh(range(len(bars)), counts, FILLED, ends, color=colour)
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    axes.axvline(0, color=GREY, lw=0.8)


def standing_bars(
    page: Page, counts: Mapping[int, int], noun: str, incomplete: int | None = None
) -> None:
    """Draw a bar for each year, with its count on top, or beside an axis where that is too dense.

    Parameters
    ----------
    page
        Where.
    counts
        Counts by year, in order.
    noun
        What is counted.
    incomplete
        The year that was not over when the pages were taken.
    """
    widest = max(width_of(f"{count:,}", LABEL) for count in counts.values())
    years = YearAxis.between(page.left, page.right, counts, MOST_COLUMN)
    dense = years.step < widest + GAP / 3
    if dense:
        years = YearAxis.between(page.left + widest + GAP, page.right, counts, MOST_COLUMN)
    bottom = page.bottom + height_below(incomplete)
    top = page.top - leading(SMALL) - leading(LABEL)
    axes = page.axes(years.left, bottom, years.right, top)
    axes.set_xlim(years.years[0] - 0.5, years.years[-1] + 0.5)
    axes.set_ylim(0, max([*counts.values(), 1]))
    page.write(page.left, page.top, noun, size=SMALL, colour=GREY, va="top")
    raise_bars(axes, counts, incomplete)
    if dense:
        page.upright_axis(axes, {tick: f"{tick:,}" for tick in count_ticks(axes.get_ylim()[1])})
    else:
        write_counts(page, axes, years, counts)
    years.write(page, bottom, incomplete)


def raise_bars(axes: Axes, counts: Mapping[int, int], incomplete: int | None) -> None:
    """Draw the bars alone; that of an incomplete year is hatched."""
    drawn = {year: count for year, count in counts.items() if count}
    bars = axes.bar(list(drawn), list(drawn.values()), FILLED, color=BLUE)
    for year, bar in zip(drawn, bars, strict=True):
        if year == incomplete:
            bar.set(facecolor=PALE_BLUE, edgecolor=BLUE, hatch="///", linewidth=0.8)
    axes.axhline(0, color=GREY, lw=0.8, clip_on=False)


def write_counts(page: Page, axes: Axes, years: YearAxis, counts: Mapping[int, int]) -> None:
    """Write each count on top of its bar."""
    for year, count in counts.items():
        y = page.height_at(axes, count) + GAP / 3
        colour = INK if count else GREY
        page.write(years.centre(year), y, f"{count:,}", colour=colour, ha="center", va="bottom")
