"""Which names of a corpus could be one person's: near-linear, since few of them are compared."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pipeline.identity.compare import blocking_keys, compare
from pipeline.identity.parts import SYLLABIC_FAMILIES, parse_name
from pipeline.names import fold
from pipeline.workers import map_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.identity.compare import Key
    from pipeline.identity.readings import Evidence

Result = TypeVar("Result")
# For fewer, a process would cost more than it saves.
TASK_SIZE = 10_000


class NamePair(NamedTuple):
    """Two name keys, key_a < key_b, that could be one person's, and why."""

    key_a: str
    key_b: str
    evidence: str
    strength: int
    is_weak: bool
    is_common: bool


def name_pairs(names: Iterable[str], processes: int = 1) -> list[NamePair]:
    """All pairs of different name keys with evidence, each with its strongest, sorted."""
    best: dict[tuple[str, str], Evidence] = {}
    found = in_processes(compare_all, candidates(names, processes), processes)
    for keys, evidence in chain.from_iterable(found):
        if keys not in best or evidence.strength > best[keys].strength:
            best[keys] = evidence
    return [
        NamePair(key_a, key_b, str(evidence), evidence.strength, evidence.weak, is_common(key_a))
        for (key_a, key_b), evidence in sorted(best.items())
    ]


def candidates(names: Iterable[str], processes: int = 1) -> Iterator[tuple[str, str]]:
    """Pairs of names of which two blocking keys meet; a pair may come more than once."""
    blocks: dict[str, list[tuple[str, str]]] = {}
    ordered = sorted(set(names))
    found = in_processes(all_blocking_keys, ordered, processes)
    for name, keys in zip(ordered, chain.from_iterable(found), strict=True):
        for block, start in keys:
            blocks.setdefault(block, []).append((start, name))
    for block_of_names in blocks.values():
        if len(block_of_names) > 1:  # most hold one
            yield from meeting(sorted(block_of_names))


def meeting(block: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pairs of names of a sorted block of which the one's start begins with the other's."""
    shorter: list[tuple[str, str]] = []  # what the present start begins with
    for start, name in block:
        while shorter and not start.startswith(shorter[-1][0]):
            shorter.pop()
        yield from ((other, name) for _, other in shorter if other != name)
        shorter.append((start, name))


def in_processes(
    work: Callable[[Any], Result], items: Iterable[Any], processes: int
) -> Iterator[Result]:
    """What the work gives for each of the tasks that the items are parted into, in order."""
    rest = iter(items)
    tasks = list(iter(lambda: list(islice(rest, TASK_SIZE)), []))
    return map_tasks(work, tasks, processes)


def all_blocking_keys(names: Sequence[str]) -> list[frozenset[Key]]:
    """The blocking keys of each name."""
    return [blocking_keys(name) for name in names]


def compare_all(pairs: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], Evidence]]:
    """The name keys of each pair that could be one person's, and the evidence."""
    found = []
    for name_a, name_b in pairs:
        key_a, key_b = sorted((fold(name_a), fold(name_b)))
        evidence = compare(name_a, name_b) if key_a != key_b else None
        if evidence:
            found.append(((key_a, key_b), evidence))
    return found


def is_common(key: str) -> bool:
    """Whether many people share the family name, so that initials or syllables say little."""
    return parse_name(key).family in SYLLABIC_FAMILIES
