"""The small CSV files beside the raw folder that people edit, as tables.

`data/author_aliases.csv` says which printed names are one person, `data/category_names.csv` what
arXiv's category codes mean (arXiv category taxonomy, https://arxiv.org/category_taxonomy).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.names import fold
from pipeline.sources import decode, read_bytes

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


def read_cells(path: Path, columns: list[str]) -> list[tuple[int, list[str]]]:
    """Line number and cells of each row that is not blank, after the header.

    Raises
    ------
    InputError
        If the header is another one, a row has another number of cells, or a quote stays open.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such file; expected the columns {','.join(columns)}")
    reader = csv.reader(io.StringIO(decode(read_bytes(path)), newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    first_line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) or first_line == 1:
                found.append((first_line, cells))
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}:{first_line}: {error}; is a quote left open?") from error
    header = found.pop(0)[1] if found else []
    if header != columns:
        raise InputError(f"{path}:1: found {','.join(header)!r}, expected {','.join(columns)!r}")
    for number, cells in found:
        if len(cells) != len(columns):
            raise InputError(
                f"{path}:{number}: found {len(cells)} cells, expected {len(columns)} "
                f"({','.join(columns)}); put quotes around a cell with a comma"
            )
    return found


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
