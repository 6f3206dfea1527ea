"""The CSV files that people edit: which names are one author, what category codes mean."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from corpus import PROJECT

from pipeline.errors import InputError
from pipeline.reference import FILES, read_table, unmatched_overrides
from pipeline.tables import REFERENCE

if TYPE_CHECKING:
    from pathlib import Path

Rows = Sequence[tuple[str | int, ...]]


def aliases(tmp_path: Path, text: str | bytes) -> Rows:
    path = tmp_path / "author_aliases.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table("author_aliases", path)


def categories(tmp_path: Path, text: str) -> Rows:
    path = tmp_path / "category_names.csv"
    path.write_text(text, encoding="utf-8")
    return read_table("category_names", path)


def alias_error(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as error:
        aliases(tmp_path, text)
    path = tmp_path / "author_aliases.csv"
    assert str(error.value).startswith(f"{path}:")
    return str(error.value).removeprefix(f"{path}:")


def category_error(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as error:
        categories(tmp_path, text)
    path = tmp_path / "category_names.csv"
    assert str(error.value).startswith(f"{path}:")
    return str(error.value).removeprefix(f"{path}:")


# --- author_aliases.csv ----------------------------------------------------------------------


def test_both_spellings_get_the_key_of_the_second(tmp_path: Path) -> None:
    text = "name,same_as,note\nJanet Roe,Jane Roe,short form\nA. Poe,Ann Poe,\n"

    assert aliases(tmp_path, text) == [
        ("a poe", "ann poe"),
        ("ann poe", "ann poe"),
        ("jane roe", "jane roe"),
        ("janet roe", "jane roe"),
    ]


def test_spellings_that_fold_alike_are_one(tmp_path: Path) -> None:
    text = "name,same_as,note\nJANET ROE,Jäne Roe,\nJanet  Roe,Jane Roe,\n"

    assert aliases(tmp_path, text) == [("jane roe", "jane roe"), ("janet roe", "jane roe")]


def test_no_alias_at_all(tmp_path: Path) -> None:
    assert aliases(tmp_path, "name,same_as,note\n") == []
    assert aliases(tmp_path, "name,same_as,note") == []


def test_a_chain_is_followed_to_its_end(tmp_path: Path) -> None:
    text = "name,same_as,note\nAl,Bo,\nBo,Cy,\nCy,Di,\nEd,Bo,\n"

    assert aliases(tmp_path, text) == [
        ("al", "di"),
        ("bo", "di"),
        ("cy", "di"),
        ("di", "di"),
        ("ed", "di"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Al,Al,\n", [("al", "al")]),
        ("Al,AL,\n", [("al", "al")]),
        ("Al,Bo,\nBo,Bo,\n", [("al", "bo"), ("bo", "bo")]),
    ],
    ids=["itself", "itself folded", "end that is itself"],
)
def test_a_name_may_stand_for_itself(
    tmp_path: Path, lines: str, expected: list[tuple[str, str]]
) -> None:
    assert aliases(tmp_path, f"name,same_as,note\n{lines}") == expected


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_order_of_lines_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    lines = ["Cy,Bo,", "Bo,Al,", "Di,Bo,"]
    text = "\n".join(["name,same_as,note", *(lines[number] for number in order)])

    assert aliases(tmp_path, text) == [("al", "al"), ("bo", "al"), ("cy", "al"), ("di", "al")]


@pytest.mark.parametrize(
    ("lines", "line"),
    [("Bo,Al,\nAl,Bo,\n", 3), ("Cy,Bo,\nBo,Di,\nDi,Cy,\n", 4), ("Al,Bo,\nBo,Cy,\nCy,Bo,\n", 4)],
    ids=["two", "three", "a way into a circle"],
)
def test_a_circle_is_refused_with_the_line_that_closes_it(
    tmp_path: Path, lines: str, line: int
) -> None:
    error = alias_error(tmp_path, f"name,same_as,note\n{lines}")

    assert error.startswith(f"{line}: ")
    assert "by earlier lines" in error


def test_names_can_be_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "author_aliases.csv"
    path.write_text(
        "name,same_as,not_same_as,note\nAnn Poe,,A. Poe,two people\nJan Roe,Jane Roe,,\n",
        encoding="utf-8",
    )
    assert read_table("author_distinctions", path) == [("a poe", "ann poe")]
    assert read_table("author_aliases", path) == [
        ("jan roe", "jane roe"),
        ("jane roe", "jane roe"),
    ]


@pytest.mark.parametrize(
    "lines", ["Al Doe,,AL DOE,", "Al Doe,Bo Doe,,\nBo Doe,,Al Doe,", "Al Doe,Bo Doe,Cy Doe,"]
)
def test_overrides_that_contradict_each_other_are_refused(tmp_path: Path, lines: str) -> None:
    error = alias_error(tmp_path, f"name,same_as,not_same_as,note\n{lines}\n")
    assert error.startswith(f"{lines.count(chr(10)) + 2}: ")


def test_an_override_of_a_name_that_no_page_prints_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "author_aliases.csv"
    path.write_text("name,same_as,note\nAl Doe,Bo Doe,\nCy Doe,Bo Doe,\n", encoding="utf-8")
    assert unmatched_overrides(path, {"al doe"}) == [
        f"{path}:3: no page prints 'Cy Doe'; the override does nothing"
    ]


def test_a_mistyped_target_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "author_aliases.csv"
    lines = ["name,same_as,not_same_as,note", "Al Doe,Bo Dö,,", "Al Roe,,Cy Dö,", "Ann Poe,A. P.,,"]
    path.write_text("\n".join([*lines, "Ann Roe,A. P.,,"]), encoding="utf-8")
    assert unmatched_overrides(path, {"al doe", "al roe", "ann poe", "ann roe"}) == [
        f"{path}:2: no page prints 'Bo Dö'; the override does nothing",
        f"{path}:3: no page prints 'Cy Dö'; the override does nothing",
    ]


def test_quoting_and_blanks(tmp_path: Path) -> None:
    text = (
        'name,same_as,note\n\n"Roe, Jr.", Jane Roe ,"a note, with ""quotes"""\n  , ,  \n'
        "Ann Poe,A. Poe,\n"
    )

    assert aliases(tmp_path, text) == [
        ("a poe", "a poe"),
        ("ann poe", "a poe"),
        ("jane roe", "jane roe"),
        ("roe jr", "jane roe"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "name,same_as,note\nJäne Roe,Ann Poe,\n".encode(),
        "name,same_as,note\r\nJäne Roe,Ann Poe,\r\n".encode(),
        "name,same_as,note\nJäne Roe,Ann Poe,\n".encode("utf-16"),
        "name,same_as,note\nJäne Roe,Ann Poe,\n".encode("cp1252"),
    ],
    ids=["byte order mark", "CRLF", "UTF-16", "Windows-1252"],
)
def test_files_that_spreadsheets_save(tmp_path: Path, data: bytes) -> None:
    assert aliases(tmp_path, data) == [("ann poe", "ann poe"), ("jane roe", "ann poe")]


