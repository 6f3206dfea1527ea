"""Time and memory of the parse stage on the worst pages: they must grow as the page does.

python tests/bench/shapes.py                 all shapes, in a quarter, half and whole size
python tests/bench/shapes.py names braces    some of them
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE, MILLION = 1 << 20, 1_000_000
HEADER, ENTRY = (
    b"Jane Roe\n\n1 Paper\n\n",
    b"LGMay 1, 2020\nOn Kites\n\nJane Roe\n\nWe fly kites.\n\n",
)
HEAD = HEADER + b"LGMay 1, 2020\nOn Kites\n\n"
PARTS = (4, 2, 1)
MOST_SECONDS = 900
CHILD = """
import sys, time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
import numpy, pyarrow.parquet
import pipeline.parsing.regular.pages
from pipeline.parse import parse_raw
peak, started = getrusage(RUSAGE_SELF).ru_maxrss, time.process_time()
parse_raw(Path(sys.argv[1]), Path(sys.argv[2]), "", processes=1)
print(time.process_time() - started, getrusage(RUSAGE_SELF).ru_maxrss - peak)
"""


def byline(names: bytes) -> bytes:
    """A page with one entry by these names."""
    return HEAD + names + b"\n\nWe fly kites.\n"


def word_of(number: int) -> str:
    """A made-up word, another one for each number, of many letters as words have."""
    number, word = 26**8 + number * 7_919_317_031 % 26**8, ""
    while number:
        number, rest = divmod(number, 26)
        word += chr(97 + rest)
    return word.capitalize()


def different(count: int) -> bytes:
    """Names that have nothing in common."""
    return ", ".join(f"Jane {word_of(number)}" for number in range(count)).encode()


def related(count: int) -> bytes:
    """Names of one family whose first names start alike."""
    return ", ".join(f"J{word_of(number).lower()} Roe" for number in range(count)).encode()


# Each gets how many parts of the whole there are: 4, 2 or 1.
SHAPES: dict[str, Callable[[int], bytes]] = {
    "one line of 100 MB": lambda part: HEADER + ENTRY + b"x" * (100 * MEGABYTE // part),
    "one line of 100 MB of words": lambda part: HEADER + ENTRY + b"fly " * (25 * MEGABYTE // part),
    "a title of 100 MB": lambda part: (
        HEADER + b"LGMay 1, 2020\n" + b"On " * (33 * MEGABYTE // part) + b"\n\nJane Roe\n"
    ),
    "10 million blank lines": lambda part: HEADER + b"\n" * (10 * MILLION // part) + ENTRY,
    "1 million different names": lambda part: byline(different(MILLION // part)),
    "1 million names alike": lambda part: byline(related(MILLION // part)),
    "1 million suffixes": lambda part: byline(b"Jane Roe" + b", Jr." * (MILLION // part)),
    "10 million commas": lambda part: byline(b"Jane Roe" + b"," * (10 * MILLION // part)),
    "1 million tags": lambda part: byline(b"Jane Roe \xc2\xb7 a" + b", lab" * (MILLION // part)),
    "1 million entries": lambda part: HEADER + ENTRY * (MILLION // part),
    "1 million head lines": lambda part: HEADER + ENTRY + b"LGMay 1, 2020\n" * (MILLION // part),
    "1 million heads apart": lambda part: HEADER + ENTRY + b"LGMay 1, 2020\n\n" * (MILLION // part),
    "1 million headers": lambda part: HEADER * (MILLION // part) + ENTRY,
    "1 million statistics": lambda part: HEADER + b"h-index7\n\n" * (MILLION // part) + ENTRY,
    "1 million lone statistics": lambda part: b"h-index7\n\n" * (MILLION // part) + HEADER + ENTRY,
    "1 million categories": lambda part: b"LG\n\n" * (MILLION // part) + HEADER + ENTRY,
    "1 million words apart": lambda part: b"Kites\n\n" * (MILLION // part) + HEADER + ENTRY,
    "1 million listings": lambda part: (HEADER + ENTRY) * (MILLION // part),
    "100 MB of zero bytes": lambda part: HEADER + ENTRY + bytes(100 * MEGABYTE // part),
    "100 MB that are not UTF-8": lambda part: (
        HEADER + ENTRY + (b"\xff\xc3\x28\xa0\xe2" * 20 + b"\n") * (MEGABYTE // part)
    ),
    "10 million braces": lambda part: byline(
        b"{" * (5 * MILLION // part) + b"Roe" + b"}" * (5 * MILLION // part)
    ),
    "10 million open brackets": lambda part: byline(b"(" * (10 * MILLION // part)),
    "3 million nested accents": lambda part: byline(
        b"\\'{" * (3 * MILLION // part) + b"e" + b"}" * (3 * MILLION // part)
    ),
    "10 million combining marks": lambda part: byline(
        b"e" + b"\xcc\x81\xcc\xa3" * (5 * MILLION // part)
    ),
}


def measure(page: bytes) -> tuple[float, float]:
    """Processor seconds and megabytes that the parse stage takes for a page, its start aside."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "raw")
        raw.mkdir()
        (raw / "page.txt").write_bytes(page)
        (raw / "other.txt").write_bytes(HEADER + ENTRY)  # a run without any listing fails
        command = [sys.executable, "-c", CHILD, str(raw), str(Path(folder, "tables"))]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=MOST_SECONDS)
    seconds, kilobytes = done.stdout.split()[-2:]
    return float(seconds), float(kilobytes) / 1024


def row(name: str, make: Callable[[int], bytes]) -> str:
    """What one shape takes, as a row of Markdown."""
    found: list[str] = []
    size, grown = 0.0, 0.0
    for part in PARTS:
        page = make(part)
        size = len(page) / MEGABYTE
        try:
            seconds, grown = measure(page)
        except subprocess.TimeoutExpired:
            found.append(f"> {MOST_SECONDS}")
            break
        found.append(f"{seconds:.1f}")
    found += [""] * (len(PARTS) - len(found))
    return f"| {name} | {size:.1f} | {' | '.join(found)} | {grown / size:.1f} |"


def main() -> None:
    """Measure the shapes whose names hold one of the words."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("words", nargs="*")
    words = arguments.parse_args().words
    print("| page | MB | seconds for a quarter | for half | for all | memory, times the page |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, make in SHAPES.items():
        if not words or any(word in name for word in words):
            print(row(name, make), flush=True)


if __name__ == "__main__":
    main()
