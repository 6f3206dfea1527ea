"""What came in and what went out, by hash: checked with other means than the stage's own."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from corpus import PROJECT, build, run_stages

from pipeline.errors import PipelineError
from pipeline.provenance import provenance
from pipeline.statements import chart_names
from pipeline.tables import REPORTS, TABLES

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "Milk\n\nBread"
DRAWINGS = [f"{name}.{kind}" for name in chart_names() for kind in ("png", "svg")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of three pages and a note, and stand-ins for charts and pages."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "raw").mkdir()
    (folder / "raw" / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "raw" / "as_of.csv").write_text("file,as_of\nundated.txt,2020-03-01\n", "utf-8")
    build(folder)
    targets = [f"report:{name}" for name in REPORTS]
    done = run_stages(*targets, processed=folder / "processed", reports=folder / "reports")
    assert done.returncode == 0, done.stderr
    for name in (*DRAWINGS, "index.html"):
        (folder / "reports" / name).write_text(f"stands for {name}", encoding="utf-8")
    return folder


def noted(folder: Path, as_of: str = "") -> dict[str, Any]:
    """What the stage writes about the runs of a folder."""
    provenance(folder / "raw", as_of, folder / "processed", folder / "reports")
    found: dict[str, Any] = json.loads((folder / "reports" / "provenance.json").read_bytes())
    return found


def sha256(path: Path) -> str:
    done = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True)
    return done.stdout.split()[0]


def test_pages_have_their_hash_size_and_what_became_of_them(built: Path) -> None:
    pages = noted(built)["inputs"]["pages"]
    assert sorted(pages) == [
        "as_of.csv",
        "jane-roe.txt",
        "more/ann-poe.txt",
        "note.txt",
        "undated.txt",
    ]
    for name, facts in pages.items():
        assert facts["sha256"] == sha256(built / "raw" / name)
        assert facts["bytes"] == (built / "raw" / name).stat().st_size
    # Of NOTE: two line ends, and three lines left out.
    assert {name: facts for name, facts in pages["note.txt"].items() if name != "sha256"} == {
        "bytes": 11,
        "lines": 2,
        "listings": 0,
        "entries": 0,
        "rejected_lines": 3,
    }
    jane = pages["jane-roe.txt"]
    assert (jane["listings"], jane["entries"], jane["rejected_lines"]) == (1, 5, 0)
    assert "listings" not in pages["as_of.csv"]


def test_each_output_has_its_hash(built: Path) -> None:
    outputs = noted(built)["outputs"]
    assert set(outputs["tables"]) == {f"{name}.parquet" for name in TABLES}
    assert set(outputs["reports"]) == {f"{name}.csv" for name in REPORTS} | {
        *DRAWINGS,
        "index.html",
    }
    for kind, folder in (("tables", "processed"), ("reports", "reports")):
        for name, digest in outputs[kind].items():
            data = (built / folder / name).read_bytes()
            assert digest == hashlib.sha256(data).hexdigest(), name


def test_settings_and_versions_are_named(built: Path) -> None:
    found = noted(built)
    assert sorted(found["inputs"]["settings"]) == [
        "data/author_aliases.csv",
        "data/category_names.csv",
        "data/common_words.csv",
        "data/limits.csv",
    ]
    for name, facts in found["inputs"]["settings"].items():
        assert facts["sha256"] == sha256(PROJECT / name)
    assert sorted(found["versions"]) == [
        "author-listings",
        "duckdb",
        "matplotlib",
        "polars",
        "pyarrow",
        "python",
    ]
    locked = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    for name in ("duckdb", "matplotlib", "polars", "pyarrow"):
        assert f"{name}=={found['versions'][name]} " in locked
    assert found["as_of"] is None


def test_a_large_table_is_named_file_by_file(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    table = copy / "processed" / "bylines.parquet"
    table.rename(copy / "part")
    table.mkdir()
    (copy / "part").rename(table / "part-000000.parquet")
    tables = noted(copy)["outputs"]["tables"]
    assert tables["bylines.parquet/part-000000.parquet"] == sha256(table / "part-000000.parquet")
    assert "bylines.parquet" not in tables


def test_a_changed_input_or_output_changes_its_hash_alone(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    before = noted(copy)
    with (copy / "reports" / "coauthors.csv").open("a", encoding="utf-8") as file:
        file.write("x\n")
    with (copy / "raw" / "undated.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    after = noted(copy)
    for part, name in (("reports", "coauthors.csv"), ("pages", "undated.txt")):
        side = "outputs" if part == "reports" else "inputs"
        old, new = before[side][part].pop(name), after[side][part].pop(name)
        assert old != new
    assert after == before


def test_the_bytes_tell_neither_when_nor_where(built: Path, tmp_path: Path) -> None:
    noted(built)
    text = (built / "reports" / "provenance.json").read_text(encoding="utf-8")
    copy = shutil.copytree(built, tmp_path / "a" / "deeper")  # by other times of files
    for path in copy.rglob("*.txt"):
        path.touch()
    noted(copy)
    again = (copy / "reports" / "provenance.json").read_text(encoding="utf-8")
    assert again == text
    assert str(built) not in text
    assert str(PROJECT) not in text
    parsed = json.loads(text)
    assert text == json.dumps(parsed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_pages_that_changed_since_they_were_parsed_stop_it(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    (copy / "processed" / "raw.manifest").write_text("AS_OF=\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="raw: files changed since they were parsed: '"):
        noted(copy)


def test_the_day_of_the_pages_is_noted(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    assert noted(copy, "2026-07-02")["as_of"] == "2026-07-02"
