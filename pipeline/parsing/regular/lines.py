"""The lines of many pages at once: where they are, and which of them hold more than plain text."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.sources import plain_text

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEWLINE, BLANK, LAST_OF_ASCII = 0x0A, 0x20, 0x7F
# Bytes that characters of several bytes start with: U+0080 to U+00BF, of which the no-break blank
# and U+0085 are odd, and all from U+0300 on, where the first marks are. Those between are plain.
FIRST_OF_TWO, FIRST_OF_MARKS = 0xC2, 0xCC
# Dashes and quotes, U+2010 to U+2027, are plain too and frequent: 0xE2, 0x80 and one of these.
PUNCTUATION, PUNCTUATION_LOW, PUNCTUATION_HIGH = (0xE2, 0x80), 0x90, 0xA7
NO_BREAK_BLANK = 0xA0  # behind FIRST_OF_TWO

NOWHERE = np.zeros(0, np.int64)
BYTES_OF_BLOCK = 1 << 18
BYTES_OF_WORD, EACH, HIGHEST_BIT = 8, np.uint64(0x0101010101010101), np.uint64(0x80)
ODD_BLANK = re.compile(r"[^\S ]")


class Lines:
    """Text that ends in a newline, and where each of its lines starts and ends.

    Attributes
    ----------
    starts, ends, lengths
        Positions in `data`, one a line; the newline at the end is left out.
    trouble
        How many lines before this one are not as `pipeline.listing` would see them: with blanks at
        an end, control characters, odd blanks, letters that are not composed, or bytes that are
        not UTF-8. One number more than there are lines.
    invalid
        How many lines before this one hold bytes that are not UTF-8, likewise.
    """

    def __init__(self, data: bytes) -> None:
        data += b"\n" * (-len(data) % BYTES_OF_WORD)
        self.data = data
        self.bytes = np.frombuffer(data, np.uint8)
        low, self.high = special_bytes(data)
        is_newline = self.bytes[low] == NEWLINE
        self.ends: Integers = low[is_newline]
        self.starts: Integers = np.concatenate(([0], self.ends + 1))[:-1]
        self.lengths: Integers = self.ends - self.starts
        invalid = self.invalid_lines()
        trouble = self.untrimmed() | invalid
        trouble[self.line_of(low[~is_newline])] = True
        trouble[self.not_plain(~invalid)] = True
        self.trouble = counted_before(trouble)
        self.invalid = counted_before(invalid)

    def line_of(self, positions: Integers) -> Integers:
        """The lines that positions lie in."""
        return np.searchsorted(self.ends, positions)

    def text(self, first: int, last: int) -> str:
        """The lines from the first to the last, which must be UTF-8."""
        return self.data[self.starts[first] : self.ends[last]].decode()

    def slices(self, starts: Integers, ends: Integers) -> pa.Array:
        """Text between positions, which must ascend, as an array of strings."""
        bounds = np.empty(2 * len(starts) + 1, np.int32)
        bounds[0:-1:2], bounds[1:-1:2] = starts, ends
        bounds[-1] = ends[-1] if len(ends) else 0
        buffers = [None, pa.py_buffer(bounds), pa.py_buffer(self.data)]
        parts = pa.Array.from_buffers(pa.string(), len(bounds) - 1, buffers)
        return parts.take(pa.array(np.arange(0, len(parts), 2)))

    def column(self, lines: Integers) -> pa.Array:
        """Lines, which must ascend, as an array of strings."""
        return self.slices(self.starts[lines], self.ends[lines])

    def untrimmed(self) -> Flags:
        """Which lines start or end with a blank."""
        last = np.maximum(self.ends - 1, self.starts)
        untrimmed: Flags = (self.bytes[self.starts] == BLANK) | (self.bytes[last] == BLANK)
        return untrimmed

    def invalid_lines(self) -> Flags:
        """Which lines are not UTF-8; mostly none, which is found out at once."""
        invalid = np.zeros(len(self.ends), np.bool_)
        try:
            bounds = pa.py_buffer(np.array([0, len(self.data)], np.int32))
            whole = pa.Array.from_buffers(pa.string(), 1, [None, bounds, pa.py_buffer(self.data)])
            whole.validate(full=True)
        except pa.ArrowInvalid:
            for line in np.unique(self.line_of(self.high)):
                invalid[line] = not is_utf8(self.data[self.starts[line] : self.ends[line]])
        return invalid

    def not_plain(self, valid: Flags) -> Integers:
        """Those of the valid lines that have odd blanks or letters that are not composed."""
        positions = self.high
        first = self.bytes[positions]
        positions = positions[(first == FIRST_OF_TWO) | (first >= FIRST_OF_MARKS)]
        positions = positions[~self.is_harmless(positions)]
        lines = np.unique(self.line_of(positions))
        lines = lines[valid[lines]]
        return np.array([line for line in lines if not is_plain(self.text(line, line))], np.int64)

    def is_harmless(self, positions: Integers) -> Flags:
        """Which positions start "·" or another sign up to U+00BF, or a dash or a quote."""
        last = len(self.bytes) - 1
        first, second, third = (self.bytes[np.minimum(positions + n, last)] for n in range(3))
        sign = (first == FIRST_OF_TWO) & (second > NO_BREAK_BLANK)
        punctuation = (first == PUNCTUATION[0]) & (second == PUNCTUATION[1])
        punctuation &= (third >= PUNCTUATION_LOW) & (third <= PUNCTUATION_HIGH)
        harmless: Flags = sign | punctuation
        return harmless


def special_bytes(data: bytes) -> tuple[Integers, Integers]:
    """Positions of the control characters, newlines among them, and of the bytes beyond ASCII.

    Eight bytes are looked at at once, in blocks that the processor's cache holds.
    """
    low, high = [NOWHERE], [NOWHERE]
    for start in range(0, len(data), BYTES_OF_BLOCK):
        words = np.frombuffer(data[start : start + BYTES_OF_BLOCK], np.uint64)
        for found, marks in ((low, (words - EACH * np.uint64(BLANK)) & ~words), (high, words)):
            marked = np.flatnonzero(marks & (EACH * HIGHEST_BIT))
            places = marked[:, np.newaxis] * BYTES_OF_WORD + np.arange(BYTES_OF_WORD)
            found.append(places.ravel() + start)
    every = np.frombuffer(data, np.uint8)
    all_low, all_high = np.concatenate(low), np.concatenate(high)
    return all_low[every[all_low] < BLANK], all_high[every[all_high] > LAST_OF_ASCII]


def counted_before(flags: Flags) -> Integers:
    """How many flags are set before each place, and in all."""
    return np.concatenate(([0], np.cumsum(flags)))


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_plain(text: str) -> bool:
    """Whether reading the text as a page's changes nothing."""
    return not ODD_BLANK.search(text) and plain_text(text) == text
