"""The README against the project: its commands print what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
from project import PROJECT, copy_tree, make

from pipeline.docs import PAGE, PAGE_DIGEST, PICTURES, digest, with_dictionary

if TYPE_CHECKING:
    from pathlib import Path

README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
SECONDS = re.compile(r"\(\d+\.\d s\)")
QUERIES = [block for block in BLOCKS if "make query" in block]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_tree(tmp_path_factory.mktemp("readme") / "project")


def test_make_all_prints_what_the_readme_says(tree: Path) -> None:
    block = next(block for block in BLOCKS if block.startswith("$ make all\nsetup"))
    done = make(tree, "all")
    assert done.returncode == 0, done.stderr
    expected = block.splitlines()[2:]  # after the command and the setup, which is done here
    assert (
        SECONDS.sub("", done.stdout).splitlines()
        == SECONDS.sub("", "\n".join(expected)).splitlines()
    )


def test_make_export_prints_what_the_readme_says(tree: Path) -> None:
    block = next(block for block in BLOCKS if block.startswith("$ make export"))
    make(tree, "all")
    done = make(tree, "export")
    assert done.returncode == 0, done.stderr
    _, _, expected = block.partition("\n")
    assert SECONDS.sub("", done.stdout) == SECONDS.sub("", expected)
    named = re.findall(r"`([\w.]+\.(?:graphml|gexf|net|txt|bib|ris|xlsx))`", README)
    assert sorted(named) == sorted(path.name for path in (tree / "reports/export").iterdir())


@pytest.mark.parametrize("block", QUERIES, ids=range(len(QUERIES)))
def test_queries_print_what_the_readme_says(tree: Path, block: str) -> None:
    make(tree, "all")
    command, _, expected = block.partition("\n")
    words = shlex.split(command.removeprefix("$ "))
    variables = dict(word.split("=", 1) for word in words if "=" in word)
    done = make(tree, "query", **variables)
    assert done.stdout.strip() == expected.strip()


def test_hashes_are_what_the_readme_says(tree: Path) -> None:
    block = next(block for block in BLOCKS if block.startswith("$ sha256sum"))
    make(tree, "all")
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    shown = [
        subprocess.check_output(shlex.split(command), cwd=tree, text=True) for command in commands
    ]
    assert "".join(shown) == "".join(
        line for line in block.splitlines(keepends=True) if not line.startswith("$ ")
    )


@pytest.mark.slow
def test_other_folders_can_be_named_as_the_readme_does(tree: Path, tmp_path: Path) -> None:
    command = next(block for block in BLOCKS if "RAW=" in block).removeprefix("$ ")
    (tree / "my pages").mkdir()
    (tree / "my pages" / "page.txt").write_bytes((tree / "data/raw/john-schulman.txt").read_bytes())
    tables = f"PROCESSED={tmp_path / 'tables'}"
    words = [tables if word.startswith("PROCESSED=") else word for word in shlex.split(command)]
    done = subprocess.run(words, cwd=tree, env=os.environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tree / "my reports" / "papers_per_year.csv").is_file()


def test_the_dictionary_is_that_of_the_declared_tables() -> None:
    assert with_dictionary(README) == README, "run `make docs`"


def test_the_pictures_are_those_of_the_current_code(tree: Path) -> None:
    make(tree, "all")
    for name in PICTURES:
        picture = PROJECT / "docs" / f"{name}.png"
        assert picture.read_bytes() == (tree / "reports" / picture.name).read_bytes(), "make docs"
    pictures = {f"{name}.png" for name in PICTURES} | {PAGE}
    assert {path.name for path in (PROJECT / "docs").glob("*.png")} == pictures
    assert all(f"(docs/{name})" in README for name in pictures)


def test_the_picture_of_the_page_is_of_the_current_page(tree: Path) -> None:
    make(tree, "all")
    noted = (PROJECT / "docs" / PAGE_DIGEST).read_text(encoding="utf-8")
    assert noted == digest(tree / "reports" / "index.html"), "make docs"
