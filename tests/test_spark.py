"""Spark as the engine, on Sail: a server in this process that speaks Spark Connect without Java."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from corpus import PROJECT, build, run_stages, write_pages
from made import made_pages
from pysail.spark import SparkConnectServer

from pipeline import check, model, network, report
from pipeline.engine import open_engine, spark
from pipeline.engine.duckdb import DuckDB
from pipeline.errors import InputError, QueryError
from pipeline.parse import parse_raw
from pipeline.parsing import shards
from pipeline.schema import arrow_schema, stored_schema
from pipeline.statements import CHECKS, CORE, REPORTS, read_statement
from pipeline.tables import PARSED, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from pipeline.engine import Engine

FILES = sorted(path for folder in (CORE, CHECKS, REPORTS) for path in folder.glob("*.sql"))
CORPORA = {
    "shipped": {
        path.name: path.read_text(encoding="utf-8")
        for path in (PROJECT / "data" / "raw").glob("*.txt")
    },
    "made": made_pages(200),
}
DECIMALS = 6  # of the CSV files


@pytest.fixture(scope="module")
def remote() -> Iterator[str]:
    server = SparkConnectServer()  # on the loopback interface, on a free port
    server.start(background=True)
    address = f"sc://127.0.0.1:{server.listening_address[1]}"
    yield address
    spark.close(spark.connect(address))
    server.stop()


@pytest.fixture
def on_spark(remote: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let stages run on the server."""
    monkeypatch.setenv("ENGINE", "spark")
    monkeypatch.setenv("SPARK_REMOTE", remote)
    return remote


def with_tables(engine: Engine, processed: Path) -> Engine:
    for name in TABLES:
        engine.add_table(name, processed / f"{name}.parquet")
    return engine


@pytest.fixture(scope="module", params=CORPORA)
def engines(
    remote: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Engine, Engine]:
    """Both engines over the tables of one corpus."""
    processed = build(tmp_path_factory.mktemp(request.param), CORPORA[request.param])
    return with_tables(DuckDB(processed), processed), with_tables(spark.Spark(remote), processed)


