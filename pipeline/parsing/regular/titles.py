"""Title keys of many titles at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipeline.names import ASCII_FOLD
from pipeline.titles import title_key

ASCII = 128
TEX_SIGNS = b"\\{}~"
# What a key keeps of an ASCII character: 0 for nothing.
KEPT = np.zeros(256, np.uint8)
for code, kept in ASCII_FOLD.items():
    KEPT[code] = ord(kept) if kept and kept != " " else 0
UNUSUAL = np.zeros(256, np.bool_)
UNUSUAL[ASCII:] = True
UNUSUAL[list(TEX_SIGNS)] = True


def title_keys(titles: pa.Array) -> pa.Array:
    """The key of each title, as `pipeline.titles.title_key` makes it.

    Parameters
    ----------
    titles
        Array of strings without nulls.
    """
    _, bounds, data = titles.buffers()
    offsets = np.frombuffer(bounds, np.int32)[titles.offset : titles.offset + len(titles) + 1]
    text = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]] if data else KEPT[:0]
    offsets = offsets - offsets[0]
    letters = KEPT[text]
    ends = np.concatenate(([0], np.cumsum(letters != 0, dtype=np.int32)))[offsets].astype(np.int32)
    keys = pa.Array.from_buffers(
        pa.string(),
        len(titles),
        [None, pa.py_buffer(ends), pa.py_buffer(letters[letters != 0])],
    )
    odd = np.concatenate(([0], np.cumsum(UNUSUAL[text])))[offsets]
    by_hand = np.flatnonzero((odd[1:] > odd[:-1]) | (ends[1:] == ends[:-1]))
    if not len(by_hand):
        return keys
    others = [title_key(title) for title in titles.take(pa.array(by_hand)).to_pylist()]
    order = np.arange(len(titles))
    order[by_hand] = len(titles) + np.arange(len(by_hand))
    return pa.concat_arrays([keys, pa.array(others, pa.string())]).take(pa.array(order))
