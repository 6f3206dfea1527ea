"""Note which raw files there are, so that Make sees added, deleted, renamed and changed ones.

Run by Make before anything else, with the plain `python3` of the machine: standard library only.
The manifest (path, size and time of change of each file, and `AS_OF`) is rewritten only if it
differs, so its own time of change is that of the input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipeline.errors import InputError
from pipeline.sources import AS_OF_FILE, find_files, printable

MANIFEST = "raw.manifest"


def manifest(raw: Path, as_of: str) -> str:
    """One line a file, after a line with the day that was given for all pages.

    Raises
    ------
    InputError
        If the folder can't be read.
    """
    pages, others = find_files(raw)
    lines = [f"AS_OF={as_of}"]
    for path in [AS_OF_FILE, *pages, *others]:
        try:
            status = (raw / path).stat()
        except OSError:
            continue  # `as_of.csv` is optional; a file that vanished meanwhile is not there
        lines.append(f"{status.st_size} {status.st_mtime_ns} {printable(path)!r}")
    return "\n".join(lines) + "\n"


def refresh(raw: Path, processed: Path, as_of: str) -> None:
    """Write the manifest if it changed; parsing reports a folder that can't be read."""
    try:
        current = manifest(raw, as_of)
    except InputError:
        current = ""
    path = processed / MANIFEST
    if path.is_file() and path.read_text(encoding="utf-8") == current:
        return
    processed.mkdir(parents=True, exist_ok=True)
    draft = processed / f".{MANIFEST}.{os.getpid()}"
    draft.write_text(current, encoding="utf-8")
    draft.replace(path)


if __name__ == "__main__":
    refresh(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
