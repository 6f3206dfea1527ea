"""What must be so before any test module is imported, and what tests share.

No test may change the files of the shared reports.
"""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest
from hostile import HOSTILE_PAGES, ONE_PAGE, build_reports

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


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and pages of several owners whose texts look like markup."""
    return build_reports(tmp_path_factory.mktemp("hostile"), HOSTILE_PAGES)


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and the page of one owner."""
    return build_reports(tmp_path_factory.mktemp("one"), ONE_PAGE)
