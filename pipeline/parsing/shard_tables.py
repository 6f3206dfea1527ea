"""One shard of the raw folder to Parquet files: what each process of the parse stage does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyarrow.parquet as pq

from pipeline.parsing.pieces import Piece, parse_pieces
from pipeline.sources import listed_name, printable, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from pipeline.parsing.page_warnings import PageWarning
    from pipeline.parsing.rows import Above
    from pipeline.parsing.shards import Stretch

# Text that hardly repeats: a dictionary of it, or its least and greatest value, are of no use.
LONG_TEXT = ("title", "title_key", "abstract", "text")
# A shard is one row group.
MOST_ROWS = 1 << 30


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is to be known of the corpus to read any part of it.

    `days` are the days on which pages were taken, `day` is that of all others; `taken` is as
    `pipeline.parsing.rows.Rows.tables` takes it.
    """

    raw: Path
    days: Mapping[str, date]
    day: date | None
    taken: Collection[str]


class Shard(NamedTuple):
    """A part of the corpus, and the file to write for each table."""

    stretches: Sequence[Stretch]
    files: Mapping[str, Path]


class Held(NamedTuple):
    """What a shard holds: lines (if it is a stretch of a file) and listings."""

    lines: int
    listings: int


class Written(NamedTuple):
    """What was written of a shard, and the warnings with the file that each is about."""

    listings: int
    entries: int
    rejects: int
    warnings: list[tuple[str, PageWarning]]


def write_shard(corpus: Corpus, shard: Shard) -> Generator[Held, Above, Written]:
    """Read a shard; then, told what stands above it in its file, write its tables."""
    rows = parse_pieces([piece(corpus, stretch) for stretch in shard.stretches])
    above = yield Held(rows.lines, len(rows.listings))
    tables = rows.tables(corpus.taken, above)
    for name, file in shard.files.items():
        write_table(tables[name], file)
    return Written(
        tables["listings"].num_rows,
        tables["entries"].num_rows,
        tables["rejects"].num_rows,
        [(rows.source_files[page], warning.below(above.lines)) for page, warning in rows.warnings],
    )


def piece(corpus: Corpus, stretch: Stretch) -> Piece:
    """The bytes of a stretch with the name of its file and its day."""
    return Piece(
        printable(stretch.path),
        read_bytes(corpus.raw / stretch.path, stretch.start, stretch.end),
        corpus.days.get(listed_name(stretch.path), corpus.day),
        is_whole=stretch.end is None,
    )


def write_table(rows: pa.Table, file: Path) -> None:
    """Write a table to Parquet."""
    words = [name for name in rows.column_names if name not in LONG_TEXT]
    pq.write_table(
        rows,
        file,
        compression="zstd",
        row_group_size=MOST_ROWS,
        use_dictionary=words,
        write_statistics=words,
    )
