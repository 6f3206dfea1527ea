"""Any bytes as a page, guided by what code they reach: the parser never fails and loses nothing.

make fuzz SECONDS=600

Bytes that break a rule are left as `.venv/fuzz/crash-…`; pages that reached new code are kept in
`.venv/fuzz/pages` for the next run.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
# Before anything else imports the parser.
with atheris.instrument_imports(include=["pipeline"]):
    import pipeline.parsing.regular.pages  # noqa: F401 -- imported late by the parser itself
    from pipeline.parsing import pieces
    from pipeline.parsing.pieces import Piece, parse_pieces

from folding import assert_nothing_lost  # noqa: E402 -- below what is instrumented
from reprint import TABLES, pages  # noqa: E402 -- likewise

DAY = date(2026, 7, 2)
LIKE_A_HEADER = b"h-index"


def check(data: bytes) -> None:
    """Read bytes as a page; half of them as one of a known day."""
    piece = Piece("page.txt", data, DAY if len(data) % 2 else None)
    pieces.FEWEST_BYTES_FOR_COLUMNS = sys.maxsize
    slow = parse_pieces([piece])
    tables = slow.tables()
    rows = {name: tables[name].to_pylist() for name in TABLES}
    assert_nothing_lost(data, pages(rows).get(piece.source_file, []))
    if LIKE_A_HEADER in data:
        pieces.FEWEST_BYTES_FOR_COLUMNS = 0
        quick = parse_pieces([piece])
        assert quick.warnings == slow.warnings
        quick_tables = quick.tables()
        for name, table in tables.items():
            assert quick_tables[name].equals(table), name


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
