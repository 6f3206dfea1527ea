"""The stage that stops a run whose tables contradict themselves."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from corpus import PROJECT, build, change, run_stages

from pipeline.check import check
from pipeline.errors import CheckError, PipelineError
from pipeline.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, Any]]
CHECKS = sorted(path.stem for path in (PROJECT / "sql" / "checks").glob("*.sql"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("good"))


@pytest.fixture
def processed(good: Path, tmp_path: Path) -> Path:
    return shutil.copytree(good, tmp_path / "processed")


def failure_of(processed: Path) -> str:
    with pytest.raises(CheckError) as failure:
        check(processed)
    return str(failure.value)


def test_good_tables_pass_all_checks(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(processed)

    assert (processed / "checks.passed").read_text(encoding="utf-8").split() == CHECKS
    shown = capsys.readouterr()
    assert f"{len(TABLES)} tables, {len(CHECKS)} checks → no wrong rows" in shown.out
    assert shown.err == ""


def test_a_wrong_row_stops_the_run(processed: Path) -> None:
    check(processed)
    assert (processed / "checks.passed").is_file()

    def repeat_the_first(rows: Rows) -> Rows:
        rows[0].update(paper_id=11, author_id=1)
        return [rows[0], *rows]

    change(processed / "authorships.parquet", repeat_the_first)
    result = run_stages("check:all", processed=processed)

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("error: check ")
    assert "check authorships_are_unique: 1 wrong row" in result.stderr
    assert "sql/checks/authorships_are_unique.sql" in result.stderr
    assert "  paper_id = 11, author_id = 1, times = 2\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (processed / "checks.passed").exists()


def test_a_failed_check_can_pass_again(processed: Path, good: Path) -> None:
    change(processed / "years.parquet", lambda rows: rows[1:])
    failure_of(processed)

    shutil.copy(good / "years.parquet", processed)
    check(processed)

    assert (processed / "checks.passed").is_file()


def test_all_failed_checks_are_named(processed: Path) -> None:
    change(processed / "years.parquet", lambda rows: [*rows, rows[-1]])
    change(processed / "listings.parquet", lambda rows: [{**row, "entries": 99} for row in rows])

    message = failure_of(processed)

    assert "check years_are_unique: 1 wrong row " in message
    assert "check listing_entries_agree: 3 wrong rows " in message
    assert "  listing = 'jane-roe', entries = 99, found = 5\n" in message


def test_only_the_first_rows_are_shown(processed: Path) -> None:
    def orphans(_rows: Rows) -> Rows:
        return [{"listing": "a", "entry": n, "affiliation": "x"} for n in range(1, 1002)]

    change(processed / "entry_affiliations.parquet", orphans)
    lines = failure_of(processed).splitlines()

    assert "check affiliations_have_an_entry: 1,001 wrong rows " in lines[0]
    assert lines[1] == "  listing = 'a', entry = 1, affiliation = 'x'"
    assert lines[5] == "  listing = 'a', entry = 5, affiliation = 'x'"
    assert lines[6:] == ["  and 996 more"]


def test_dates_are_shown_as_iso(processed: Path) -> None:
    def too_early(rows: Rows) -> Rows:
        return [{**rows[0], "published": date(1599, 12, 31)}, *rows[1:]]

    change(processed / "entries.parquet", too_early)

    assert "published = 1599-12-31, " in failure_of(processed)


def test_text_cannot_steer_the_terminal(processed: Path) -> None:
    change(
        processed / "category_names.parquet",
        lambda _rows: [{"archive": "cs\x1b[2J\n", "code": "LG", "name": "x"}] * 2,
    )
    message = failure_of(processed)

    assert "\x1b" not in message
    assert len(message.splitlines()) == 2


@pytest.mark.parametrize("content", [None, b"", b"not Parquet"])
def test_a_table_that_cannot_be_read_is_named(processed: Path, content: bytes | None) -> None:
    path = processed / "papers.parquet"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(PipelineError, match=r"papers\.parquet"):
        check(processed)
