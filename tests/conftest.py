"""What must be so before any test module is imported, and what tests share.

No test may change the files of the shared reports.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest
from hostile import HOSTILE_PAGES, ONE_PAGE, build_reports

from pipeline.files import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def built_once(factory: pytest.TempPathFactory, name: str, pages: dict[str, str]) -> Path:
    """Reports and pages that the first of several workers builds for all."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with exclusive(folder / name):
        reports = folder / name / "reports"
        return reports if reports.exists() else build_reports(folder / name, pages)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and pages of several owners whose texts look like markup."""
    return built_once(tmp_path_factory, "hostile", HOSTILE_PAGES)


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and the page of one owner."""
    return built_once(tmp_path_factory, "one", ONE_PAGE)
