"""Which names of a corpus could be one person's: near-linear, since only blocks are compared."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from pipeline.identity.compare import blocking_keys, compare
from pipeline.identity.parts import SYLLABIC_FAMILIES, parse_name
from pipeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.identity.readings import Evidence


class NamePair(NamedTuple):
    """Two name keys, key_a < key_b, that could be one person's, and why."""

    key_a: str
    key_b: str
    evidence: str
    strength: int
    is_weak: bool
    is_common: bool


def name_pairs(names: Iterable[str]) -> list[NamePair]:
    """All pairs of different name keys with evidence, each with its strongest, sorted."""
    best: dict[tuple[str, str], Evidence] = {}
    for name_a, name_b in candidates(names):
        key_a, key_b = sorted((fold(name_a), fold(name_b)))
        evidence = compare(name_a, name_b) if key_a != key_b else None
        if evidence is None:
            continue
        former = best.get((key_a, key_b))
        if former is None or evidence.strength > former.strength:
            best[key_a, key_b] = evidence
    return [
        NamePair(key_a, key_b, str(evidence), evidence.strength, evidence.weak, is_common(key_a))
        for (key_a, key_b), evidence in sorted(best.items())
    ]


def candidates(names: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of names that share a blocking key."""
    blocks: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        for key in blocking_keys(name):
            blocks.setdefault(key, []).append(name)
    return {pair for block in blocks.values() for pair in combinations(block, 2)}


def is_common(key: str) -> bool:
    """Whether many people share the family name, so that initials or syllables say little."""
    return parse_name(key).family in SYLLABIC_FAMILIES
