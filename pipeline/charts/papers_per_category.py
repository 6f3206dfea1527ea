"""Chart: papers per category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.console import counted
from pipeline.drawing.bars import MOST_BARS, Bar, body_of, lying_bars
from pipeline.drawing.style import Page, brief, empty_page, titled
from pipeline.wording import percent

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.figure import Figure

TITLE = "Papers per category"


def draw(frame: pl.DataFrame) -> Figure:
    """A bar for each of the categories with most papers."""
    if frame.is_empty():
        return empty_page(TITLE, "no papers")
    frame = frame.sort("papers", descending=True, maintain_order=True)
    decimals = decimals_of(frame)
    bars = [bar(row, decimals) for row in frame.head(MOST_BARS).iter_rows(named=True)]
    rest = frame.slice(MOST_BARS)
    page = Page(
        titled(TITLE, [*frame["first_year"], *frame["last_year"]]),
        f"{counted(sum(frame['papers']), 'paper')} in "
        f"{counted(len(frame), 'category', 'categories')}; most in {brief(bars[0].name)}",
        [rest_note(rest)],
        body=body_of(len(bars)),
    )
    lying_bars(page, bars, "Category", "Papers and their share")
    return page.figure


def decimals_of(frame: pl.DataFrame) -> int:
    """1 if categories with different counts would have the same share in whole percent."""
    shown = {(papers, percent(share)) for papers, share in shares(frame)}
    return int(len({share for _, share in shown}) < len(shown))


def shares(frame: pl.DataFrame) -> list[tuple[int, float]]:
    """The different counts that get a bar, with their shares."""
    shown: list[tuple[int, float]] = frame.head(MOST_BARS).select("papers", "share").rows()
    return [(papers, share) for papers, share in shown if share is not None]


def bar(row: dict[str, Any], decimals: int) -> Bar:
    """The bar of a category: "LG · Machine Learning", its papers and their share."""
    category, name = row["category"] or "no category", row["category_name"]
    papers, share = row["papers"], row["share"]
    label = f"{category} · {name}" if name and name != category else f"{category}"
    text = f"{papers:,}" if share is None else f"{papers:,} · {percent(share, decimals)}"
    return Bar(label, (papers,), text)


def rest_note(rest: pl.DataFrame) -> str:
    """What to say about the categories without a bar; nothing if there are none."""
    if rest.is_empty():
        return ""
    categories = counted(len(rest), "more category", "more categories")
    return f"And {categories} with {counted(sum(rest['papers']), 'paper')}."
