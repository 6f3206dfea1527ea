"""Stage: which terms of one to three words stand in the title or abstract of which paper.

What a term is, and which are left out, is told in docs/terms.md.
"""

from __future__ import annotations

import math
from itertools import chain, compress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.console import StageLine, counted
from pipeline.damage import readable
from pipeline.files import parts, replacing
from pipeline.ngrams import NEVER, Tally, are_terms, climb, common_runs, distinct, runs_of
from pipeline.outputs import TABLE_FILES, writing
from pipeline.reference import COMMON_WORDS, read_common_words
from pipeline.statements import PROJECT
from pipeline.words import singular_of, tokens, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.ngrams import Level, Numbers

NAME = "paper_terms"
LATEST = ["latest_listing", "latest_entry"]
PAPERS_PER_BATCH = 10_000
LEAST_PAPERS = 3
PAPERS_PER_SUPPORT = 1_000


class Texts:
    """The words of many papers as numbers, kept in a scratch file a batch at a time.

    Going through it gives, batch by batch, papers (numbers from 0) and their words (places in
    `words`, from 1), one for each place of the texts. Word 0 is a break.

    Parameters
    ----------
    scratch
        An empty file to write to.
    breaks
        Words that part their neighbours as a full stop does.
    """

    def __init__(self, scratch: IO[bytes], breaks: frozenset[str]) -> None:
        self.scratch = scratch
        self.batches = 0
        self.papers = 0
        self.words = {"": 0}
        self.breaks = breaks
        self.merged: Numbers | None = None

    def add(self, titles: pl.Series, abstracts: pl.Series) -> None:
        """Take the texts of further papers."""
        lists = tokens(titles, abstracts)
        printed = lists.explode()
        spellings = printed.unique(maintain_order=True)
        numbers = np.array([self.number(token) for token in spellings], np.int64)
        words = numbers[printed.cast(pl.Enum(spellings)).to_physical()]
        papers = np.arange(self.papers, self.papers + len(lists)).repeat(lists.list.len())
        kept = words > 0
        kept[1:] |= words[:-1] > 0  # of several breaks in a row one is enough
        np.save(self.scratch, np.stack([papers[kept], words[kept]]).astype(np.int32))
        self.batches += 1
        self.papers += len(lists)

    def number(self, token: str) -> int:
        """The number of a token's word, 0 if it is a break."""
        word = word_of(token)
        return 0 if word in self.breaks else self.words.setdefault(word, len(self.words))

    def merge_plurals(self) -> None:
        """Give plurals the numbers of their singulars, from now on."""
        tally = Tally()
        for papers, words in self:
            tally.add(papers, words)
        tally.merge()
        standing = dict.fromkeys(self.words, 0)
        names = list(self.words)
        for key, count in zip(tally.keys.tolist(), tally.counts.tolist(), strict=True):
            standing[names[key]] = count
        self.merged = np.array([self.words[singular_of(name, standing)] for name in names])

    def __iter__(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Papers and words of each batch."""
        self.scratch.seek(0)
        for _ in range(self.batches):
            papers, words = np.load(self.scratch).astype(np.int64)
            yield papers, words if self.merged is None else self.merged[words]


def terms(processed: Path) -> None:
    """Write the table of papers and their terms.

    Parameters
    ----------
    processed
        Folder of the Parquet files.

    Raises
    ------
    InputError
        If the list of common words is not of the expected form.
    """
    line = StageLine("terms")
    uses = read_common_words(PROJECT / COMMON_WORDS)
    with writing(processed, TABLE_FILES), TemporaryFile(dir=processed) as scratch:
        texts = Texts(scratch, frozenset(word for word, use in uses.items() if use == NEVER))
        paper_ids = read_texts(processed, texts, line)
        line.progress("counting")
        texts.merge_plurals()
        levels = common_runs(texts, least_papers(texts.papers))
        names, numbers = numbered_terms(levels, list(texts.words), uses)
        with replacing(processed / f"{NAME}.parquet") as draft:
            rows = write_rows(draft, occurrences(texts, levels, numbers), paper_ids, names)
    came_in = f"{counted(texts.papers, 'text')} of papers"
    line.done(came_in, f"{counted(len(names), 'term')} in {counted(rows, 'row')}", processed)


def least_papers(papers: int) -> int:
    """In how many papers a term must stand: three, and one of a thousand."""
    return max(LEAST_PAPERS, math.ceil(papers / PAPERS_PER_SUPPORT))


def read_texts(processed: Path, texts: Texts, line: StageLine) -> Numbers:
    """Take title and abstract of the latest entry of each paper; the papers' ids in that order."""
    with readable(processed / "papers.parquet"):
        papers = pl.read_parquet(processed / "papers.parquet", columns=LATEST)
    files = parts(processed / "entries.parquet")
    with readable(processed / "entries.parquet"):
        entries = pl.read_parquet(files, columns=["listing", "entry", "paper_id"]).with_row_index()
    latest = entries.join(
        papers, left_on=["listing", "entry"], right_on=LATEST, maintain_order="left"
    )
    is_latest = np.zeros(len(entries), np.bool_)
    is_latest[latest["index"]] = True
    first = 0
    for batch in chain.from_iterable(map(batches, files)):
        line.progress(f"{first:,} of {len(entries):,} entries")
        frame = pl.DataFrame(batch).filter(is_latest[first : first + len(batch)])
        if len(frame):
            texts.add(frame["title"], frame["abstract"])
        first += len(batch)
    return latest["paper_id"].to_numpy()


def batches(file: Path) -> Iterator[pa.RecordBatch]:
    """The titles and abstracts of one file of entries, a part at a time."""
    found: Iterator[pa.RecordBatch] = pq.ParquetFile(file).iter_batches(
        PAPERS_PER_BATCH, columns=["title", "abstract"]
    )
    return found


def numbered_terms(
    levels: Sequence[Level], words: Sequence[str], uses: Mapping[str, str]
) -> tuple[list[str], list[Numbers]]:
    """The terms in alphabetical order, and for each place of each level its term's number from 1.

    The first of the numbers stands for the place 0, no run; 0 is no term.
    """
    runs = runs_of(levels, words)
    kept = are_terms(levels, runs, uses)
    terms = sorted(chain.from_iterable(map(compress, runs, kept)))
    numbers = {term: place for place, term in enumerate(terms, start=1)}
    found = []
    for row, keep in zip(runs, kept, strict=False):
        found.append(np.zeros(len(row) + 1, np.int64))
        found[-1][1:][keep] = [numbers[run] for run in compress(row, keep)]
    return terms, found


def occurrences(
    texts: Texts, levels: Sequence[Level], numbers: Sequence[Numbers]
) -> Iterator[tuple[Numbers, Numbers]]:
    """For each batch the papers and the numbers of the terms in them, each pair once."""
    for papers, words in texts:
        places = climb(words, levels)
        found = [number[place] for number, place in zip(numbers, places, strict=False)]
        yield distinct(np.tile(papers, len(found)), np.concatenate(found))


def write_rows(
    path: Path,
    batches: Iterable[tuple[Numbers, Numbers]],
    paper_ids: Numbers,
    terms: Sequence[str],
) -> int:
    """Write a row for each paper and term; how many there are."""
    names = pa.array(terms, pa.string())
    coded = pa.schema([("paper_id", pa.int64()), ("term", pa.dictionary(pa.int32(), pa.string()))])
    rows = 0
    # Without the Arrow schema the file holds plain text, as every reader expects.
    with pq.ParquetWriter(path, coded, compression="zstd", store_schema=False) as writer:
        for papers, numbers in batches:
            column = pa.DictionaryArray.from_arrays((numbers - 1).astype(np.int32), names)
            writer.write_table(
                pa.Table.from_arrays([pa.array(paper_ids[papers]), column], schema=coded)
            )
            rows += len(papers)
    return rows
