"""The first papers of the tables: as smaller tables, and as files that other tools read.

The files hold title, year and authors, one spelling an author, so that all tools are asked about
the same people. What the question doesn't need (abstracts, categories) is left out.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Paper = tuple[int, int | None, str, list[str]]

FIRST = "select paper_id from read_parquet($papers) order by paper_id limit $count"
PAPERS = (
    "select p.paper_id, year(p.published), p.title, "
    "list(a.name order by s.position nulls last, a.name) "
    "from read_parquet($papers) as p "
    "inner join read_parquet($authorships) as s on p.paper_id = s.paper_id "
    "inner join read_parquet($authors) as a on s.author_id = a.author_id "
    "group by p.paper_id, p.published, p.title order by p.paper_id"
)


def write_first_papers(tables: Path, count: int, folder: Path) -> None:
    """Write the papers with the smallest numbers, in all formats."""
    folder.mkdir(parents=True, exist_ok=True)
    papers = str(tables / "papers.parquet")
    for name in ("papers", "authorships"):
        duckdb.execute(
            f"copy (select t.* from read_parquet($table) as t semi join ({FIRST}) as f "  # noqa: S608 -- FIRST is constant
            "on t.paper_id = f.paper_id order by t.paper_id) to $output (format parquet)",
            {
                "table": str(tables / f"{name}.parquet"),
                "papers": papers,
                "count": count,
                "output": str(folder / f"{name}.parquet"),
            },
        )
    found = duckdb.execute(
        PAPERS,
        {
            "papers": str(folder / "papers.parquet"),
            "authorships": str(folder / "authorships.parquet"),
            "authors": str(tables / "authors.parquet"),
        },
    ).fetchall()
    write_web_of_science(found, folder / "papers.txt")
    write_csv(found, folder / "papers.csv")
    write_scopus(found, folder / "scopus.csv")


def write_web_of_science(papers: Sequence[Paper], path: Path) -> None:
    """Write the plain text of the Web of Science.

    The tools differ in which of the two tags for authors they read, so both have the full names.
    """
    with path.open("w", encoding="utf-8-sig") as file:
        file.write("FN Clarivate Analytics Web of Science\nVR 1.0\n")
        for number, year, title, authors in papers:
            names = "\n   ".join(map(family_first, authors))
            fields = ["PT J", f"AU {names}", f"AF {names}", f"TI {title}"]
            fields += [] if year is None else [f"PY {year}"]
            file.write("\n".join([*fields, f"UT WOS:{number}", "ER", "", ""]))
        file.write("EF\n")


def write_csv(papers: Sequence[Paper], path: Path) -> None:
    """Write a table with a row for each paper, and `;` behind each name.

    Names lose the comma before `Jr.`: litstudy tries to find out the form of the file, which takes
    it many times longer if some cells are quoted and others not.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["title", "year", "authors"])
        for _, year, title, authors in papers:
            rows.writerow([title, year, "".join(f"{name.replace(',', '')};" for name in authors)])


def write_scopus(papers: Sequence[Paper], path: Path) -> None:
    """Write the CSV of Scopus, for biblium.

    It is not the file of litstudy: blanks between names make that half as slow again.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Title", "Year", "Authors"])
        for _, year, title, authors in papers:
            rows.writerow([title, year, "; ".join(authors)])


def family_first(name: str) -> str:
    """`Family, Given`, or `Family, Given, Jr.`."""
    name, _, suffix = name.partition(", ")
    given, _, family = name.rpartition(" ")
    return ", ".join(filter(None, (family, given, suffix)))
