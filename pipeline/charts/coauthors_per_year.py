"""Chart: from when to when owners of pages wrote with their co-authors, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.charts.coauthors import CAVEAT, MOST_OWNER, part
from pipeline.console import counted
from pipeline.drawing.fonts import POINTS_PER_INCH, shortened, width_of
from pipeline.drawing.heatmap import MOST_NAME, TOTAL, body_of
from pipeline.drawing.style import (
    BLUE,
    GAP,
    GREY,
    LABEL,
    LINE,
    PALE_BLUE,
    PAPER,
    SMALL,
    TITLE,
    Page,
    empty_page,
    leading,
    titled,
)
from pipeline.drawing.years import YearAxis, height_below, incomplete_year, undated_only

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUBJECT = "Years of writing together"
MOST_ROWS = 20
MOST_COLUMN = 2.0
LEAST_POINT = 0.075  # diameter of the point for one paper
KEY = "A point a year: the larger its area, the more papers in common."


@dataclass(frozen=True, slots=True)
class Row:
    """One pair: its label, its papers by year, and all of them, undated ones included."""

    label: str
    papers: dict[int, int]
    total: int


def draw(frame: pl.DataFrame) -> Figure:
    """A line from the first year to the last for each of the pairs with most papers."""
    undated = int(frame.filter(pl.col("year").is_null())["papers"].sum())
    dated = frame.drop_nulls("year")
    if dated.is_empty():
        nothing = undated_only(undated) if undated else "no co-authors are printed"
        return empty_page(SUBJECT, nothing)
    owners = frame["owner"].n_unique()
    rows, pairs = strongest(frame, owners)
    shown = {year for row in rows for year in row.papers}
    incomplete = incomplete_year(dated.filter(pl.col("year").is_in(shown)))
    what = "pair" if owners > 1 else "co-author"
    rest = pairs - len(rows)
    page = Page(
        titled(subject(frame, owners), shown),
        f"The {counted(len(rows), what)} with most papers, by first year",
        [f"And {counted(rest, f'more {what}')}." if rest else "", f"{KEY} {CAVEAT}"],
        body=body_of(len(rows), incomplete),
    )
    draw_rows(page, rows, "Owner and co-author" if owners > 1 else "Co-author", incomplete)
    return page.figure


def subject(frame: pl.DataFrame, owners: int) -> str:
    """Who wrote together."""
    if owners > 1:
        return SUBJECT
    return f"Co-authors of {shortened(frame['owner'][0], TITLE, MOST_OWNER, bold=True)} by year"


def strongest(frame: pl.DataFrame, owners: int) -> tuple[list[Row], int]:
    """The dated pairs with most papers in the order of their years, and how many pairs there are.

    Two owners who wrote together are one pair.
    """
    one, other = pl.min_horizontal("owner", "coauthor"), pl.max_horizontal("owner", "coauthor")
    yearly = (
        candidates(frame)
        .with_columns(one=one, other=other)
        .unique(["one", "other", "year"], keep="first", maintain_order=True)
    )
    pairs = yearly.group_by("one", "other").agg(
        pl.sum("papers"),
        pl.min("owner"),
        pl.min("year").alias("first"),
        pl.max("year").alias("last"),
    )
    order = ["papers", "one", "other"]
    shown = pairs.sort(order, descending=[True, False, False]).head(MOST_ROWS)
    shown = shown.sort("first", "last", *order)
    rows = [row(line, yearly, owners) for line in shown.iter_rows(named=True)]
    return rows, frame.select(pl.struct(one=one, other=other).n_unique()).item()


def candidates(frame: pl.DataFrame) -> pl.DataFrame:
    """The years of those pairs that have enough papers to be shown, and a dated one among them."""
    keys = ["owner", "coauthor"]
    pairs = frame.group_by(keys).agg(pl.sum("papers"), pl.count("year"))
    pairs = pairs.filter(pl.col("year") > 0)
    # Two owners who wrote together have two rows.
    most = pairs["papers"].top_k(2 * MOST_ROWS)
    strong = pairs.filter(pl.col("papers") >= most.min())
    return frame.join(strong, on=keys, how="semi", maintain_order="left")


def row(line: dict[str, Any], yearly: pl.DataFrame, owners: int) -> Row:
    """The row of a pair; the owner is named only if there are several."""
    one, other = line["one"], line["other"]
    of_pair = yearly.filter(pl.col("one") == one, pl.col("other") == other)
    of_pair = of_pair.drop_nulls("year").sort("year")
    if line["owner"] != one:
        one, other = other, one
    label = f"{part(one)} with {part(other)}" if owners > 1 else str(other)
    return Row(label, dict(of_pair.select("year", "papers").iter_rows()), line["papers"])


def draw_rows(page: Page, rows: list[Row], head: str, incomplete: int | None) -> None:
    """Draw names, lines with points, totals and the years below."""
    labels = [shortened(row.label, LABEL, MOST_NAME) for row in rows]
    totals = [f"{row.total:,}" for row in rows]
    start = page.left + max(width_of(label, LABEL) for label in [*labels, head]) + GAP
    room = max(width_of(text, LABEL, bold=True) for text in [*totals, TOTAL]) + GAP
    every = {year for row in rows for year in row.papers}
    years = YearAxis.between(start, page.right - room, every, MOST_COLUMN)
    top = page.top - leading(SMALL) - GAP / 2
    bottom = page.bottom + height_below(incomplete)
    step = (top - bottom) / len(rows)
    page.write(start - GAP, page.top, head, size=SMALL, colour=GREY, va="top", ha="right")
    page.write(years.right + room, page.top, TOTAL, size=SMALL, colour=GREY, va="top", ha="right")
    axes = page.axes(years.left, bottom, years.right, top)
    axes.set_xlim(years.years[0] - 0.5, years.years[-1] + 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    draw_points(axes, rows, min(step, years.step))
    for place, (label, total) in enumerate(zip(labels, totals, strict=True)):
        y = top - step * (place + 0.5)
        page.write(start - GAP, y, label, ha="right", va="center_baseline")
        page.write(years.right + room, y, total, bold=True, ha="right", va="center_baseline")
    years.write(page, bottom, incomplete)


def draw_points(axes: Axes, rows: list[Row], room: float) -> None:
    """Draw a line from the first to the last year of each row, and a point for each year."""
    places = range(len(rows))
    axes.hlines(places, *axes.get_xlim(), color=LINE, lw=0.8, zorder=0)
    firsts, lasts = [min(row.papers) for row in rows], [max(row.papers) for row in rows]
    axes.hlines(places, firsts, lasts, color=PALE_BLUE, lw=5, zorder=1, capstyle="round")
    points = [
        (year, place, count) for place in places for year, count in rows[place].papers.items()
    ]
    most = max([*(count for _, _, count in points), 1])
    widest = max(LEAST_POINT, min(room * 0.85, LEAST_POINT * most**0.5))
    sizes = [(widest * POINTS_PER_INCH) ** 2 * max(count, 1) / most for _, _, count in points]
    least = (LEAST_POINT / 2 * POINTS_PER_INCH) ** 2
    axes.scatter(
        [year for year, _, _ in points],
        [place for _, place, _ in points],
        s=[max(size, least) for size in sizes],
        color=BLUE,
        edgecolors=PAPER,
        linewidths=0.6,
        zorder=2,
        clip_on=False,
    )
