"""The same pages give the same bytes on two machines that have nothing else in common."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE_PAGES
from made import made_pages
from project import copy_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LATER = "later.txt"  # the page that comes to the others


def long_page(owner: str) -> str:
    """A page so long that it is cut, read by several processes, and stored in several files."""
    entries = (
        f"CLNov {1 + number % 28}, {2000 + number % 25}\nOn {number} Made-Up Kites\n\n"
        f"{owner}, Al Doe {number % 89}, Bo Zed {number % 97} et al.\n\n{'We fly kites. ' * 60}\n\n"
        for number in range(20_000)
    )
    header = (
        f"{owner}\n\nLG\nh-index12\n9papers\n1,024citations\nNovelty51%\nAI Score54\n\n9 Papers"
    )
    return f"{header}\n\n{''.join(entries)}"


@cache
def pages() -> dict[str, str]:
    """Made-up pages, one of them long, and some whose texts look like markup."""
    made = made_pages(41)
    made[LATER] = made.pop("0.txt")
    return {**made, **HOSTILE_PAGES, "long.txt": long_page("Jane Roe")}


def put(tree: Path, names: Iterable[str]) -> None:
    """Save pages in an order, which many file systems keep when they list a folder."""
    for name in names:
        path = tree / "data" / "raw" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages()[name], encoding="utf-8")


def make(tree: Path, before: Iterable[str], umask: int, variables: Mapping[str, str]) -> None:
    done = subprocess.run(
        [*before, "make", "--no-print-directory", "-C", str(tree), "export", "AS_OF=2026-07-02"],
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def contents(tree: Path) -> dict[str, bytes]:
    """The bytes of all outputs by their names below the project."""
    paths = [
        path
        for folder in ("data/processed", "reports")
        for path in (tree / folder).rglob("*")
        if path.is_file() and path.name != "raw.manifest"  # which holds times of change
    ]
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a machine of one core gives whose clock, locale, hashes and folders are of one kind."""
    tree = copy_tree(tmp_path_factory.mktemp("a") / "project")
    put(tree, sorted(pages()))
    settings = {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}
    one_core = ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))]
    make(tree, one_core, 0o022, settings)
    found = contents(tree)
    shutil.rmtree(tree)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("taskset"), reason="needs taskset to take cores away")
@pytest.mark.parametrize("added", [set(), {LATER}], ids=["at once", "one page later"])
def test_another_machine_gives_the_same_bytes(
    tmp_path: Path, expected: dict[str, bytes], added: set[str]
) -> None:
    tree = copy_tree(tmp_path / "another folder" / "deeper" / "author listings")
    # Where there is no Turkish locale, the C library takes C.
    settings = {"PYTHONHASHSEED": "20261122", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Apia"}
    put(tree, sorted(pages().keys() - added, reverse=True))
    make(tree, [], 0o077, settings)
    if added:
        assert contents(tree) != expected
        put(tree, added)
        make(tree, [], 0o077, settings)
    found = contents(tree)
    kinds = {".csv", ".parquet", ".png", ".svg", ".html", ".json", ".xlsx", ".graphml", ".bib"}
    assert kinds <= {Path(name).suffix for name in found}
    assert any(name.startswith("data/processed/entries.parquet/part-") for name in found)
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []
