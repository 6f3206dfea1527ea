"""What charts over years share: where the years stand, and what to say about undated papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.drawing.fonts import width_of
from pipeline.drawing.style import GAP, GREY, LABEL, SMALL, Page, leading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)
INCOMPLETE = "incomplete"
YEAR = "Year"
MOST_TIES = 2


@dataclass(frozen=True, slots=True)
class YearAxis:
    """Years from left to right, each in a slot of the same width."""

    years: range
    left: float
    step: float

    @classmethod
    def between(cls, left: float, right: float, years: Iterable[int], most_step: float) -> YearAxis:
        """All years from the first to the last, in the room there is, but not too wide."""
        known = sorted(years)
        every = range(known[0], known[-1] + 1)
        return cls(every, left, min((right - left) / len(every), most_step))

    @property
    def right(self) -> float:
        """Where the last slot ends."""
        return self.left + self.step * len(self.years)

    def centre(self, year: int) -> float:
        """The middle of a year's slot."""
        return self.left + self.step * (year - self.years[0] + 0.5)

    def write(self, page: Page, line: float, incomplete: int | None = None) -> None:
        """Write the years below a line, as many as there is room for.

        Parameters
        ----------
        page
            Where.
        line
            Height of the line.
        incomplete
            A year to mark as not over.
        """
        room = width_of(str(self.years[-1]), LABEL) + GAP / 2
        every = next((step for step in STEPS if step * self.step >= room), STEPS[-1])
        top = line - GAP
        labelled = [year for year in self.years if year % every == 0] or [self.years[0]]
        for year in labelled:
            page.write(self.centre(year), top, str(year), ha="center", va="top")
        below = top - leading(LABEL)
        if incomplete is not None:
            width = width_of(INCOMPLETE, SMALL)
            x = min(self.centre(incomplete), page.right - width / 2)
            page.write(x, below, INCOMPLETE, size=SMALL, colour=GREY, ha="center", va="top")
            below -= leading(SMALL)
        x = max((self.left + self.right) / 2, page.left + width_of(YEAR, SMALL) / 2)
        page.write(x, below, YEAR, size=SMALL, colour=GREY, ha="center", va="top")


def incomplete_year(frame: pl.DataFrame) -> int | None:
    """The year that a report marks as not over, None if there is none."""
    years = frame.filter(~pl.col("complete_year"))["year"].drop_nulls().to_list()
    return max(years, default=None)


def height_below(incomplete: int | None = None) -> float:
    """Height that the years need with what is written below them."""
    return GAP + leading(LABEL) + leading(SMALL) * (1 if incomplete is None else 2)


def filled(counts: Mapping[int, int]) -> dict[int, int]:
    """The counts, with 0 for the years between that have none."""
    return {year: counts.get(year, 0) for year in range(min(counts), max(counts) + 1)}


def undated_note(papers: int) -> str:
    """What to say about papers without a year; nothing if there are none."""
    return f"Plus {counted(papers, 'undated paper')}." if papers else ""


def undated_only(papers: int) -> str:
    """Why there is nothing to draw over years."""
    return f"{counted(papers, 'paper')} without a date" if papers else "no papers"


def peak(counts: Mapping[int, int]) -> str:
    """In which of several years most papers came out: "; most in 2016: 9"."""
    most = max(counts.values())
    if len(counts) == 1:
        return ""
    years = [str(year) for year, count in counts.items() if count == most]
    if len(years) > MOST_TIES:
        return f"; at most {most:,} a year"
    each = " each" if len(years) > 1 else ""
    return f"; most in {' and '.join(years)}: {most:,}{each}"
