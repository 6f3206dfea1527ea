"""Chart: the network of authors who wrote together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from matplotlib.collections import LineCollection

from pipeline.console import counted
from pipeline.drawing.fonts import POINTS_PER_INCH, shortened, width_of
from pipeline.drawing.network import placed
from pipeline.drawing.style import (
    GAP,
    GREY,
    GROUPS,
    LABEL,
    PAPER,
    SMALL,
    Page,
    Sign,
    empty_page,
    leading,
    titled,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pipeline.drawing.network import Floats

TITLE = "Who wrote with whom"
MOST_AUTHORS = 40
MOST_NAME = 1.5
PROMINENT = 15  # authors whose names are larger
LEAST_NODE, MOST_NODE = 0.07, 0.26  # diameters
LEAST_LINE, MOST_LINE = 0.7, 5.0  # widths in points
KEY = (
    Sign("both names printed on a paper", GREY, "line"),
    Sign("one name hidden behind “et al.”, known from the owner’s page", GREY, "dashes"),
)
CAVEAT = (
    "The wider a line, the more papers in common; the larger a point, the more papers over all its "
    "pairs. Colours are communities, by modularity of the whole network; grey stands for further "
    "ones and for lines between two. Author lists cut by “et al.” hide pairs."
)


def draw(frame: pl.DataFrame) -> Figure:
    """The authors with most papers over all their pairs, and the pairs among them."""
    if frame.is_empty():
        return empty_page(TITLE, "no two authors are printed together")
    weights = weighed(frame)
    authors = chosen(frame, weights)
    among = pl.col("author_a").is_in(list(authors)) & pl.col("author_b").is_in(list(authors))
    pairs = frame.filter(among)
    page = Page(
        titled(TITLE, [*frame["first_year"].unique(), *frame["last_year"].unique()]),
        scope(len(authors), len(weights), len(pairs), len(frame)),
        [CAVEAT],
        KEY,
    )
    draw_network(page, authors, pairs)
    return page.figure


def scope(authors: int, all_authors: int, pairs: int, all_pairs: int) -> str:
    """How much of the network is drawn."""
    if authors == all_authors:
        return f"{counted(authors, 'author')}; {counted(pairs, 'pair')}"
    return (
        f"{authors:,} of {counted(all_authors, 'author')}, those with most papers in common; "
        f"{pairs:,} of {counted(all_pairs, 'pair')}"
    )


def weighed(frame: pl.DataFrame) -> pl.DataFrame:
    """All authors with the sum of papers over their pairs, the greatest first."""
    ends = [frame.select(pl.col(end).alias("author"), "papers") for end in ("author_a", "author_b")]
    return (
        pl.concat(ends)
        .group_by("author")
        .agg(pl.sum("papers"))
        .sort("papers", "author", descending=[True, False])
    )


def chosen(frame: pl.DataFrame, weights: pl.DataFrame) -> dict[str, int]:
    """The ends of the pairs whose weaker author is strongest, with their weights, greatest first.

    So the strongest authors come first, and each has a line to another one.
    """
    weight = dict(weights.iter_rows())
    known = pl.DataFrame(weights.rows(), schema=["author", "weight"], orient="row")
    ranked = (
        frame.select("author_a", "author_b", "papers")
        .join(known.rename({"author": "author_a", "weight": "weight_a"}), on="author_a")
        .join(known.rename({"author": "author_b", "weight": "weight_b"}), on="author_b")
        .with_columns(weaker=pl.min_horizontal("weight_a", "weight_b"))
        .sort("weaker", "papers", "author_a", "author_b", descending=[True, True, False, False])
    )
    names: set[str] = set()
    for pair in ranked.select("author_a", "author_b").iter_rows():
        if len(names) == MOST_AUTHORS:
            break
        if len(names.union(pair)) <= MOST_AUTHORS:
            names.update(pair)
    return {name: weight[name] for name in weight if name in names}


def draw_network(page: Page, authors: dict[str, int], pairs: pl.DataFrame) -> None:
    """Draw lines, points and names."""
    sizes = [SMALL if rank >= PROMINENT else LABEL for rank in range(len(authors))]
    names = [shortened(name, size, MOST_NAME) for name, size in zip(authors, sizes, strict=True)]
    widths = [width_of(name, size) for name, size in zip(names, sizes, strict=True)]
    heights = np.array([leading(size) for size in sizes])
    greatest = max([*authors.values(), 1])
    points = LEAST_NODE + (MOST_NODE - LEAST_NODE) * np.sqrt(
        np.array([*authors.values()]) / greatest
    )
    boxes = np.column_stack([np.maximum(widths, points) + GAP / 2, heights + points + GAP / 3])
    area = np.array([page.right - page.left, page.top - page.bottom])
    places = placed(ties_of(list(authors), pairs), boxes, area)
    axes = page.axes(page.left, page.bottom, page.right, page.top)
    axes.set_xlim(0, area[0])
    axes.set_ylim(0, area[1])
    centres = places + np.column_stack([np.zeros(len(places)), heights / 2])
    colours = coloured(pairs)
    draw_lines(axes, dict(zip(authors, centres, strict=True)), pairs, colours)
    axes.scatter(
        centres[:, 0],
        centres[:, 1],
        s=(points * POINTS_PER_INCH) ** 2,
        color=[colours[author] for author in authors],
        edgecolors=PAPER,
        linewidths=1,
        zorder=3,
        clip_on=False,
    )
    halo = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.4}
    for name, size, (x, y), point in zip(names, sizes, centres, points, strict=True):
        below = y - point / 2 - GAP / 4
        options = {"size": size, "ha": "center", "va": "top", "zorder": 4, "bbox": halo}
        write(axes, x, below, name, bold=False, **options)


def ties_of(authors: list[str], pairs: pl.DataFrame) -> Floats:
    """The papers that each two authors have in common, as a matrix."""
    place = {author: number for number, author in enumerate(authors)}
    ties = np.zeros((len(authors), len(authors)))
    for one, other, papers in pairs.select("author_a", "author_b", "papers").iter_rows():
        ties[place[one], place[other]] = ties[place[other], place[one]] = papers
    return ties


def coloured(pairs: pl.DataFrame) -> dict[str, str]:
    """The colour of each author: that of the community, if it is one of the larger ones drawn."""
    ends = [
        pairs.select(
            pl.col(f"author_{end}").alias("author"), pl.col(f"community_{end}").alias("of")
        )
        for end in "ab"
    ]
    members = pl.concat(ends).unique()
    sizes = members.drop_nulls().group_by("of").len().sort(-pl.col("len").cast(pl.Int64), "of")
    colours = dict(zip(sizes["of"], GROUPS[:-1], strict=False))
    return {author: colours.get(community, GROUPS[-1]) for author, community in members.iter_rows()}


def draw_lines(
    axes: Axes, centres: dict[str, Floats], pairs: pl.DataFrame, colours: dict[str, str]
) -> None:
    """Draw the pairs, those that no paper prints together dashed and below the others."""
    most = max([*pairs["papers"], 2])
    for evidence, style in (("owner", (0, (3, 2))), ("byline", "solid")):
        rows = pairs.filter(pl.col("evidence") == evidence)
        ends = rows.select("author_a", "author_b").rows()
        lines = [(centres[one], centres[other]) for one, other in ends]
        shades = [
            colours[one] if colours[one] == colours[other] else GROUPS[-1] for one, other in ends
        ]
        shares = np.clip((rows["papers"].to_numpy() - 1) / (most - 1), 0, 1)
        widths = LEAST_LINE + (MOST_LINE - LEAST_LINE) * shares
        axes.add_collection(
            LineCollection(lines, colors=shades, linestyles=[style], linewidths=widths, alpha=0.7),
            autolim=False,
        )
