"""The quick way through regular pages gives what the grammar gives, whatever the page."""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_listing import ANY_DAY, ANY_LINE, NAMES_OF_PAGES, PIECES

from pipeline.listing import parse, parse_stretch, shifted, starts_listing
from pipeline.parsing import pieces
from pipeline.parsing.pieces import Piece, parse_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.parsing.rows import Rows

LISTINGS = Path(__file__).parent / "listings"
SHIPPED_PAGE = Path(__file__).parents[1] / "data" / "raw" / "john-schulman.txt"
SETTINGS = settings(
    max_examples=150,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def read(found: Sequence[Piece], fewest_bytes: int, monkeypatch: pytest.MonkeyPatch) -> Rows:
    monkeypatch.setattr(pieces, "FEWEST_BYTES_FOR_COLUMNS", fewest_bytes)
    return parse_pieces(found)


def assert_same(pieces: Sequence[Piece]) -> int:
    """Both ways give the same; how many listings went the quick one."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick = read(pieces, 0, monkeypatch)
        slow = read(pieces, sys.maxsize, monkeypatch)
    assert not slow.regular_places
    assert quick.warnings == slow.warnings
    quick_tables, slow_tables = quick.tables(), slow.tables()
    assert quick_tables.keys() == slow_tables.keys()
    for name, table in slow_tables.items():
        assert quick_tables[name].schema == table.schema
        assert quick_tables[name].to_pylist() == table.to_pylist()
    return len(quick.regular_places)


# --- pages that are there --------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [None, date(2026, 7, 2), date(2020, 2, 29), date(1500, 1, 1)])
def test_awkward_pages_give_the_same_one_by_one_and_together(as_of: date | None) -> None:
    found = [
        Piece(f"{name}.txt", (LISTINGS / f"{name}.txt").read_bytes(), as_of)
        for name in NAMES_OF_PAGES
    ]
    for piece in found:
        assert_same([piece])
    assert_same(found)


def test_a_page_with_a_number_to_warn_of_does_not_go_the_quick_way() -> None:
    page = SHIPPED_PAGE.read_bytes().replace(b"h-index74", b"h-index" + b"9" * 40)
    assert assert_same([Piece("a.txt", page)]) == 0


def test_the_shipped_page_goes_the_quick_way() -> None:
    assert assert_same([Piece("john-schulman.txt", SHIPPED_PAGE.read_bytes())]) == 1


# --- pages made up ---------------------------------------------------------------------------

HEADER = "{owner}\n\nLG\nh-index12\n{count}papers\n1,024citations\nNovelty51.5%\nAI Score54\n\n"
OWNER = st.sampled_from(
    ["Jane Roe", "Ann B. Poe", "Li 王", "José Doe", "Madonna", "12 papers", "LG"]
)
HEAD = st.sampled_from(
    [
        *("CLNov 7, 2024Code", "LGFeb 5", "LGFeb 29", "LGFeb 29, 2020", "LGFeb 30, 2020"),
        *(
            "hep-phMay 1, 2020",
            "May 1, 2198",
            "May 1, 2199",
            "LGMay  1, 1599",
            "cs.LGSept. 3, 2019",
        ),
        *("LGMay 1, 2020★ 12", "LGMay 1, 2020 code", "LGMay 1, 20200", "Lab-May 1, 2001"),
    ]
)
PIECE_OF_BYLINE = st.sampled_from(
    [
        *(
            "Jane Roe",
            "Ann B. Poe",
            "J. Doe",
            "Al van der Roe",
            "O'Neil Doe",
            "Li",
            "王",
            "José Doe",
        ),
        *("Jr.", "Inc.", "PhD", "Jane Iii", "Et Al", "et al", "Kite Team", "AI Score", "12 papers"),
        *("Novelty Nan", "h-index 3", "None Papers", "Erd\\H{o}s", "Doe (lab)", "(Doe", "A, B", ""),
        *("we fly all day long", "we fly kites and rest.", "Jane Roe.", "Jane  Roe", "Doe ,", "·"),
        *(
            "Paul\u00a0Doe",
            "e\u0301 Doe",
            "·lab",
            "J.",
            "Doe;et al",
            "Jane Al",
            "47 Papers",
            "x et al.",
        ),
    ]
)
BYLINE = st.builds(
    "{}{}{}".format,
    st.lists(PIECE_OF_BYLINE, min_size=1, max_size=4).map(", ".join),
    st.sampled_from(["", "", " et al.", ", et al.", " Et Al", " et al", ". et al.", " et al.,"]),
    st.sampled_from(["", "", "", " · lab", " · lab, abbey, lab", " ·", "· lab", ". · lab"]),
)
TITLE = st.sampled_from(
    [
        *("On Kites", "RL$^2$: 50\\% of {it}", "“Quoted” – Dashed…", "Ünïcode", "12 papers", "LG"),
        *("47 Papers", "h-index 3", "…", "All about Papers", "Novelty", "Of\u2003kites", "数 2"),
    ]
)
ABSTRACT = st.sampled_from(
    [
        *(
            "We fly kites.",
            "We – “fly” kites…",
            "We fly.\n\nWe rest.",
            "12 Papers",
            "LG",
            "LGMay 5, 2020",
        ),
        *(
            "May 5, 2020\nA title",
            "Jane Roe",
            "数",
            "e\u0301",
            "tab\there",
            "a\u2028b",
            "a\x0cb",
            "",
        ),
        "We fly kites all day long. " * 30,
    ]
)
ENTRY = st.builds("{}\n{}\n\n{}\n\n{}\n\n".format, HEAD, TITLE, BYLINE, ABSTRACT)
PLAIN_ENTRY = st.sampled_from(
    [
        "CLNov 7, 2024Code\nOn Kites\n\nJane Roe, Ann Poe et al. · lab\n\nWe fly.\n\n",
        "LGMay 1, 2020\nOn Boats\n\nAnn B. Poe, J. Doe, Li Roe\n\nWe row boats all day.\n\n",
        "LGFeb 5\nOn Trees\n\nAl van der Roe, José Doe, Jr.\n\nWe – “climb” trees…\n\n",
    ]
)


def listing_text(owner: str, entries: list[str], more: int) -> str:
    count = len(entries) + more
    return HEADER.format(owner=owner, count=count) + f"{count} Papers\n\n" + "".join(entries)


LISTING = st.builds(
    listing_text,
    OWNER,
    st.one_of(
        st.lists(PLAIN_ENTRY, min_size=1, max_size=4),
        st.lists(st.one_of(PLAIN_ENTRY, PLAIN_ENTRY, ENTRY), max_size=4),
    ),
    st.sampled_from([0, 0, 0, 0, 1]),
)
TEXT = st.lists(st.one_of(LISTING, LISTING, LISTING, ANY_LINE), min_size=1, max_size=4).map("".join)


@SETTINGS
@given(TEXT, ANY_DAY)
def test_made_up_pages_give_the_same(text: str, as_of: date | None) -> None:
    assert_same([Piece("page.txt", text.encode("utf-8", "surrogatepass"), as_of)])


@SETTINGS
@given(st.lists(st.tuples(TEXT, ANY_DAY), max_size=4))
def test_made_up_pages_give_the_same_together(found: list[tuple[str, date | None]]) -> None:
    assert_same(
        [
            Piece(f"{number}.txt", text.encode("utf-8", "surrogatepass"), as_of)
            for number, (text, as_of) in enumerate(found)
        ]
    )


# --- pages changed somewhere -----------------------------------------------------------------

REGULAR = listing_text(
    "Jane Roe",
    [
        "CLNov 7, 2024Code\nOn Kites\n\nJane Roe, Ann Poe et al. · lab\n\nWe fly.\n\n",
        "LGFeb 5\nOn Trees\n\nAl van der Roe, José Doe, Jr.\n\nWe – “climb” trees…\n\n",
        "LGMay 1, 2020\nRL$^2$\n\nAnn B. Poe, J. Doe, Li Roe\n\nWe row boats all day.\n\n",
    ],
    0,
)
SCRAPS = [
    *(
        b"\n",
        b"\n\n",
        b" ",
        b"\t",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xc3",
        b"\xc2\xa0",
        b"\xe2\x80\x83",
    ),
    *(
        b",",
        b", Jr.",
        b".",
        b"et al.",
        b"\xc2\xb7",
        b"\\",
        b"{",
        b"(",
        b"e\xcc\x81",
        b"\xef\xbb\xbf",
    ),
    *(
        b"12 papers",
        b"47 Papers",
        b"LG",
        b"LGMay 5, 2020",
        b"Jane Roe\n\n1 Paper\n\n",
        b"\x1c",
        b"9",
    ),
]


def changed(seed: int) -> bytes:
    """The regular page twice, changed in up to three places."""
    draw = random.Random(seed)  # noqa: S311 -- nothing secret
    data = (REGULAR * 2).encode()
    for _ in range(draw.randint(1, 3)):
        start = draw.randrange(len(data))
        end = start + draw.choice([0, 0, 1, 1, 2, 20])
        data = data[:start] + draw.choice([b"", *SCRAPS]) + data[end:]
    return data


@pytest.mark.parametrize(
    "seeds", [range(150), pytest.param(range(150, 5_000), marks=pytest.mark.slow)]
)
def test_pages_with_changed_bytes_give_the_same(seeds: range) -> None:
    regular = [
        assert_same([Piece("page.txt", changed(seed), as_of)])
        for seed in seeds
        for as_of in (None, date(2025, 7, 2))
    ]
    assert assert_same([Piece("page.txt", (REGULAR * 2).encode())]) == 2
    assert len(set(regular)) == 3  # neither, one and both of the two listings are regular


def test_bytes_that_do_not_fit_beside_a_regular_listing_are_warned_of() -> None:
    assert assert_same([Piece("page.txt", b"Caf\xe9\n\n" + REGULAR.encode())]) == 1


def test_a_line_in_the_place_of_a_head_may_end_in_any_letter() -> None:
    page = REGULAR.replace("LGFeb 5", "LGFebé")
    assert page != REGULAR
    assert assert_same([Piece("page.txt", page.encode())]) == 0


# --- parts of a file -------------------------------------------------------------------------


@SETTINGS
@given(st.lists(st.one_of(LISTING, ANY_LINE, PIECES), min_size=1, max_size=6), ANY_DAY)
def test_a_file_holds_what_its_parts_hold(texts: list[str], as_of: date | None) -> None:
    text = "\n\n".join(texts)
    lines = text.split("\n")
    cuts = [
        number
        for number in range(1, len(lines))
        if not lines[number - 1].strip() and starts_listing("\n".join(lines[number : number + 10]))
    ]
    whole = parse(text, as_of)
    if not whole.listings:
        return
    found = [
        shifted(parse_stretch("\n".join(lines[first:last]), as_of), first)
        for first, last in zip([0, *cuts], [*cuts, len(lines)], strict=True)
    ]
    assert [listing for page in found for listing in page.listings] == whole.listings
    assert [reject for page in found for reject in page.rejects] == whole.rejects
