"""Which files in the folders of outputs are ours, and whether they are as a run left them.

Make sees by times what is stale, but not what was cut, emptied or edited behind its back. So each
stage notes the sizes of the outputs in its folder when it has written them, and what differs from
the note is removed before Make looks, which makes it write it anew.

Uses the standard library alone, since `pipeline/manifest.py` runs before anything is installed.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import PipelineError, reason
from pipeline.exports import FILES as EXPORTED
from pipeline.exports import FOLDER as EXPORT
from pipeline.files import exclusive, parts, remove, replacing, require_writable
from pipeline.pages.places import INDEX, OWNERS, own_pages
from pipeline.tables import REPORTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPORT_ENDS = (".csv", ".png", ".svg")
MOST_NAMED = 3
SECONDS_OF_A_DAY = 86_400  # what clocks of several machines may differ by


class Outputs(NamedTuple):
    """The outputs of one folder: their names, and that of the note of their sizes."""

    names: tuple[str, ...]
    note: str


TABLE_FILES = Outputs(
    (*(f"{name}.parquet" for name in TABLES), "checks.passed", "warnings.parse"), ".tables.sizes"
)
REPORT_FILES = Outputs(
    (
        *(f"{name}{end}" for name in REPORTS for end in REPORT_ENDS),
        *(f"{EXPORT}/{name}" for name in EXPORTED),
        "warnings.txt",
        "provenance.json",
        INDEX,
    ),
    ".reports.sizes",
)


@contextmanager
def writing(folder: Path, outputs: Outputs) -> Iterator[int]:
    """Keep other runs from writing into a folder, and note the sizes of what it holds at the end.

    What a killed or failed run wrote stays out of the note, and so will be written again. The
    value is the lock's handle, see `pipeline.files.exclusive`.

    Raises
    ------
    PipelineError
        If the folder can't be made or written to.
    """
    with exclusive(folder) as lock:
        require_writable(folder)
        try:
            yield lock
        except OSError as error:
            raise PipelineError(f"{error.filename or folder}: {reason(error)}") from error
        found = sizes(folder, outputs) | own_page_sizes(folder)
        with replacing(folder / outputs.note) as draft:
            lines = (f"{size} {name}\n" for name, size in found.items())
            draft.write_text("".join(lines), encoding="utf-8")


def remove_damaged(folder: Path, outputs: Outputs) -> None:
    """Remove the outputs that are not as the last run left them, and say which.

    Raises
    ------
    PipelineError
        If one can't be removed.
    """
    if not folder.is_dir():
        return
    with exclusive(folder):
        damaged = changed(folder, outputs)
        if damaged:
            require_writable(folder)
        for name in damaged:
            remove(folder / name)
    if damaged:
        named = ", ".join(damaged[:MOST_NAMED])
        more = f" and {len(damaged) - MOST_NAMED:,} more" if damaged[MOST_NAMED:] else ""
        print(f"{folder}: not as a run left it, made anew: {named}{more}", file=sys.stderr)


def changed(folder: Path, outputs: Outputs) -> list[str]:
    """The outputs that are there but not as the last run left them, as far as sizes tell."""
    noted = read_note(folder / outputs.note)
    found = [
        name
        for name, size in sizes(folder, outputs).items()
        if size != noted.get(name) or is_from_the_future(folder / name)
    ]
    pages = {name: size for name, size in noted.items() if name.startswith(f"{OWNERS}/")}
    if pages != {name: size_of(folder / name) for name in pages} and INDEX not in found:
        found.append(INDEX)  # by which Make knows that all pages are there
    return found


def sizes(folder: Path, outputs: Outputs) -> dict[str, str]:
    """The sizes of the outputs that are there, by their names."""
    found = {name: size_of(folder / name) for name in outputs.names}
    return {name: size for name, size in found.items() if size is not None}


def own_page_sizes(folder: Path) -> dict[str, str]:
    """The sizes of the pages of owners."""
    return {f"{OWNERS}/{path.name}": str(path.stat().st_size) for path in own_pages(folder)}


def size_of(path: Path) -> str | None:
    """The bytes of a file, or of each of a table's files; None if there is none."""
    try:
        return ",".join(str(os.stat(part).st_size) for part in parts(path))  # noqa: PTH116 -- half the time of Path.stat
    except OSError:
        return None


def is_from_the_future(path: Path) -> bool:
    """Whether it was written under a wrong clock, so that no change would look newer to Make."""
    return path.stat().st_mtime > time.time() + SECONDS_OF_A_DAY


def read_note(path: Path) -> dict[str, str]:
    """The noted sizes; a note that is missing or damaged lacks some or all."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {name: size for size, _, name in (line.partition(" ") for line in lines)}
