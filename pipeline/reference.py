"""The small CSV files beside the raw folder that people edit, as tables.

`data/author_aliases.csv` says which printed names are one person, `data/category_names.csv` what
arXiv's category codes mean (arXiv category taxonomy, https://arxiv.org/category_taxonomy), and
`data/limits.csv` beyond which size something is left out of the figures.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.names import fold
from pipeline.sources import read_cells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = {
    "author_aliases": "data/author_aliases.csv",
    "author_distinctions": "data/author_aliases.csv",
    "category_names": "data/category_names.csv",
    "limits": "data/limits.csv",
}
ALIAS_COLUMNS = ["name", "same_as", "not_same_as", "note"]
CATEGORY_COLUMNS = ["archive", "code", "name"]
LIMIT_COLUMNS = ["name", "value"]
LIMITS = ("authors_for_pairs",)
MOST_DIGITS = 18  # of a whole number that every table can hold
COMMON_WORDS = "data/common_words.csv"
COMMON_WORD_COLUMNS = ["word", "use"]
USES_OF_WORDS = ("never", "longer", "joins")


def read_table(name: str, path: Path) -> Sequence[tuple[str | int, ...]]:
    """Rows of a reference table (see `pipeline.tables.REFERENCE`), sorted by key.

    Raises
    ------
    InputError
        Naming file and line, if the file is not of the expected form.
    """
    if name == "category_names":
        return category_rows(path)
    if name == "limits":
        return limit_rows(path)
    aliases, distinctions = override_rows(path)
    return aliases if name == "author_aliases" else distinctions


def override_rows(path: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Each spelling with the author it stands for, and the pairs that are kept apart.

    Chains are followed to their end (a is b, b is c: both are c).

    Raises
    ------
    InputError
        If a line lacks a name, contradicts an earlier one, or closes a circle.
    """
    target: dict[str, str] = {}
    said: dict[str, str] = {}
    apart: list[tuple[int, str, str]] = []
    for number, (name, same_as, not_same_as, _note) in read_cells(
        path, ALIAS_COLUMNS, optional="not_same_as"
    ):
        if not name or bool(same_as) == bool(not_same_as):
            raise InputError(
                f"{path}:{number}: found {name!r}, {same_as!r} and {not_same_as!r}; expected a "
                "name and either same_as or not_same_as"
            )
        key = fold(name)
        if not_same_as:
            apart.append((number, key, fold(not_same_as)))
            continue
        author = fold(same_as)
        if target.get(key, author) != author:
            raise InputError(
                f"{path}:{number}: {name!r} is said to be {same_as!r}, but an earlier line says "
                f"{said[key]!r}; keep one of them"
            )
        if key != author and end_of_chain(author, target) == key:
            raise InputError(
                f"{path}:{number}: {name!r} is said to be {same_as!r}, who is said to be {name!r} "
                "by earlier lines; remove one of them"
            )
        target[key], said[key] = author, same_as
    keys = sorted(target.keys() | target.values())
    aliases: list[tuple[str, ...]] = [(key, end_of_chain(key, target)) for key in keys]
    return aliases, distinctions(path, apart, target)


def distinctions(
    path: Path, apart: list[tuple[int, str, str]], target: dict[str, str]
) -> list[tuple[str, ...]]:
    """The pairs of keys that are kept apart, each in alphabetical order.

    Raises
    ------
    InputError
        If other lines say that the two are one author, or the two are equal after folding.
    """
    pairs: set[tuple[str, ...]] = set()
    for number, key_a, key_b in apart:
        if end_of_chain(key_a, target) == end_of_chain(key_b, target):
            raise InputError(
                f"{path}:{number}: keeps {key_a!r} and {key_b!r} apart, which are one author by "
                "other lines or but for case, accents and punctuation"
            )
        pairs.add(tuple(sorted((key_a, key_b))))
    return sorted(pairs)


def unmatched_overrides(path: Path, keys: set[str]) -> list[str]:
    """A line for each override with a name that no page prints, given all name keys.

    What several lines say `same_as` of may be unprinted: it joins what they name.
    """
    lines = list(read_cells(path, ALIAS_COLUMNS, optional="not_same_as"))
    uses = Counter(fold(cell) for _, (name, same_as, *_) in lines for cell in (name, same_as))
    return [
        f"{path}:{number}: no page prints {cell!r}; the override does nothing"
        for number, (name, same_as, not_same_as, *_) in lines
        for cell in (name, same_as if uses[fold(same_as)] == 1 else "", not_same_as)
        if cell and fold(cell) not in keys
    ]


def end_of_chain(key: str, target: dict[str, str]) -> str:
    """Follow a key to the author it finally stands for."""
    while key in target and target[key] != key:
        key = target[key]
    return key


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


def limit_rows(path: Path) -> list[tuple[str, int]]:
    """Name and value of each limit.

    Raises
    ------
    InputError
        If there is no limit of a name, one is missing or stands twice, or a value is no number.
    """
    rows: dict[str, int] = {}
    for number, (name, value) in read_cells(path, LIMIT_COLUMNS):
        if name not in LIMITS or name in rows:
            raise InputError(f"{path}:{number}: found {name!r}; expected each of {LIMITS} once")
        if not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
            raise InputError(
                f"{path}:{number}: found {value!r} for {name}; expected a number of at most "
                f"{MOST_DIGITS} digits"
            )
        rows[name] = int(value)
    if missing := [name for name in LIMITS if name not in rows]:
        raise InputError(f"{path}: lacks a line for {', '.join(missing)}")
    return sorted(rows.items())


def read_common_words(path: Path) -> dict[str, str]:
    """The words that are no terms by themselves, each with its use in longer ones.

    `never` parts its neighbours, `longer` makes a term only together with others, `joins` only
    between two others.

    Raises
    ------
    InputError
        If a line lacks a word or names another use, or a word stands twice.
    """
    uses: dict[str, str] = {}
    for number, (word, use) in read_cells(path, COMMON_WORD_COLUMNS):
        if not word or use not in USES_OF_WORDS:
            raise InputError(
                f"{path}:{number}: found {word!r} and {use!r}; expected a word and one of "
                f"{', '.join(USES_OF_WORDS)}"
            )
        if word.casefold() in uses:
            raise InputError(f"{path}:{number}: {word!r} stands there already; keep one line")
        uses[word.casefold()] = use
    return uses
