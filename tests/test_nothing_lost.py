"""A law: the tables hold each page. What they print is the page, however damaged it is.

`folding` says up to what. Small here, and many thousand cases with `make torture`.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from folding import assert_nothing_lost
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import CASES
from reprint import TABLES, pages, reprint
from test_listing import ANY_DAY, ANY_TEXT, PRINTED, SENTENCE, PrintedListing
from test_regular import ENTRY, LISTING, REGULAR, SCRAPS, TEXT

from pipeline.parse import parse_raw
from pipeline.parsing import pieces
from pipeline.parsing.pieces import Piece, parse_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reprint import Part, Row

LISTINGS = Path(__file__).parent / "listings"
SHIPPED = Path(__file__).parents[1] / "data" / "raw"
REAL_PAGES = os.environ.get("REAL_PAGES", "")
FEW = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
MANY = settings(FEW, max_examples=CASES, derandomize=False, database=None)

Rows = dict[str, "list[Row]"]
Changes = list[tuple[str, int, int]]


def written(raw: Path, processed: Path) -> Rows:
    """The rows of the Parquet files that the parse stage writes."""
    parse_raw(raw, processed, "")
    return {name: pq.read_table(processed / f"{name}.parquet").to_pylist() for name in TABLES}


def rows_of(data: bytes, as_of: date | None, fewest_bytes: int = sys.maxsize) -> Rows:
    """The rows of one page, read by the grammar, or as columns where that can be."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(pieces, "FEWEST_BYTES_FOR_COLUMNS", fewest_bytes)
        tables = parse_pieces([Piece("page.txt", data, as_of)]).tables()
    return {name: tables[name].to_pylist() for name in TABLES}


def printed(rows: Rows) -> list[Part]:
    """What the rows of one page print."""
    return pages(rows).get("page.txt", [])


def assert_law(data: bytes, as_of: date | None) -> None:
    """Nothing is lost, whichever way the page is read."""
    assert_nothing_lost(data, printed(rows_of(data, as_of)))
    assert_nothing_lost(data, printed(rows_of(data, as_of, fewest_bytes=0)))


# --- pages that are there --------------------------------------------------------------------


def test_the_shipped_page_is_printed_byte_for_byte(tmp_path: Path) -> None:
    rows = written(SHIPPED, tmp_path)
    page = (SHIPPED / "john-schulman.txt").read_bytes()
    assert reprint(pages(rows)["john-schulman.txt"]).encode() == page + b"\n"


def assert_folder(raw: Path, processed: Path) -> int:
    """Nothing of a folder is lost; how many pages it holds."""
    found = pages(written(raw, processed))
    paths = sorted(raw.rglob("*.txt"))
    for path in paths:
        assert_nothing_lost(path.read_bytes(), found[path.relative_to(raw).as_posix()])
    return len(paths)


def test_nothing_of_the_awkward_pages_is_lost(tmp_path: Path) -> None:
    assert assert_folder(LISTINGS, tmp_path) > 100


@pytest.mark.skipif(not REAL_PAGES, reason="REAL_PAGES names no folder of saved pages")
def test_nothing_of_real_pages_is_lost(tmp_path: Path) -> None:
    assert assert_folder(Path(REAL_PAGES), tmp_path) > 0


# --- the law can be broken -------------------------------------------------------------------


