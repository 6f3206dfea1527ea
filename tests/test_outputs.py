"""The note of what a run wrote, by which damage is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.errors import PipelineError
from pipeline.outputs import REPORT_FILES, TABLE_FILES, changed, remove_damaged, writing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tables that a run wrote, one of them a folder of files, beside a file of the user's."""
    with writing(tmp_path, TABLE_FILES):
        (tmp_path / "papers.parquet").write_bytes(b"papers")
        (tmp_path / "entries.parquet").mkdir()
        for number in range(3):
            (tmp_path / "entries.parquet" / f"part-{number}.parquet").write_bytes(b"entries")
        (tmp_path / "mine.parquet").write_bytes(b"mine")
    return tmp_path


def test_what_a_run_wrote_is_not_changed(folder: Path) -> None:
    assert changed(folder, TABLE_FILES) == []
    assert changed(folder / "nowhere", TABLE_FILES) == []
    assert changed(folder, REPORT_FILES) == []


def test_a_part_that_is_cut_added_or_gone_changes_the_table(folder: Path) -> None:
    part = folder / "entries.parquet" / "part-2.parquet"
    part.write_bytes(b"entr")
    assert changed(folder, TABLE_FILES) == ["entries.parquet"]
    part.unlink()
    assert changed(folder, TABLE_FILES) == ["entries.parquet"]
    part.write_bytes(b"entries")
    assert changed(folder, TABLE_FILES) == []
    part.with_name("part-3.parquet").touch()
    assert changed(folder, TABLE_FILES) == ["entries.parquet"]


def test_what_is_changed_is_removed_and_said_and_all_else_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "entries.parquet" / "part-0.parquet").unlink()
    (folder / "mine.parquet").write_bytes(b"mine, edited")
    remove_damaged(folder, TABLE_FILES)
    assert (
        capsys.readouterr().err == f"{folder}: not as a run left it, made anew: entries.parquet\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        ".tables.sizes",
        "mine.parquet",
        "papers.parquet",
    ]


@pytest.mark.parametrize("note", [None, b"", b"\xff\xfe\n", b"6\n6 \n papers.parquet\n"])
def test_without_a_whole_note_nothing_is_trusted(folder: Path, note: bytes | None) -> None:
    (folder / ".tables.sizes").unlink()
    if note is not None:
        (folder / ".tables.sizes").write_bytes(note)
    assert sorted(changed(folder, TABLE_FILES)) == ["entries.parquet", "papers.parquet"]


def test_what_a_failed_run_wrote_is_not_trusted(folder: Path) -> None:
    def fail() -> None:
        with writing(folder, TABLE_FILES):
            (folder / "papers.parquet").write_bytes(b"other papers")
            raise PipelineError

    with pytest.raises(PipelineError):
        fail()
    assert changed(folder, TABLE_FILES) == ["papers.parquet"]


def test_a_note_names_no_file_to_remove_that_is_not_ours(folder: Path) -> None:
    (folder / ".tables.sizes").write_text("1 mine.parquet\n1 ../mine\n", encoding="utf-8")
    remove_damaged(folder, TABLE_FILES)
    assert (folder / "mine.parquet").exists()
