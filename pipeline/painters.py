"""Processes that draw charts, ready by the time that there is something to draw.

Importing matplotlib takes longer than all that a page takes before its charts, so painters start
while the tables are made. Their standard input is a socket that gives them the names of charts and
the lock on the folder, and ends them if the process that started them is gone, however it ended.
"""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path
from socket import recv_fds, send_fds, socket, socketpair
from subprocess import Popen
from typing import TYPE_CHECKING, Self

from pipeline.console import StageLine, counted, run
from pipeline.outputs import REPORT_FILES, writing

if TYPE_CHECKING:
    from types import TracebackType

MOST_BYTES = 1 << 16  # of names
CHARTS_PER_PAINTER = 3  # for fewer, another process would cost more than it saves


class Painters:
    """As many painters as the charts are worth and the machine has cores for."""

    def __init__(self, reports: Path, names: list[str]) -> None:
        self.reports = reports
        worth = -(-len(names) // CHARTS_PER_PAINTER)
        command = [sys.executable, "-m", "pipeline.painters", f"--reports={reports}"]
        self.processes: list[tuple[Popen[bytes], socket]] = []
        for _ in range(min(worth, os.cpu_count() or 1)):
            here, there = socketpair()
            with there:
                # In a group of its own, Ctrl-C does not reach it; the process that started it
                # ends it.
                process = Popen(command, stdin=there.fileno(), process_group=0)  # noqa: S603 -- this module
            self.processes.append((process, here))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Let no painter outlive the run."""
        for process, connection in self.processes:
            connection.close()
            process.terminate()
            process.wait()

    def draw(self, names: list[str]) -> None:
        """Draw the charts of the named reports.

        Raises
        ------
        SystemExit
            If a painter could not; it has said why.
        """
        line = StageLine("chart")
        with writing(self.reports, REPORT_FILES) as lock:
            for number, (_, connection) in enumerate(self.processes):
                share = "\n".join(names[number :: len(self.processes)])
                with suppress(BrokenPipeError):  # it could not even start, and has said why
                    send_fds(connection, [share.encode()], [lock])
            if any(process.wait() for process, _ in self.processes):
                sys.exit(1)
        line.done(counted(len(names), "CSV file"), counted(len(names), "chart"), self.reports)


def paint(reports: Path) -> None:
    """Be a painter: draw the charts that standard input names, a line each.

    The lock comes with them and is held until this process ends: a painter whose run was killed
    goes on for a while, and the next run must wait for it.
    """
    from pipeline.chart import chart  # noqa: PLC0415 -- inside `run`, which handles signals

    with socket(fileno=os.dup(sys.stdin.fileno())) as connection:
        names, *_ = recv_fds(connection, MOST_BYTES, 1)
    chart(reports, names.decode().splitlines())


def main() -> None:
    """Parse the command line and wait for names."""
    arguments = argparse.ArgumentParser(prog="pipeline.painters", description=__doc__)
    arguments.add_argument("--reports", type=Path, required=True)
    options = arguments.parse_args()
    run(lambda: paint(options.reports))


if __name__ == "__main__":
    main()
