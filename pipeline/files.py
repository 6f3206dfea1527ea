"""Writing outputs so that no reader ever sees half of one."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = "*.parquet"  # of a table that is a folder of files


@contextmanager
def exclusive(folder: Path) -> Iterator[int]:
    """Make the folder and keep other runs from writing into it; wait for one that does.

    Drafts can have fixed names under this lock, so that what a killed run left behind is
    overwritten by the next one. The system drops the lock when the last process that has its
    handle ends, however it ends. Processes that write for this one must have it too: if this one is
    killed, the next run waits until they have seen so.

    Raises
    ------
    PipelineError
        If the folder can't be made or opened.
    """
    make_folder(folder)
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise PipelineError(f"{folder}: {reason(error)}; expected a folder to write to") from error
    os.set_inheritable(handle, True)  # noqa: FBT003 -- takes no keyword
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another run that writes to {folder}", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, if it is not there.

    Raises
    ------
    PipelineError
        If it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PipelineError(f"{folder}: {reason(error)}; expected a folder to write to") from error


def require_writable(folder: Path) -> None:
    """Stop before anything is computed that could not be written.

    Raises
    ------
    PipelineError
        If the folder may not be written to.
    """
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PipelineError(f"{folder}: not writable; expected a folder to write to")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a draft beside a file or folder; it takes its place if all goes well.

    The draft may be a folder where the file was none, or the other way round. A folder has no place
    for an instant, so a killed run may leave none, but never half of one.

    Raises
    ------
    PipelineError
        If the system refuses to write it, or a folder that is no table's is in its place.
    """
    draft, former = (path.with_name(f".{path.name}.{kind}") for kind in ("draft", "former"))
    try:
        remove_all(draft)
        require_output(path)
        yield draft
        if path.is_dir() or draft.is_dir():
            remove_all(former)
            with suppress(FileNotFoundError):
                path.rename(former)
        draft.replace(path)
    except OSError as error:
        raise PipelineError(f"{path}: {reason(error)}") from error
    finally:
        remove_all(draft)
        remove_all(former)


def remove(path: Path) -> None:
    """Remove an output, a file or a table's folder, if it is there.

    Raises
    ------
    PipelineError
        If it is a folder that holds anything but a table's files, or can't be removed.
    """
    require_output(path)
    try:
        remove_all(path)
    except OSError as error:
        raise PipelineError(f"{path}: {reason(error)}") from error


def remove_all(path: Path) -> None:
    """Remove a file, or a folder with all that it holds, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):  # a read-only file system refuses to remove what is not there
        path.unlink()


def require_output(path: Path) -> None:
    """Stop before a folder is replaced that somebody else put in an output's place.

    Raises
    ------
    PipelineError
        If it holds anything but a table's files.
    """
    if path.is_dir() and not path.is_symlink():
        for strange in sorted(set(path.iterdir()) - set(path.glob(PARTS))):
            raise PipelineError(
                f"{path}: a folder with {strange.name!r} stands in the place of an output; move it "
                "away"
            )


def parts(path: Path) -> list[Path]:
    """The files of a table: it alone, or, if it is a folder, those in it in their order."""
    return sorted(path.glob(PARTS)) if path.is_dir() else [path]
