"""The parse stage's unit of work: the bytes of some pages to the rows of its tables. Pure.

Large work goes through `pipeline.parsing.regular`, which reads regular listings many at once; what
is not regular, and small work, through `pipeline.listing`. Both give the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.listing import Page, Reject, parse, parse_stretch, shifted
from pipeline.parsing.rows import Rows
from pipeline.sources import decode, is_binary, is_valid, with_newlines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.parsing.regular.pages import RegularPages

BINARY = "binary data, not text"
# Below this, what the columns save is less than what importing their code costs.
FEWEST_BYTES_FOR_COLUMNS = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A page's bytes, or those of a stretch of a file that holds listings in other parts.

    `source_file` is the path below the raw folder, `as_of` the day the page was taken, if known.
    """

    source_file: str
    data: bytes
    as_of: date | None = None
    is_whole: bool = True


def parse_pieces(pieces: Sequence[Piece]) -> Rows:
    """Read pages.

    Parameters
    ----------
    pieces
        Whole pages, or one stretch of a file; `pipeline.parsing.shards` says where it is cut.

    Returns
    -------
    Rows
        Their rows, in the order of the pages; `Rows.tables` gives them as tables.
    """
    rows = Rows([piece.source_file for piece in pieces])
    if sum(len(piece.data) for piece in pieces) >= FEWEST_BYTES_FOR_COLUMNS:
        add_regular_and_others(rows, pieces)
    else:
        for number, piece in enumerate(pieces):
            rows.add_page(number, read_piece(piece), piece.as_of, is_valid=is_valid(piece.data))
    if pieces and not pieces[-1].is_whole:
        rows.lines = with_newlines(pieces[-1].data).count(b"\n")
    return rows


def read_piece(piece: Piece) -> Page:
    """The listings and rejects of one piece."""
    text = decode(piece.data)
    if not is_binary(text):
        read = parse if piece.is_whole else parse_stretch
        return read(text, piece.as_of)
    shown = piece.data.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
    lines = text.count("\n") + (not text.endswith("\n"))
    return Page(rejects=[Reject(1, lines, BINARY, shown)])


def add_regular_and_others(rows: Rows, pieces: Sequence[Piece]) -> None:
    """Add pages, the regular listings among them as columns."""
    from pipeline.parsing.regular.pages import RegularPages  # noqa: PLC0415 -- small input does without

    pages = RegularPages([(piece.data, piece.as_of) for piece in pieces])
    rows.regular = pages.regular
    for number, piece in enumerate(pieces):
        stretches = pages.stretches_of[number]
        if any(stretch.entries for stretch in stretches):
            page = add_stretches(rows, number, piece, pages)
            rows.add_rest(number, page, piece.as_of, is_guessed=not pages.is_valid(number))
        else:
            rows.add_page(number, read_piece(piece), piece.as_of, is_valid=is_valid(piece.data))


def add_stretches(rows: Rows, number: int, piece: Piece, pages: RegularPages) -> Page:
    """Add the listings of a page that has regular ones; the page of the others is returned."""
    others = Page()
    stretches = pages.stretches_of[number]
    for stretch in stretches:
        above = stretch.first - stretches[0].first
        if stretch.entries:
            rows.add_regular(number, stretch, above, is_given=piece.as_of is not None)
            continue
        page = shifted(parse_stretch(decode(pages.data_of(stretch)), piece.as_of), above)
        for listing in page.listings:
            rows.add_listing(number, listing)
        others.listings += page.listings
        others.rejects += page.rejects
    return others
