"""The stage that writes sql/reports as CSV files."""

from __future__ import annotations

import csv
import re
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest
from corpus import build, read_cells, run_stages, write_tables

from pipeline.errors import PipelineError
from pipeline.report import report
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    'Say "x"',
    "a,b",
    "two\nlines",
    "carriage\rreturn",
    'ends in a quote"',
    '"',
    "a;b|c",
    "Ünïcödé 中文 🙂",
    "a = b",
    "1-2",
    "O'Brien",
    "'quoted'",
    "null",
    "NA",
    "007",
    "1e5",
    "2020-01-01",
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@sum(a1)",
    "\t1",
    "\r1",
    " =1+1",
    "  \u00a0=1+1",
    "\n=1+1",
    "\u3000=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠sum(a1)",
    '=hyperlink("x","y")',
    "-",
]


def affiliations_report(folder: Path, texts: list[str]) -> Path:
    """A report with the texts as cells; each stands on one paper."""
    numbers = range(1, len(texts) + 1)
    processed = write_tables(
        folder / "processed",
        entry_affiliations=[
            {"listing": "a", "entry": number, "affiliation": text}
            for number, text in zip(numbers, texts, strict=True)
        ],
        entries=[{"listing": "a", "entry": number, "paper_id": number} for number in numbers],
        papers=[{"paper_id": number} for number in numbers],
    )
    report(processed, folder / "reports", ["papers_per_affiliation"])
    return folder / "reports" / "papers_per_affiliation.csv"


def pairs_report(folder: Path, values: list[float]) -> Path:
    """A report with the values as similarities of pairs."""
    numbers = range(2, len(values) + 2)
    processed = write_tables(
        folder / "processed",
        authors=[{"author_id": number, "name": f"a{number:03}"} for number in [1, *numbers]],
        coauthor_pairs=[
            {"author_a": 1, "author_b": number, "papers": 1, "association_strength": value}
            for number, value in zip(numbers, values, strict=True)
        ],
    )
    report(processed, folder / "reports", ["coauthor_pairs"])
    return folder / "reports" / "coauthor_pairs.csv"


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def typed_rows(name: str, path: Path) -> list[tuple[Any, ...]]:
    """A report as a database reads it, with the declared types."""
    columns = {column.name: column.type for column in REPORTS[name].columns}
    with duckdb.connect(":memory:") as connection:
        return connection.read_csv(
            str(path), header=True, columns=columns, quotechar='"', escapechar='"', delimiter=","
        ).fetchall()


def test_the_bytes_of_a_report(tmp_path: Path) -> None:
    processed = write_tables(
        tmp_path / "processed",
        papers=[
            {"paper_id": 1, "category": "LG", "published": None},
            {"paper_id": 2, "category": 'say "x", then\nleave', "published": None},
            {"paper_id": 3, "category": None, "published": None},
        ],
        category_names=[{"archive": "cs", "code": "LG", "name": "Machine Learning"}],
    )
    report(processed, tmp_path / "new" / "reports", ["papers_per_category"])

    path = tmp_path / "new" / "reports" / "papers_per_category.csv"
    assert path.read_bytes() == (
        b"category,category_name,papers,share,first_year,last_year\n"
        b"LG,Machine Learning,1,0.333333,,\n"
        b'"say ""x"", then\nleave","say ""x"", then\nleave",1,0.333333,,\n'
        b",,1,0.333333,,\n"
    )


def test_booleans_integers_and_negative_numbers(tmp_path: Path) -> None:
    processed = write_tables(
        tmp_path / "processed",
        papers=[
            {"paper_id": 1, "published": day, "has_code": False}
            for day in pl.Series(["2015-01-01", "2015-01-02", "2016-01-01"]).str.to_date()
        ],
        years=[
            {"year": 2015, "complete_year": True},
            {"year": 2016, "complete_year": False},
        ],
    )
    report(processed, tmp_path / "reports", ["papers_per_year"])

    assert (tmp_path / "reports" / "papers_per_year.csv").read_bytes() == (
        b"year,papers,cumulative_papers,with_code,complete_year,growth_rate,compound_growth_rate\n"
        b"2015,2,2,0,true,,\n"
        b"2016,1,3,0,false,-0.5,\n"
    )


def test_a_report_without_rows_has_its_header(tmp_path: Path) -> None:
    path = affiliations_report(tmp_path, [])

    assert path.read_bytes() == b"affiliation,papers,first_year,last_year\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1 / 3, "0.333333"),
        (2 / 3, "0.666667"),
        (0.1234564, "0.123456"),
        (0.1234566, "0.123457"),
        (-0.6666666, "-0.666667"),
        (0.000001, "0.000001"),
        (0.0000023, "0.000002"),
        (0.00004, "0.00004"),
        (0.0000004, "0.0"),
        (-0.0000004, "0.0"),
        (-0.0, "0.0"),
        (123456789.25, "123456789.25"),
    ],
)
def test_numbers_have_at_most_six_decimals(tmp_path: Path, value: float, expected: str) -> None:
    rows = read_cells(pairs_report(tmp_path, [value, 0.25]))
    cell, other = (row["association_strength"] for row in rows)

    assert other == "0.25"
    assert re.fullmatch(r"-?\d+(\.\d{1,6})?", cell)
    assert cell.removesuffix(".0") == expected.removesuffix(".0")


