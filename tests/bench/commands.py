"""Commands to measure."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def python(*arguments: object) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *map(str, arguments)]


def yardstick(name: str, folder: Path, output: Path) -> list[str]:
    """A command of `yardsticks.py`."""
    return python(Path(__file__).with_name("yardsticks.py"), name, folder, output)


def make(raw: Path, outputs: Path, *arguments: str) -> list[str]:
    """`make all` on a corpus."""
    folders = [f"RAW={raw}", f"PROCESSED={outputs / 'tables'}", f"REPORTS={outputs / 'reports'}"]
    return ["make", "--silent", "-C", str(PROJECT), *folders, "AS_OF=2026-07-02", *arguments, "all"]
