"""Copies of the project to run `make` in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def make(tree: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MAKEFLAGS", "MAKELEVEL", "RAW", "PROCESSED", "REPORTS", "AS_OF"}
    }
    return subprocess.run(
        ["make", "--no-print-directory", "-C", str(tree), *arguments],
        env=environment | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copy_tree(destination: Path) -> Path:
    """A copy of the project's own files that shares the installed packages."""
    ignored = shutil.ignore_patterns(
        ".venv", ".git", "processed", "reports", ".*_cache", ".hypothesis", "__pycache__"
    )
    shutil.copytree(PROJECT, destination, ignore=ignored)
    shutil.copytree(
        PROJECT / "sql" / "reports", destination / "sql" / "reports", dirs_exist_ok=True
    )
    environment = destination / ".venv"
    environment.mkdir()
    for name in ("bin", "lib", "include", "pyvenv.cfg", "matplotlib"):
        if (PROJECT / ".venv" / name).exists():
            (environment / name).symlink_to(PROJECT / ".venv" / name)
    (environment / "main.stamp").touch()
    return destination
