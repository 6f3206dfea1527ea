"""The stage that turns the raw folder's pages into Parquet tables."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from corpus import run_stages

from pipeline import parse
from pipeline.errors import InputError, PipelineError
from pipeline.manifest import refresh
from pipeline.parse import parse_raw
from pipeline.parsing import shards
from pipeline.tables import PARSED

ROOT = Path(__file__).parents[1]
ROE = (
    "Jane Roe\n\nLG\nh-index12\n2papers\n1,024citations\nNovelty51.5%\nAI Score54\n\n2 Papers\n\n"
    "CLNov 7, 2024Code\nRL$^2$ for Kites\n\nJane Roe, Al Doe, Jr., Kite Team et al. · lab, other\n"
    "\nWe fly kites.\n\nThey rise.\n\n"
    "cs.LGFeb 5\nOn Boats\n\nPaul Erd\\H{o}s\n"
)
POE = "Ann Poe\n\n1 Paper\n\nAIMay 1, 2020\nOn Kites\n\nAnn Poe\n\nWe fly.\n"

Folder = tuple[Path, Path]


# Regular listings, which may be read as columns and where a large file may be cut.
def regular(owner: str, papers: int) -> str:
    header = f"{owner}\n\nLG\nh-index12\n{papers}papers\n1,024citations\nNovelty51%\nAI Score54\n\n"
    entry = f"CLNov 7, 2024\nOn {{}} Kites\n\n{owner}, Al Doe et al.\n\n{'We fly kites. ' * 40}\n\n"
    entries = "".join(map(entry.format, range(papers)))
    return f"{header}{papers} Papers\n\n{entries}"


@pytest.fixture
def folders(tmp_path: Path) -> Folder:
    raw, processed = tmp_path / "raw", tmp_path / "out" / "processed"
    raw.mkdir()
    return raw, processed


def put(raw: Path, name: str, text: str) -> None:
    """Write one file below the raw folder."""
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def rows(processed: Path, table: str) -> list[tuple[Any, ...]]:
    """Rows of a Parquet table."""
    found = pq.read_table(processed / f"{table}.parquet")
    return [tuple(row.values()) for row in found.to_pylist()]


def column(processed: Path, table: str, name: str) -> list[Any]:
    """One column of a Parquet table."""
    cells: list[Any] = pq.read_table(processed / f"{table}.parquet")[name].to_pylist()
    return cells


def warnings(processed: Path) -> list[str]:
    """Lines that the stage warns with."""
    return (processed / "warnings.parse").read_text(encoding="utf-8").splitlines()


# --- rows ------------------------------------------------------------------------------------


def test_a_page_becomes_rows_of_each_table(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "roe.txt", ROE)
    parse_raw(raw, processed, "")
    day = date(2025, 2, 5)
    assert rows(processed, "listings") == [
        ("roe", "roe.txt", 1, 24, "Jane Roe", "LG", 12, 2, 1024, 51.5, 54.0, 2, day, "inferred")
    ]
    entries = pq.read_table(processed / "entries.parquet").drop_columns(["paper_id"]).to_pylist()
    assert [tuple(row.values()) for row in entries] == [
        (
            *("roe", 1, 12, "CL", date(2024, 11, 7), False, True, "RL$^2$ for Kites"),
            *("rl2forkites", True, 3, "We fly kites.\n\nThey rise."),
        ),
        ("roe", 2, 21, "cs.LG", day, True, False, "On Boats", "onboats", False, 1, ""),
    ]
    assert rows(processed, "bylines") == [
        ("roe", 1, 1, "Jane Roe"),
        ("roe", 1, 2, "Al Doe, Jr."),
        ("roe", 1, 3, "Kite Team"),
        ("roe", 2, 1, "Paul Erdős"),
    ]
    assert rows(processed, "entry_affiliations") == [("roe", 1, "lab"), ("roe", 1, "other")]
    assert rows(processed, "names") == [
        ("Al Doe, Jr.", "al doe jr", False),
        ("Jane Roe", "jane roe", False),
        ("Kite Team", "kite team", True),
        ("Paul Erdős", "paul erdos", False),
    ]
    assert rows(processed, "rejects") == []
    assert warnings(processed) == []


def test_tables_have_the_declared_columns_even_without_rows(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    parse_raw(raw, processed, "")
    for name, table in PARSED.items():
        found = pq.read_table(processed / f"{name}.parquet")
        assert found.column_names == [column.name for column in table.columns]
    assert rows(processed, "rejects") == []
    assert rows(processed, "entry_affiliations") == []


def test_only_the_tables_and_the_warnings_are_written(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    parse_raw(raw, processed, "")
    expected = {f"{name}.parquet" for name in PARSED} | {"warnings.parse", ".tables.sizes"}
    assert {path.name for path in processed.iterdir()} == expected


def test_rejected_lines_are_rows_with_file_lines_reason_and_text(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", "Menu\nSign in\n\n" + POE)
    put(raw, "sub/note.txt", "Dear Ann,\n\nbuy a kite.\n")
    parse_raw(raw, processed, "")
    assert rows(processed, "rejects") == [
        ("poe.txt", 1, 2, "outside of any entry", "Menu\nSign in"),
        (
            *("sub/note.txt", 1, 3),
            "no listing: no head line such as 'LGFeb 5, 2024' with title, blank line and names",
            "Dear Ann,\n\nbuy a kite.",
        ),
    ]
    assert warnings(processed) == [
        f"{raw}/poe.txt:1-2: left out: outside of any entry",
        (
            f"{raw}/sub/note.txt:1-3: left out: no listing: no head line such as 'LGFeb 5, 2024' "
            "with title, blank line and names"
        ),
    ]


def test_binary_data_is_one_reject_and_other_pages_go_on(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    (raw / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "listing") == ["poe"]
    ((source_file, first_line, _, reason, text),) = rows(processed, "rejects")
    assert (source_file, first_line) == ("image.txt", 1)
    assert reason == "binary data, not text"
    assert "\0" not in text


# --- names of listings and files -------------------------------------------------------------


def test_further_listings_of_a_file_are_numbered(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "all.txt", f"{POE}\n{ROE}\n{POE}")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "listing") == ["all", "all#2", "all#3"]
    assert set(column(processed, "listings", "source_file")) == {"all.txt"}
    assert column(processed, "listings", "first_line") == [1, 12, 37]
    assert column(processed, "entries", "listing") == ["all", "all#2", "all#2", "all#3"]
    assert column(processed, "entries", "entry") == [1, 1, 2, 1]


def test_names_of_listings_are_unique_whatever_the_files_are_called(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "all.txt", f"{POE}\n{POE}")
    put(raw, "all#2.txt", POE)
    parse_raw(raw, processed, "")
    names = column(processed, "listings", "listing")
    assert len(names) == 3
    assert len(set(names)) == 3


def test_pages_in_folders_have_slashes_in_their_names(folders: Folder) -> None:
    raw, processed = folders
    for name in ("b.txt", "a/b.txt", "a/c/d e.txt"):
        put(raw, name, POE)
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "source_file") == ["a/b.txt", "a/c/d e.txt", "b.txt"]
    assert column(processed, "listings", "listing") == ["a/b", "a/c/d e", "b"]


@pytest.mark.parametrize(
    "name",
    ["-rf", "a b", "it's", 'say "a"', "a;b", "$(a)", "`a`", "a\\b", "%s{0}", "*?[a]", "~", "#"],
)
def test_a_listing_is_called_like_its_file_whatever_that_is(folders: Folder, name: str) -> None:
    raw, processed = folders
    put(raw, f"{name}.txt", f"{POE}\nMore\n")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "listing") == [name]


def test_an_emptied_page_is_named(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    put(raw, "roe.txt", "")
    parse_raw(raw, processed, "")
    (warning,) = warnings(processed)
    assert warning.startswith(f"{raw}/roe.txt:1: left out: ")


def test_a_file_name_that_is_not_utf8_is_escaped(folders: Folder) -> None:
    raw, processed = folders
    put(raw, os.fsdecode(b"caf\xe9.txt"), f"{POE}\nMore\n")
    put(raw, "as_of.csv", "file,as_of\ncaf\\xe9.txt,2021-03-04\n")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "source_file") == ["caf\\xe9.txt"]
    assert column(processed, "listings", "listing") == ["caf\\xe9"]
    assert column(processed, "listings", "as_of") == [date(2021, 3, 4)]


def test_a_file_name_with_a_newline_breaks_no_warning_in_two(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "a\nb.txt", POE.replace("1 Paper", "2 Papers"))
    parse_raw(raw, processed, "")
    assert len(warnings(processed)) == 1


# --- days ------------------------------------------------------------------------------------


def test_the_given_day_settles_dates_without_a_year(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "roe.txt", ROE)
    parse_raw(raw, processed, "2026-07-02")
    assert column(processed, "entries", "published") == [date(2024, 11, 7), date(2026, 2, 5)]
    assert column(processed, "listings", "as_of") == [date(2026, 7, 2)]
    assert column(processed, "listings", "as_of_basis") == ["given"]
    assert warnings(processed) == []


def test_the_day_of_a_page_goes_before_the_day_of_all(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "a.txt", ROE)
    put(raw, "sub/b.txt", ROE)
    put(raw, "as_of.csv", "file,as_of\nsub/b.txt,2027-03-01\n")
    parse_raw(raw, processed, "2026-07-02")
    assert column(processed, "listings", "as_of") == [date(2026, 7, 2), date(2027, 3, 1)]


@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
@pytest.mark.parametrize("in_csv", ["NFC", "NFD"])
def test_a_page_finds_its_day_however_its_accents_are_composed(
    folders: Folder, on_disk: Any, in_csv: Any
) -> None:
    raw, processed = folders
    put(raw, unicodedata.normalize(on_disk, "José.txt"), ROE)
    name = unicodedata.normalize(in_csv, "José.txt")
    put(raw, "as_of.csv", f"file,as_of\n{name},2027-03-01\n")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "as_of") == [date(2027, 3, 1)]
    assert warnings(processed) == []


def test_a_page_finds_its_day_with_a_no_break_blank_in_its_name(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "Jane\u00a0Roe.txt", ROE)
    put(raw, "as_of.csv", "file,as_of\nJane\u00a0Roe.txt,2027-03-01\n")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "as_of") == [date(2027, 3, 1)]


def test_a_blank_day_is_none_given(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    parse_raw(raw, processed, "  ")
    assert column(processed, "listings", "as_of_basis") == ["none"]


# --- warnings --------------------------------------------------------------------------------


def test_a_count_that_differs_from_the_declared_one_is_a_warning(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE.replace("1 Paper", "1,234 Papers"))
    parse_raw(raw, processed, "")
    assert warnings(processed) == [f"{raw}/poe.txt:1: the page says 1,234 papers, found 1"]


def test_dates_without_any_year_are_a_warning(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE.replace(", 2020", ""))
    parse_raw(raw, processed, "")
    assert column(processed, "entries", "published") == [None]
    assert warnings(processed) == [
        (
            f"{raw}/poe.txt:1: 1 date without a year and no year to infer it from; give the day "
            "the page was taken: AS_OF=YYYY-MM-DD"
        )
    ]


def test_a_date_after_the_given_day_is_a_warning(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    parse_raw(raw, processed, "2019-12-31")
    assert warnings(processed) == [
        (
            f"{raw}/poe.txt:5: 2020-05-01 is after 2019-12-31, the day the page was taken (1 such "
            "date); is that day right?"
        )
    ]


def test_bytes_that_are_not_utf8_are_a_warning(folders: Folder) -> None:
    raw, processed = folders
    (raw / "poe.txt").write_bytes(POE.replace("Ann Poe", "Ané Poe").encode("cp1252"))
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "owner") == ["Ané Poe"]
    assert warnings(processed) == [
        f"{raw}/poe.txt: not UTF-8; bytes that do not fit were read as Windows-1252"
    ]


def test_files_that_are_no_pages_are_named_once(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    for name in ("a.html", "b.TXT", "sub/c.csv", "d", "e", "f", "g", ".hidden"):
        put(raw, name, "x")
    parse_raw(raw, processed, "")
    assert warnings(processed) == [
        f"{raw}: not read, since the name does not end in .txt: a.html, b.TXT, d, e, f and 2 more"
    ]


def test_links_out_of_the_folder_are_named_and_left_out(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    put(raw.parent, "secret.txt", ROE)
    (raw / "a\x1b[31m.txt").symlink_to(raw.parent / "secret.txt")
    (raw / "as_of.csv").symlink_to(raw.parent / "secret.txt")
    put(raw, "note.md", "x")
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "owner") == ["Ann Poe"]
    assert warnings(processed) == [
        (
            f"{raw}: not read, since these links lead out of the folder: a\\x1b[31m.txt, "
            "as_of.csv; copy the files there if they are yours"
        ),
        f"{raw}: not read, since the name does not end in .txt: note.md",
    ]


def test_pipes_are_named_and_left_out(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    for name in ("as_of.csv", "roe.txt"):
        os.mkfifo(raw / name)
    parse_raw(raw, processed, "")
    named = "as_of.csv, roe.txt"
    assert warnings(processed) == [f"{raw}: not read, since these are no regular files: {named}"]


def test_a_folder_in_the_place_of_the_list_of_days_is_named(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "as_of.csv/poe.txt", POE)
    parse_raw(raw, processed, "")
    named = "as_of.csv"
    assert warnings(processed) == [f"{raw}: not read, since these are no regular files: {named}"]


@pytest.mark.parametrize("link", ["as_of.csv", "nowhere.csv"])
def test_a_list_of_days_that_leads_nowhere_is_named(folders: Folder, link: str) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    (raw / "as_of.csv").symlink_to(link)
    parse_raw(raw, processed, "")
    assert warnings(processed) == [f"{raw}: not read, since these are no regular files: as_of.csv"]


def test_a_number_that_cannot_be_kept_is_a_warning_with_its_line(folders: Folder) -> None:
    raw, processed = folders
    absurd = "9" * 40
    statistics = f"\n\nh-index{absurd}\n1papers\n1.2.3citations\nNoveltynull\n"
    put(raw, "poe.txt", POE.replace("\n", statistics, 1))
    parse_raw(raw, processed, "")
    assert column(processed, "listings", "h_index") == [None]
    assert column(processed, "listings", "citations") == [None]
    assert warnings(processed) == [
        f"{raw}/poe.txt:3: 'h-index{absurd}' is no number that can be kept; left empty",
        f"{raw}/poe.txt:5: '1.2.3citations' is no number that can be kept; left empty",
    ]


def test_a_day_for_a_page_that_is_not_there_is_a_warning(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    put(raw, "as_of.csv", "file,as_of\npo.txt,2026-07-02\n")
    parse_raw(raw, processed, "")
    assert warnings(processed) == [f"{raw}/as_of.csv: there is no page 'po.txt'"]


# --- errors ----------------------------------------------------------------------------------


def error(call: Callable[[], None]) -> str:
    """The text of the error that the user sees."""
    with pytest.raises(InputError) as raised:
        call()
    return str(raised.value)


def test_a_folder_without_pages_is_an_error(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.html", POE)
    message = error(lambda: parse_raw(raw, processed, ""))
    assert message == f"{raw}: no file ends in .txt; put saved listings there"
    assert not processed.exists()


def test_a_missing_folder_is_an_error(folders: Folder) -> None:
    raw, processed = folders
    message = error(lambda: parse_raw(raw / "nowhere", processed, ""))
    assert message.startswith(f"{raw}/nowhere: no such file or directory; RAW must be")


def test_pages_without_any_listing_are_an_error_that_says_why(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "empty.txt", "")
    put(raw, "note.txt", "Dear Ann,\n")
    message = error(lambda: parse_raw(raw, processed, ""))
    assert message.splitlines() == [
        f"{raw}: no file holds a listing",
        f"  {raw}/empty.txt:1: left out: no text",
        (
            f"  {raw}/note.txt:1: left out: no listing: no head line such as 'LGFeb 5, 2024' with "
            "title, blank line and names"
        ),
    ]


def test_an_error_leaves_the_tables_of_the_last_run_as_they_were(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    parse_raw(raw, processed, "")
    before = contents(processed)
    put(raw, "poe.txt", "Dear Ann,\n")
    error(lambda: parse_raw(raw, processed, ""))
    assert contents(processed) == before


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026/07/02"])
def test_a_given_day_that_is_none_is_an_error(folders: Folder, day: str) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    message = error(lambda: parse_raw(raw, processed, day))
    assert message.startswith(f"AS_OF: {day!r} is not a date; expected the day")


def test_a_wrong_line_of_as_of_csv_is_an_error(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    put(raw, "as_of.csv", "file,as_of\npoe.txt,soon\n")
    message = error(lambda: parse_raw(raw, processed, ""))
    assert message.startswith(f"{raw}/as_of.csv:2: 'soon' is not a date")


def test_a_manifest_of_other_pages_is_an_error(folders: Folder) -> None:
    raw, processed = folders
    put(raw, "poe.txt", POE)
    put(processed, "raw.manifest", "AS_OF=\n")
    with pytest.raises(PipelineError, match="does not match"):
        parse_raw(raw, processed, "")


# --- pages that change under a run -----------------------------------------------------------

TEXT = POE.replace("fly", "ski")  # of the same size


def vanish(raw: Path) -> None:
    (raw / "poe.txt").unlink()


def grow(raw: Path) -> None:
    with (raw / "poe.txt").open("a", encoding="utf-8") as file:
        file.write("\nAIMay 2, 2020\nOn Boats\n\nAnn Poe\n")


def replace(raw: Path) -> None:
    (raw / "draft").write_text(TEXT, encoding="utf-8")
    (raw / "draft").replace(raw / "poe.txt")


def arrive(raw: Path) -> None:
    put(raw, "new.txt", TEXT)


Change = Callable[[Path], None]


def read_with(change: Change, before: str, folders: Folder, monkeypatch: pytest.MonkeyPatch) -> str:
    """The error of a run in which pages change before a function of the stage is called."""
    raw, processed = folders
    former = getattr(parse, before)

    def change_first(*arguments: Any) -> Any:
        change(raw)
        return former(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(parse, before, change_first)
        with pytest.raises(PipelineError) as raised:
            parse_raw(raw, processed, "")
    return str(raised.value)


@pytest.fixture
def noted(folders: Folder) -> Folder:
    """Two pages, one of them parsed long ago, as Make has just noted them."""
    raw, processed = folders
    put(raw, "poe.txt", POE)
    os.utime(raw / "poe.txt", (0, 0))
    parse_raw(raw, processed, "")
    put(raw, "roe.txt", ROE)
    refresh(raw, processed, processed, "")
    return folders


@pytest.mark.parametrize("before", ["shards", "write_names"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (vanish, "'poe.txt' is gone"),
        (grow, "'poe.txt' changed"),
        (replace, "'poe.txt' changed"),
        (arrive, "'new.txt' is new"),
    ],
)
def test_pages_that_change_while_they_are_read_stop_the_run_and_are_named(
    noted: Folder, monkeypatch: pytest.MonkeyPatch, change: Change, told: str, before: str
) -> None:
    raw, processed = noted
    tables = contents(processed)
    expected = f"{raw}: files changed while they were read: {told}; run make again"
    if (change, before) == (vanish, "shards"):
        expected = (
            f"{raw}/poe.txt: no such file or directory; it was there when the run began: put it "
            "back, or run make again without it"
        )
    assert read_with(change, before, noted, monkeypatch) == expected
    assert contents(processed) == tables  # nor is a draft left

    refresh(raw, processed, processed, "")
    parse_raw(raw, processed, "")
    pages = sorted(path.name for path in raw.iterdir())
    assert column(processed, "listings", "source_file") == pages


@pytest.mark.parametrize(
    ("change", "told"),
    [(vanish, "'poe.txt' is gone"), (grow, "'poe.txt' changed"), (arrive, "'new.txt' is new")],
)
def test_pages_that_changed_since_make_looked_stop_the_run_and_are_named(
    noted: Folder, change: Change, told: str
) -> None:
    raw, processed = noted
    tables = contents(processed)
    change(raw)
    with pytest.raises(PipelineError) as raised:
        parse_raw(raw, processed, "")
    assert str(raised.value) == (
        f"{processed}/raw.manifest: does not match {raw} and AS_OF: {told}; they just changed, or "
        "another run uses this folder for other pages: run make again, or give each run its own "
        "PROCESSED"
    )
    assert contents(processed) == tables


def test_another_day_and_many_changed_pages_are_told_on_one_line(noted: Folder) -> None:
    raw, processed = noted
    for number in range(9):
        put(raw, f"{number}.txt", POE)
    told = "'0.txt' is new, '1.txt' is new, '2.txt' is new and 7 more;"
    with pytest.raises(PipelineError, match=told):
        parse_raw(raw, processed, "2026-07-02")


# --- runs ------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    """Bytes of each file."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_second_run_writes_the_same_bytes(folders: Folder, tmp_path: Path) -> None:
    raw, processed = folders
    for name, text in {"b.txt": ROE, "a.txt": f"{POE}\n{ROE}", "c/d.txt": POE, "e.txt": ""}.items():
        put(raw, name, text)
    parse_raw(raw, processed, "")
    first = contents(processed)
    parse_raw(raw, processed, "")
    assert contents(processed) == first
    parse_raw(raw, tmp_path / "elsewhere", "")
    assert contents(tmp_path / "elsewhere") == first


