"""The figures of the shipped listing, as counted independently by hand."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from corpus import PROJECT

from pipeline import model, network, terms
from pipeline.check import check
from pipeline.parse import parse_raw
from pipeline.report import report
from pipeline.tables import CORE, REFERENCE, REPORTS

if TYPE_CHECKING:
    from pathlib import Path

OWNER = "John Schulman"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables and reports of the shipped listing alone."""
    folder = tmp_path_factory.mktemp("shipped")
    raw, processed = folder / "raw", folder / "processed"
    raw.mkdir()
    name = "john-schulman.txt"
    (raw / name).write_bytes((PROJECT / "data" / "raw" / name).read_bytes())
    parse_raw(raw, processed, "")
    model.build(processed, [*REFERENCE, *CORE])
    network.network(processed)
    terms.terms(processed)
    check(processed)
    report(processed, folder / "reports", [*REPORTS])
    return folder


def rows_of(built: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(built / "processed" / f"{table}.parquet").to_pylist()
    return rows


def lines_of(built: Path, name: str) -> list[dict[str, str]]:
    with (built / "reports" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_entries_and_papers(built: Path) -> None:
    papers = rows_of(built, "papers")

    assert len(rows_of(built, "entries")) == 47
    assert len(papers) == 46
    assert sum(paper["truncated"] for paper in papers) == 39
    assert sum(paper["has_code"] for paper in papers) == 4
    assert rows_of(built, "rejects") == []


def test_the_paper_that_stands_twice(built: Path) -> None:
    twice = [paper for paper in rows_of(built, "papers") if paper["entries"] != 1]

    assert [
        (paper["title"], paper["entries"], paper["published"].year, paper["last_published"].year)
        for paper in twice
    ] == [
        (
            "High-Dimensional Continuous Control Using Generalized Advantage Estimation",
            2,
            2015,
            2018,
        )
    ]


def test_papers_per_year(built: Path) -> None:
    lines = lines_of(built, "papers_per_year")

    assert {line["year"]: int(line["papers"]) for line in lines} == {
        "2015": 3,
        "2016": 9,
        "2017": 6,
        "2018": 4,
        "2019": 3,
        "2020": 2,
        "2021": 6,
        "2022": 3,
        "2023": 3,
        "2024": 3,
        "2025": 3,
        "2026": 1,
    }
    assert [line["complete_year"] for line in lines] == ["true"] * 11 + ["false"]
    assert lines[-1]["cumulative_papers"] == "46"
    assert sum(int(line["with_code"]) for line in lines) == 4


def test_papers_per_category(built: Path) -> None:
    assert {
        line["category"]: int(line["papers"]) for line in lines_of(built, "papers_per_category")
    } == {"LG": 32, "CL": 8, "AI": 4, "CR": 1, "SC": 1}


def test_names_and_authors(built: Path) -> None:
    authors = rows_of(built, "authors")

    assert len(rows_of(built, "names")) == 93
    assert len(authors) == 91
    assert [author["name"] for author in authors if author["kind"] == "collective"] == [
        "The Theano Development Team"
    ]
    assert {author["name"] for author in authors if author["names"] == 2} == {
        "Joshua Achiam",
        "Christopher Hesse",
    }


def test_pairs(built: Path) -> None:
    pairs = rows_of(built, "coauthor_pairs")

    assert len(pairs) == 187
    assert sum(pair["evidence"] == "byline" for pair in pairs) == 118
    assert len(lines_of(built, "coauthor_pairs")) == 187


def test_coauthors_of_the_owner(built: Path) -> None:
    lines = lines_of(built, "coauthors")

    assert len(lines) == 90
    assert {line["owner"] for line in lines} == {OWNER}
    assert [(line["coauthor"], int(line["papers"])) for line in lines[:5]] == [
        ("Xi Chen", 7),
        ("Jacob Hilton", 6),
        ("Karl Cobbe", 5),
        ("Rein Houthooft", 4),
        ("Yan Duan", 4),
    ]


def test_papers_that_print_the_owner(built: Path) -> None:
    (owner,) = (row["author_id"] for row in rows_of(built, "authors") if row["name"] == OWNER)
    evidence = [
        row["evidence"] for row in rows_of(built, "authorships") if row["author_id"] == owner
    ]

    assert len(evidence) == 46
    assert evidence.count("byline") == 14


def test_data_quality(built: Path) -> None:
    assert lines_of(built, "data_quality") == [
        {
            "listing": "john-schulman",
            "declared": "47",
            "parsed": "47",
            "papers": "46",
            "duplicates": "1",
            "truncated": "39",
            "inferred_years": "1",
            "undated": "0",
            "rejected_lines": "0",
            "papers_without_pairs": "0",
        }
    ]


def test_a_term_that_rises_and_one_that_falls(built: Path) -> None:
    # Counted in the page by eye. The 46 papers' years have the mean 2015 + 204/46 and the squared
    # distances 1386 − 204²/46 = 481.30 from it; those of the 8 papers sum up to 66 − 8 · 204/46 =
    # 30.52. The score is 30.52 / (8/46 · 38/46 · 481.30 + 100).
    lines = [line for line in lines_of(built, "term_trends") if line["term"] == "language model"]
    atari = [line for line in lines_of(built, "term_trends") if line["term"] == "atari"]

    assert {line["year"]: line["papers"] for line in lines} == {
        "2021": "1",
        "2022": "2",
        "2023": "1",
        "2024": "2",
        "2025": "2",
    }
    assert {(line["score"], line["direction"]) for line in lines} == {("0.180444", "rising")}
    assert [(line["year"], line["papers"]) for line in atari] == [
        ("2015", "1"),
        ("2016", "2"),
        ("2017", "3"),
    ]


def test_the_owners_fractional_credit_lies_between_its_bounds(built: Path) -> None:
    # Printed in full: six papers of three authors and one of two, 6/3 + 1/2 = 2.5. The other 39
    # are cut, of at least four authors each: at most 39/4 = 9.75 more, and hardly less than 0.
    (owner,) = (row for row in rows_of(built, "authors") if row["name"] == OWNER)

    assert owner["fractional_papers_low"] == pytest.approx(2.5, abs=1e-9)
    assert owner["fractional_papers_high"] == pytest.approx(12.25, abs=1e-9)


def test_names_of_one_person_are_found_with_evidence(built: Path) -> None:
    assert lines_of(built, "author_identity") == [
        {
            "author": "Christopher Hesse",
            "name": "Chris Hesse",
            "is_merged": "true",
            "basis": "nickname, shared co-author",
        },
        {
            "author": "Joshua Achiam",
            "name": "Josh Achiam",
            "is_merged": "true",
            "basis": "nickname, same page",
        },
    ]
