"""Measure this project beside what it could at best be, and write `docs/benchmarks.md`.

make bench                          the whole of it, on corpora of 50, 250 and 1,000 MB
make bench MEGABYTES="10 50"        the same on smaller ones
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import statistics
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from commands import PROJECT, make, python, yardstick
from measure import HEADINGS, Measured, in_turn
from pages import write_corpus
from question import same_question

from pipeline.chart import chart
from pipeline.console import counted
from pipeline.statements import chart_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAGE = PROJECT / "docs" / "benchmarks.md"
LISTINGS_PER_LARGE_FILE = 1_000
SHOWN_PACKAGES = ("duckdb", "pyarrow", "polars", "numpy", "matplotlib")
FLOOR = "import duckdb, polars, pyarrow.parquet, matplotlib.figure"

PARSE_STAGE = (
    "import sys; from pathlib import Path; from pipeline.parse import parse_raw; "
    "from pipeline import parse; from pipeline.parsing import known_names; "
    "parse.write_names = lambda tables, _: [known_names.write(tables[name], name, []) "
    "for name in ('names', 'name_pairs')]; "
    "parse_raw(Path(sys.argv[1]), Path(sys.argv[2]), '2026-07-02')"
)


class Bench:
    """The measurements, in a folder of their own."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds

    def corpus(self, megabytes: int, listings_per_file: int) -> Path:
        """A corpus, made if it is not there yet."""
        path = self.folder / f"pages-{megabytes}-{listings_per_file}"
        if not path.exists():
            write_corpus(path, megabytes, listings_per_file, seed=1)
        return path

    def clear(self, _name: str) -> None:
        """Remove the outputs of the run before."""
        shutil.rmtree(self.folder / "outputs", ignore_errors=True)
        (self.folder / "outputs").mkdir(parents=True)

    def parse(self, megabytes: int, listings_per_file: int) -> Iterator[str]:
        """The parse stage, but for the comparison of names, beside the yardsticks."""
        raw, outputs = self.corpus(megabytes, listings_per_file), self.folder / "outputs"
        files = sum(1 for _ in raw.rglob("*.txt"))
        commands = {
            "DuckDB copies the lines": yardstick("copy_lines", raw, outputs / "lines.parquet"),
            "parse stage": python("-c", PARSE_STAGE, raw, outputs / "tables"),
            "line by line in Python": yardstick("read_by_line", raw, outputs / "lines.txt"),
            "wc -l": ["sh", "-c", f"find '{raw}' -name '*.txt' | xargs wc -l"],
        }
        yield f"### {megabytes:,} MB in {counted(files, 'file')}\n"
        yield from table(in_turn(commands, self.rounds, self.clear))

    def pairs(self, megabytes: int) -> Iterator[str]:
        """Pairs and per-year tables from the tables that `make all` made."""
        outputs = self.folder / "all"
        tables = outputs / "tables"
        commands = {
            "DuckDB": yardstick("count_pairs_in_sql", tables, outputs / "pairs.txt"),
            "Python's Counter": yardstick("count_pairs_in_python", tables, outputs / "pairs.txt"),
        }
        yield f"### The papers of {megabytes:,} MB of pages\n"
        yield from table(in_turn(commands, self.rounds, lambda _: None))

    def small(self) -> Iterator[str]:
        """`make all` on the shipped page."""
        raw, kept = PROJECT / "data" / "raw", self.folder / "kept"
        commands = {
            "starting Python and importing all": python("-c", FLOOR),
            "make all, outputs removed": make(raw, self.folder / "outputs"),
            "make all, nothing changed": make(raw, kept),
        }
        shutil.rmtree(kept, ignore_errors=True)
        in_turn({"": make(raw, kept)}, 1, self.clear)
        yield from table(in_turn(commands, self.rounds, self.clear))
        yield from self.charts(kept / "reports")

    def charts(self, reports: Path) -> Iterator[str]:
        """What it takes to read, draw and write each chart once matplotlib is there."""
        names = chart_names()
        chart(reports, names)  # imports, and fonts that all share
        yield "| chart | seconds |"
        yield "|---|---:|"
        for name in names:
            seconds = []
            for _ in range(self.rounds):
                started = time.perf_counter()
                chart(reports, [name])
                seconds.append(time.perf_counter() - started)
            yield f"| {name} | {statistics.median(seconds):.2f} |"
        yield ""

    def growth(self, sizes: Sequence[int]) -> Iterator[str]:
        """Parse and the whole run against the size of the corpus."""
        parse, every = {}, {}
        for size in sizes:
            raw, outputs = self.corpus(size, 1), self.folder / "all"
            command = python("-c", PARSE_STAGE, raw, self.folder / "outputs" / "tables")
            parse[f"{size:,} MB"] = in_turn({"": command}, 1, self.clear)[""]
            shutil.rmtree(outputs, ignore_errors=True)
            every[f"{size:,} MB"] = in_turn({"": make(raw, outputs)}, 1, self.clear)[""]
        for title, found in (("parse stage", parse), ("make all", every)):
            seconds = [measured.medians()[0] for measured in found.values()]
            yield f"### {title}: {exponent(sizes, seconds)}\n"
            yield from table(found)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> str:
    """How time grows with size."""
    if len(sizes) == 1:
        return "one size"
    power = math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
    return f"time grows with size to the power of {power:.2f}"


def table(found: Mapping[str, Measured]) -> Iterator[str]:
    """Medians and ratios to the first one as Markdown."""
    yield f"| | {' | '.join(HEADINGS)} |"
    yield f"|---|{'---:|' * len(HEADINGS)}"
    first = next(iter(found.values())).medians()[0]
    for name, measured in found.items():
        yield f"| {name} | {' | '.join(measured.cells(first))} |"
    yield ""


def machine() -> Iterator[str]:
    """When, where and with what."""
    packages = ", ".join(f"{name} {version(name)}" for name in SHOWN_PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"{datetime.now(tz=UTC):%Y-%m-%d}, {platform.system()} on {platform.machine()},"
    software = f"Python {platform.python_version()}, {packages}"
    yield f"{os.cpu_count()} cores, {memory:.0f} GiB; {software}."
    yield f"When it started, {os.getloadavg()[0]:.1f} processes were running on average.\n"


def report(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """The page."""
    yield "# Benchmarks\n"
    yield "Written by `make bench`; the next run writes it anew. Pages are made up from a seed"
    yield "(`tests/bench/pages.py`). All commands of a table take turns, medians are shown;"
    yield "memory is that of all processes of a command together.\n"
    yield from machine()
    yield "## Parse\n"
    for listings_per_file in (LISTINGS_PER_LARGE_FILE, 1):
        yield from bench.parse(sizes[-1], listings_per_file)
    yield "## The shipped page\n"
    yield from bench.small()
    yield "## Growth\n"
    yield from bench.growth(sizes)
    yield "## Pairs of co-authors and papers per year\n"
    yield from bench.pairs(sizes[-1])
    yield "## The same question to other tools\n"
    yield from same_question(bench.folder / "all" / "tables", bench.folder, bench.rounds)


def main() -> None:
    """Parse the command line, measure and write the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--megabytes", type=int, nargs="+", default=[50, 250, 1_000])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--folder", type=Path, default=PROJECT / ".venv" / "bench")
    options = arguments.parse_args()
    lines = []
    for line in report(Bench(options.folder, options.rounds), sorted(options.megabytes)):
        print(line, flush=True)
        lines.append(line)
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
