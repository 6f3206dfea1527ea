"""Chart: papers per affiliation tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.console import counted
from pipeline.drawing.bars import MOST_BARS, Bar, body_of, lying_bars
from pipeline.drawing.style import Page, brief, empty_page, titled

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.figure import Figure

TITLE = "Papers per affiliation"
CAVEAT = "Pages tag few of their entries, so this says little about the papers without a tag."


def draw(frame: pl.DataFrame) -> Figure:
    """A bar for each of the affiliations with most papers."""
    if frame.is_empty():
        return empty_page(TITLE, "no paper bears an affiliation tag")
    frame = frame.sort("papers", descending=True, maintain_order=True)
    bars = [
        Bar(affiliation or "no name", (papers,), f"{papers:,}")
        for affiliation, papers in frame.select("affiliation", "papers").head(MOST_BARS).iter_rows()
    ]
    rest = len(frame) - len(bars)
    page = Page(
        titled(TITLE, [*frame["first_year"], *frame["last_year"]]),
        f"{counted(len(frame), 'affiliation tag')}; most papers: "
        f"{brief(bars[0].name)} ({bars[0].text})",
        [f"And {counted(rest, 'more affiliation')}." if rest else "", CAVEAT],
        body=body_of(len(bars)),
    )
    lying_bars(page, bars, "Affiliation", "Papers")
    return page.figure
