"""The small CSV files beside the raw folder that people edit, as tables.

`data/author_aliases.csv` says which printed names are one person, `data/category_names.csv` what
arXiv's category codes mean (arXiv category taxonomy, https://arxiv.org/category_taxonomy).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.names import fold
from pipeline.sources import read_cells

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "author_aliases": "data/author_aliases.csv",
    "category_names": "data/category_names.csv",
}
ALIAS_COLUMNS = ["name", "same_as", "note"]
CATEGORY_COLUMNS = ["archive", "code", "name"]


def read_table(name: str, path: Path) -> list[tuple[str, ...]]:
    """Rows of a reference table (see `pipeline.tables.REFERENCE`), sorted by key.

    Raises
    ------
    InputError
        Naming file and line, if the file is not of the expected form.
    """
    return alias_rows(path) if name == "author_aliases" else category_rows(path)


def alias_rows(path: Path) -> list[tuple[str, ...]]:
    """Each spelling that the file names, with the key of the author it stands for.

    Chains are followed to their end (a is b, b is c: both are c); of spellings that name each
    other in a circle the alphabetically first stands for all.

    Raises
    ------
    InputError
        If a line lacks a name, or gives a name that already stands for somebody else.
    """
    target: dict[str, str] = {}
    said: dict[str, str] = {}
    for number, (name, same_as, _note) in read_cells(path, ALIAS_COLUMNS):
        if not name or not same_as:
            raise InputError(f"{path}:{number}: found no name, expected both name and same_as")
        key, author = fold(name), fold(same_as)
        if target.get(key, author) != author:
            raise InputError(
                f"{path}:{number}: {name!r} is said to be {same_as!r}, but an earlier line says "
                f"{said[key]!r}; keep one of them"
            )
        target[key], said[key] = author, same_as
    keys = sorted(target.keys() | target.values())
    return [(key, end_of_chain(key, target)) for key in keys]


def end_of_chain(key: str, target: dict[str, str]) -> str:
    """Follow a key to the author it finally stands for."""
    seen = [key]
    while (following := target.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def category_rows(path: Path) -> list[tuple[str, ...]]:
    """Archive, code and name of each category.

    Raises
    ------
    InputError
        If a cell is empty or a category stands twice.
    """
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, (archive, code, name) in read_cells(path, CATEGORY_COLUMNS):
        if not (archive and code and name):
            raise InputError(
                f"{path}:{number}: found an empty cell, expected archive, code and name"
            )
        if (archive, code) in rows:
            raise InputError(f"{path}:{number}: {archive}.{code} has a name already; keep one line")
        rows[archive, code] = (archive, code, name)
    return sorted(rows.values())
