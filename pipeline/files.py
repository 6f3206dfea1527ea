"""Writing outputs so that no reader ever sees half of one."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = "*.parquet"  # of a table that is a folder of files


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Make the folder and keep other runs from writing into it; wait for one that does.

    Drafts can have fixed names under this lock, so that what a killed run left behind is
    overwritten by the next one. The system drops the lock when the process ends, however it ends.

    Raises
    ------
    PipelineError
        If the folder can't be made or opened.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise PipelineError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another run that writes to {folder}", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a draft beside a file or folder; it takes its place if all goes well.

    The draft may be a folder where the file was none, or the other way round. A folder has no place
    for an instant, so a killed run may leave none, but never half of one.
    """
    draft, former = (path.with_name(f".{path.name}.{kind}") for kind in ("draft", "former"))
    try:
        remove(draft)
        yield draft
        if path.is_dir() or draft.is_dir():
            remove(former)
            with suppress(FileNotFoundError):
                path.rename(former)
        draft.replace(path)
    finally:
        remove(draft)
        remove(former)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that it holds, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def parts(path: Path) -> list[Path]:
    """The files of a table: it alone, or, if it is a folder, those in it in their order."""
    return sorted(path.glob(PARTS)) if path.is_dir() else [path]
