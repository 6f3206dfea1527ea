"""The grammar of listings: awkward pages with expected results, and properties of any text."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.listing import (
    Entry,
    Header,
    Page,
    parse,
    parse_stretch,
    shifted,
    starts_listing,
)
from pipeline.parsing.pieces import Piece, read_piece
from pipeline.sources import decode
from pipeline.titles import paper_id, title_key

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTINGS = Path(__file__).parent / "listings"
SHIPPED_PAGE = Path(__file__).parents[1] / "data" / "raw" / "john-schulman.txt"
NAMES_OF_PAGES = sorted(path.stem for path in LISTINGS.glob("*.txt"))
SETTINGS = settings(
    max_examples=150,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


# --- every line has its place ----------------------------------------------------------------


def spans(page: Page) -> Iterator[tuple[int, int]]:
    """First and last lines of all that a page was found to hold."""
    for listing in page.listings:
        header = listing.header
        for line in range(header.first_line, header.last_line + 1):
            if line not in header.unknown_lines:
                yield line, line
        for entry in listing.entries:
            yield entry.line, entry.last_line
    for reject in page.rejects:
        yield reject.first_line, reject.last_line


def assert_each_line_has_one_place(text: str, page: Page) -> None:
    lines = text.split("\n")
    places = Counter(number for first, last in spans(page) for number in range(first, last + 1))
    twice = [number for number, count in places.items() if count > 1]
    assert not twice, f"lines in two places: {twice}"
    lost = [
        number
        for number, line in enumerate(lines, start=1)
        if line.strip() and number not in places
    ]
    assert not lost, f"lines in no place: {lost}"
    beyond = [number for number in places if not 1 <= number <= len(lines)]
    assert not beyond, f"lines that do not exist: {beyond}"
    for reject in page.rejects:
        if any(line.strip() for line in lines):
            assert reject.text == "\n".join(lines[reject.first_line - 1 : reject.last_line])


# --- awkward pages ---------------------------------------------------------------------------


def plain(value: object) -> object:
    """A value as JSON would state it."""
    return value.isoformat() if isinstance(value, date) else value


def found_fields(record: object, stated: dict[str, Any]) -> dict[str, object]:
    """Those fields of a record that an expectation states, except its children."""
    return {field: plain(getattr(record, field)) for field in stated}


def found_listing_fields(listing: Any, stated: dict[str, Any]) -> dict[str, object]:
    """The stated fields of a listing or of its header."""
    found: dict[str, object] = {}
    for field in stated:
        if field == "header_last_line":
            found[field] = listing.header.last_line
        elif field in {"last_line", "as_of", "as_of_basis"}:
            found[field] = plain(getattr(listing, field))
        else:
            found[field] = plain(getattr(listing.header, field))
    return found


def read(name: str, as_of: str | None) -> tuple[str, Page]:
    """Text of an awkward page and what it holds."""
    data = (LISTINGS / f"{name}.txt").read_bytes()
    return decode(data), read_piece(Piece("", data, date.fromisoformat(as_of) if as_of else None))


def expectation(name: str) -> dict[str, Any]:
    """What an awkward page should hold."""
    expected: dict[str, Any] = json.loads((LISTINGS / f"{name}.json").read_text(encoding="utf-8"))
    return expected


@pytest.mark.parametrize("name", NAMES_OF_PAGES)
def test_awkward_page_is_read_as_expected(name: str) -> None:
    expected = expectation(name)
    _, page = read(name, expected.get("as_of"))
    owners = [listing.header.owner for listing in page.listings]
    assert owners == [listing["owner"] for listing in expected["listings"]]
    for listing, stated in zip(page.listings, expected["listings"], strict=True):
        entries = stated.pop("entries")
        assert found_listing_fields(listing, stated) == stated
        assert [entry.line for entry in listing.entries] == [entry["line"] for entry in entries]
        for entry, fields in zip(listing.entries, entries, strict=True):
            assert found_fields(entry, fields) == fields
    assert len(page.rejects) == len(expected["rejects"])
    for reject, stated in zip(page.rejects, expected["rejects"], strict=True):
        reason = stated.pop("reason")
        assert reject.reason[: len(reason)] == reason
        assert found_fields(reject, stated) == stated


@pytest.mark.parametrize("name", NAMES_OF_PAGES)
def test_awkward_page_has_each_line_in_one_place(name: str) -> None:
    text, page = read(name, expectation(name).get("as_of"))
    if "\0" not in text:
        assert_each_line_has_one_place(text, page)


def test_each_awkward_page_has_its_expectation() -> None:
    assert sorted(path.stem for path in LISTINGS.glob("*.json")) == NAMES_OF_PAGES
    assert len(NAMES_OF_PAGES) > 100


# --- the shipped page ------------------------------------------------------------------------


def shipped() -> Page:
    return parse(decode(SHIPPED_PAGE.read_bytes()))


def test_shipped_page_is_one_listing_without_rejects() -> None:
    page = shipped()
    assert page.rejects == []
    assert [listing.header for listing in page.listings] == [
        Header(1, 10, "John Schulman", "LG", 74, 47, 141660, 51.0, 54.0)
    ]
    assert page.listings[0].last_line == 339
    assert_each_line_has_one_place(decode(SHIPPED_PAGE.read_bytes()), page)


def test_shipped_page_has_47_entries_each_with_abstract_and_names() -> None:
    entries = shipped().listings[0].entries
    assert [entry.line for entry in entries] == list(range(12, 335, 7))
    assert all(entry.last_line == entry.line + 5 for entry in entries)
    assert all(entry.abstract and "\n" not in entry.abstract for entry in entries)
    assert all(1 <= len(entry.names) <= 3 for entry in entries)
    assert all(len(entry.names) == 3 for entry in entries if entry.truncated)
    assert len({name for entry in entries for name in entry.names}) == 93


def test_shipped_page_has_46_papers_of_which_one_stands_twice() -> None:
    entries = shipped().listings[0].entries
    ids = Counter(paper_id(title_key(entry.title), entry.names[0]) for entry in entries)
    assert len(ids) == 46
    assert [count for count in ids.values() if count > 1] == [2]
    twice = [
        (entry.line, entry.published)
        for entry in entries
        if entry.title.startswith("High-Dimensional Continuous Control")
    ]
    assert twice == [(26, date(2018, 10, 20)), (327, date(2015, 6, 8))]


def test_shipped_page_has_40_cut_bylines_and_4_code_badges() -> None:
    entries = shipped().listings[0].entries
    assert sum(entry.truncated for entry in entries) == 40
    assert len({entry.title for entry in entries if entry.truncated}) == 39
    assert [entry.line for entry in entries if entry.has_code] == [61, 75, 82, 89]
    assert {entry.line: entry.affiliations for entry in entries if entry.affiliations} == {
        12: ["openai"],
        19: ["berkeley", "deepmind"],
        68: ["deepmind"],
    }
    assert sum("John Schulman" in entry.names for entry in entries) == 15
    assert {entry.title for entry in entries if "The Theano Development Team" in entry.names} == {
        "Theano: A Python framework for fast computation of mathematical expressions"
    }


def test_shipped_page_has_one_inferred_year() -> None:
    listing = shipped().listings[0]
    inferred = [(entry.line, entry.published) for entry in listing.entries if entry.year_inferred]
    assert inferred == [(110, date(2026, 2, 5))]
    assert (listing.as_of, listing.as_of_basis) == (date(2026, 2, 5), "inferred")


def test_shipped_page_has_the_papers_of_each_year_and_category() -> None:
    first: dict[str, Entry] = {}
    for entry in sorted(shipped().listings[0].entries, key=lambda entry: str(entry.published)):
        first.setdefault(entry.title, entry)
    years = Counter(entry.published.year for entry in first.values() if entry.published)
    assert [years[year] for year in range(2015, 2027)] == [3, 9, 6, 4, 3, 2, 6, 3, 3, 3, 3, 1]
    categories = Counter(entry.category for entry in first.values())
    assert categories == {"LG": 32, "CL": 8, "AI": 4, "CR": 1, "SC": 1}


def test_shipped_page_keeps_tex_and_signs_of_titles() -> None:
    titles = {entry.line: entry.title for entry in shipped().listings[0].entries}
    assert titles[264].startswith("#Exploration: A Study of Count-Based Exploration")
    assert titles[271] == "RL$^2$: Fast Reinforcement Learning via Slow Reinforcement Learning"


# --- lines of a header -----------------------------------------------------------------------

ENTRY = "LGMay 1, 2020\nOn Kites\n\nJane Roe\n\n"


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("7", 7),
        ("141,660", 141_660),
        ("1 234 567", 1_234_567),
        ("1.234", 1_234),
        ("1.234.567", 1_234_567),
        ("12.4", 12),
        ("2k", 2_000),
        ("12.5K", 12_500),
        ("1,5m", 1_500_000),
        ("23M", 23_000_000),
        ("4611686018427387392", 4_611_686_018_427_387_392),
        ("4611686018427387904", None),
        ("none", None),
        ("k", None),
    ],
)
def test_a_printed_count_is_read(printed: str, count: int | None) -> None:
    page = parse(f"Jane Roe\n\n7papers\n{printed}citations\n\n1 Paper\n\n{ENTRY}We fly kites.\n")
    assert page.listings[0].header.citations == count


@pytest.mark.parametrize(("printed", "score"), [("51", 51.0), ("51.5", 51.5), ("51,5", 51.5)])
def test_a_printed_score_is_read(printed: str, score: float) -> None:
    page = parse(f"Jane Roe\n\n7papers\nAI Score{printed}\n\n1 Paper\n\n{ENTRY}We fly kites.\n")
    assert page.listings[0].header.ai_score == score


def test_numbers_that_cannot_be_kept_are_noted_with_their_lines() -> None:
    digits = "9" * 40
    page = parse(
        f"Jane Roe\n\n7papers\nh-index{digits}\n\n{digits} Papers\n\n{ENTRY}We fly kites.\n"
    )
    assert page.listings[0].header.unread == [(4, f"h-index{digits}"), (6, f"{digits} Papers")]


@pytest.mark.parametrize("line", ["Li", "Madonna", "madonna", "ROBS", "Al-Haddad", "Roe, J."])
def test_a_word_may_be_an_owner(line: str) -> None:
    page = parse(f"{line}\n\n1 Paper\n\n{ENTRY}We fly kites.\n")
    assert [listing.header.owner for listing in page.listings] == [line]


@pytest.mark.parametrize("line", ["LG", "ROB", "hep-ph", "cs.LG", "12 papers", "h-index7"])
def test_a_category_or_a_statistic_is_no_owner(line: str) -> None:
    assert parse(f"{line}\n\n1 Paper\n\n{ENTRY}We fly kites.\n").listings == []


# --- parts of a file -------------------------------------------------------------------------

WHOLE_HEADER = "Jane Roe\n\nLG\nh-index7\n2papers\n9citations\nNovelty5%\nAI Score6\n\n2 Papers\n"


def test_a_whole_header_starts_a_listing() -> None:
    assert starts_listing(WHOLE_HEADER) == Header(1, 10, "Jane Roe", "LG", 7, 2, 9, 5.0, 6.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        WHOLE_HEADER.replace("Jane Roe", "Roe"),
        WHOLE_HEADER.replace("AI Score6\n", ""),
        WHOLE_HEADER.replace("Jane Roe\n", "Jane Roe\nLG\n"),
        WHOLE_HEADER.replace("2 Papers", "Kites"),
        WHOLE_HEADER.replace("Jane Roe", "12 papers"),
        f"{WHOLE_HEADER}\n{ENTRY}",
    ],
)
def test_less_or_more_than_a_whole_header_starts_none(text: str) -> None:
    assert starts_listing(text) is None


STRETCH = (
    "Kites\nBoats\n\n"
    "Jane Roe\n\nLG\nFollowers9\nh-index7\n99999999999999999999papers\n\n2 Papers\n\n"
    "LGFeb 5\nOn Kites\n\nJane Roe\n\nWe flew on\nLGMay 2, 2020\nand fell.\n\n"
    "LGFeb 30, 2020\nOn Trees\n\nJane Roe\n"
)


@pytest.mark.parametrize("above", [0, 100])
def test_a_part_of_a_file_counts_the_lines_above_it(above: int) -> None:
    page = shifted(parse_stretch(STRETCH, date(2026, 7, 2)), above)
    (listing,) = page.listings
    header, (entry,) = listing.header, listing.entries
    assert (header.first_line, header.last_line) == (above + 4, above + 11)
    assert header.unknown_lines == [above + 7]
    assert header.unread == [(above + 9, "99999999999999999999papers")]
    assert (entry.line, entry.last_line, listing.last_line) == (above + 13, above + 20, above + 20)
    assert entry.published == date(2026, 2, 5)
    assert entry.head_like_lines == [above + 19]
    assert [(reject.first_line, reject.last_line, reject.text) for reject in page.rejects] == [
        (above + 1, above + 2, "Kites\nBoats"),
        (above + 7, above + 7, "Followers9"),
        (above + 22, above + 25, "LGFeb 30, 2020\nOn Trees\n\nJane Roe"),
    ]


def test_a_part_without_a_listing_is_left_out_in_pieces() -> None:
    page = parse_stretch("Kites\n\nLGMay 1, 2020\nOn Kites\n")
    assert page.listings == []
    assert [(reject.first_line, reject.last_line) for reject in page.rejects] == [(1, 1), (3, 4)]


# --- long and repetitive pages ---------------------------------------------------------------


def test_byline_of_3000_names_is_read_whole() -> None:
    names = [f"Jane {chr(65 + n % 26)}. Roe{n}" for n in range(3000)]
    text = f"Jane Roe\n\n1 Paper\n\nhep-exMay 1, 2020\nOn Kites\n\n{', '.join(names)}\n\nWe fly.\n"
    page = parse(text)
    assert page.rejects == []
    assert page.listings[0].entries[0].names == names


def test_byline_of_3000_names_can_be_cut_and_tagged() -> None:
    names = [f"J. Roe{n}" for n in range(3000)]
    byline = f"{', '.join(names)} et al. · kite lab"
    page = parse(f"Jane Roe\n\n1 Paper\n\nhep-exMay 1, 2020\nOn Kites\n\n{byline}\n")
    entry = page.listings[0].entries[0]
    assert (entry.names, entry.truncated, entry.affiliations) == (names, True, ["kite lab"])


SLOW_SHAPES = {
    "blanks behind a label": "h-index" + " " * 300 + "x",
    "blanks behind a number": "1" + " " * 20_000 + "x",
    "digits": "1" * 50_000 + "x",
    "numbers": "1 2,3.4 " * 5_000 + "x",
    "letters": "a" * 50_000,
    "words with hyphens": "a-b." * 12_500,
    "blanks before a dot": "Jane" + " " * 20_000 + "Roe",
    "commas": "Jane" + "," * 20_000 + "Roe",
    "brackets": "(" * 50_000,
    "backslashes": "\\" * 50_000,
    "accents": "\\'{" * 15_000,
    "marks": "e" + "\u0301\u0323" * 500_000,
    "suffixes": "Jane" + ", Jr." * 50_000,
}


@pytest.mark.usefixtures("must_end")
@pytest.mark.parametrize("shape", SLOW_SHAPES)
@pytest.mark.parametrize("place", ["byline", "abstract", "title", "header"])
def test_a_long_line_is_read_to_its_end(shape: str, place: str) -> None:
    line = SLOW_SHAPES[shape]
    text = {
        "byline": f"Jane Roe\n\n1 Paper\n\nLGMay 1, 2020\nOn Kites\n\n{line}\n\nWe fly.\n",
        "abstract": f"Jane Roe\n\n1 Paper\n\n{ENTRY}On\n\n{line}\n\n{line}\n",
        "title": f"Jane Roe\n\n1 Paper\n\nLGMay 1, 2020\n{line}\n\nJane Roe\n\nWe fly.\n",
        "header": f"Jane Roe\n\n{line}\n\n1 Paper\n\n{ENTRY}We fly.\n",
    }[place]
    page = parse(text)
    assert_each_line_has_one_place(text, page)


@pytest.mark.usefixtures("must_end")
def test_page_of_many_entries_is_read_to_its_end() -> None:
    page = parse("Jane Roe\n\n9,000 Papers\n\n" + f"{ENTRY}We fly kites.\n\n" * 9_000)
    assert len(page.listings[0].entries) == 9_000


@pytest.mark.usefixtures("must_end")
@pytest.mark.parametrize("block", ["LG", "Kites", "h-index7", "1 Paper", "LGMay 1, 2020"])
def test_page_of_many_blocks_alike_is_read_to_its_end(block: str) -> None:
    text = f"{block}\n\n" * 30_000 + f"Jane Roe\n\n1 Paper\n\n{ENTRY}We fly kites.\n"
    page = parse(text)
    assert len(page.listings[0].entries) == 1
    assert_each_line_has_one_place(text, page)


# --- properties of any text ------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        "\t",
        "Jane Roe",
        "Ann Poe, Al Doe et al. · lab, other",
        "Al Doe",
        "Laerte Sodré, Jr.",
        "et al.",
        "· lab",
        "·",
        "LG",
        "cond-mat.mtrl-sci",
        "h-index74",
        "h-indexnull",
        "47papers",
        "141,660citations",
        "Novelty51%",
        "AI Score54",
        "AI Scorenan",
        "47 Papers",
        "1 Paper",
        "0 Papers",
        "null Papers",
        "CLNov 7, 2024Code",
        "LGFeb 5",
        "LGFeb 29",
        "LGFeb 30, 2020",
        "May 1, 9999",
        "hep-phMay 1, 2020",
        "A title",
        "We fly kites and we row boats.",
        "12 papers",
        "\u2028",
        "\x0c",
        "\x85",
    ]
)
ANY_LINE = st.one_of(PIECES, PIECES, PIECES, st.text(max_size=12))
WHOLE_PARTS = st.sampled_from(
    [
        "Jane Roe\n\nLG\nh-index12\n1papers\n\n1 Paper\n",
        "Al Doe\n\n1 Paper\n",
        "CLNov 7, 2024Code\nA title\n\nJane Roe, Ann Poe et al. · lab\n\nWe fly kites.\n",
        "LGFeb 5\nA title\n\nJane Roe\n",
        "LGFeb 29\nA title\n\nJane Roe\n\nWe fly.\n",
        "LGFeb 30, 2020\nA title\n\nJane Roe\n",
        "LGFeb 5\nA title\n",
    ]
)
ANY_TEXT = st.one_of(
    st.lists(ANY_LINE, max_size=30).map("\n".join),
    st.lists(st.one_of(WHOLE_PARTS, ANY_LINE), max_size=14).map("\n".join),
)
ANY_DAY = st.none() | st.dates()


@SETTINGS
@given(ANY_TEXT, ANY_DAY)
def test_any_text_has_each_line_in_one_place(text: str, as_of: date | None) -> None:
    assert_each_line_has_one_place(text, parse(text, as_of))


@SETTINGS
@given(ANY_TEXT, ANY_DAY)
def test_a_listing_of_any_text_has_owner_and_entries_in_order(
    text: str, as_of: date | None
) -> None:
    for listing in parse(text, as_of).listings:
        assert listing.header.owner.strip()
        assert listing.entries
        starts = [listing.header.first_line, *(entry.line for entry in listing.entries)]
        assert starts == sorted(set(starts))
        assert listing.last_line == listing.entries[-1].last_line
        assert (listing.as_of_basis == "none") == (listing.as_of is None)
        for entry in listing.entries:
            assert entry.title
            assert entry.published or not entry.year_inferred


@SETTINGS
@given(st.binary(max_size=200), ANY_DAY)
def test_any_bytes_are_read_without_error(data: bytes, as_of: date | None) -> None:
    page = read_piece(Piece("", data, as_of))
    assert page.listings or page.rejects


@SETTINGS
@given(ANY_TEXT, ANY_DAY)
def test_a_last_newline_changes_nothing(text: str, as_of: date | None) -> None:
    without, with_newline = parse(text, as_of), parse(text + "\n", as_of)
    assert without.listings == with_newline.listings
    assert [reject.text.strip("\n") for reject in without.rejects] == [
        reject.text.strip("\n") for reject in with_newline.rejects
    ]


# --- printed and read back -------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedEntry:
    """An entry as a page index would know it."""

    category: str
    published: date
    badges: str
    title: str
    names: list[str]
    truncated: bool
    tags: list[str]
    paragraphs: list[str]


@dataclass(frozen=True)
class PrintedListing:
    """A listing as a page index would know it; None is not printed."""

    owner: str
    category: str | None
    h_index: int | None
    citations: int | None
    novelty_percent: int | None
    ai_score: int | None
    entries: list[PrintedEntry]

    def text(self, current_year: int | None) -> str:
        """Print it; dates of the current year bear no year."""
        values = {
            "{}": self.category,
            "h-index{}": self.h_index,
            "{}papers": len(self.entries) if self.citations else None,
            "{:,}citations": self.citations,
            "Novelty{}%": self.novelty_percent,
            "AI Score{}": self.ai_score,
        }
        statistics = [form.format(value) for form, value in values.items() if value is not None]
        noun = "Paper" if len(self.entries) == 1 else "Papers"
        blocks = [self.owner, "\n".join(statistics), f"{len(self.entries):,} {noun}"]
        for entry in self.entries:
            blocks += [
                f"{head_line(entry, current_year)}\n{entry.title}",
                byline(entry),
                *entry.paragraphs,
            ]
        return "\n\n".join(block for block in blocks if block) + "\n"


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def head_line(entry: PrintedEntry, current_year: int | None) -> str:
    day = f"{MONTHS[entry.published.month - 1]} {entry.published.day}"
    year = "" if entry.published.year == current_year else f", {entry.published.year}"
    return f"{entry.category}{day}{year}{entry.badges}"


def byline(entry: PrintedEntry) -> str:
    end = " et al." if entry.truncated else ""
    tags = f" · {', '.join(entry.tags)}" if entry.tags else ""
    return f"{', '.join(entry.names)}{end}{tags}"


CATEGORIES = st.sampled_from("LG CL SE MA SD cs.LG stat.ML math.OC hep-ph gr-qc q-bio.NC".split())
LOWER = st.text("abdegiklmnoprstuéüøłñ", min_size=3, max_size=7)
SURNAME = LOWER.map(lambda letters: "K" + letters)
NAME = st.builds(
    "{} {}{}{}".format,
    st.sampled_from(["Jane", "J.", "Ann B.", "Åsa", "Li", "王", "Jean-Luc", "D'Al"]),
    st.sampled_from(["", "van der ", "de la ", "Mc", "al-"]),
    SURNAME,
    st.sampled_from(["", "", "", ", Jr.", " III"]),
)
SENTENCE = st.lists(LOWER, min_size=1, max_size=12).map(
    lambda words: f"We {' '.join(words)} at last."
)
TITLE = (
    st.text(
        st.characters(categories=("L", "N", "P", "S"), include_characters=" "),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(bool)
)
PARAGRAPH = st.one_of(
    SENTENCE,
    st.lists(SENTENCE, min_size=2, max_size=3).map("\n".join),
    SENTENCE.map(lambda sentence: f"{sentence}\nLGMay 5, 2020\n{sentence}"),
    SENTENCE.map(lambda sentence: f"May 5, 2020\n{sentence}\n{sentence}"),
    SENTENCE.map(lambda sentence: f"LGMay 5, 2020\nA title\n\n{sentence}"),
)
ENTRIES = st.builds(
    PrintedEntry,
    category=CATEGORIES,
    published=st.dates(date(1995, 1, 1), date(2030, 12, 31)),
    badges=st.sampled_from(["", "", "Code", "Dataset", "CodeDataset", "★ 12"]),
    title=TITLE,
    names=st.lists(NAME, min_size=1, max_size=4),
    truncated=st.booleans(),
    tags=st.lists(LOWER, max_size=2, unique=True),
    paragraphs=st.lists(PARAGRAPH, max_size=3),
)
COUNT = st.none() | st.integers(0, 10**7)
PRINTED = st.builds(
    PrintedListing,
    owner=NAME,
    category=st.none() | CATEGORIES,
    h_index=COUNT,
    citations=COUNT,
    novelty_percent=COUNT,
    ai_score=COUNT,
    entries=st.lists(ENTRIES, min_size=1, max_size=4),
)


def assert_reads_back(printed: PrintedListing, page: Page, index: int, year: int | None) -> None:
    listing = page.listings[index]
    header = listing.header
    assert (header.owner, header.category) == (printed.owner, printed.category)
    assert (header.h_index, header.citations) == (printed.h_index, printed.citations)
    assert (header.novelty_percent, header.ai_score) == (printed.novelty_percent, printed.ai_score)
    assert header.declared_papers == len(printed.entries)
    assert len(listing.entries) == len(printed.entries)
    for found, entry in zip(listing.entries, printed.entries, strict=True):
        assert (
            PrintedEntry(
                category=found.category or "",
                published=found.published or date.min,
                badges=entry.badges,
                title=found.title,
                names=found.names,
                truncated=found.truncated,
                tags=found.affiliations,
                paragraphs=entry.paragraphs,
            )
            == entry
        )
        assert found.abstract == "\n\n".join(entry.paragraphs)
        assert found.has_code == entry.badges.startswith("Code")
        assert found.year_inferred == (entry.published.year == year)


@SETTINGS
@given(PRINTED)
def test_printed_listing_is_read_back(printed: PrintedListing) -> None:
    page = parse(printed.text(None))
    assert page.rejects == []
    assert len(page.listings) == 1
    assert_reads_back(printed, page, 0, None)


@SETTINGS
@given(PRINTED, st.integers(2000, 2030))
def test_printed_listing_without_the_current_year_is_read_back(
    printed: PrintedListing, year: int
) -> None:
    page = parse(printed.text(year), date(year, 12, 31))
    assert page.rejects == []
    assert_reads_back(printed, page, 0, year)


@SETTINGS
@given(PRINTED, PRINTED)
def test_two_printed_listings_in_one_file_are_both_read_back(
    one: PrintedListing, other: PrintedListing
) -> None:
    first = one.text(None)
    text = f"{first}\n{other.text(None)}"
    page = parse(text)
    assert page.rejects == []
    assert len(page.listings) == 2
    assert_reads_back(one, page, 0, None)
    assert_reads_back(other, page, 1, None)
    assert page.listings[1].header.first_line == first.count("\n") + 2
