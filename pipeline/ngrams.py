"""Runs of up to three words that stand in enough papers, found level by level.

A run of n words can stand in enough papers only if both runs of n − 1 words in it do (Agrawal &
Srikant 1994), so each level counts only what is made of the level before. Words are numbers from
1; 0 parts words that belong to no common run.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.words import singulars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
MOST_WORDS = 3
NESTED_SHARE = 0.8
# Uses that the list of common words gives: never in a term, only in longer ones, only inside one.
NEVER, LONGER, JOINS = "never", "longer", "joins"


class Tally:
    """In how many papers each key stands, summed over batches of papers."""

    def __init__(self) -> None:
        self.keys = np.empty(0, np.int64)
        self.counts = np.empty(0, np.int64)
        self.waiting: list[tuple[Numbers, Numbers]] = []
        self.waiting_keys = 0

    def add(self, papers: Numbers, keys: Numbers) -> None:
        """Count the keys of further papers, each once a paper; a key of 0 is none."""
        found, counts = np.unique(distinct(papers, keys)[1], return_counts=True)
        self.waiting.append((found, counts))
        self.waiting_keys += len(found)
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
        self.merge()
        enough = self.counts >= least
        return Level(self.keys[enough], self.counts[enough])


class Level:
    """Runs of one length: their keys in order, and in how many papers each stands.

    The key of a word is its number, that of a longer run is made of the places, from 1, of the
    two shorter runs in it: first · (runs of that level + 1) + second.
    """

    def __init__(self, keys: Numbers, papers: Numbers) -> None:
        self.keys = keys
        self.papers = papers

    def places(self, keys: Numbers) -> Numbers:
        """The place of each key, from 1; 0 if it is none of the level's."""
        found = pc.index_in(pa.array(keys), value_set=pa.array(self.keys))
        places: Numbers = pc.fill_null(found, -1).to_numpy().astype(np.int64)
        return places + 1

    def pairs(self, places: Numbers) -> Numbers:
        """The key of each two neighbouring places; 0 if either is none, and behind the last."""
        keys = np.zeros(len(places), np.int64)
        both = np.flatnonzero((places[:-1] > 0) & (places[1:] > 0))
        keys[both] = places[both] * (len(self.keys) + 1) + places[both + 1]
        return keys

    def parts(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """The places of this level that keys of the next one are made of, counted from 0."""
        first, second = np.divmod(keys, len(self.keys) + 1)
        return first - 1, second - 1


def distinct(papers: Numbers, keys: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of paper and key once, sorted; keys of 0 are left out."""
    kept = keys > 0
    size = int(keys.max(initial=0)) + 1
    pairs = papers[kept] * size + keys[kept]
    pairs.sort()  # several times faster than np.unique, which hashes
    is_first = np.ones(len(pairs), np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    papers, keys = np.divmod(pairs[is_first], size)
    return papers, keys


def climb(words: Numbers, levels: Iterable[Level]) -> Iterator[Numbers]:
    """For each level the place of the run that begins at each word, 0 where none does."""
    keys = words
    for level in levels:
        places = level.places(keys)
        yield places
        keys = level.pairs(places)


def next_keys(words: Numbers, levels: Sequence[Level]) -> Numbers:
    """The keys of the level above the given ones, 0 where there is none."""
    keys = words
    for level, places in zip(levels, climb(words, levels), strict=True):
        keys = level.pairs(places)
    return keys


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
        tally = Tally()
        for papers, words in batches:
            tally.add(papers, next_keys(words, levels))
        levels.append(tally.supported(least))
    return levels


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
