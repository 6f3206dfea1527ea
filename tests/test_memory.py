"""The memory that the engine may take."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from pipeline.engine import memory
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MEMORY_LIMIT", raising=False)
    monkeypatch.setattr(memory, "GROUP_LIMITS", (tmp_path / "v2", tmp_path / "v1"))


@pytest.mark.parametrize("size", ["2GB", "1.5 gb", "500MiB", "100kb"])
def test_the_limit_that_is_given_is_taken(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("MEMORY_LIMIT", size)
    assert memory.memory_limit() == size


@pytest.mark.parametrize("size", ["2", "lots", "-1GB", "2GB; drop table", "50%"])
def test_a_limit_that_is_no_size_is_an_error(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("MEMORY_LIMIT", size)
    with pytest.raises(InputError, match="expected a size such as 2GB"):
        memory.memory_limit()


@pytest.mark.parametrize(
    ("version", "group", "expected"),
    [
        ("v2", "1000000\n", "500000B"),
        ("v2", "max\n", "2000000B"),
        ("v1", "1000000\n", "500000B"),
        ("v1", "9223372036854771712\n", "2000000B"),
    ],
)
def test_without_one_it_is_half_of_what_there_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, group: str, expected: str
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (4_000_000, -1))
    (tmp_path / version).write_text(group, encoding="ascii")
    assert memory.memory_limit() == expected
