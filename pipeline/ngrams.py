"""Runs of up to three words that stand in enough papers, found level by level.

A run of n words can stand in enough papers only if both runs of n − 1 words in it do (Agrawal &
Srikant 1994), so each level counts only what is made of the level before. Words are numbers from
1; 0 parts words that belong to no common run.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.threads import in_order
from pipeline.words import singulars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Numbers: TypeAlias = NDArray[np.signedinteger]
Mask: TypeAlias = NDArray[np.bool_]
MOST_WORDS = 3
NESTED_SHARE = 0.8
# Keys below this are looked up in a table, the others by hash.
MOST_IN_TABLE = 1 << 24
# Uses that the list of common words gives: never in a term, only in longer ones, only inside one.
NEVER, LONGER, JOINS = "never", "longer", "joins"


class Tally:
    """In how many papers each key stands, summed over batches of papers."""

    def __init__(self) -> None:
        self.keys = np.empty(0, np.int64)
        self.counts = np.empty(0, np.int64)
        self.waiting: list[tuple[Numbers, Numbers]] = []
        self.waiting_keys = 0

    def add(self, keys: Numbers, counts: Numbers) -> None:
        """Take what `paper_counts` found in further papers."""
        self.waiting.append((keys, counts))
        self.waiting_keys += len(keys)
        # Merging seldom costs little in all and leaves no more than twice the keys in memory.
        if self.waiting_keys > len(self.keys):
            self.merge()

    def merge(self) -> None:
        """Add what waits to the sums."""
        parts = [(self.keys, self.counts), *self.waiting]
        keys, places = np.unique(np.concatenate([keys for keys, _ in parts]), return_inverse=True)
        weights = np.concatenate([counts for _, counts in parts])
        self.keys, self.counts = keys, np.bincount(places, weights, len(keys)).astype(np.int64)
        self.waiting, self.waiting_keys = [], 0

    def supported(self, least: int) -> Level:
        """The keys that stand in enough papers."""
        enough = self.counts >= least
        return Level(self.keys[enough], self.counts[enough])


class Level:
    """Runs of one length: their keys in order, and in how many papers each stands.

    The key of a word is its number, that of a longer run is made of the places of the two shorter
    runs in it: first · runs of that level + second.
    """

    def __init__(self, keys: Numbers, papers: Numbers) -> None:
        self.keys = keys
        self.papers = papers
        self.table: Numbers | None = None
        if keys.max(initial=0) < MOST_IN_TABLE:
            self.table = np.full(keys.max(initial=0) + 2, -1, np.int32)  # the last for all above
            self.table[keys] = np.arange(len(keys))

    def find(self, at: Numbers, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Of runs that begin at some words, those of the level: where they begin, their places."""
        if self.table is not None:
            places = self.table.take(keys, mode="clip")
        else:
            places = pc.index_in(pa.array(keys), value_set=pa.array(self.keys))
            places = places.fill_null(-1).to_numpy()
        found = places >= 0
        return at[found], places[found].astype(np.int64)

    def pairs(self, at: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
        """Where a run of the level begins at the word behind that of another: the key of both."""
        first = np.flatnonzero(at[1:] == at[:-1] + 1)
        return at[first], places[first] * len(self.keys) + places[first + 1]

    def parts(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """The places of this level that keys of the next one are made of."""
        return np.divmod(keys, max(len(self.keys), 1))


def paper_counts(papers: Numbers, keys: Numbers) -> tuple[Numbers, Numbers]:
    """The keys in their order, and in how many papers each stands."""
    found = distinct(keys, papers)[0]
    starts = np.flatnonzero(np.diff(found, prepend=-1))
    return found[starts], np.diff(starts, append=len(found))


def distinct(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of two numbers once, sorted."""
    lowest = second.min(initial=0)
    size = second.max(initial=0) - lowest + 1
    pairs = first * size + (second - lowest)
    pairs.sort()  # several times faster than np.unique, which hashes
    is_first = np.ones(len(pairs), np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    first, second = np.divmod(pairs[is_first], size)
    return first, second + lowest


def climb(words: Numbers, levels: Iterable[Level]) -> Iterator[tuple[Numbers, Numbers]]:
    """For each level the words at which its runs begin, and the places of these runs."""
    at = np.flatnonzero(words)
    keys = words[at]
    for level in levels:
        at, places = level.find(at, keys)
        yield at, places
        at, keys = level.pairs(at, places)


def next_keys(words: Numbers, levels: Sequence[Level]) -> tuple[Numbers, Numbers]:
    """The words at which runs of the level above the given ones may begin, and their keys."""
    if not levels:
        at = np.flatnonzero(words)
        return at, words[at].astype(np.int64)
    *_, highest = climb(words, levels)
    return levels[-1].pairs(*highest)


def common_runs(batches: Iterable[tuple[Numbers, Numbers]], least: int) -> list[Level]:
    """The runs of one to three words that stand in enough papers, and those of one word more.

    Parameters
    ----------
    batches
        Papers and words of each batch, of equal length; gone through once for each level.
    least
        The least number of papers.
    """
    levels: list[Level] = []
    for _ in range(MOST_WORDS + 1):
        levels.append(tallied(batches, levels).supported(least))
    return levels


def tallied(batches: Iterable[tuple[Numbers, Numbers]], levels: Sequence[Level]) -> Tally:
    """In how many papers each run stands that may belong to the level above the given ones."""
    tally = Tally()
    for keys, counts in in_order(partial(counts_of_batch, levels), batches):
        tally.add(keys, counts)
    tally.merge()
    return tally


def counts_of_batch(
    levels: Sequence[Level], batch: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers]:
    """The same for one batch."""
    papers, words = batch
    at, keys = next_keys(words, levels)
    return paper_counts(papers[at], keys)


def runs_of(levels: Sequence[Level], words: Sequence[str]) -> list[list[str]]:
    """The words of each run of each level, with blanks between them."""
    runs = [[words[key] for key in levels[0].keys.tolist()]]
    for below, level in pairwise(levels):
        first, second = below.parts(level.keys)
        lasts = [run.rpartition(" ")[2] for run in runs[-1]]
        runs.append(
            [
                f"{runs[-1][start]} {lasts[end]}"
                for start, end in zip(first.tolist(), second.tolist(), strict=True)
            ]
        )
    return runs


def are_terms(
    levels: Sequence[Level], runs: Sequence[Sequence[str]], uses: Mapping[str, str]
) -> list[Mask]:
    """For each run of one to three words whether it is a term.

    It is none if the list of common words says so, if a term that contains it stands in four
    fifths of its papers or more, or if it is the beginning of a run of four words that does.

    Parameters
    ----------
    levels
        The runs' keys and papers.
    runs
        Their words.
    uses
        The common words with their use.
    """
    most = np.zeros(len(runs[MOST_WORDS - 1]), np.int64)
    np.maximum.at(most, levels[-2].parts(levels[-1].keys)[0], levels[-1].papers)
    found: list[Mask] = []
    for number in reversed(range(MOST_WORDS)):
        papers = levels[number].papers
        well_formed = np.array([is_well_formed(run, uses) for run in runs[number]], np.bool_)
        found.insert(0, well_formed & (most < NESTED_SHARE * papers))
        if number:
            commonest = np.where(well_formed, papers, most)
            most = np.zeros(len(runs[number - 1]), np.int64)
            for part in levels[number - 1].parts(levels[number].keys):
                np.maximum.at(most, part, commonest)
    return found


def is_well_formed(run: str, uses: Mapping[str, str]) -> bool:
    """Whether a run of words can be a term, by what the list of common words says."""
    words = run.split(" ")
    if len(words) == 1:
        return not any(form in uses for form in (run, *singulars(run)))
    return JOINS not in {uses.get(words[0]), uses.get(words[-1])}
