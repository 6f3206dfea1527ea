"""What must hold of any corpus: who is who does not depend on order, and pages only add."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq
from corpus import change, write_pages
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import model
from pipeline.parse import parse_raw
from pipeline.statements import REPORTS, read_statement
from pipeline.tables import CORE, PARSED, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

# Spellings that are one person's, may be, contradict each other, or have nothing in common.
NAMES = (
    "Jane Roe|J. Roe|Jane A. Roe|Jane B. Roe|Jäne Roe|Roe Jane|Ann Poe|A. Poe|Anna Poe|Annie Poe|"
    "Al Doe|Al-Doe|Al Doe, Jr.|Wei Li|W. Li|Li Wei|Bo Zed|The Example Team"
).split("|")
TITLES = ("On Made-Up Examples", "Nothing but Dates", "In Company", "Alone, 2019", "Alone, 2020")
# Whatever names listings or entries may differ when the same pages are stored otherwise.
SAME_FOR_ANY_FILES = ("papers", "authors", "author_names", "authorships", "coauthor_pairs", "years")
NAME_AN_ENTRY = {"latest_listing", "latest_entry"}
BUILT = (*PARSED, *REFERENCE, *CORE)
FEW = settings(max_examples=5, deadline=None, derandomize=True)

bylines = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
entries = st.tuples(st.sampled_from(TITLES), st.integers(2015, 2020), bylines, st.booleans())
Printed = list[tuple[str, list[tuple[str, int, list[str], bool]]]]
listings = st.tuples(st.sampled_from(NAMES), st.lists(entries, min_size=1, max_size=4))


def text_of(owner: str, printed: list[tuple[str, int, list[str], bool]]) -> str:
    blocks = [f"{owner}\n\n{len(printed)} Papers\n"]
    for title, year, names, truncated in printed:
        byline = ", ".join(names) + (" et al." if truncated else "")
        blocks.append(f"LGMay 1, {year}\n{title}\n\n{byline}\n\nAn abstract.\n")
    return "\n".join(blocks)


def tables_of(pages: Mapping[str, str], *, shuffled: bool = False) -> dict[str, pa.Table]:
    """All parsed and modelled tables of some pages."""
    with tempfile.TemporaryDirectory() as folder:
        processed = Path(folder, "processed")
        parse_raw(write_pages(Path(folder, "raw"), pages), processed, "")
        if shuffled:
            for name in PARSED:
                change(processed / f"{name}.parquet", shuffle)
        model.build(processed, [*REFERENCE, *CORE])
        return {name: pq.read_table(processed / f"{name}.parquet") for name in BUILT}


def shuffle(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return random.Random(7).sample(rows, len(rows))  # noqa: S311 -- any other order will do


def without_places(rows: pa.Table) -> dict[str, list[Any]]:
    """The columns that do not say in which file and at which place something is printed."""
    return {name: cells for name, cells in rows.to_pydict().items() if name not in NAME_AN_ENTRY}


def papers_by_name(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """For each printed name, the papers of the author that it stands for."""
    papers = {row["author_id"]: row["papers"] for row in tables["authors"].to_pylist()}
    return {row["name"]: papers[row["author_id"]] for row in tables["author_names"].to_pylist()}


def names_of_suspects(tables: Mapping[str, pa.Table]) -> set[str]:
    """Printed names of authors who, as `author_identity` says, may be somebody else as well."""
    with duckdb.connect(":memory:") as connection:
        for name, rows in tables.items():
            connection.register(name, rows)
        query = read_statement(REPORTS / "author_identity.sql")
        rows = connection.sql(query).filter("not is_merged").fetchall()
    suspects = {name for author, name, *_ in rows} | {author for author, *_ in rows}
    ids = {row["author_id"] for row in tables["authors"].to_pylist() if row["name"] in suspects}
    return {row["name"] for row in tables["author_names"].to_pylist() if row["author_id"] in ids}


@FEW
@given(st.lists(listings, min_size=2, max_size=4))
def test_neither_files_nor_rows_need_an_order(
    printed: Printed,
) -> None:
    texts = [text_of(*listing) for listing in printed]
    pages = {f"{number}.txt": text for number, text in enumerate(texts)}
    found = tables_of(pages)
    renamed = tables_of({f"{9 - number}.txt": text for number, text in enumerate(texts)})
    in_one_file = tables_of({"all.txt": "\n".join(texts)})
    shuffled = tables_of(
        {f"{number}.txt": text for number, text in enumerate(texts)}, shuffled=True
    )
    for name in SAME_FOR_ANY_FILES:
        expected = without_places(found[name])
        assert without_places(renamed[name]) == expected, name
        assert without_places(in_one_file[name]) == expected, name
        assert shuffled[name].to_pydict() == found[name].to_pydict(), name


@FEW
@given(st.lists(listings, min_size=2, max_size=4))
def test_another_page_takes_no_paper_from_an_author_unless_the_evidence_says_why(
    printed: Printed,
) -> None:
    pages = {f"{number}.txt": text_of(*listing) for number, listing in enumerate(printed)}
    before = tables_of(dict(list(pages.items())[:-1]))
    after = tables_of(pages)
    papers_after = papers_by_name(after)
    left_apart = names_of_suspects(after)
    for name, papers in papers_by_name(before).items():
        assert papers_after[name] >= papers or name in left_apart, name
