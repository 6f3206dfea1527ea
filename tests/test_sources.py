"""The raw folder: pages and other files, the days they were taken, bytes to text."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.sources import (
    decode,
    encoding_of,
    find_files,
    is_binary,
    is_valid,
    listed_name,
    parse_as_of,
    printable,
    read_as_of,
    read_bytes,
)

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, *paths: str) -> None:
    """Empty files below a folder."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


# --- which files -----------------------------------------------------------------------------


def test_pages_are_found_at_any_depth_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/b/c.txt", "a.txt", "a/z.txt", "B.txt", "with blank.txt", "é.txt")
    assert find_files(tmp_path) == (
        ["B.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "with blank.txt", "é.txt"],
        [],
    )


def test_other_files_are_listed_apart(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.TXT", "c.html", "d", "e.txt.bak", "sub/f.csv", "txt")
    assert find_files(tmp_path) == (
        ["a.txt"],
        ["b.TXT", "c.html", "d", "e.txt.bak", "sub/f.csv", "txt"],
    )


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".b.txt", ".txt", ".git/c.txt", "sub/.d.txt", ".DS_Store")
    assert find_files(tmp_path) == (["a.txt"], [])


def test_as_of_csv_is_no_stray_file_at_the_top_only(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "as_of.csv", "sub/as_of.csv")
    assert find_files(tmp_path) == (["a.txt"], ["sub/as_of.csv"])


def test_a_folder_that_ends_like_a_page_is_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.txt/b.txt")
    assert find_files(tmp_path) == (["a.txt/b.txt"], [])


def test_links_within_the_folder_are_followed_if_they_lead_to_files(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.html", "sub/c.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "sub" / "c.txt")
    (tmp_path / "sub" / "up.txt").symlink_to("../a.txt")
    (tmp_path / "link.html").symlink_to(tmp_path / "b.html")
    (tmp_path / "folder").symlink_to(tmp_path / "sub")
    (tmp_path / "loop").symlink_to(tmp_path)
    pages = ["a.txt", "link.txt", "sub/c.txt", "sub/up.txt"]
    assert find_files(tmp_path) == (pages, ["b.html", "link.html"])


def test_links_out_of_the_folder_are_no_pages(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    make(tmp_path, "elsewhere/a.txt", "raw-2/b.txt", "raw/c.txt", "raw/sub/d.txt")
    (raw / "absolute.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    (raw / "sub" / "relative.txt").symlink_to("../../raw-2/b.txt")
    (raw / "nowhere.txt").symlink_to(tmp_path / "elsewhere" / "nowhere.txt")
    (raw / "folder").symlink_to(tmp_path / "elsewhere")
    (raw / "as_of.csv").symlink_to(tmp_path / "elsewhere" / "a.txt")
    (tmp_path / "raw-2" / "out.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    (raw / "twice.txt").symlink_to(tmp_path / "raw-2" / "out.txt")
    outside = ["absolute.txt", "as_of.csv", "folder", "nowhere.txt", "sub/relative.txt"]
    assert find_files(raw) == (["c.txt", "sub/d.txt"], [*outside, "twice.txt"])
    assert read_as_of(raw) == {}


def test_a_link_to_itself_is_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert find_files(tmp_path) == (["a.txt", "loop.txt"], [])


def test_the_raw_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    make(tmp_path, "raw/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "raw")
    assert find_files(tmp_path / "link") == (["a.txt"], [])


def test_a_page_that_is_a_dangling_link_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    pages, others = find_files(tmp_path)
    assert "gone.txt" in pages + others


def test_what_is_no_file_to_read_to_its_end_is_no_page(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    assert find_files(tmp_path) == (["a.txt"], ["device.txt", "pipe.txt"])


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert find_files(tmp_path) == ([], [])


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        find_files(tmp_path / "nowhere")
    assert str(raised.value) == (
        f"{tmp_path}/nowhere: no such file or directory; RAW must be a readable folder with "
        "saved listings (*.txt)"
    )


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, "raw")
    with pytest.raises(InputError, match="raw: not a directory; RAW must be a readable folder"):
        find_files(tmp_path / "raw")


def test_a_missing_page_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_bytes(tmp_path / "a.txt")
    assert str(raised.value) == (
        f"{tmp_path}/a.txt: no such file or directory; it was there when the run began: put it "
        "back, or run make again without it"
    )


def test_a_name_that_is_not_utf8_is_printable() -> None:
    assert printable(os.fsdecode(b"caf\xe9.txt")) == "caf\\xe9.txt"
    assert printable("café.txt") == "café.txt"


def test_a_name_obeys_no_terminal_and_stays_on_one_line() -> None:
    assert printable("a\x1b[31m\nb\u202e\x9b.txt") == "a\\x1b[31m\\nb\\u202e\\x9b.txt"
    assert listed_name("a\u200e\u00a0b.txt") == "a b.txt"


# --- the day a page was taken ----------------------------------------------------------------


def test_a_day_is_an_iso_date_with_blanks_around_it() -> None:
    assert parse_as_of(" 2026-07-02\n", "AS_OF") == date(2026, 7, 2)


@pytest.mark.parametrize(
    "text", ["", "2026-7-2", "02.07.2026", "07/02/2026", "2026-02-30", "2026", "today"]
)
def test_another_text_is_no_day(text: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_as_of(text, "AS_OF")
    assert str(raised.value) == (
        f"AS_OF: {text!r} is not a date; expected the day that the page was taken as YYYY-MM-DD, "
        "such as 2026-07-02"
    )


@pytest.mark.parametrize("text", ["20260702", "2026-W27-4", "2026W274"])
def test_other_iso_forms_than_the_documented_one_are_no_day(text: str) -> None:
    with pytest.raises(InputError):
        parse_as_of(text, "AS_OF")


def as_of(folder: Path, text: str | bytes) -> dict[str, date]:
    """What `as_of.csv` with that content says."""
    data = text.encode() if isinstance(text, str) else text
    (folder / "as_of.csv").write_bytes(data)
    return read_as_of(folder)


def test_as_of_csv_is_optional(tmp_path: Path) -> None:
    assert read_as_of(tmp_path) == {}


def test_as_of_csv_gives_each_page_its_day(tmp_path: Path) -> None:
    assert as_of(tmp_path, "file,as_of\na.txt,2026-07-02\nsub/b.txt,2025-01-31\n") == {
        "a.txt": date(2026, 7, 2),
        "sub/b.txt": date(2025, 1, 31),
    }


@pytest.mark.parametrize(
    "text",
    [
        "file,as_of\r\na b.txt,2026-07-02\r\n",
        "file,as_of\ra b.txt,2026-07-02",
        "\ufefffile,as_of\n\n a b.txt , 2026-07-02 \n,\n",
        'file,as_of\n"a b.txt","2026-07-02"',
    ],
)
def test_as_of_csv_may_come_from_any_spreadsheet(tmp_path: Path, text: str) -> None:
    assert as_of(tmp_path, text) == {"a b.txt": date(2026, 7, 2)}
    assert as_of(tmp_path, text.lstrip("\ufeff").encode("utf-16")) == {"a b.txt": date(2026, 7, 2)}


def test_as_of_csv_may_name_a_file_with_a_comma(tmp_path: Path) -> None:
    assert as_of(tmp_path, 'file,as_of\n"Roe, Jane.txt",2026-07-02\n') == {
        "Roe, Jane.txt": date(2026, 7, 2)
    }


def test_an_empty_as_of_csv_lacks_its_header(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"as_of\.csv:1: found '', expected 'file,as_of'"):
        as_of(tmp_path, "")
    assert as_of(tmp_path, "file,as_of\n") == {}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a.txt,2026-07-02\n", 1, "found 'a.txt,2026-07-02', expected 'file,as_of'"),
        ("file;as_of\na.txt;2026-07-02\n", 1, "found 'file;as_of', expected 'file,as_of'"),
        ("as_of,file\n2026-07-02,a.txt\n", 1, "found 'as_of,file', expected 'file,as_of'"),
        ("file,as_of\na.txt\n", 2, "found 1 cells, expected 2"),
        ("file,as_of\n\na.txt,2026-07-02,x\n", 3, "found 3 cells, expected 2"),
        ("file,as_of\na.txt,2026-07-02\nb.txt,2.7.2026\n", 3, "'2.7.2026' is not a date"),
        ("file,as_of\na.txt,\n", 2, "'' is not a date"),
        ("file,as_of\na.txt,2026-07-02\n\na.txt,2026-07-03\n", 4, "'a.txt' has a day already"),
        ("file,as_of\na.txt,2026-07-02\na.txt,2026-07-02\n", 3, "'a.txt' has a day already"),
    ],
)
def test_an_error_in_as_of_csv_names_file_and_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(InputError) as raised:
        as_of(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path}/as_of.csv:{line}: {reason}")
    assert "\n" not in str(raised.value)


def test_a_cell_too_long_for_csv_is_an_error_of_the_users(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"as_of\.csv:2: "):
        as_of(tmp_path, f"file,as_of\n{'a' * 200_000},2026-07-02\n")


def test_as_of_csv_that_is_a_folder_is_none(tmp_path: Path) -> None:
    make(tmp_path, "as_of.csv/a.txt")
    assert read_as_of(tmp_path) == {}


# --- bytes to text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"Jane Roe\n", "Jane Roe\n"),
        (b"a\r\nb\rc\nd", "a\nb\nc\nd"),
        (b"a\r\n\r\nb", "a\n\nb"),
        (b"a\r\r\nb", "a\nb"),
        (b"a\n\rb", "a\n\nb"),
        (b"a\tb", "a b"),
        (b"\xef\xbb\xbfJane", "Jane"),
        (b"\xef\xbb\xbf\xef\xbb\xbfJane", "Jane"),
        (b"Jan\xc3\xa9", "Jané"),
        (b"Jane\xcc\x81", "Jané"),
        (b"Jan\xe9 Roe", "Jané Roe"),
        (b"\x93kites\x94 \x96 we\x92re na\xefve\x85", "“kites” – we’re naïve…"),
        (b"Jan\xc3\xa9 and Jan\xe9", "Jané and Jané"),
        (b"Jan\xe9", "Jané"),
        (b"caf\xe9\x94 x", "café” x"),
        (b"a\xc2\xa0b\xe2\x80\xafc\xe3\x80\x80d\xe2\x80\x89e", "a b c d e"),
        (b"a\xa0b \xe9", "a b é"),
        (b"a\xe2\x80\x8bb\xe2\x81\xa0c", "abc"),
        (b"a\x81b", "a\ufffdb"),
        (b"\xff\xfeJ\x00a\x00\xe9\x00", "Jaé"),
        (b"\xfe\xff\x00J\x00a\x00\xe9", "Jaé"),
        (b"\xff\xfeJ\x00\r\x00\n\x00a\x00", "J\na"),
        (b"\xff\xfeJ\x00a\x00\xe9", "Ja\ufffd"),
        (b"\xff\xfeJ\x00\x00\xd8a\x00", "J\ufffda"),
        (b"J\x00a\x00n\x00e\x00", "Jane"),
        (b"\x00J\x00a\x00n\x00e", "Jane"),
        (b"\xff\xfe\x40\xe0J\x00", "\ue040J"),
        ("“Ünï”".encode("utf-16-le"), "“Ünï”"),
        ("Jane Āne".encode("utf-16-le"), "Jane Āne"),
        ("Jane Āne".encode("utf-16-be"), "Jane Āne"),
        ("Jane 一, Al Doe".encode("utf-16-le"), "Jane 一, Al Doe"),
        ("\U0001f600 ok".encode(), "\U0001f600 ok"),
        ("क\u200d्ष".encode(), "क\u200d्ष"),
    ],
)
def test_bytes_are_decoded_to(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"J", "utf-8"),
        (b"Jane Roe", "utf-8"),
        (b"\xef\xbb\xbfJane", "utf-8"),
        (b"\xff\xfeJ\x00", "utf-16"),
        (b"\xfe\xff\x00J", "utf-16"),
        (b"J\x00a\x00n\x00e\x00", "utf-16-le"),
        (b"\x00J\x00a\x00n\x00e", "utf-16-be"),
        (b"J\x00a\x00n\x00e", "utf-16-le"),
        (b"Jan\xe9 Roe", "utf-8"),
        (b"\x00\x00\x00\x00\x00\x00", "utf-8"),
        (b"one zero\x00 in a longer text", "utf-8"),
    ],
)
def test_encoding_is_told_by_mark_or_zero_bytes(data: bytes, encoding: str) -> None:
    assert encoding_of(data) == encoding


