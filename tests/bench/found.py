"""What a run found, so that the page can say where tools differ.

Of the standard library alone: the other tools' environments run this too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COUNTED = ("papers", "authors", "pairs")


def write_found(output: Path, papers: int, authors: int, pairs: int) -> None:
    """Note the papers of the per-year table, and the authors and pairs of the network."""
    counts = dict(zip(COUNTED, map(int, (papers, authors, pairs)), strict=True))
    output.write_text(json.dumps(counts), encoding="utf-8")


def read_found(output: Path) -> Sequence[int]:
    """The same in the order of `COUNTED`."""
    counts = json.loads(output.read_text(encoding="utf-8"))
    return [counts[name] for name in COUNTED]
