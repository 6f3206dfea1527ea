"""Processes that draw charts, ready by the time that there is something to draw.

Importing matplotlib takes longer than all that a page takes before its charts, so painters start
while the tables are made. They read the names of charts from standard input, which also ends them
if the process that started them is gone, however it ended.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, Self

from pipeline.console import StageLine, counted, run
from pipeline.files import exclusive

if TYPE_CHECKING:
    from types import TracebackType

CHARTS_PER_PAINTER = 3  # for fewer, another process would cost more than it saves


class Painters:
    """As many painters as the charts are worth and the machine has cores for."""

    def __init__(self, reports: Path, names: list[str]) -> None:
        self.reports = reports
        worth = -(-len(names) // CHARTS_PER_PAINTER)
        command = [sys.executable, "-m", "pipeline.painters", "--reports", str(reports)]
        self.processes = [
            # In a group of its own, Ctrl-C does not reach it; the process that started it ends it.
            Popen(command, stdin=PIPE, process_group=0, encoding="utf-8")  # noqa: S603 -- this module
            for _ in range(min(worth, os.cpu_count() or 1))
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Let no painter outlive the run."""
        for process in self.processes:
            process.terminate()
            process.communicate()

    def draw(self, names: list[str]) -> None:
        """Draw the charts of the named reports.

        Raises
        ------
        SystemExit
            If a painter could not; it has said why.
        """
        line = StageLine("chart")
        with exclusive(self.reports):
            shares = (names[number :: len(self.processes)] for number in range(len(names)))
            with ThreadPoolExecutor() as waiting:
                waiting.map(Popen.communicate, self.processes, map("\n".join, shares))
            if any(process.returncode for process in self.processes):
                sys.exit(1)
        line.done(counted(len(names), "CSV file"), counted(len(names), "chart"), self.reports)


def paint(reports: Path) -> None:
    """Be a painter: draw the charts that standard input names, a line each."""
    from pipeline.chart import chart  # noqa: PLC0415 -- inside `run`, which handles signals

    chart(reports, sys.stdin.read().splitlines())


def main() -> None:
    """Parse the command line and wait for names."""
    arguments = argparse.ArgumentParser(prog="pipeline.painters", description=__doc__)
    arguments.add_argument("--reports", type=Path, required=True)
    options = arguments.parse_args()
    run(lambda: paint(options.reports))


if __name__ == "__main__":
    main()
