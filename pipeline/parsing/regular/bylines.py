"""The names in many bylines at once: each distinct name is looked at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.listing import ET_AL, read_byline, reads_like_prose
from pipeline.names import CACHE_SIZE, COMPANY_FORMS, DEGREES, GENERATIONS, is_suffix_piece

if TYPE_CHECKING:
    from pipeline.parsing.regular.lines import Flags, Integers, Lines

CUT = b" et al."
SEPARATOR = ", "
# What splits or changes a name in some way: brackets, TeX, tags, commas without a blank.
SIGN = re.compile(r"[(){}\[\]\\~·,，]")
USUAL_NAME = r"^[A-Z][A-Za-z'.-]*(?: [A-Z][A-Za-z'.-]*)* [A-Z][a-z]+$"
# Last words that may end the names or belong to the name before.
UNUSUAL_ENDS = frozenset(
    word.capitalize() for word in (*GENERATIONS, *DEGREES, *COMPANY_FORMS, "al", "etal")
)
# Every statistic and every "N Papers" holds one of these.
STATISTIC_WORD = re.compile(r"h-index|Novelty|AI Score|[Pp]aper|citation")
UNLIKE_USUAL = rf"{STATISTIC_WORD.pattern}| (?:{'|'.join(sorted(UNUSUAL_ENDS))})$"


@dataclass(slots=True)
class Bylines:
    """What many bylines say; `entry` counts the bylines from 0.

    Attributes
    ----------
    names
        All names as printed.
    entry_of_name
        The byline of each name, ascending.
    truncated
        Whether "et al." ends each byline.
    affiliations
        Tags, each with its byline.
    bad
        Bylines that are none: they read like prose or like a statistic.
    """

    names: pa.Array
    entry_of_name: Integers
    truncated: Flags
    affiliations: list[tuple[int, str]]
    bad: list[int]


def read_bylines(lines: Lines, rows: Integers) -> Bylines:
    """Read lines as `pipeline.listing.read_byline` does."""
    starts, ends = lines.starts[rows], lines.ends[rows]
    truncated = ends_with(lines, starts, ends, CUT)
    split = pc.split_pattern(lines.slices(starts, ends - len(CUT) * truncated), SEPARATOR)
    entry_of_name = pc.list_parent_indices(split).to_numpy().astype(np.int64)
    pieces = pc.list_flatten(split)
    found = Bylines(pieces, entry_of_name, truncated, [], [])
    unusual = np.unique(entry_of_name[is_unusual(pieces)])
    if len(unusual):
        reread(found, lines, rows, unusual)
    return found


def ends_with(lines: Lines, starts: Integers, ends: Integers, end: bytes) -> Flags:
    """Which of the texts between positions end with some bytes, and have more before them."""
    matches = ends - starts > len(end)
    places = np.where(matches, ends - len(end), 0)
    for offset, byte in enumerate(end):
        matches &= lines.bytes[places + offset] == byte
    return matches


def is_unusual(pieces: pa.Array) -> Flags:
    """Which parts between commas may be more or less than one name as printed."""
    coded = pieces.dictionary_encode()
    usual = pc.and_not(
        pc.match_substring_regex(coded.dictionary, USUAL_NAME),
        pc.match_substring_regex(coded.dictionary, UNLIKE_USUAL),
    )
    unusual = ~usual.to_numpy(zero_copy_only=False)
    for index in np.flatnonzero(unusual).tolist():
        unusual[index] = not is_name(coded.dictionary[index].as_py())
    flags: Flags = unusual[coded.indices.to_numpy()]
    return flags


@lru_cache(maxsize=CACHE_SIZE)
def is_name(piece: str) -> bool:
    """Whether a part between commas is surely a whole name, and a name is all that it is."""
    return (
        piece != ""
        and piece.rpartition(" ")[2] not in UNUSUAL_ENDS
        and not STATISTIC_WORD.search(piece)
        and " ".join(piece.split()) == piece
        and not SIGN.search(piece)
        and not ET_AL.search(piece)
        and not is_suffix_piece(piece)
        and not reads_like_prose(piece)
    )


def reread(found: Bylines, lines: Lines, rows: Integers, entries: Integers) -> None:
    """Read some bylines line by line, in place of what was split from them."""
    again: list[str] = []
    entry_of_again: list[int] = []
    for entry in entries.tolist():
        line = lines.text(rows[entry], rows[entry])
        if reads_like_prose(line) or STATISTIC_WORD.search(line):
            found.bad.append(entry)
        names, found.truncated[entry], tags = read_byline(line)
        again += names
        entry_of_again += [entry] * len(names)
        found.affiliations += [(entry, tag) for tag in tags]
    kept = ~np.isin(found.entry_of_name, entries)
    names = pa.concat_arrays([found.names.filter(pa.array(kept)), pa.array(again, pa.string())])
    entry_of_name = np.concatenate([found.entry_of_name[kept], np.array(entry_of_again, np.int64)])
    order = np.argsort(entry_of_name, kind="stable")
    found.names, found.entry_of_name = names.take(pa.array(order)), entry_of_name[order]
