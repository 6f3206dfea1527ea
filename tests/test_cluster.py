"""`make all` on a real Spark cluster gives the bytes of DuckDB, also when a worker dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from cluster import Cluster
from corpus import write_pages
from made import made_pages
from project import copy_tree, make

from pipeline.engine import spark
from pipeline.parse import parse_raw
from pipeline.parsing import shards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.cluster
SECONDS = 280


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started
        # Its threads would go on asking servers that are gone, for minutes after the tests.
        spark.close(spark.connect(started.remote))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the shipped page and some more, built by DuckDB."""
    tree = copy_tree(tmp_path_factory.mktemp("tree") / "project")
    (tree / ".venv" / "cluster.stamp").touch()
    write_pages(tree / "data" / "raw")
    done = make(tree, "all")
    assert done.returncode == 0, done.stderr
    shutil.move(tree / "reports", tree / "reports of duckdb")
    make(tree, "clean")
    return tree


def contents(reports: Path) -> dict[str, bytes]:
    """All but the hashes of a run: each engine writes Parquet files in its own way."""
    return {
        str(path.relative_to(reports)): path.read_bytes()
        for path in reports.rglob("*")
        if path.is_file() and path.name not in {"provenance.json", ".reports.sizes"}
    }


@contextmanager
def started(tree: Path, cluster: Cluster) -> Iterator[subprocess.Popen[str]]:
    """A run that has just begun; ended with all its processes if the test ends first."""
    make(tree, "clean")
    run = subprocess.Popen(
        ["make", "-C", str(tree), "all", "ENGINE=spark", f"SPARK_REMOTE={cluster.remote}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield run
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()


def assert_same(run: subprocess.Popen[str], tree: Path) -> None:
    said, _ = run.communicate(timeout=SECONDS)
    assert run.returncode == 0, said
    assert contents(tree / "reports") == contents(tree / "reports of duckdb")


def test_gives_the_bytes_of_duckdb(tree: Path, cluster: Cluster) -> None:
    with started(tree, cluster) as run:
        assert_same(run, tree)


def test_gives_the_same_bytes_when_a_worker_is_killed(tree: Path, cluster: Cluster) -> None:
    first_model = tree / "data" / "processed" / "name_links.parquet"
    until = time.monotonic() + SECONDS
    with started(tree, cluster) as run:
        while not first_model.exists() and run.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert run.poll() is None, run.communicate()
        cluster.kill("worker-1")
        assert_same(run, tree)


def test_a_folder_that_only_this_machine_sees_is_one_line(tree: Path, cluster: Cluster) -> None:
    make(tree, "clean")
    done = make(
        tree,
        "all",
        "ENGINE=spark",
        f"SPARK_REMOTE={cluster.remote}",
        "SPARK_PROCESSED=/no-such-folder",
    )
    assert done.returncode != 0
    error, made = done.stderr.splitlines()
    assert error.startswith("error: the Spark server cannot read ")
    assert "no-such-folder/listings.parquet" in error
    assert made.startswith("make: ***")
    assert not list((tree / "data" / "processed").glob("name_links*"))


def test_parses_on_the_workers_to_the_bytes_of_one_machine(
    cluster: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    raw = write_pages(tmp_path / "raw", made_pages(100))
    monkeypatch.setattr(shards, "SHARD_BYTES", 30_000)
    parse_raw(raw, tmp_path / "duckdb", "", 1)
    monkeypatch.setenv("ENGINE", "spark")
    monkeypatch.setenv("SPARK_REMOTE", cluster.remote)
    parse_raw(raw, tmp_path / "spark", "")
    assert len(list((tmp_path / "spark" / "entries.parquet").iterdir())) > 1
    assert contents(tmp_path / "spark") == contents(tmp_path / "duckdb")
    assert "does not parse" not in capsys.readouterr().out
