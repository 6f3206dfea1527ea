"""Charts as parts of a page: SVG files without their own heading, in the page's colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SVG = "http://www.w3.org/2000/svg"
GROUP, TEXT = f"{{{SVG}}}g", f"{{{SVG}}}text"
# Ids that matplotlib gives to parts nobody refers to; several charts on a page would share them.
UNUSED_ID = re.compile(r"[A-Za-z.]+_\d+")
HEADING = re.compile(r"heading_\d+")
GAP = 10.0  # left free above what follows the heading, in points
DIGITS = re.compile(r"\d+\.\d{3,}")
# The colours of pipeline/drawing/style.py that change where a page is dark.
COLOURS = {
    "#0072b2": "var(--blue)",
    "#e69f00": "var(--orange)",
    "#cfe3f0": "var(--pale-blue)",
    "#f8e3b4": "var(--pale-orange)",
    "#1f1f1f": "var(--ink)",
    "#666666": "var(--grey)",
    "#dddddd": "var(--line)",
    "#ffffff": "var(--paper)",
}
COLOUR = re.compile("|".join(COLOURS))

ET.register_namespace("", SVG)
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its title, and what an `svg` element of a page needs."""

    title: str
    width: float
    height: float
    top: float
    content: Markup


def picture(path: Path) -> Picture:
    """A chart from its SVG file; the page says the heading in its own words.

    Raises
    ------
    InputError
        If the file is missing or no SVG file.
    """
    try:
        root = ET.parse(path).getroot()  # noqa: S314 -- written by the stage before
    except (OSError, ET.ParseError) as error:
        raise InputError(f"{path}: {error}; remove it, and `make all` draws it anew") from error
    heading = list(taken_out(root))
    width = float(root.get("viewBox", "0 0 0 0").split()[2])
    # Margins belong to a picture that stands alone: here the chart begins and ends with its texts.
    top = max([0.0, *(height_of(text) + GAP for text in heading)])
    height = max([top, *(height_of(text) + GAP for text in root.iter(TEXT))])
    for element in root.iter():
        adapt(element)
    parts = "".join(ET.tostring(part, encoding="unicode") for part in root)
    parts = parts.replace(f' xmlns="{SVG}"', "")
    title = (heading[0].text or "") if heading else path.stem
    # Its texts were escaped when it was read and are escaped again as it is written.
    return Picture(title, width, round(height - top, 2), round(top, 2), Markup(parts))  # noqa: S704


def taken_out(root: ET.Element) -> Iterator[ET.Element]:
    """The texts of the chart's heading, removed from it; the background goes as well."""
    for parent in list(root.iter(GROUP)):
        for group in parent.findall(GROUP):
            if HEADING.fullmatch(group.get("id", "")):
                yield from group.iter(TEXT)
                parent.remove(group)
            elif parent.get("id") == "figure_1" and group.get("id") == "patch_1":
                parent.remove(group)


def height_of(text: ET.Element) -> float:
    """How far below the upper edge of the file a text stands."""
    return float(text.get("y", 0))


def adapt(element: ET.Element) -> None:
    """Drop blanks and unused ids, and take the page's colours and shorter numbers."""
    element.tail = None
    if element.text and not element.text.strip():
        element.text = None
    if UNUSED_ID.fullmatch(element.get("id", "")):
        del element.attrib["id"]
    for name in ("style", "d", "transform", "x", "y"):
        if name in element.attrib:
            element.set(name, adapted(element.attrib[name]))


def adapted(value: str) -> str:
    """An attribute's value on one line, with the page's colours and two decimals."""
    value = " ".join(value.split())
    value = DIGITS.sub(lambda number: f"{float(number[0]):.2f}", value)
    return COLOUR.sub(lambda colour: COLOURS[colour[0]], value)
