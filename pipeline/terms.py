"""Stage: which terms of one to three words stand in the title or abstract of which paper.

What a term is, and which are left out, is told in docs/terms.md.
"""

from __future__ import annotations

import math
from itertools import chain, compress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.console import StageLine, counted
from pipeline.damage import readable
from pipeline.files import parts, replacing
from pipeline.ngrams import NEVER, are_terms, climb, common_runs, distinct, runs_of, tallied
from pipeline.outputs import TABLE_FILES, writing
from pipeline.reference import COMMON_WORDS, read_common_words
from pipeline.statements import PROJECT
from pipeline.threads import in_order
from pipeline.words import singular_of, tokens, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.ngrams import Level, Mask, Numbers

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
        self.numbers: dict[str, int] = {}
        self.breaks = breaks
        self.merged: Numbers | None = None

    def add(self, tokens: Tokens) -> None:
        """Take the texts of further papers."""
        for spelling in tokens.spellings:
            if spelling not in self.numbers:
                self.numbers[spelling] = self.number(spelling)
        numbers = np.array([self.numbers[spelling] for spelling in tokens.spellings], np.int32)
        words = numbers[tokens.printed]
        first, self.papers = self.papers, self.papers + len(tokens.lengths)
        papers = np.arange(first, self.papers, dtype=np.int32).repeat(tokens.lengths)
        kept = words > 0
        kept[1:] |= kept[:-1]  # of several breaks in a row one is enough
        np.save(self.scratch, np.stack([papers[kept], words[kept]]))
        self.batches += 1

    def number(self, spelling: str) -> int:
        """The number of a token's word, 0 if it is a break."""
        word = word_of(spelling)
        return 0 if word in self.breaks else self.words.setdefault(word, len(self.words))

    def merge_plurals(self) -> None:
        """Give plurals the numbers of their singulars, from now on."""
        tally = tallied(self, [])
        standing = dict.fromkeys(self.words, 0)
        names = list(self.words)
        for key, count in zip(tally.keys.tolist(), tally.counts.tolist(), strict=True):
            standing[names[key]] = count
        self.merged = np.array(
            [self.words[singular_of(name, standing)] for name in names], np.int32
        )

    def __iter__(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Papers and words of each batch."""
        self.scratch.seek(0)
        for _ in range(self.batches):
            papers, words = np.load(self.scratch)
            yield papers, words if self.merged is None else self.merged[words]


class Tokens(NamedTuple):
    """The tokens of some papers: places in `spellings` in print order, and how many a paper has."""

    printed: Numbers
    lengths: Numbers
    spellings: list[str]


def tokens_of(texts: pl.DataFrame) -> Tokens:
    """The tokens of papers with these titles and abstracts."""
    lists = tokens(texts["title"], texts["abstract"])
    coded = lists.explode().to_arrow().dictionary_encode()
    lengths = lists.list.len().to_numpy()
    return Tokens(coded.indices.to_numpy(), lengths, coded.dictionary.to_pylist())


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
    for found in in_order(tokens_of, latest_texts(files, is_latest)):
        line.progress(f"{texts.papers:,} of {len(latest):,} papers")
        texts.add(found)
    return latest["paper_id"].to_numpy()


def latest_texts(files: Iterable[Path], is_latest: Mask) -> Iterator[pl.DataFrame]:
    """Titles and abstracts of the latest entries, a part at a time."""
    first = 0
    for batch in chain.from_iterable(map(batches, files)):
        chosen = pl.DataFrame(batch).filter(is_latest[first : first + len(batch)])
        if len(chosen):
            yield chosen
        first += len(batch)


def batches(file: Path) -> Iterator[pa.RecordBatch]:
    """The titles and abstracts of one file of entries, a part at a time."""
    found: Iterator[pa.RecordBatch] = pq.ParquetFile(file).iter_batches(
        PAPERS_PER_BATCH, columns=["title", "abstract"]
    )
    return found


def numbered_terms(
    levels: Sequence[Level], words: Sequence[str], uses: Mapping[str, str]
) -> tuple[list[str], list[Numbers]]:
    """The terms in alphabetical order, and for each run of each level its term's number.

    They count from 0; −1 is no term.
    """
    runs = runs_of(levels, words)
    kept = are_terms(levels, runs, uses)
    terms = sorted(chain.from_iterable(map(compress, runs, kept)))
    numbers = {term: place for place, term in enumerate(terms)}
    found = []
    for row, keep in zip(runs, kept, strict=False):
        found.append(np.full(len(row), -1, np.int64))
        found[-1][keep] = [numbers[run] for run in compress(row, keep)]
    return terms, found


def occurrences(
    texts: Texts, levels: Sequence[Level], numbers: Sequence[Numbers]
) -> Iterator[tuple[Numbers, Numbers]]:
    """For each batch the papers and the numbers of the terms in them, each pair once."""

    def of_batch(batch: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
        papers, words = batch
        runs = climb(words, levels)
        found = [
            (papers[at], of_run[run]) for of_run, (at, run) in zip(numbers, runs, strict=False)
        ]
        in_papers, terms = map(np.concatenate, zip(*found, strict=True))
        are_terms = terms >= 0
        return distinct(in_papers[are_terms], terms[are_terms])

    return in_order(of_batch, texts)


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
            column = pa.DictionaryArray.from_arrays(numbers.astype(np.int32), names)
            writer.write_table(
                pa.Table.from_arrays([pa.array(paper_ids[papers]), column], schema=coded)
            )
            rows += len(papers)
    return rows
