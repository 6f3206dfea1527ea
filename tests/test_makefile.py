"""The Makefile from outside: what is rebuilt when, and what a user sees."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from project import (
    CASES,
    CHART_NAMES,
    PROJECT,
    SECOND_PAGE,
    contents,
    files_in,
    make,
    outputs,
    planned,
)

from pipeline.exports import FILES as EXPORTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPORT_NAMES = {path.stem for path in (PROJECT / "sql" / "reports").glob("*.sql")}
COAUTHOR_CHARTS = ("coauthors", "coauthors_per_year")  # the second takes from the first
CORE_NAMES = {path.stem for path in (PROJECT / "sql" / "core").glob("*.sql")}
PARSED_NAMES = {
    "listings",
    "entries",
    "bylines",
    "entry_affiliations",
    "names",
    "name_pairs",
    "rejects",
}
DERIVED_NAMES = {"network", "paper_terms"}


def csv_and_charts(*names: str) -> set[str]:
    charts = [name for name in names if name in CHART_NAMES]
    return {f"{name}.csv" for name in names} | {
        f"{name}.{kind}" for name in charts for kind in ("png", "svg")
    }


def parquet(*names: str) -> set[str]:
    return {f"{name}.parquet" for name in names}


NOTES = {".tables.sizes", ".reports.sizes"}  # written whenever anything in their folder is
# What comes from all reports and charts.
LAST = {"index.html", "jane-roe.html", "john-schulman.html", "provenance.json"}
ALL_REPORTS = csv_and_charts(*REPORT_NAMES) | LAST
ALL_FROM_PAGES = (
    parquet(*PARSED_NAMES, *CORE_NAMES, *DERIVED_NAMES)
    | ALL_REPORTS
    | {"raw.manifest", "warnings.parse", "warnings.txt", "checks.passed"}
)


def rebuilt(tree: Path, *arguments: str, **variables: str) -> set[str]:
    """Names of the outputs that `make` writes anew."""
    before = {name: path.stat().st_mtime_ns for name, path in outputs(tree).items()}
    done = make(tree, *arguments, **variables)
    assert done.returncode == 0, done.stderr
    after = {name: path.stat().st_mtime_ns for name, path in outputs(tree).items()}
    return {name for name, changed in after.items() if before.get(name) != changed} - NOTES


def append(path: str, text: str) -> Callable[[Path], None]:
    def change(tree: Path) -> None:
        with (tree / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def test_a_second_run_runs_no_recipe(tree: Path) -> None:
    assert "Nothing to be done for 'all'." in make(tree, "all").stdout
    assert make(tree, "-q", "all").returncode == 0
    assert rebuilt(tree) == set()


PAGE_CHANGES: dict[str, Callable[[Path], object]] = {
    "touched": lambda tree: (tree / "data/raw/jane-roe.txt").touch(),
    "changed": append("data/raw/jane-roe.txt", "\nMore of the abstract.\n"),
    "added": lambda tree: (tree / "data/raw/copy.txt").write_text(SECOND_PAGE, encoding="utf-8"),
    "deleted": lambda tree: (tree / "data/raw/jane-roe.txt").unlink(),
    "emptied": lambda tree: (tree / "data/raw/jane-roe.txt").write_bytes(b""),
    "renamed": lambda tree: (tree / "data/raw/jane-roe.txt").rename(tree / "data/raw/roe.txt"),
}


def test_what_make_says_of_folders_is_not_taken_for_a_stage(tree: Path) -> None:
    (tree / ".venv" / "depends.mk").unlink()  # Make starts itself anew once it is written
    append("sql/reports/coauthors.sql", "-- changed\n")(tree)
    done = subprocess.run(
        ["make", "-n", "-C", str(tree), "all"], capture_output=True, text=True, check=True
    )
    (command,) = (line for line in done.stdout.splitlines() if "-m pipeline " in line)
    words = command.partition('--reports="$REPORTS" ')[2].split()
    assert words == ["chart:coauthors", "page:all", "provenance:all", "report:coauthors"]


@pytest.mark.parametrize("kind", PAGE_CHANGES)
def test_a_change_of_the_pages_rebuilds_all_that_comes_from_them(tree: Path, kind: str) -> None:
    assert planned(tree) == {}
    PAGE_CHANGES[kind](tree)
    assert planned(tree) == {
        "parse": {"all"},
        "model": CORE_NAMES,
        "network": {"all"},
        "terms": {"all"},
        "check": {"all"},
        "report": REPORT_NAMES,
        "chart": CHART_NAMES,
        "page": {"all"},
        "provenance": {"all"},
        "warn": {"all"},
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            PAGE_CHANGES["renamed"], ALL_FROM_PAGES, id="renamed page", marks=pytest.mark.slow
        ),
        pytest.param(
            append("pipeline/titles.py", "# changed\n"),
            ALL_FROM_PAGES - {"raw.manifest"},
            id="changed code of the parse stage",
        ),
        pytest.param(
            append("sql/core/coauthor_pairs.sql", "-- changed\n"),
            parquet("coauthor_pairs", "network")
            | csv_and_charts("author_network", "coauthor_pairs", "coauthors", "profiles")
            | {"checks.passed", *LAST},
            id="changed model",
        ),
        pytest.param(
            append("sql/reports/coauthors.sql", "-- changed\n"),
            csv_and_charts("coauthors") | LAST,
            id="changed report",
        ),
        pytest.param(
            append("sql/checks/pairs_agree.sql", "-- changed\n"),
            {"checks.passed"},
            id="changed check",
        ),
        pytest.param(
            append("pipeline/report.py", "# changed\n"),
            ALL_REPORTS,
            id="changed code of the report stage",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            append("pipeline/charts/coauthors.py", "# changed\n"),
            {f"{name}.{kind}" for name in COAUTHOR_CHARTS for kind in ("png", "svg")} | LAST,
            id="changed chart",
        ),
        pytest.param(
            append("data/category_names.csv", "made-up,MU,Made-Up Studies\n"),
            parquet("category_names")
            | csv_and_charts("papers_per_category")
            | {"checks.passed", *LAST},
            id="changed category names",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            append("data/common_words.csv", "made-up,never\n"),
            parquet("paper_terms") | csv_and_charts("term_trends") | LAST | {"checks.passed"},
            id="changed common words",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            append("data/author_aliases.csv", "A. Poe,Ann Poe,,\n"),
            parquet("author_aliases", "author_distinctions", *CORE_NAMES, *DERIVED_NAMES)
            | ALL_REPORTS
            | {"checks.passed", "warnings.txt"},
            id="changed aliases",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            lambda tree: (tree / "reports/coauthors.csv").unlink(),
            csv_and_charts("coauthors") | LAST,
            id="deleted output",
        ),
        pytest.param(
            append("pipeline/pages/templates/page.css", "/* changed */\n"),
            LAST,
            id="changed template",
        ),
    ],
)
def test_a_change_rebuilds_what_depends_on_it_and_no_more(
    tree: Path, change: Callable[[Path], object], expected: set[str]
) -> None:
    change(tree)
    assert rebuilt(tree) == expected
    assert make(tree, "-q", "all").returncode == 0


def test_exports_are_built_when_they_are_asked_for_and_stale(tree: Path) -> None:
    assert rebuilt(tree) == set()
    done = make(tree, "export")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tree / "reports" / "export").iterdir()} == {*EXPORTED}
    assert make(tree, "-q", "export").returncode == 0
    append("sql/exports/papers.sql", "-- changed\n")(tree)
    assert make(tree, "-q", "all").returncode == 0
    assert make(tree, "-q", "export").returncode == 1
    assert make(tree, "export").stdout.startswith("export ")
    assert make(tree, "clean").returncode == 0
    assert not (tree / "reports").exists()


def test_another_day_of_taking_the_pages_rebuilds_all(tree: Path) -> None:
    assert make(tree, "-q", "all").returncode == 0
    assert make(tree, "-q", "all", "AS_OF=2026-07-02").returncode == 1
    assert "parse" in planned(tree)


@pytest.mark.slow
def test_other_folders_and_surroundings_give_the_same_bytes(
    built: Path, tree: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "my 'raw' $pages"
    shutil.copytree(tree / "data" / "raw", raw)
    processed = tmp_path / "the $(tables) #1"
    arguments = ["-j2", "all", f"RAW={raw}", f"PROCESSED={processed}", "REPORTS=-my own/reports"]
    umask = os.umask(0o077)
    done = make(tree, *arguments, LC_ALL="C", TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
    os.umask(umask)
    assert done.returncode == 0, done.stderr
    found = [*files_in(processed), *files_in(tree / "-my own" / "reports")]
    expected = contents(built)
    assert {path.name for path in found} == {*expected, "raw.manifest"}
    for path in found:
        if path.name != "raw.manifest":
            assert path.read_bytes() == expected[path.name], path.name
    assert make(tree, "-q", *arguments).returncode == 0


@pytest.mark.slow
def test_two_runs_at_once_leave_what_one_run_leaves(built: Path, tree: Path) -> None:
    make(tree, "clean")
    command = ["make", "-C", str(tree), "all"]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for run in runs:
        _, errors = run.communicate()
        assert run.returncode == 0, errors
    assert contents(tree) == contents(built)


def test_clean_removes_outputs_and_nothing_else(tree: Path) -> None:
    (tree / "reports" / "notes.csv").write_text("mine\n", encoding="utf-8")
    assert make(tree, "clean").returncode == 0
    assert [path.name for path in (tree / "reports").iterdir()] == ["notes.csv"]
    assert not (tree / "data" / "processed").exists()


def test_an_old_make_is_refused_in_one_line(tree: Path) -> None:
    done = make(tree, "all", "MAKE_VERSION=4.2.1")
    assert done.returncode != 0
    assert "needs GNU Make 4.3 or newer, this is 4.2.1" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_old_python_is_refused_in_one_line(tree: Path) -> None:
    old = tree / "python3.9"
    old.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n', encoding="utf-8"
    )
    old.chmod(0o755)
    (tree / ".venv" / "main.stamp").unlink()
    done = make(tree, "all", f"PYTHON={old}")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_every_target_for_users(tree: Path) -> None:
    help_text = make(tree, "help").stdout
    for target in ("all", "test", "check", "query", "shell", "clean", "help"):
        assert f"\n  {target} " in help_text


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("no-such-folder", "no-such-folder: no such file or directory; RAW must be a readable"),
        ("empty", "empty: no file ends in .txt; put saved listings there"),
    ],
)
def test_a_raw_folder_without_pages_is_one_line(tree: Path, folder: str, message: str) -> None:
    (tree / "empty").mkdir()
    done = make(tree, "all", f"RAW={folder}")
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_page_is_named_and_the_others_go_on(tree: Path) -> None:
    (tree / "data/raw/shopping.txt").write_text("Milk\nBread\n", encoding="utf-8")
    done = make(tree, "all")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[-2] == "1 warning:"
    assert lines[-1].startswith("  data/raw/shopping.txt:1-2: left out: no listing: ")


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(20, marks=pytest.mark.slow),
        pytest.param(CASES // 200, marks=pytest.mark.torture),
    ],
)
def test_killed_at_any_moment_the_next_run_gives_the_same_bytes(
    built: Path, tmp_path: Path, kills: int
) -> None:
    expected = contents(built)
    started = time.monotonic()
    whole = shutil.copytree(built, tmp_path / "whole", symlinks=True)
    make(whole, "clean")
    make(whole, "all")
    seconds = time.monotonic() - started
    moments = random.Random(kills)  # noqa: S311 -- which moments does not matter, but that they stay
    for number in range(kills):
        tree = shutil.copytree(built, tmp_path / f"killed-{number}", symlinks=True)
        make(tree, "clean")
        run = subprocess.Popen(
            ["make", "-C", str(tree), "all"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0, seconds))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        done = make(tree, "all")
        assert done.returncode == 0, done.stderr
        assert contents(tree) == expected, f"killed run {number}"
        shutil.rmtree(tree)
