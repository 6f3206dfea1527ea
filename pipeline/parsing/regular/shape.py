"""Where listings start in many pages at once, and which of them have the regular shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.listing import Header, starts_listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.parsing.regular.lines import Flags, Integers, Lines

# Lines of a regular header and of an entry, the blank one behind each included.
HEADER_LINES, ENTRY_LINES = 11, 7
TITLE, BYLINE, ABSTRACT = 1, 3, 5  # behind the entry's first line
BLANK_LINES_OF_ENTRY = (2, 4)
STATISTICS = b"\nh-index"  # the fourth line of a header


@dataclass(slots=True)
class Stretch:
    """Lines of one page, from the first to before the last, that can be read by themselves."""

    page: int
    first: int
    last: int
    header: Header | None  # None where no listing starts, so that it has no regular shape
    entries: int = 0  # 0 if it has no regular shape

    def printed(self, above: int) -> tuple[Header, int]:
        """The regular listing's header and its last line, below so many lines of its page."""
        assert self.header, "a regular listing has a header"  # noqa: S101 -- for mypy
        first, last = self.header.first_line + above, self.header.last_line + above
        last_line = above + HEADER_LINES + ENTRY_LINES * self.entries - 1
        return replace(self.header, first_line=first, last_line=last), last_line


def stretches(lines: Lines, pages: Sequence[tuple[int, int]]) -> list[Stretch]:
    """All pages, cut where listings with all their statistics start.

    Parameters
    ----------
    lines
        The lines of all pages.
    pages
        Each page's first line, and the line behind its last; above each page is a blank line.
    """
    headers = dict(find_headers(lines))
    starts = np.array(sorted(headers), np.int64)
    found: list[Stretch] = []
    for page, (first, last) in enumerate(pages):
        inner = starts[np.searchsorted(starts, first) : np.searchsorted(starts, last)].tolist()
        if first == last:
            continue
        bounds = [first, *(start for start in inner if start > first), last]
        for begin, end in pairwise(bounds):
            found.append(Stretch(page, begin, end, headers.get(begin)))
    if len(starts):
        mark_regular(lines, found)
    return found


def find_headers(lines: Lines) -> Iterator[tuple[int, Header]]:
    """The first line of each listing that starts with all its statistics, and its header."""
    rows = lines.line_of(np.fromiter(positions(lines.data), np.int64)) - 2
    rows = rows[(rows >= 0) & (rows + HEADER_LINES <= len(lines.ends))]
    blank = lines.lengths == 0
    above = blank[np.maximum(rows - 1, 0)] | (rows == 0)
    clean = lines.trouble[rows + HEADER_LINES] == lines.trouble[rows]
    for row in rows[above & clean & blank[rows + 1] & blank[rows + 8] & blank[rows + 10]].tolist():
        header = starts_listing(lines.text(row, row + HEADER_LINES - 2))
        if header:
            yield row, header


def positions(data: bytes) -> Iterator[int]:
    """Where the lines start that a header's statistics start with."""
    found = data.find(STATISTICS)
    while found >= 0:
        yield found
        found = data.find(STATISTICS, found + 1)


def mark_regular(lines: Lines, found: list[Stretch]) -> None:
    """Set the number of entries of the stretches that have the regular shape."""
    printed = np.flatnonzero(lines.lengths)
    lasts = np.array([stretch.last for stretch in found])
    # The last printed line of each stretch.
    ends = printed[np.maximum(np.searchsorted(printed, lasts) - 1, 0)]
    for stretch, end in zip(found, ends.tolist(), strict=True):
        entries, rest = divmod(end - stretch.first - HEADER_LINES - ABSTRACT, ENTRY_LINES)
        # What there is to warn of in a header is said where other listings are read.
        header = stretch.header if stretch.header and not stretch.header.unread else None
        clean = lines.trouble[stretch.last] == lines.trouble[stretch.first]
        if not header or header.unknown_lines or rest or not clean:
            continue
        if header.declared_papers == entries + 1:
            stretch.entries = entries + 1
    candidates = [stretch for stretch in found if stretch.entries]
    heads, listing_of = entry_heads(candidates)
    bad = misshapen(lines, heads, listing_of)
    for index in np.unique(listing_of[bad]).tolist():
        candidates[index].entries = 0


def entry_heads(found: Sequence[Stretch]) -> tuple[Integers, Integers]:
    """The first line of each entry, and the place of its stretch, of regular stretches."""
    counts = np.array([stretch.entries for stretch in found], np.int64)
    firsts = np.array([stretch.first for stretch in found], np.int64)
    listing_of = np.repeat(np.arange(len(found)), counts)
    number = np.arange(len(listing_of)) - np.repeat(np.cumsum(counts) - counts, counts)
    return firsts[listing_of] + HEADER_LINES + ENTRY_LINES * number, listing_of


def misshapen(lines: Lines, heads: Integers, listing_of: Integers) -> Flags:
    """Which entries have blank lines at other places than between their parts."""
    blank = lines.lengths == 0
    bad = blank[heads].copy()
    for offset in (TITLE, BYLINE, ABSTRACT):
        bad |= blank[heads + offset]
    for offset in BLANK_LINES_OF_ENTRY:
        bad |= ~blank[heads + offset]
    # Behind the last entry of a listing, any number of blank lines may follow or none.
    is_last = np.append(listing_of[1:] != listing_of[:-1], True)[: len(heads)]
    behind = np.minimum(heads + ENTRY_LINES - 1, len(blank) - 1)
    found: Flags = bad | ~(blank[behind] | is_last)
    return found