def as_printed(rows: pa.Table) -> list[dict[str, object]]:
    return [
        {
            name: round(cell, DECIMALS) if isinstance(cell, float) else cell
            for name, cell in row.items()
        }
        for row in rows.to_pylist()
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_gives_the_rows_of_duckdb_in_their_order(
    path: Path, engines: tuple[Engine, Engine]
) -> None:
    expected, found = (engine.fetch(read_statement(path)) for engine in engines)
    assert [(field.name, field.type) for field in found.schema] == [
        (field.name, field.type) for field in expected.schema
    ]
    assert as_printed(found) == as_printed(expected)


# --- what it writes -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def processed(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "processed")


def rows_of(name: str, processed: Path) -> list[dict[str, object]]:
    engine = DuckDB(processed)
    engine.add_table(name, processed / f"{name}.parquet")
    found: list[dict[str, object]] = engine.fetch(f"select * from {name} order by all").to_pylist()  # noqa: S608 -- a name of this project
    return found


@pytest.mark.usefixtures("on_spark")
def test_duckdb_reads_replaces_and_cleans_what_spark_wrote(
    processed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = rows_of("papers", processed)
    model.build(processed, ["papers"])
    assert rows_of("papers", processed) == expected
    assert stored_schema(processed / "papers.parquet").types == arrow_schema(TABLES["papers"]).types

    monkeypatch.delenv("ENGINE")
    model.build(processed, ["papers"])
    assert (processed / "papers.parquet").is_file()
    assert rows_of("papers", processed) == expected


@pytest.mark.usefixtures("on_spark")
def test_stages_give_the_same_files(
    processed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [path.stem for path in REPORTS.glob("*.sql")]
    for engine in ("duckdb", "spark"):
        monkeypatch.setenv("ENGINE", engine)
        network.network(processed)
        check.check(processed)
        report.report(processed, tmp_path / engine, names)
    for name in names:
        expected = (tmp_path / "duckdb" / f"{name}.csv").read_bytes()
        assert (tmp_path / "spark" / f"{name}.csv").read_bytes() == expected, name


def test_many_parts_stay_a_folder_and_one_becomes_the_file(remote: str, tmp_path: Path) -> None:
    engine = spark.Spark(remote)
    one, many = tmp_path / "one.parquet", tmp_path / "many.parquet"
    assert engine.write("select cast(1 as bigint) as x", one) == 1
    assert one.is_file()
    rows = "select cast(1 as bigint) as x union all select cast(2 as bigint) as x order by x"
    assert engine.write(rows, many) == 2
    assert many.is_dir()
    engine.add_table("many", many)
    assert engine.fetch("select x from many order by x").to_pydict() == {"x": [1, 2]}


def test_tasks_that_follow_each_other_stay_together() -> None:
    assert spark.chained([1, 2, -3, -4, 5], lambda task: task < 0) == [[1], [2, -3, -4], [5]]


@pytest.mark.usefixtures("on_spark")
def test_where_the_server_does_not_parse_this_machine_does_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = write_pages(tmp_path / "raw")
    parse_raw(raw, tmp_path / "whole", "")
    monkeypatch.setattr(shards, "SHARD_BYTES", 100)
    parse_raw(raw, tmp_path / "parts", "", 1)  # Sail takes no code from its clients
    assert "the Spark server does not parse, so this machine does: " in capsys.readouterr().out
    for name in PARSED:
        assert rows_of(name, tmp_path / "parts") == rows_of(name, tmp_path / "whole")


# --- what can go wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"ENGINE": "sparkle"}, "ENGINE=sparkle: the engines are duckdb and spark"),
        ({"SPARK_REMOTE": ""}, "ENGINE=spark needs the server's address: SPARK_REMOTE=sc://host:"),
        ({"SPARK_REMOTE": "127.0.0.1:15002"}, "SPARK_REMOTE=127.0.0.1:15002: an address is sc://"),
        ({"SPARK_REMOTE": "sc://127.0.0.1:x"}, "SPARK_REMOTE=sc://127.0.0.1:x: an address is sc:"),
        (
            {"SPARK_REMOTE": "sc://127.0.0.1:1"},
            "SPARK_REMOTE=sc://127.0.0.1:1: no Spark Connect server answers: failed to connect",
        ),
    ],
)
def test_a_wrong_address_is_one_line_before_anything_is_written(
    variables: dict[str, str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"ENGINE": "spark", **variables}.items():
        monkeypatch.setenv(name, value)
    raw = write_pages(tmp_path / "raw")
    done = run_stages("parse:all", raw=raw, processed=tmp_path / "out", reports=tmp_path / "csv")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {message}")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("on_spark")
def test_a_folder_that_the_server_does_not_see_is_one_line_and_leaves_the_tables_as_they_were(
    processed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in processed.iterdir()}
    monkeypatch.setenv("SPARK_PROCESSED", "/no-such-folder/")
    targets = ["model:papers", "report:coauthors"]
    done = run_stages(*targets, processed=processed, reports=tmp_path / "csv")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(
        "error: the Spark server cannot read /no-such-folder/listings.parquet; the server and all "
        "its workers must see PROCESSED"
    )
    assert {path: path.read_bytes() for path in processed.iterdir()} == before
    assert not (tmp_path / "csv").exists()


def test_a_missing_extra_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENGINE", "spark")
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:1")
    monkeypatch.delitem(sys.modules, "pipeline.engine.spark")
    monkeypatch.delattr("pipeline.engine.spark")
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(InputError, match=r"spark: sqlglot is not .*make setup EXTRAS=cluster"):
        open_engine(tmp_path)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select x from nowhere", "nowhere"),
        ("select from", "not in Spark's SQL: "),
    ],
)
def test_a_query_that_fails_is_one_line(remote: str, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as raised:
        spark.Spark(remote).fetch(query)
    assert len(str(raised.value).splitlines()) == 1
