"""Each SQL file on small tables: tests/sql/KIND/NAME/CASE/ holds what is given and expected.

A case has one TABLE.csv for each table that matters, with the columns that matter, and
expect.csv: all rows of the result in their order, of the columns that it names.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from corpus import PROJECT, arrow_table, read_cells, read_table

from pipeline.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

SQL = PROJECT / "sql"
CASES = Path(__file__).parent / "sql"
KINDS = ("core", "reports", "checks", "exports", "provenance")
FILES = sorted(path for kind in KINDS for path in (SQL / kind).glob("*.sql"))
ALL_CASES = sorted(path.parent for path in CASES.glob("*/*/*/expect.csv"))
TOLERANCE = 1e-9


def name_of(path: Path) -> str:
    return "/".join(path.with_suffix("").parts[-2:])


def case_name(case: Path) -> str:
    return "/".join(case.parts[-3:])


EMPTY = {name: arrow_table(table.columns, []) for name, table in TABLES.items()}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


def given_tables(case: Path) -> dict[str, pa.Table]:
    files = {path.stem: path for path in case.glob("*.csv") if path.stem != "expect"}
    assert files.keys() <= TABLES.keys(), "a file is named after no table"
    return {name: read_table(name, path) for name, path in files.items()}


def give(connection: duckdb.DuckDBPyConnection, given: dict[str, pa.Table]) -> None:
    for name, rows in {**EMPTY, **given}.items():
        connection.register(name, rows)


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = connection.sql(query).to_arrow_table().to_pylist()
    return found


def both_ways(given: dict[str, pa.Table]) -> tuple[dict[str, pa.Table], ...]:
    backwards = {name: rows.take([*range(len(rows))][::-1]) for name, rows in given.items()}
    return given, backwards


def agrees(cell: str, value: Any) -> bool:
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, float):
        tolerance = 0 if cell.lstrip("-").isdigit() else TOLERANCE
        return cell != "" and math.isclose(float(cell), value, rel_tol=0, abs_tol=tolerance)
    return cell == ("" if value is None else str(value))


def assert_expected(case: Path, found: list[dict[str, Any]]) -> None:
    expected = read_cells(case / "expect.csv")
    shown = [{name: row[name] for name in expected[0]} for row in found] if expected else found
    assert len(shown) == len(expected), f"found {shown}"
    for number, (wanted, row) in enumerate(zip(expected, shown, strict=True), start=1):
        differing = {
            name: f"expected {cell!r}, found {row[name]!r}"
            for name, cell in wanted.items()
            if not agrees(cell, row[name])
        }
        assert not differing, f"row {number} of {shown}"


@pytest.mark.parametrize("case", ALL_CASES, ids=case_name)
def test_case(case: Path, connection: duckdb.DuckDBPyConnection) -> None:
    query = (SQL / f"{name_of(case.parent)}.sql").read_text(encoding="utf-8")
    # The result must not depend on the order in which the rows are stored.
    for given in both_ways(given_tables(case)):
        give(connection, given)
        assert_expected(case, answer(connection, query))


def test_each_file_has_a_case_and_each_case_a_file() -> None:
    assert {name_of(case.parent) for case in ALL_CASES} == {name_of(path) for path in FILES}


def test_each_case_has_an_expectation() -> None:
    folders = {path for path in CASES.glob("*/*/*") if path.is_dir()}
    assert folders == set(ALL_CASES)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_begins_with_purpose_and_grain(path: Path) -> None:
    comment = re.match(r"(?:--.*\n)+", path.read_text(encoding="utf-8"))
    assert comment
    assert re.search(r"Grain: one\s(?:--\s)?row per ", comment[0])


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_ends_with_an_order(path: Path) -> None:
    assert path.read_text(encoding="utf-8").splitlines()[-1].startswith("order by ")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_is_in_lower_case(path: Path) -> None:
    text = re.sub(r"--.*|'[^']*'", "", path.read_text(encoding="utf-8"))
    assert text == text.lower()
