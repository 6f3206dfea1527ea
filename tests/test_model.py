"""The stage that runs sql/core."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from corpus import PROJECT, build, run_stages

from pipeline import model
from pipeline.errors import InputError, PipelineError, QueryError
from pipeline.statements import CORE as CORE_SQL
from pipeline.statements import statements
from pipeline.tables import CORE, REFERENCE

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def processed(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "processed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project whose SQL and reference files a test may change."""
    copy = tmp_path / "project"
    shutil.copytree(PROJECT / "sql", copy / "sql")
    ignored = shutil.ignore_patterns("__pycache__", "charts")
    shutil.copytree(PROJECT / "pipeline", copy / "pipeline", ignore=ignored)
    (copy / "data").mkdir()
    for path in (PROJECT / "data").glob("*.csv"):
        shutil.copy(path, copy / "data")
    return copy


def rows_of(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def states(processed: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.stem: (path.stat().st_mtime_ns, path.read_bytes())
        for path in processed.glob("*.parquet")
    }


def assert_refused(result: subprocess.CompletedProcess[str], processed: Path, *told: str) -> None:
    assert result.returncode == 1, result.stdout
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr
    for text in told:
        assert text in result.stderr
    assert not list(processed.glob(".*draft*"))


def test_writes_each_declared_table(built: Path) -> None:
    for name in [*REFERENCE, *CORE]:
        declared = [column.name for column in {**REFERENCE, **CORE}[name].columns]
        assert pq.read_schema(built / f"{name}.parquet").names == declared


def test_the_small_corpus(built: Path) -> None:
    authors = [
        (row["name"], row["kind"], row["papers"]) for row in rows_of(built / "authors.parquet")
    ]
    assert authors == [
        ("Al Doe", "person", 4),
        ("Ann Poe", "person", 4),
        ("Bo Zed", "person", 4),
        ("Jack Roe", "person", 1),
        ("Jane Roe", "person", 5),
        ("The Example Team", "collective", 1),
    ]
    papers = [
        (
            str(row["published"]),
            row["title"],
            row["truncated"],
            row["known_authors"],
            row["min_authors"],
        )
        for row in rows_of(built / "papers.parquet")
    ]
    assert papers == [
        ("2013-05-03", "Earlier", False, 3, 3),
        ("2013-05-03", "Hidden", True, 4, 4),
        ("2014-11-07", "On Made-up Examples", True, 3, 4),
        ("2016-07-09", "Alone", False, 1, 1),
        ("2016-07-09", "In Company", False, 2, 2),
        ("2017-02-05", "Nothing but Dates", True, 4, 4),
        ("None", "Without a Year", False, 2, 2),
    ]
    years = [(row["year"], row["complete_year"]) for row in rows_of(built / "years.parquet")]
    assert years == [(2013, True), (2014, True), (2015, True), (2016, True), (2017, False)]


def test_order_comes_from_the_sql(project: Path, processed: Path) -> None:
    core = project / "sql" / "core"
    (core / "aaa.sql").write_text("select year from zzz order by year", encoding="utf-8")
    (core / "zzz.sql").write_text("select year from years order by year", encoding="utf-8")
    with (project / "pipeline" / "tables.py").open("a", encoding="utf-8") as file:
        for name in ("aaa", "zzz"):
            file.write(f'\nCORE["{name}"] = table("{name}", "", ("year", "bigint", ""))\n')
    for name in CORE:
        (processed / f"{name}.parquet").unlink()

    result = run_stages(
        *(f"model:{name}" for name in ("aaa", *CORE, *REFERENCE, "zzz")),
        processed=processed,
        project=project,
    )

    assert result.returncode == 0, result.stderr
    assert [row["year"] for row in rows_of(processed / "aaa.parquet")] == list(range(2013, 2018))


def change_years(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    queries = statements(CORE_SQL)
    assert old in queries["years"]
    changed = queries | {"years": queries["years"].replace(old, new)}
    monkeypatch.setattr(model, "statements", lambda _folder: changed)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    complete_year,\nfrom marked", "    complete_year as over,\nfrom marked", "over bool"),
        (
            "    complete_year,\nfrom marked",
            "    complete_year,\n    1 as more,\nfrom marked",
            "more int32",
        ),
        ("    year,\n    complete_year,\nfrom marked", "    year,\nfrom marked", "year int64;"),
        ("as bigint) as year,", "as integer) as year,", "year int32"),
    ],
    ids=["other name", "one more", "one fewer", "other type"],
)
def test_other_columns_than_declared_are_refused(
    processed: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, found: str
) -> None:
    before = states(processed)
    change_years(monkeypatch, old, new)

    with pytest.raises(PipelineError) as refusal:
        model.build(processed, ["years"])

    message = str(refusal.value)
    assert message.startswith("sql/core/years.sql: ")
    assert found in message
    assert message.endswith("pipeline/tables.py declares year int64, complete_year bool")
    assert states(processed) == before
    assert not list(processed.glob(".*draft*"))


def test_a_query_that_fails_is_named(processed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = states(processed)
    change_years(monkeypatch, "min(year)", "min(yaer)")

    with pytest.raises(QueryError, match=r"^sql/core/years\.sql: (?s:.*)yaer"):
        model.build(processed, ["years"])

    assert states(processed) == before


def test_an_undeclared_file_is_refused(project: Path, processed: Path) -> None:
    text = "select year from years order by year"
    (project / "sql" / "core" / "aaa.sql").write_text(text, encoding="utf-8")

    result = run_stages("model:aaa", processed=processed, project=project)

    assert_refused(result, processed, "sql/core/aaa.sql", "pipeline/tables.py", "year int64")
    assert not (processed / "aaa.parquet").exists()


def test_a_reference_file_that_is_wrong_is_named(
    processed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = states(processed)
    path = tmp_path / "data" / "author_aliases.csv"
    path.parent.mkdir()
    path.write_text("name,same_as,note\nJanet Roe\n", encoding="utf-8")
    monkeypatch.setattr(model, "PROJECT", tmp_path)

    with pytest.raises(InputError, match=r"author_aliases\.csv:2: "):
        model.build(processed, ["author_aliases"])

    assert states(processed) == before


def test_only_named_tables_are_rewritten(processed: Path) -> None:
    before = states(processed)
    model.build(processed, ["years", "author_aliases"])
    after = states(processed)

    changed = {name for name in after if after[name][0] != before[name][0]}
    assert changed == {"years", "author_aliases"}
    assert {name: content for name, (_, content) in after.items()} == {
        name: content for name, (_, content) in before.items()
    }


def test_a_named_table_is_made_from_the_others_as_they_are(processed: Path) -> None:
    papers = pq.read_table(processed / "papers.parquet")
    pq.write_table(papers.slice(0, 3), processed / "papers.parquet")

    model.build(processed, ["years"])

    assert [row["year"] for row in rows_of(processed / "years.parquet")] == [2013, 2014]
    assert len(rows_of(processed / "papers.parquet")) == 3


def test_the_same_input_gives_the_same_bytes(built: Path, processed: Path) -> None:
    for name in [*REFERENCE, *CORE]:
        (processed / f"{name}.parquet").unlink()
    model.build(processed, [*CORE, *REFERENCE])

    for name in [*REFERENCE, *CORE]:
        path = processed / f"{name}.parquet"
        assert path.read_bytes() == (built / path.name).read_bytes(), name


def test_a_parsed_table_that_is_missing_is_named(processed: Path) -> None:
    (processed / "bylines.parquet").unlink()

    with pytest.raises(PipelineError, match=r"bylines\.parquet"):
        model.build(processed, ["authorships"])
