"""Chart: with whom the owners of pages wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.console import counted
from pipeline.drawing.bars import MOST_BARS, Bar, body_of, lying_bars
from pipeline.drawing.fonts import END_ISOLATE, ISOLATE, shortened
from pipeline.drawing.style import BLUE, LABEL, ORANGE, TITLE, Page, Sign, brief, empty_page, titled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUBJECT = "Co-authors of page owners"
MOST_OWNER = 5.5  # leaves room for the rest of the title
MOST_PART = 1.85  # of two names on one line
KEY = (
    Sign("both names printed", BLUE),
    Sign("one name hidden behind “et al.”, known from the owner’s page", ORANGE),
)
CAVEAT = "Author lists cut by “et al.” hide co-authors, so all counts are lower bounds."


def draw(frame: pl.DataFrame) -> Figure:
    """A bar for each of the co-authors, or pairs of owner and co-author, with most papers."""
    if frame.is_empty():
        return empty_page(SUBJECT, "no co-authors are printed")
    owners = frame["owner"].n_unique()
    pairs = distinct_pairs(frame)
    bars = [bar(row, owners) for row in pairs.head(MOST_BARS).iter_rows(named=True)]
    rest = len(pairs) - len(bars)
    what = "pair" if owners > 1 else "co-author"
    page = Page(
        titled(
            subject(frame, owners), [*frame["first_year"].unique(), *frame["last_year"].unique()]
        ),
        subtitle(frame, owners, bars[0]),
        [f"And {counted(rest, f'more {what}')}." if rest else "", CAVEAT],
        KEY,
        body=body_of(len(bars)),
    )
    names = "Owner and co-author" if owners > 1 else "Co-author"
    lying_bars(page, bars, names, "Papers in common", (BLUE, ORANGE))
    return page.figure


def distinct_pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """The pairs with most papers first; two owners who wrote together are one pair."""
    one, other = pl.min_horizontal("owner", "coauthor"), pl.max_horizontal("owner", "coauthor")
    distinct = frame.filter(pl.struct(one=one, other=other).is_first_distinct())
    return distinct.sort("papers", descending=True, maintain_order=True)


def bar(row: dict[str, Any], owners: int) -> Bar:
    """The bar of a pair; the owner is named only if there are several."""
    coauthor = row["coauthor"]
    name = f"{part(row['owner'])} with {part(coauthor)}" if owners > 1 else f"{coauthor}"
    counts = (row["papers_printed_together"], row["papers_by_ownership"])
    return Bar(name, counts, f"{row['papers']:,}")


def part(name: object) -> str:
    """A name so short that two fit, kept apart from what is written in the other direction."""
    return f"{ISOLATE}{shortened(str(name), LABEL, MOST_PART)}{END_ISOLATE}"


def subject(frame: pl.DataFrame, owners: int) -> str:
    """Whose co-authors they are."""
    if owners > 1:
        return SUBJECT
    return f"Co-authors of {shortened(frame['owner'][0], TITLE, MOST_OWNER, bold=True)}"


def subtitle(frame: pl.DataFrame, owners: int, first: Bar) -> str:
    """How many there are, and who comes first."""
    coauthors = counted(frame["coauthor"].n_unique(), "co-author")
    whose = f"{counted(owners, 'owner')} with {coauthors}" if owners > 1 else coauthors
    return f"{whose}; most papers: {brief(first.name)} ({first.text})"