def put_many(raw: Path) -> None:
    """Small files, and one with many listings and lines that belong to none."""
    for number in range(4):
        put(raw, f"a/{number}.txt", regular(f"Jane Roe{number}", 3))
    listings = [regular(f"Ann Poe{number}", 1 + number % 3) for number in range(9)]
    listings[4] = "12 papers\n\n" + listings[4].replace("9citations", "citations").replace(
        "LG", "L G"
    )
    put(raw, "b.txt", "".join(listings))
    (raw / "c.txt").write_bytes(POE.replace("Ann Poe", "Ané Poe").encode("cp1252"))


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_corpus_of_several_parts_gives_the_rows_of_one(
    folders: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    raw, processed = folders
    put_many(raw)
    parse_raw(raw, processed, "")
    monkeypatch.setattr(shards, "SHARD_BYTES", 3_000)
    parse_raw(raw, tmp_path / "parts", "", processes)
    assert len(list((tmp_path / "parts" / "entries.parquet").iterdir())) > 5
    for name in PARSED:
        assert rows(tmp_path / "parts", name) == rows(processed, name), name
    assert warnings(tmp_path / "parts") == warnings(processed)
    assert column(processed, "listings", "listing")[-3:] == ["b#8", "b#9", "c"]


def test_the_bytes_do_not_depend_on_the_number_of_processes(
    folders: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, _ = folders
    put_many(raw)
    monkeypatch.setattr(shards, "SHARD_BYTES", 3_000)
    for processes in (1, 2):
        parse_raw(raw, tmp_path / str(processes), "", processes)
    one, two = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*.parquet")
            if path.is_file()
        }
        for folder in (tmp_path / "1", tmp_path / "2")
    )
    assert one == two