@pytest.mark.parametrize(
    ("data", "valid"),
    [
        (b"", True),
        (b"Jan\xc3\xa9", True),
        (b"Jan\xe9", False),
        (b"\xff\xfeJ\x00", True),
        (b"\xff\xfeJ\x00\xe9", False),
        (b"\xed\xa0\x80", False),
    ],
)
def test_bytes_are_valid_if_nothing_had_to_be_guessed(data: bytes, *, valid: bool) -> None:
    assert is_valid(data) is valid


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"Jane", False),
        (b"Ja\x00ne Roe and others", True),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", True),
        (b"J\x00a\x00n\x00e\x00", False),
        (b"\xff\xfe\x00\x00J\x00\x00\x00", True),
    ],
)
def test_zero_characters_make_a_page_binary(data: bytes, *, binary: bool) -> None:
    assert is_binary(decode(data)) is binary


TEXTS = st.text(st.characters(categories=("L", "N", "P", "S", "Mn")) | st.sampled_from(" \n\n"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"]))
def test_text_survives_encoding_with_a_mark_and_line_ends(
    text: str, encoding: str, line_end: str
) -> None:
    written = text.replace("\n", line_end).encode(encoding)
    assert decode(written) == unicodedata.normalize("NFC", text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary())
def test_any_bytes_decode_to_text_that_utf8_can_hold(data: bytes) -> None:
    text = decode(data)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\r" not in text
    assert "\ufeff" not in text


def test_a_few_bytes_with_a_zero_are_not_taken_for_utf_16() -> None:
    assert encoding_of(b"\x00\x01\x02") == "utf-8"
