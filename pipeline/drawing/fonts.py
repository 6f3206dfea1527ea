"""Fonts that come with the installed packages, so that a chart looks the same on every machine.

matplotlib's own DejaVu Sans draws what it can; other packages' fonts are opened only for texts
with letters that it lacks.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font

if TYPE_CHECKING:
    from collections.abc import Callable

DPI = 160
MAIN = "DejaVu Sans"
NORMAL, BOLD = 400, 700
POINTS_PER_INCH = 72
# Nobody reads more of a name on a chart; it bounds the work that an absurd one makes.
MOST_LETTERS = 200
REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
JOINERS = "\u200c\u200d"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
KEPT = JOINERS + ISOLATE + END_ISOLATE
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def use_bundled_fonts() -> None:
    """Let matplotlib find its own and the packages' fonts and no other.

    The packages' fonts have one weight; it stands for bold too, or matplotlib would warn.
    """
    own = Path(mpl.get_data_path())
    kept = [entry for entry in fontManager.ttflist if Path(entry.fname).is_relative_to(own)]
    further = [
        FontEntry(fname=str(path), name=name, weight=weight)
        for name, path in further_fonts().items()
        for weight in (NORMAL, BOLD)
    ]
    fontManager.ttflist[:] = kept + further


@cache
def further_fonts() -> dict[str, Path]:
    """Paths of the packages' fonts by the names that charts use, in order of preference."""
    noto = {
        path.stem.partition("[")[0]: path
        for path in sorted(Path(str(files("manimgx_fonts"))).glob("Noto*.ttf"))
        if "Italic" not in path.name
    }
    emoji = noto.pop("NotoEmoji")
    chinese = Path(str(files("paperang_p2_fonts_cjk"))) / "fonts" / "wqy-microhei.ttc"
    return noto | {"WenQuanYiMicroHei": chinese, "NotoEmoji": emoji}


@cache
def main_letters() -> frozenset[str]:
    """What DejaVu Sans can draw, in both weights."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return letters_of(folder / "DejaVuSans.ttf") & letters_of(folder / "DejaVuSans-Bold.ttf")


@cache
def letters_of(path: Path) -> frozenset[str]:
    """What a font can draw."""
    return frozenset(map(chr, get_font(path).get_charmap()))


def printable(text: str) -> str:
    """The text on one line, with a sign of replacement for what no font has."""
    words = " ".join(text.split())
    return "".join(
        letter if letter in KEPT or font_of(letter) else REPLACEMENT
        for letter in words
        if letter in KEPT or unicodedata.category(letter) not in INVISIBLE
    )


@cache
def font_of(letter: str) -> str | None:
    """The first font that has the letter."""
    if letter in main_letters():
        return MAIN
    return next(
        (name for name, path in further_fonts().items() if letter in letters_of(path)), None
    )


@cache
def families(text: str) -> tuple[str, ...]:
    """The fonts that a printable text needs, DejaVu Sans first."""
    needed = {font_of(letter) for letter in text}
    return (MAIN, *(name for name in further_fonts() if name in needed))


@cache
def renderer() -> RendererAgg:
    """What measures texts, at the resolution at which charts are saved."""
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped


@cache
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a printable text in inches."""
    font = FontProperties(family=list(families(text)), size=size, weight=BOLD if bold else NORMAL)
    measure: Callable[..., tuple[float, float, float]] = renderer().get_text_width_height_descent
    return measure(text, font, ismath=False)[0] / DPI


def shortened(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """The printable text, cut with an ellipsis if it is wider than so many inches."""
    text = printable(text[:MOST_LETTERS])
    if width_of(text, size, bold=bold) <= most:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width_of(cut(text, middle), size, bold=bold) <= most:
            fits = middle
        else:
            too_long = middle
    return cut(text, fits)


def cut(text: str, length: int) -> str:
    """So many letters and an ellipsis, without a blank or half a letter before it."""
    while length and (text[length] in JOINERS or unicodedata.combining(text[length])):
        length -= 1
    return text[:length].rstrip(f" ,·{JOINERS}") + ELLIPSIS


def wrapped(text: str, size: float, most: float) -> list[str]:
    """The printable text in lines no wider than so many inches."""
    lines: list[str] = []
    for word in printable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= most:
            lines[-1] = longer
        else:
            lines.append(shortened(word, size, most))
    return lines


use_bundled_fonts()