def test_a_table_of_one_file_takes_the_place_of_a_folder_and_back(
    folders: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, processed = folders
    put_many(raw)
    parse_raw(raw, processed, "")
    first = contents(processed)
    with monkeypatch.context() as changed:
        changed.setattr(shards, "SHARD_BYTES", 3_000)
        parse_raw(raw, processed, "", 1)
        assert (processed / "entries.parquet").is_dir()
        parse_raw(raw, processed, "", 1)
    parse_raw(raw, processed, "")
    assert contents(processed) == first


def test_the_stage_says_on_one_line_what_it_did(
    folders: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, processed = folders
    put(raw, "roe.txt", ROE)
    parse_raw(raw, processed, "")
    printed, errors = capsys.readouterr()
    assert printed.startswith(f"parse   1 file → 1 listing, 2 entries, 0 rejects in {processed}  (")
    assert printed.count("\n") == 1
    assert errors == ""


def test_as_a_program_an_error_is_one_line_and_status_1(folders: Folder) -> None:
    raw, processed = folders
    run = run_stages("parse:all", raw=raw, processed=processed)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == f"error: {raw}: no file ends in .txt; put saved listings there\n"


def test_the_shipped_page_becomes_47_entries_of_46_papers(folders: Folder) -> None:
    _, processed = folders
    parse_raw(ROOT / "data" / "raw", processed, "")
    assert column(processed, "listings", "listing") == ["john-schulman"]
    assert len(rows(processed, "entries")) == 47
    ids = column(processed, "entries", "paper_id")
    assert len(set(ids)) == 46
    assert all(0 < paper_id < 2**63 for paper_id in ids)
    truncated = zip(ids, column(processed, "entries", "byline_truncated"), strict=True)
    assert len({paper_id for paper_id, cut in truncated if cut}) == 39
    assert sum(column(processed, "entries", "has_code")) == 4
    names = rows(processed, "names")
    assert len(names) == 93
    assert [name for name, _, collective in names if collective] == ["The Theano Development Team"]
    assert rows(processed, "rejects") == []
    assert warnings(processed) == []


def test_processes_that_parse_import_no_more_than_they_need() -> None:
    heavy = "duckdb", "matplotlib", "polars"  # also, Spark's workers need not have them
    code = "import sys, pipeline.workers, pipeline.parsing.shard_tables; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {*heavy} & {*done.stdout.split()}