def test_text_is_quoted_where_it_must_be(tmp_path: Path) -> None:
    path = affiliations_report(tmp_path, TEXTS)

    assert {row[0] for row in cells(path)} == set(TEXTS)
    assert {row[0] for row in typed_rows("papers_per_affiliation", path)} == set(TEXTS)


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_a_cell_that_a_spreadsheet_would_run_is_defused(tmp_path: Path, formula: str) -> None:
    path = affiliations_report(tmp_path, [formula])

    assert cells(path) == [[f"'{formula}", "1", "", ""]]


def test_other_names_of_a_formula_column_stay(tmp_path: Path) -> None:
    path = affiliations_report(tmp_path, ["=1+1", "example"])

    assert [row[0] for row in cells(path)] == ["'=1+1", "example"]


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"))


def test_the_small_corpus(processed: Path, tmp_path: Path) -> None:
    report(processed, tmp_path, ["papers_per_year", "coauthors"])

    assert (tmp_path / "papers_per_year.csv").read_text(encoding="utf-8") == (
        "year,papers,cumulative_papers,with_code,complete_year,growth_rate,compound_growth_rate\n"
        "2013,2,2,0,true,,\n"
        "2014,1,3,1,true,-0.5,-0.5\n"
        "2015,0,3,0,true,-1,-1\n"
        "2016,2,5,0,true,,0\n"
        "2017,1,6,0,false,-0.5,\n"
        ",1,,0,,,\n"
    )
    assert (tmp_path / "coauthors.csv").read_text(encoding="utf-8") == (
        "owner,coauthor,papers,papers_printed_together,papers_by_ownership,first_year,last_year\n"
        "Ann Poe,Jane Roe,3,3,0,2013,2016\n"
        "Ann Poe,Al Doe,2,1,1,2013,2013\n"
        "Ann Poe,Bo Zed,2,1,1,2013,2014\n"
        "Ann Poe,Jack Roe,1,0,1,2013,2013\n"
        "Bo Zed,Al Doe,3,3,0,2013,2017\n"
        "Bo Zed,Ann Poe,2,1,1,2013,2014\n"
        "Bo Zed,Jane Roe,2,1,1,2014,2017\n"
        "Bo Zed,Jack Roe,1,1,0,2013,2013\n"
        "Bo Zed,The Example Team,1,1,0,2017,2017\n"
        "Jane Roe,Ann Poe,3,3,0,2013,2016\n"
        "Jane Roe,Al Doe,2,1,1,2013,2017\n"
        "Jane Roe,Bo Zed,2,1,1,2014,2017\n"
        "Jane Roe,The Example Team,1,0,1,2017,2017\n"
    )


def test_a_second_run_gives_the_same_bytes(processed: Path, tmp_path: Path) -> None:
    for folder in ("first", "second"):
        report(processed, tmp_path / folder, [*REPORTS])

    for name in REPORTS:
        first, second = (tmp_path / folder / f"{name}.csv" for folder in ("first", "second"))
        assert first.read_bytes() == second.read_bytes(), name
        assert b"\r" not in first.read_bytes()


def test_a_report_is_read_again_as_declared(processed: Path, tmp_path: Path) -> None:
    report(processed, tmp_path, [*REPORTS])

    for name in REPORTS:
        path = tmp_path / f"{name}.csv"
        assert len(typed_rows(name, path)) == len(cells(path)), name
        # Nothing in the corpus is alike, and no term stands in three papers.
        assert cells(path) or name in {"paper_suspects", "term_trends"}, name
    assert typed_rows("data_quality", tmp_path / "data_quality.csv") == [
        ("jane-roe", 5, 5, 4, 1, 2, 1, 0, 0, 0),
        ("more/ann-poe", 3, 3, 3, 0, 2, 0, 0, 0, 0),
        ("undated", None, 1, 1, 0, 0, 0, 1, 0, 0),
    ]


def test_only_named_reports_are_written(processed: Path, tmp_path: Path) -> None:
    report(processed, tmp_path, ["coauthors"])

    assert {path.name for path in tmp_path.iterdir()} == {".reports.sizes", "coauthors.csv"}


def test_a_table_that_is_missing_is_named(processed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(processed, tmp_path / "copy")
    (copy / "papers.parquet").unlink()
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "papers_per_year.csv").write_text("of an earlier run", encoding="utf-8")

    with pytest.raises(PipelineError, match=r"papers\.parquet"):
        report(copy, reports, ["papers_per_year"])

    assert [path.name for path in reports.iterdir()] == ["papers_per_year.csv"]
    assert (reports / "papers_per_year.csv").read_text(encoding="utf-8") == "of an earlier run"


def test_the_command_line(processed: Path, tmp_path: Path) -> None:
    result = run_stages(
        "report:coauthors", "report:papers_per_year", processed=processed, reports=tmp_path
    )

    assert result.returncode == 0
    assert result.stderr == ""
    assert "→ 2 CSV files in" in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".reports.sizes",
        "coauthors.csv",
        "papers_per_year.csv",
    ]