# A regular page whose end is cut off, so that each table has rows.
CUT_OFF = REGULAR.encode() + b"LGMay 5, 2020\nOn Ships\n"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        *(("listings", "owner", "Jane Doe"), ("listings", "category", "CL")),
        *(("listings", "h_index", 13), ("listings", "citations", None)),
        *(("entries", "title", "On Tree"), ("entries", "abstract", "")),
        *(("entries", "category", None), ("entries", "has_code", False)),
        *(("entries", "published", date(2024, 11, 8)), ("entries", "published", None)),
        *(("entries", "year_inferred", True), ("entries", "line", 13)),
        *(("entries", "byline_truncated", False), ("bylines", "name", "Ann Po")),
        *(("bylines", "entry", 2), ("entry_affiliations", "affiliation", "labs")),
        *(("rejects", "text", "LGMay 5, 2020"), ("rejects", "first_line", 34)),
    ],
)
def test_a_changed_cell_is_noticed(table: str, column: str, value: object) -> None:
    rows = rows_of(CUT_OFF, None)
    assert_nothing_lost(CUT_OFF, printed(rows))
    rows[table][0][column] = value
    with pytest.raises(AssertionError):
        assert_nothing_lost(CUT_OFF, printed(rows))


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_row_is_noticed(table: str) -> None:
    rows = rows_of(CUT_OFF, None)
    rows[table].pop()
    with pytest.raises((AssertionError, KeyError)):  # an entry may lack its listing
        assert_nothing_lost(CUT_OFF, printed(rows))


# --- pages made up ---------------------------------------------------------------------------

HEADER_LINE = st.sampled_from(
    [
        *("LG", "cs.CL", "null", "h-index 74", "h-index: 12.5k", "h-indexnull", "Followers12"),
        *("47papers", "1.234papers", "NaNpapers", "141,660citations", "1 234 567 citations"),
        *("Novelty51,5%", "Novelty: 1e5", "AI Score0.5", "AI Score", "47 Papers", "null Papers"),
        *("Professor of Kites", "", "", ""),
    ]
)
HEADER = st.lists(HEADER_LINE, max_size=9).map(lambda lines: "\n".join(["Jane Roe", *lines]))
TEX_NAME = st.sampled_from(
    [
        *("P\\'al Erd\\H{o}s", "\\textbf{Jane} Roe", "{\\o}yvind \\AA s", "Jo{\\~a}o", "\\ss{}"),
        *("Jane~Roe et~al.", "\\unknown", "{}", "Roe\\, Jane", "Do\\v{z}e (a, b)", "\\'{\\i}b Roe"),
    ]
)
TEX_ENTRY = st.lists(TEX_NAME, min_size=1, max_size=4).map(
    lambda names: f"cs.LGSept. 03, 2019Dataset\nRL$^2$\n\n{', '.join(names)} · lab, lab\n\nWe fly."
)
ODD_LISTING = st.builds(
    lambda header, entries: "\n\n".join([header, *entries]) + "\n\n",
    HEADER,
    st.lists(st.one_of(ENTRY, TEX_ENTRY), max_size=4),
)
PRINTED_TEXT = st.builds(PrintedListing.text, PRINTED, st.none() | st.integers(1995, 2030))
AWKWARD = st.sampled_from(sorted(LISTINGS.glob("*.txt"))).map(Path.read_bytes)
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LINE_ENDS = ("\n", "\n", "\r\n", "\r")


def encoded(text: str, encoding: str, line_end: str) -> bytes:
    """Text as a file may hold it."""
    return text.replace("\n", line_end).encode(encoding, "replace")


MADE_UP = st.builds(
    encoded,
    st.one_of(PRINTED_TEXT, TEXT, ANY_TEXT, LISTING, ODD_LISTING),
    st.sampled_from(ENCODINGS),
    st.sampled_from(LINE_ENDS),
)


@FEW
@given(MADE_UP, ANY_DAY)
def test_nothing_of_a_made_up_page_is_lost(data: bytes, as_of: date | None) -> None:
    assert_law(data, as_of)


@pytest.mark.torture
@MANY
@given(MADE_UP, ANY_DAY)
def test_nothing_of_many_made_up_pages_is_lost(data: bytes, as_of: date | None) -> None:
    assert_law(data, as_of)


# --- pages damaged ---------------------------------------------------------------------------

DAMAGES = ("flip", "flip", "insert", "drop", "double", "swap", "cut", "cut the start")
CHANGES = st.lists(
    st.tuples(st.sampled_from(DAMAGES), st.integers(0, 1 << 16), st.integers(0, 1 << 16)),
    min_size=1,
    max_size=4,
)


