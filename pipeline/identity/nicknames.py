"""Short given names and the full ones that they may stand for.

`nicknames.csv` beside this module (columns short, full) was compiled by hand from general knowledge
of English and other European short forms and of common spellings of one given name.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=1)
def nickname_rows() -> tuple[tuple[str, str], ...]:
    """The rows of the table."""
    with Path(__file__).with_name("nicknames.csv").open(encoding="utf-8", newline="") as lines:
        return tuple((row["short"], row["full"]) for row in csv.DictReader(lines))


@lru_cache(maxsize=1)
def full_names() -> Mapping[str, frozenset[str]]:
    """The full given names that each short one may stand for."""
    found: dict[str, set[str]] = {}
    for short, full in nickname_rows():
        found.setdefault(short, set()).add(full)
    return {short: frozenset(names) for short, names in found.items()}


@lru_cache(maxsize=1)
def european_names() -> frozenset[str]:
    """All names of the table."""
    return frozenset(chain.from_iterable(nickname_rows()))


def are_nicknames(word_a: str, word_b: str) -> bool:
    """Whether one of two folded given names may stand for the other."""
    full = full_names()
    return word_b in full.get(word_a, ()) or word_a in full.get(word_b, ())
