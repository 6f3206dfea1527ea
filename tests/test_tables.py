"""The declared schema against the SQL files and what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from corpus import ARROW_TYPES, PROJECT, arrow_table, build

from pipeline.schema import arrow_schema
from pipeline.tables import CORE, DERIVED, PARSED, REFERENCE, REPORTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

DECLARED = {("core", name): table for name, table in CORE.items()}
DECLARED |= {("reports", name): table for name, table in REPORTS.items()}
ALL = [*TABLES.values(), *REPORTS.values()]


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        for table in TABLES.values():
            connection.register(table.name, arrow_table(table.columns, []))
        yield connection


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    processed = build(tmp_path_factory.mktemp("small"))
    with duckdb.connect(":memory:") as connection:
        for name in TABLES:
            connection.read_parquet(str(processed / f"{name}.parquet")).create_view(name)
        yield connection


@pytest.mark.parametrize(("kind", "tables"), [("core", CORE), ("reports", REPORTS)])
def test_each_file_is_declared_and_each_declared_one_there(
    kind: str, tables: dict[str, object]
) -> None:
    assert sorted(tables) == sorted(path.stem for path in (PROJECT / "sql" / kind).glob("*.sql"))


@pytest.mark.parametrize("corpus", ["empty", "small"])
@pytest.mark.parametrize("key", DECLARED, ids="/".join)
def test_a_result_has_the_declared_columns(
    key: tuple[str, str], corpus: str, request: pytest.FixtureRequest
) -> None:
    connection: duckdb.DuckDBPyConnection = request.getfixturevalue(corpus)
    kind, name = key
    query = (PROJECT / "sql" / kind / f"{name}.sql").read_text(encoding="utf-8")

    found = connection.sql(query).to_arrow_table()

    assert [(field.name, field.type) for field in found.schema] == [
        (column.name, ARROW_TYPES[column.type]) for column in DECLARED[key].columns
    ]
    # In the small corpus nothing is alike, and no term stands in three papers.
    if name not in {"name_links", "paper_suspects", "term_trends"}:
        assert (found.num_rows == 0) == (corpus == "empty")


def test_checks_find_nothing_in_an_empty_corpus(empty: duckdb.DuckDBPyConnection) -> None:
    for path in (PROJECT / "sql" / "checks").glob("*.sql"):
        assert empty.sql(path.read_text(encoding="utf-8")).fetchall() == [], path.stem


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_columns_are_told_apart_and_explained(table: object) -> None:
    assert isinstance(table, type(ALL[0]))
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert table.grain.startswith("one row per ")
    assert all(column.meaning.strip() for column in table.columns)
    assert [(field.name, field.type) for field in arrow_schema(table)] == [
        (column.name, ARROW_TYPES[column.type]) for column in table.columns
    ]


def test_no_table_is_declared_twice() -> None:
    assert len(TABLES) == len(PARSED) + len(REFERENCE) + len(CORE) + len(DERIVED)
    for tables in (PARSED, REFERENCE, CORE, DERIVED, REPORTS):
        assert all(name == table.name for name, table in tables.items())
