"""Note which raw files there are, so that Make sees added, deleted, renamed and changed ones.

Run by Make before anything else, with the plain `python3` of the machine: standard library only.
The manifest (path, size and time of change of each file, and `AS_OF`) is rewritten only if it
differs, so its own time of change is that of the input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipeline.console import run
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
            if path != AS_OF_FILE:  # which is optional; others are links that lead nowhere
                lines.append(f"unreadable {printable(path)!r}")
            continue
        lines.append(f"{status.st_size} {status.st_mtime_ns} {printable(path)!r}")
    return "\n".join(lines) + "\n"


def refresh(raw: Path, processed: Path, reports: Path, as_of: str) -> None:
    """Write the manifest if it changed.

    Raises
    ------
    InputError
        If the raw folder can't be read or holds the folders for outputs, or the manifest can't be
        written.
    """
    for name, folder in (("PROCESSED", processed), ("REPORTS", reports)):
        if folder.resolve().is_relative_to(raw.resolve()):
            raise InputError(
                f"{name}={folder} lies inside RAW={raw}: outputs would be read as pages; choose "
                "another folder"
            )
    current = manifest(raw, as_of)
    path = processed / MANIFEST
    if path.is_file() and path.read_text(encoding="utf-8") == current:
        return
    draft = processed / f".{MANIFEST}.{os.getpid()}"
    try:
        processed.mkdir(parents=True, exist_ok=True)
        draft.write_text(current, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"PROCESSED={processed}: {reason}; choose a folder to write to") from error


if __name__ == "__main__":
    raw, processed, reports, as_of = sys.argv[1:]
    run(lambda: refresh(Path(raw), Path(processed), Path(reports), as_of))
