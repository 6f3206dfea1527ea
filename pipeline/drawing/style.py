"""The one visual style of all charts: colours, sizes, headings, footnotes, bare axes, saving.

Places and lengths are in inches from the lower left corner of the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from pipeline.drawing.fonts import (
    BOLD,
    DPI,
    NORMAL,
    POINTS_PER_INCH,
    families,
    printable,
    shortened,
    width_of,
    wrapped,
)
from pipeline.wording import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.text import Text

# Okabe and Ito's colours, which colour-blind people can tell apart.
BLUE, ORANGE = "#0072B2", "#E69F00"
PALE_BLUE, PALE_ORANGE = "#CFE3F0", "#F8E3B4"
# For groups that have no order; the last one is for what belongs to none of the others.
GROUPS = (BLUE, ORANGE, "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#8C8C8C")
INK, GREY, LINE, PAPER = "#1F1F1F", "#666666", "#DDDDDD", "#FFFFFF"

WIDTH, HEIGHT = 10.0, 5.625  # a slide of 16:9
MARGIN = 0.45
INNER = WIDTH - 2 * MARGIN
TITLE, SUBTITLE, LABEL, SMALL, FOOTNOTE = 16.0, 11.0, 9.0, 8.0, 8.0
LEADING = 1.45  # from line to line, in sizes of the font
GAP = 0.12
MOST_NAME = 5.5  # of a name in a subtitle
MOST_TICKS = 5
FORMATS = ("png", "svg")
# What page and picture share: the parts of a heading, which a page says in its own words.
HEADING = "heading"

# Settings in a user's matplotlibrc must not change the charts.
mpl.rcdefaults()
mpl.rcParams["hatch.linewidth"] = 0.8
# Text stays text in SVG files: any reader's fonts draw it, and it can be found and copied.
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["font.sans-serif"] = ["DejaVu Sans", "Verdana"]  # which are equally wide
mpl.rcParams["svg.hashsalt"] = "author-listings"


@dataclass(frozen=True, slots=True)
class Sign:
    """One item of a key: how it looks, and what it means."""

    text: str
    colour: str
    kind: Literal["area", "line", "dashes"] = "area"


class Page:
    """A figure with heading and footnotes, and between them the room for the chart.

    Parameters
    ----------
    title
        Subject and period.
    subtitle
        What the data say.
    footnotes
        What the reader must know to read the chart right; empty ones are left out.
    key
        What colours and lines mean.
    body
        Height that the chart needs, and gets; that of a slide if nothing is said.
    """

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        footnotes: Iterable[str] = (),
        key: Sequence[Sign] = (),
        body: float | None = None,
    ) -> None:
        above = wrapped(subtitle, SUBTITLE, INNER)
        below = [line for note in footnotes for line in wrapped(note, FOOTNOTE, INNER)]
        heading = MARGIN + leading(TITLE) + leading(SUBTITLE) * (len(above) + bool(key)) + GAP
        self.bottom = MARGIN + leading(FOOTNOTE) * len(below) + (GAP if below else 0)
        height = HEIGHT if body is None else heading + body + self.bottom
        self.top = height - heading
        self.left, self.right = MARGIN, WIDTH - MARGIN
        self.figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        y = height - MARGIN
        title = shortened(title, TITLE, INNER, bold=True)
        self.write(self.left, y, title, size=TITLE, bold=True, va="top", gid=f"{HEADING}_1")
        y -= leading(TITLE)
        for number, line in enumerate(above, start=2):
            gid = f"{HEADING}_{number}"
            self.write(self.left, y, line, size=SUBTITLE, colour=GREY, va="top", gid=gid)
            y -= leading(SUBTITLE)
        if key:
            self.write_key(key, self.left, y - leading(SUBTITLE) / 2)
        for number, line in enumerate(reversed(below)):
            y = MARGIN - GAP + leading(FOOTNOTE) * number
            self.write(self.left, y, line, size=FOOTNOTE, colour=GREY, va="bottom")

    def write(self, x: float, y: float, text: str, **options: Any) -> Text:
        """Write a text on the page; see `write`."""
        return write(self.figure, x, y, text, transform=self.figure.dpi_scale_trans, **options)

    def write_key(self, key: Sequence[Sign], x: float, y: float) -> None:
        """Write what colours and lines mean on one line."""
        for sign in key:
            width = leading(SMALL) if sign.kind == "area" else 2 * leading(SMALL)
            self.figure.add_artist(self.swatch(sign, x, y, width))
            x += width + GAP / 2
            self.write(x, y, sign.text, size=LABEL, va="center_baseline")
            x += width_of(printable(sign.text), LABEL) + 2 * GAP

    def swatch(self, sign: Sign, x: float, y: float, width: float) -> Rectangle | Line2D:
        """A small piece of the area or line that a sign is about."""
        inches = self.figure.dpi_scale_trans
        if sign.kind == "area":
            corner = (x, y - width / 2)
            return Rectangle(corner, width, width, color=sign.colour, lw=0, transform=inches)
        style = "-" if sign.kind == "line" else (0, (3, 2))
        ends = [x, x + width]
        return Line2D(ends, [y, y], color=sign.colour, ls=style, lw=2, transform=inches)

    def axes(self, left: float, bottom: float, right: float, top: float) -> Axes:
        """Axes without frame, ticks and margins."""
        width, height = self.figure.get_size_inches()
        axes = self.figure.add_axes(
            (left / width, bottom / height, (right - left) / width, (top - bottom) / height)
        )
        axes.set_axis_off()
        return axes

    def upright_axis(self, axes: Axes, ticks: Mapping[float, str]) -> None:
        """Draw faint lines across the axes, with texts at their left."""
        left = self.place_of(axes, axes.get_xlim()[0], 0)[0]
        for tick, text in ticks.items():
            axes.axhline(tick, color=LINE, lw=0.8, zorder=0, clip_on=False)
            y = self.height_at(axes, tick)
            self.write(left - GAP / 2, y, text, colour=GREY, ha="right", va="center_baseline")

    def place_of(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """Where a point of the axes lies on the page."""
        right, up = axes.transData.transform((x, y)) / self.figure.dpi
        return float(right), float(up)

    def height_at(self, axes: Axes, value: float) -> float:
        """Where a value of the upright axis lies on the page."""
        return self.place_of(axes, 0, value)[1]


def write(target: Figure | Axes, x: float, y: float, text: str, **options: Any) -> Text:
    """Write a text in the charts' fonts, nothing of it taken as mathematics.

    Parameters
    ----------
    target
        Figure or axes.
    x, y
        Where, in the coordinates of the target or of the option `transform`.
    text
        The text.
    options
        `size`, `colour` and `bold`; others as matplotlib has them.
    """
    text = printable(text)
    return target.text(
        x,
        y,
        text,
        family=[*families(text), "sans-serif"],
        fontsize=options.pop("size", LABEL),
        color=options.pop("colour", INK),
        fontweight=BOLD if options.pop("bold", False) else NORMAL,
        parse_math=False,
        **options,
    )


def leading(size: float) -> float:
    """Height of a line of text in inches."""
    return size * LEADING / POINTS_PER_INCH


def brief(name: str) -> str:
    """A name that leaves room for other words on the line of a subtitle."""
    return shortened(name, SUBTITLE, MOST_NAME)


def empty_page(title: str, reason: str) -> Figure:
    """A chart that says why there is nothing to draw."""
    return Page(title, f"No data: {reason}", body=0).figure


def titled(subject: str, years: Iterable[int | None]) -> str:
    """A title of subject and period: "Papers per year, 2015–2026"."""
    when = period(years)
    return f"{subject}, {when}" if when else subject


def count_ticks(most: float) -> list[int]:
    """Round numbers from 0 to about the most, for an axis of counts."""
    locator = MaxNLocator(nbins=MOST_TICKS, integer=True, min_n_ticks=2)
    return [int(tick) for tick in locator.tick_values(0, max(most, 1)) if tick <= max(most, 1)]


def save(figure: Figure, path: Path, kind: str) -> None:
    """Write a chart as one of `FORMATS`; the same chart gives the same bytes."""
    if kind == "png":
        # A tenth larger than at zlib's usual level, and a third quicker to write.
        quick = {"compress_level": 3}
        figure.savefig(path, format=kind, dpi=DPI, metadata={"Software": None}, pil_kwargs=quick)
    else:
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(path, format=kind, metadata=nothing)