def change(data: bytes, changes: Changes) -> bytes:
    """Bytes flipped or put in, lines dropped, doubled or swapped, a start or an end cut off."""
    for damage, one, other in changes:
        lines = data.split(b"\n")
        line, place = one % len(lines), one % (len(data) + 1)
        match damage:
            case "flip":
                flipped = bytes(byte ^ (1 << other % 8) for byte in data[place : place + 1])
                data = data[:place] + flipped + data[place + 1 :]
            case "insert":
                data = data[:place] + SCRAPS[other % len(SCRAPS)] + data[place:]
            case "cut":
                data = data[:place]
            case "cut the start":
                data = data[place:]
            case "drop":
                data = b"\n".join(lines[:line] + lines[line + 1 :])
            case "double":
                data = b"\n".join(lines[: line + 1] + lines[line:])
            case "swap":
                another = other % len(lines)
                lines[line], lines[another] = lines[another], lines[line]
                data = b"\n".join(lines)
    return data


DAMAGED = st.builds(change, st.one_of(MADE_UP, AWKWARD), CHANGES)
GLUED = st.builds(bytes.__add__, st.one_of(DAMAGED, AWKWARD), st.one_of(DAMAGED, AWKWARD))


@FEW
@given(st.one_of(DAMAGED, GLUED), ANY_DAY)
def test_nothing_of_a_damaged_page_is_lost(data: bytes, as_of: date | None) -> None:
    assert_law(data, as_of)


@pytest.mark.torture
@MANY
@given(DAMAGED, ANY_DAY)
def test_nothing_of_many_damaged_pages_is_lost(data: bytes, as_of: date | None) -> None:
    assert_law(data, as_of)


@pytest.mark.torture
@MANY
@given(GLUED, ANY_DAY)
def test_nothing_of_many_pages_glued_together_is_lost(data: bytes, as_of: date | None) -> None:
    assert_law(data, as_of)


# --- the neighbours of damage ----------------------------------------------------------------

PLAIN_ENTRY = st.builds(
    "LG{:%b} {}, {}\n{}\n\nJane Roe, Ann Poe et al. · lab\n\n{}".format,
    *(st.dates(date(2001, 1, 1), date(2001, 12, 31)), st.integers(1, 28)),
    *(st.integers(1995, 2030), SENTENCE, SENTENCE),
)
PLAIN_ENTRIES = st.lists(PLAIN_ENTRY, min_size=2, max_size=6)


def page_of(entries: Sequence[bytes]) -> bytes:
    header = f"Jane Roe\n\nLG\nh-index7\n{len(entries)}papers\n\n{len(entries)} Papers".encode()
    return b"\n\n".join([header, *entries]) + b"\n"


def assert_neighbours_stay(texts: Sequence[str], place: int, changes: Changes) -> None:
    """All entries but the damaged one are read; what it was may follow the abstract above it."""
    entries = [text.encode() for text in texts]
    expected = rows_of(page_of(entries), None)["entries"]
    place %= len(entries)
    entries[place] = change(entries[place], changes)
    page = page_of(entries)
    if b"\0" in page:  # a page with zero bytes is none
        return
    rows = rows_of(page, None)
    assert_nothing_lost(page, printed(rows))
    found = rows["entries"]
    for number, entry in enumerate(expected):
        if number != place:
            same = {column: entry[column] for column in ("title", "published", "paper_id")}
            matching = [row for row in found if same.items() <= row.items()]
            assert any(row["abstract"].startswith(entry["abstract"]) for row in matching), same


@FEW
@given(PLAIN_ENTRIES, st.integers(0, 5), CHANGES)
def test_neighbours_of_a_damaged_entry_stay(
    entries: list[str], place: int, changes: Changes
) -> None:
    assert_neighbours_stay(entries, place, changes)


@pytest.mark.torture
@MANY
@given(PLAIN_ENTRIES, st.integers(0, 5), CHANGES)
def test_neighbours_of_many_damaged_entries_stay(
    entries: list[str], place: int, changes: Changes
) -> None:
    assert_neighbours_stay(entries, place, changes)
