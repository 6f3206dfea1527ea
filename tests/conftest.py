"""What must be so before any test module is imported, and what tests share.

No test may change the files of the shared reports, nor of the shared tree.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hostile import HOSTILE_PAGES, ONE_PAGE, build_reports
from project import built_tree

from pipeline.files import exclusive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# pyspark takes a process without a main file, such as pytest-xdist's workers, for a doctest.
main = sys.modules["__main__"]
if not hasattr(main, "__file__"):
    main.__file__ = __file__


# A step for each pair of 50,000 letters takes longer, one for each letter a hundredth.
SECONDS = 100


@pytest.fixture
def must_end() -> Iterator[None]:
    """Fail a test that would go on and on; no measure of speed."""

    def give_up(_signal: int, _frame: object) -> NoReturn:
        pytest.fail(f"not done after {SECONDS} seconds")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Path]) -> Path:
    """What the first of several workers builds for all, in a folder of that name."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    place, stamp = folder / name, folder / f"{name}.path"
    with exclusive(folder / f"{name}.lock"):
        if not stamp.exists():
            stamp.write_text(str(build(place)), encoding="utf-8")
        return Path(stamp.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and pages of several owners whose texts look like markup."""
    return built_once(
        tmp_path_factory, "hostile", lambda place: build_reports(place, HOSTILE_PAGES)
    )


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and the page of one owner."""
    return built_once(tmp_path_factory, "one", lambda place: build_reports(place, ONE_PAGE))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree with two pages in which `make all` has run."""
    return built_once(tmp_path_factory, "built", built_tree)


@pytest.fixture
def tree(built: Path, tmp_path: Path) -> Path:
    """A copy of the built tree, times of change included."""
    return shutil.copytree(built, tmp_path / "project", symlinks=True)
