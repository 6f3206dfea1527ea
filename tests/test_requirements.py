"""The lock files: each package in one version, known by its hash, from the user's own index."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from project import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = sorted(PROJECT.glob("requirements*.txt"))
PACKAGE = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)(\[[a-z,-]+\])?==[0-9][0-9a-z.+]*( ; [^-]+?)?")
HASH = re.compile(r" --hash=sha256:[0-9a-f]{64}")


def statements(text: str) -> list[str]:
    """What a lock file says: lines that go on joined, comments left out."""
    lines = text.replace("\\\n", "").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_each_package_is_pinned_by_version_and_hash(path: Path) -> None:
    found = statements(path.read_text(encoding="utf-8"))
    assert found
    for line in found:
        package, *_ = re.split(r" +--hash", line)
        assert PACKAGE.fullmatch(package.strip()), line
        rest = line.replace(package, "", 1)
        assert HASH.search(rest), line
        assert HASH.sub("", re.sub(" +", " ", rest)).strip() == "", line  # no index, no address


def test_all_that_the_project_names_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-cluster.txt": project["project"]["optional-dependencies"]["cluster"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
        "requirements-spark.txt": project["dependency-groups"]["spark"],
        "requirements-fuzz.txt": project["dependency-groups"]["fuzz"],
        "requirements-mutants.txt": project["dependency-groups"]["mutants"],
    }
    assert {path.name for path in LOCKS} == {*wanted}
    for name, packages in wanted.items():
        locked = {
            line.split("==")[0] for line in statements((PROJECT / name).read_text(encoding="utf-8"))
        }
        assert {re.split("[<>=]", package)[0] for package in packages} <= locked, name


def test_a_line_without_a_hash_or_with_an_address_is_found() -> None:
    assert PACKAGE.fullmatch("numpy==2.4.1 ; python_full_version < '3.12'")
    for line in (
        "numpy>=2",
        "numpy",
        "numpy @ https://example.com/a.whl",
        "-i https://example.com",
    ):
        assert not PACKAGE.fullmatch(line)