def test_a_note_of_two_lines(tmp_path: Path) -> None:
    text = 'name,same_as,note\nJanet Roe,Jane Roe,"two\nlines"\nA. Poe,Ann Poe,\n'

    assert len(aliases(tmp_path, text)) == 4


def test_the_line_of_an_error_after_a_note_of_two_lines(tmp_path: Path) -> None:
    text = 'name,same_as,note\nJanet Roe,Jane Roe,"two\nlines"\nA. Poe\n'

    assert alias_error(tmp_path, text).startswith("4: ")


@pytest.mark.parametrize("header", ["name,same_as", "same_as,name,note", "Janet Roe,Jane Roe,", ""])
def test_another_header(tmp_path: Path, header: str) -> None:
    error = alias_error(tmp_path, f"{header}\nJanet Roe,Jane Roe,\n")

    assert error == f"1: found '{header}', expected 'name,same_as,not_same_as,note'"


def test_an_empty_file_lacks_its_header(tmp_path: Path) -> None:
    assert alias_error(tmp_path, "").startswith("1: ")


@pytest.mark.parametrize("line", ["Janet Roe,Jane Roe", "Roe, Jr.,Jane Roe,", "Janet Roe"])
def test_another_number_of_cells(tmp_path: Path, line: str) -> None:
    error = alias_error(tmp_path, f"name,same_as,note\n\n{line}\n")

    found = line.count(",") + 1
    assert error.startswith(f"3: found {found} cells, expected 3 ")


