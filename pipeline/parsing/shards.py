"""Cut the raw folder into shards of like size, by the input alone.

So the bytes of the tables do not depend on how many processes there are. Small files go together
into one shard. A large file is cut where a listing starts that can be read by itself
(`pipeline.listing.starts_listing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from pipeline.listing import entry_head, split_blocks, starts_listing
from pipeline.sources import UTF16_SAMPLE, decode, encoding_of, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# What one process reads at a time; with the tables of it, it takes about twenty times as much.
SHARD_BYTES = 8 << 20
WINDOW_BYTES = 1 << 20

LINE, BLANK = rb"[^\n]+\n", rb"\r?\n"
# A header with all its statistics, and an entry with a printed year, a day that each month has and
# an abstract too long to be anything else.
HEAD = rb"[A-Za-z.-]*[A-Z][a-z]{2} (?:1?[1-9]|[12]0|2[1-8])(?:, (?:19|20)\d\d)?(?:Code)?\r?\n"
ABSTRACT = rb"[^\n]{500,}\n"
LISTING_START = re.compile(
    rb"\n" + BLANK + rb"(?P<header>" + LINE + BLANK + LINE + rb"h-index" + LINE * 5 + BLANK + LINE
    + rb")" + BLANK + rb"(?P<entry>" + HEAD + LINE + BLANK + LINE + BLANK + ABSTRACT + rb")"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """The bytes of a raw file from `start` to before `end`; all of them if there is no end."""

    path: str
    start: int = 0
    end: int | None = None


def shards(raw: Path, paths: Iterable[str]) -> Iterator[list[Stretch]]:
    """The shards: whole files, or one stretch of a large file.

    Parameters
    ----------
    raw
        The raw folder.
    paths
        Its pages, relative to it.

    Raises
    ------
    InputError
        If a file can't be read.
    """
    gathered: list[Stretch] = []
    gathered_bytes = 0
    for path in paths:
        with readable(raw / path):
            size = (raw / path).stat().st_size
        if gathered and gathered_bytes + size > SHARD_BYTES:
            yield gathered
            gathered, gathered_bytes = [], 0
        if size > SHARD_BYTES:
            yield from ([stretch] for stretch in stretches(raw, path, size))
        else:
            gathered.append(Stretch(path))
            gathered_bytes += size
    if gathered:
        yield gathered


def stretches(raw: Path, path: str, size: int) -> Iterator[Stretch]:
    """The parts of a large file; the file itself if it can't be cut."""
    start = 0
    with readable(raw / path), (raw / path).open("rb") as file:
        if encoding_of(file.read(UTF16_SAMPLE)) == "utf-8":
            while cut := next_listing(file, start + SHARD_BYTES, size):
                yield Stretch(path, start, cut)
                start = cut
    yield Stretch(path, start, size) if start else Stretch(path)


def next_listing(file: BinaryIO, position: int, size: int) -> int | None:
    """Where the next listing starts that can be read by itself, at or behind a position."""
    while position < size:
        file.seek(position)
        # A start that the first half only begins is found whole in the next window.
        window = file.read(2 * WINDOW_BYTES)
        for found in LISTING_START.finditer(window):
            if is_certain(found["header"], found["entry"]):
                return position + found.start("header")
        position += WINDOW_BYTES
    return None


def is_certain(header: bytes, entry: bytes) -> bool:
    """Whether a listing starts with these lines whatever stands above and below them.

    Since it has a whole entry, whose date is certain, its file is not left out as a whole.
    """
    if not starts_listing(decode(header).rstrip("\n")):
        return False
    return entry_head(list(split_blocks(decode(entry).split("\n"))), 0) is not None
