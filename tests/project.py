"""Copies of the project to run `make` in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# How many pages of a kind `make torture` makes up; it kills a run for each two hundred of them.
CASES = int(os.environ.get("CASES", "20000"))
SECOND_PAGE = """Jane Roe

2 Papers

LGMar 1, 2020
A First Made-Up Title

Jane Roe, Ann Poe

An abstract.

CLMay 2, 2021Code
A Second Made-Up Title

Al Doe, Jane Roe, Ann Poe et al. · example
"""
# Others are left out of the tree: what is said of these is said of all, and drawing takes longest.
CHART_NAMES = {"coauthors", "coauthors_per_year", "term_trends"}


def make(tree: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MAKEFLAGS", "MAKELEVEL", "RAW", "PROCESSED", "REPORTS", "AS_OF"}
    }
    return subprocess.run(
        ["make", "--no-print-directory", "-C", str(tree), *arguments],
        env=environment | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copy_tree(destination: Path) -> Path:
    """A copy of the project's own files that shares the installed packages."""
    ignored = shutil.ignore_patterns(
        ".venv", ".git", "processed", "reports", ".*_cache", ".hypothesis", "__pycache__"
    )
    shutil.copytree(PROJECT, destination, ignore=ignored)
    shutil.copytree(
        PROJECT / "sql" / "reports", destination / "sql" / "reports", dirs_exist_ok=True
    )
    environment = destination / ".venv"
    environment.mkdir()
    for name in ("bin", "lib", "include", "pyvenv.cfg", "matplotlib"):
        if (PROJECT / ".venv" / name).exists():
            (environment / name).symlink_to(PROJECT / ".venv" / name)
    (environment / "main.stamp").touch()
    return destination


def built_tree(destination: Path) -> Path:
    """A tree with two pages in which `make all` has run."""
    tree = copy_tree(destination)
    (tree / "data" / "raw" / "jane-roe.txt").write_text(SECOND_PAGE, encoding="utf-8")
    for path in (tree / "pipeline" / "charts").glob("[a-z]*.py"):
        if path.stem not in CHART_NAMES:
            path.unlink()
    done = make(tree, "all")
    assert done.returncode == 0, done.stderr
    return tree


def outputs(tree: Path) -> dict[str, Path]:
    folders = [tree / "data" / "processed", tree / "reports"]
    return {path.name: path for folder in folders for path in files_in(folder)}


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def contents(tree: Path) -> dict[str, bytes]:
    found = outputs(tree)
    del found["raw.manifest"]  # holds the raw files' times of change
    return {name: path.read_bytes() for name, path in found.items()}


def planned(tree: Path) -> dict[str, set[str]]:
    """For each stage that `make all` would run, the names that it would be given."""
    _, _, command = make(tree, "-n", "all").stdout.partition("-m pipeline ")
    words = [word.split(":") for word in command.split() if ":" in word]
    return {stage: {name for other, name in words if other == stage} for stage, _ in words}
