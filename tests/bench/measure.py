"""Time and memory of commands, each as whole processes, in turn."""

from __future__ import annotations

import math
import os
import select
import signal
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECONDS_BETWEEN_LOOKS = 0.2  # a look takes milliseconds from what is looked at
HEADINGS = ("wall seconds", "ratio", "processor seconds", "megabytes at most")


@dataclass
class Measured:
    """Wall seconds, processor seconds and peak megabytes of all runs of one command."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    stopped: bool = False

    def medians(self) -> tuple[float, float, float]:
        """The median of each."""
        return (
            statistics.median(self.seconds),
            statistics.median(self.processor),
            max(self.megabytes),
        )

    def cells(self, first: float) -> tuple[str, ...]:
        """What stands below `HEADINGS`; a run that was stopped would have taken more."""
        seconds, processor, megabytes = self.medians()
        if self.stopped:
            return f"stopped after {max(self.seconds):.0f}", "", "", f"{megabytes:.0f}"
        return f"{seconds:.2f}", f"{seconds / first:.2f}", f"{processor:.2f}", f"{megabytes:.0f}"


def in_turn(
    commands: Mapping[str, Sequence[str]],
    rounds: int,
    before: Callable[[str], None],
    seconds_at_most: float = math.inf,
) -> dict[str, Measured]:
    """Run the commands one after the other, all of them in each round.

    Parameters
    ----------
    commands
        Arguments of each command by its name.
    rounds
        How often.
    before
        Called with the name before each run; it is not measured.
    seconds_at_most
        After that a run is stopped, and its command is left out of further rounds.
    """
    found = {name: Measured() for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if not found[name].stopped:
                before(name)
                measure(command, found[name], seconds_at_most)
    return found


def measure(command: Sequence[str], found: Measured, seconds_at_most: float) -> None:
    """Run a command and add what it took."""
    former = os.times()
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        peak, handle = 0.0, os.pidfd_open(process.pid)  # which says at once that it has ended
        while not select.select([handle], [], [], SECONDS_BETWEEN_LOOKS)[0]:
            peak = max(peak, megabytes_of_session(process.pid))
            if time.perf_counter() - started > seconds_at_most:
                os.killpg(process.pid, signal.SIGKILL)
                found.stopped = True
                break
        os.close(handle)
        process.wait()
    found.seconds.append(time.perf_counter() - started)
    now = os.times()
    found.processor.append(
        now.children_user + now.children_system - former.children_user - former.children_system
    )
    found.megabytes.append(peak)
    if process.returncode and not found.stopped:
        raise SystemExit(f"{' '.join(command)}: ended with status {process.returncode}")


def megabytes_of_session(session: int) -> float:
    """Memory of all processes of a session; pages that they share count once."""
    total = 0
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                lines = (entry / "smaps_rollup").read_text(encoding="ascii").splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, ValueError):  # it has just ended
            continue
    return total / 1024
