"""Heat maps: counts of named things over years, as shades with numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from matplotlib import colormaps
from matplotlib.colors import ListedColormap, PowerNorm, to_hex

from pipeline.drawing.fonts import shortened, width_of
from pipeline.drawing.style import (
    GAP,
    GREY,
    LABEL,
    PAPER,
    SMALL,
    Page,
    Sign,
    leading,
)
from pipeline.drawing.years import YearAxis, height_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEAST_ROW, MOST_ROW = 0.215, 0.4
ROOM = 3.6  # what the rows take together before they get lower
MOST_COLUMN = 1.4
MOST_EDGED = 60  # years with gaps between their cells
MOST_NAME = 3.2
TOTAL = "Total"
# Pale enough that dark ink reads on half of the shades, and without the almost white ones.
SHADES = ListedColormap(colormaps["Blues"](np.linspace(0.12, 0.95, 256)))
DARK = 0.55  # from this part of the scale on, white ink reads better
# Not the INK and PAPER of the style, which change places where a page is dark.
ON_PALE, ON_DARK = "#202020", "#FDFDFD"


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of each name (rows) in each year (columns).

    `summed` says whether the last row sums names that have no row of their own.
    """

    names: Sequence[str]
    years: range
    counts: NDArray[np.int64]
    summed: bool

    @property
    def shaded(self) -> NDArray[np.int64]:
        """The counts that shades compare: those of single names."""
        return self.counts[:-1] if self.summed else self.counts


def tabulated(frame: pl.DataFrame, column: str, most: int, other: str = "") -> Table:
    """The papers of a frame by the names in a column and by year.

    Parameters
    ----------
    frame
        Rows with the columns `year`, without nulls, and `papers`.
    column
        The column of names.
    most
        How many names, those with most papers.
    other
        Name of a last row that sums the others, with {} for their number; without it they are
        left out.
    """
    totals = frame.group_by(column, maintain_order=True).agg(pl.sum("papers"))
    ranked = totals.sort("papers", descending=True, maintain_order=True)[column].to_list()
    names = ranked[:most]
    summed = bool(other) and len(ranked) > most
    if summed:
        names = [*names, other.format(f"{len(ranked) - most:,}")]
    place = {name: min(row, most) for row, name in enumerate(ranked)}
    first, last = min(frame["year"]), max(frame["year"])
    counts = np.zeros((len(names), last - first + 1), dtype=np.int64)
    for name, year, papers in frame.select(column, "year", "papers").iter_rows():
        if place[name] < len(names):
            counts[place[name], year - first] += papers
    return Table(names, range(first, last + 1), counts, summed)


def body_of(rows: int, incomplete: int | None) -> float:
    """Height that so many rows need, with the headings above and the years below them."""
    step = min(max(ROOM / rows, LEAST_ROW), MOST_ROW)
    return rows * step + leading(SMALL) + leading(LABEL) + GAP + height_below(incomplete)


def heat_map(page: Page, table: Table, head: str, incomplete: int | None) -> None:
    """Draw a table as shades; a key stands in for numbers if cells are too narrow.

    Parameters
    ----------
    page
        Where.
    table
        The counts.
    head
        What the names are.
    incomplete
        A year to mark as not over.
    """
    labels = [shortened(name, LABEL, MOST_NAME) for name in table.names]
    totals = [f"{total:,}" for total in table.counts.sum(axis=1)]
    start = page.left + max(width_of(label, LABEL) for label in [*labels, head]) + GAP
    room = max(width_of(total, LABEL, bold=True) for total in [*totals, TOTAL]) + GAP
    years = YearAxis.between(start, page.right - room, table.years, MOST_COLUMN)
    top = page.top - leading(SMALL) - GAP / 2
    below = height_below(incomplete) + leading(LABEL)
    step = min((top - page.bottom - below) / len(labels), MOST_ROW)
    bottom = top - step * len(labels)
    shade(page, table, (years.left, bottom, years.right, top))
    page.write(start - GAP, page.top, head, size=SMALL, colour=GREY, va="top", ha="right")
    page.write(years.right + room, page.top, TOTAL, size=SMALL, colour=GREY, va="top", ha="right")
    for place, (label, total) in enumerate(zip(labels, totals, strict=True)):
        y = top - step * (place + 0.5)
        page.write(start - GAP, y, label, ha="right", va="center_baseline")
        page.write(years.right + room, y, total, bold=True, ha="right", va="center_baseline")
    years.write(page, bottom, incomplete)
    if width_of(f"{table.counts.max():,}", SMALL) + GAP / 2 > years.step:
        page.write_key(shade_key(table), years.left, bottom - below + leading(LABEL) / 2)
    else:
        write_numbers(page, table, years, top, step)


def shade(page: Page, table: Table, box: tuple[float, float, float, float]) -> None:
    """Draw the cells; those without papers stay empty, and a row of sums has no shades."""
    axes = page.axes(*box)
    masked = np.ma.masked_equal(table.shaded, 0)
    edges = "face" if len(table.years) > MOST_EDGED else PAPER
    axes.pcolormesh(masked, cmap=SHADES, norm=scale(table), edgecolors=edges, linewidth=1.2)
    axes.set_ylim(len(table.counts), 0)


def scale(table: Table) -> PowerNorm:
    """The scale of shades; a root, since a few counts are many times the others."""
    return PowerNorm(0.5, vmin=0, vmax=max(int(table.shaded.max()), 1))


def shade_key(table: Table) -> list[Sign]:
    """What the shades mean, from 1 to the greatest count."""
    greatest = int(table.shaded.max())
    counts = sorted({1, greatest // 10, greatest // 3, greatest} - {0})
    return [Sign(f"{count:,}", to_hex(SHADES(scale(table)(count)))) for count in counts]


def write_numbers(page: Page, table: Table, years: YearAxis, top: float, step: float) -> None:
    """Write the counts into their cells."""
    shades = np.zeros(table.counts.shape)
    shades[: len(table.shaded)] = scale(table)(table.shaded)
    for row, column in np.argwhere(table.counts):
        page.write(
            years.centre(table.years[column]),
            top - step * (row + 0.5),
            f"{table.counts[row, column]:,}",
            size=SMALL,
            colour=ON_DARK if shades[row, column] > DARK else ON_PALE,
            ha="center",
            va="center_baseline",
        )
