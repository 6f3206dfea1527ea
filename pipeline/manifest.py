"""Note which raw files there are, so that Make sees added, deleted, renamed and changed ones.

Run by Make before anything else, with the plain `python3` of the machine: standard library only.
The manifest (path, size and time of change of each file, and `AS_OF`) is rewritten only if it
differs, so its own time of change is that of the input.
"""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import re
import sys
from pathlib import Path

from pipeline.console import run
from pipeline.errors import InputError
from pipeline.files import exclusive, replacing, require_writable
from pipeline.outputs import REPORT_FILES, TABLE_FILES, remove_damaged
from pipeline.sources import AS_OF_FILE, find_files, parse_as_of, printable

MANIFEST = "raw.manifest"
STATE = re.compile(r"^(?:\d+ \d+|unreadable) |(?<=^AS_OF)=.*")
MOST_NAMED = 3


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


def difference(before: str, after: str) -> str:
    """What differs between two manifests, by the names of the files."""
    was, now = by_name(before), by_name(after)
    found = [
        f"{name} {'is new' if name not in was else 'changed' if name in now else 'is gone'}"
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    ]
    more = f" and {len(found) - MOST_NAMED:,} more" if found[MOST_NAMED:] else ""
    return ", ".join(found[:MOST_NAMED]) + more


def by_name(text: str) -> dict[str, str]:
    """The lines of a manifest by what they are about: `AS_OF`, or a file."""
    return {STATE.sub("", line): line for line in text.splitlines()}


def refresh(raw: Path, processed: Path, reports: Path, as_of: str) -> None:
    """Remove outputs that are not as a run left them, and write the manifest if it changed.

    Raises
    ------
    InputError
        If the raw folder can't be read or holds the folders for outputs, or `AS_OF` is no day.
    PipelineError
        If an output can't be removed or the manifest can't be written.
    """
    for name, folder in (("PROCESSED", processed), ("REPORTS", reports)):
        if printable(str(folder)) != str(folder):
            raise InputError(f"{name}={printable(str(folder))}: expected a name in UTF-8")
        if folder.resolve().is_relative_to(raw.resolve()):
            raise InputError(
                f"{name}={folder} lies inside RAW={raw}: outputs would be read as pages; choose "
                "another folder"
            )
    if as_of.strip():
        parse_as_of(as_of, "AS_OF")
    current = manifest(raw, as_of).encode()
    remove_damaged(processed, TABLE_FILES)
    remove_damaged(reports, REPORT_FILES)
    path = processed / MANIFEST
    if path.is_file() and path.read_bytes() == current:
        return
    with exclusive(processed):
        require_writable(processed)
        with replacing(path) as draft:
            draft.write_bytes(current)


if __name__ == "__main__":
    raw, processed, reports, as_of = sys.argv[1:]
    run(lambda: refresh(Path(raw), Path(processed), Path(reports), as_of))