@pytest.mark.parametrize("line", [",Jane Roe,", "Janet Roe,,", " , ,a note"])
def test_a_missing_name(tmp_path: Path, line: str) -> None:
    assert alias_error(tmp_path, f"name,same_as,note\n{line}\n").startswith("2: found ")


def test_one_name_of_two_authors(tmp_path: Path) -> None:
    text = "name,same_as,note\nJanet Roe,Jane Roe,\nAnn Poe,A. Poe,\nJANET ROE,Jean Roe,\n"

    error = alias_error(tmp_path, text)

    assert error.startswith("4: 'JANET ROE' is said to be 'Jean Roe'")
    assert "jane roe" in error.lower()


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    text = 'name,same_as,note\nJanet Roe,Jane Roe,"a note\nA. Poe,Ann Poe,\n'

    assert alias_error(tmp_path, text).startswith("2: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "author_aliases.csv"

    with pytest.raises(InputError, match=r"author_aliases\.csv"):
        read_table("author_aliases", path)


# --- category_names.csv ----------------------------------------------------------------------


def test_categories_are_sorted(tmp_path: Path) -> None:
    text = 'archive,code,name\nmath,GR,Group Theory\n\ncs,GR,"Graphics, and more"\nhep-ph,hep-ph,X'

    assert categories(tmp_path, text) == [
        ("cs", "GR", "Graphics, and more"),
        ("hep-ph", "hep-ph", "X"),
        ("math", "GR", "Group Theory"),
    ]


def test_another_header_of_categories(tmp_path: Path) -> None:
    error = category_error(tmp_path, "archive,name\ncs,Graphics\n")

    assert error == "1: found 'archive,name', expected 'archive,code,name'"


def test_a_category_with_a_comma_and_no_quotes(tmp_path: Path) -> None:
    error = category_error(tmp_path, "archive,code,name\ncs,GR,Graphics, and more\n")

    assert error.startswith("2: found 4 cells, expected 3 ")
    assert "quotes" in error


@pytest.mark.parametrize("line", ["cs,GR,", "cs,,Graphics", ",GR,Graphics"])
def test_a_category_with_an_empty_cell(tmp_path: Path, line: str) -> None:
    assert category_error(tmp_path, f"archive,code,name\n{line}\n").startswith("2: ")


# --- the files of the project ----------------------------------------------------------------


@pytest.mark.parametrize("name", list(REFERENCE))
def test_the_projects_own_files(name: str) -> None:
    rows = read_table(name, PROJECT / FILES[name])

    assert rows == sorted(set(rows))
    assert {len(row) for row in rows} <= {len(REFERENCE[name].columns)}
    assert all(cell for row in rows for cell in row)


def test_the_projects_categories_are_the_known_ones() -> None:
    names = {
        row[:2]: row[2] for row in read_table("category_names", PROJECT / FILES["category_names"])
    }

    assert names["cs", "LG"] == "Machine Learning"
    assert names["stat", "ML"] == "Machine Learning"
    assert names["cs", "SC"] == "Symbolic Computation"
    assert names["hep-ph", "hep-ph"] == "High Energy Physics - Phenomenology"
    assert names["cond-mat", "mtrl-sci"] == "Materials Science"
    assert names["math", "GR"] == "Group Theory"


# --- limits.csv ------------------------------------------------------------------------------


def read_limits(tmp_path: Path, text: str) -> Rows:
    path = tmp_path / "limits.csv"
    path.write_text(text, encoding="utf-8")
    return read_table("limits", path)


def test_a_limit_is_a_number(tmp_path: Path) -> None:
    assert read_limits(tmp_path, "name,value\nauthors_for_pairs,25\n") == [
        ("authors_for_pairs", 25)
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", r"limits\.csv: lacks a line for authors_for_pairs"),
        ("authors_for_pairs,many\n", r"limits\.csv:2: found 'many' for authors_for_pairs"),
        ("authors_for_pairs,-1\n", r"limits\.csv:2: found '-1' for authors_for_pairs"),
        (f"authors_for_pairs,{10**18}\n", "for authors_for_pairs; expected a number of at most 18"),
        ("pairs,5\n", r"limits\.csv:2: found 'pairs'; expected each of"),
        ("authors_for_pairs,5\nauthors_for_pairs,6\n", r"limits\.csv:3: found 'authors_for_pairs'"),
    ],
)
def test_a_wrong_limit_is_an_error(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_limits(tmp_path, f"name,value\n{lines}")
