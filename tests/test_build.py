"""The process that runs the stale stages, and the painters that it starts."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from corpus import PROJECT, build, run_stages, stage_command, write_pages

from pipeline.chart import chart

if TYPE_CHECKING:
    from pathlib import Path

MODELS = [path.stem for path in (PROJECT / "sql" / "core").glob("*.sql")]
REFERENCES = ("author_aliases", "author_distinctions", "category_names", "limits")
CHARTS = [f"chart:{name}" for name in ("coauthors", "coauthor_pairs", "papers_per_year")]


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


def test_stages_run_in_the_order_of_the_data_whatever_the_order_of_targets(tmp_path: Path) -> None:
    models = [f"model:{name}" for name in (*MODELS, *REFERENCES)]
    done = run_stages(
        "warn:all",
        "chart:papers_per_year",
        "report:papers_per_year",
        "check:all",
        "terms:all",
        "network:all",
        *models,
        "parse:all",
        raw=write_pages(tmp_path / "raw"),
        processed=tmp_path / "processed",
        reports=tmp_path / "reports",
    )
    assert (done.returncode, done.stderr) == (0, "")
    first_words = [line.split()[0] for line in done.stdout.splitlines()]
    stages = ["parse", "model", "network", "terms", "check", "report", "chart"]
    assert first_words[: len(stages)] == stages
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {
        ".reports.sizes",
        "papers_per_year.csv",
        "papers_per_year.png",
        "papers_per_year.svg",
        "warnings.txt",
    }


def test_an_unknown_stage_is_one_line(tmp_path: Path) -> None:
    done = run_stages("bake:all", processed=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: bake:all: the stages are parse, model, ")
    assert len(done.stderr.splitlines()) == 1


def test_a_stage_that_fails_ends_the_run_and_the_painters(processed: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(processed, tmp_path / "broken")
    (broken / "papers.parquet").unlink()
    # A painter that lived on would hold standard output open: this would not return.
    done = run_stages("check:all", *CHARTS, processed=broken, reports=tmp_path / "reports")
    assert done.returncode == 1
    assert "papers.parquet" in done.stderr
    assert not (tmp_path / "reports").exists()


@pytest.mark.slow
def test_charts_do_not_depend_on_the_number_of_painters(processed: Path, tmp_path: Path) -> None:
    names = ["coauthors", "coauthor_pairs", "papers_per_year", "code_per_year"]
    targets = [f"{stage}:{name}" for stage in ("report", "chart") for name in names]
    assert run_stages(*targets, processed=processed, reports=tmp_path).returncode == 0
    drawn = {path: path.read_bytes() for path in tmp_path.glob("*.png")}
    assert len(drawn) == len(names)
    chart(tmp_path, names)
    assert {path: path.read_bytes() for path in drawn} == drawn


def has_children(process: subprocess.Popen[str]) -> bool:
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, check=False)
    return found.returncode == 0


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("seconds", [0, 0.3])
def test_an_interrupted_run_leaves_no_painter_and_prints_no_traceback(
    processed: Path, tmp_path: Path, sent: signal.Signals, seconds: float
) -> None:
    command = stage_command("check:all", *CHARTS, processed=processed, reports=tmp_path / "reports")
    run = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while run.poll() is None and not has_children(run):
        time.sleep(0.01)  # until there is a painter
    time.sleep(seconds)
    run.send_signal(sent)
    # Returns when nobody holds the output open any more, painters included.
    _, errors = run.communicate(timeout=60)
    assert run.returncode != 0
    assert "Traceback" not in errors
    assert not list(tmp_path.glob("reports/.*"))
