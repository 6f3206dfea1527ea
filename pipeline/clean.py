"""Remove what the stages wrote, and nothing else that may lie in the same folders."""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.console import run
from pipeline.engine import SPILL
from pipeline.errors import PipelineError
from pipeline.exports import FOLDER
from pipeline.files import remove, remove_all
from pipeline.manifest import MANIFEST
from pipeline.outputs import REPORT_FILES, TABLE_FILES
from pipeline.pages.places import OWNERS, own_pages

if TYPE_CHECKING:
    from collections.abc import Iterable


def clean(processed: Path, reports: Path) -> None:
    """Remove outputs and drafts from both folders, and the folders if they are empty then.

    Raises
    ------
    PipelineError
        If one of the two is no folder, or an output can't be removed.
    """
    for folder in (processed, reports):
        if folder.exists() and not folder.is_dir():
            raise PipelineError(f"{folder}: not a directory; expected a folder with outputs")
    for page in [*own_pages(reports), *(reports / OWNERS).glob(".*.html.draft")]:
        remove(page)
    for path in (processed / SPILL).glob("duckdb_temp*"):
        remove(path)
    clean_folder(processed, [MANIFEST, *TABLE_FILES.names, TABLE_FILES.note])
    clean_folder(reports, [*REPORT_FILES.names, REPORT_FILES.note])
    for folder in (reports / OWNERS, reports / FOLDER, processed / SPILL, processed, reports):
        with suppress(OSError):  # not empty, or not there
            folder.rmdir()


def clean_folder(folder: Path, names: Iterable[str]) -> None:
    """Remove files of a folder, with what a killed run left of them."""
    for path in map(folder.joinpath, names):
        if path.parent.is_dir():
            remove(path)
            for kind in ("draft", "former"):
                remove_all(path.with_name(f".{path.name}.{kind}"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="pipeline.clean", description=__doc__)
    parser.add_argument("--processed", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True)
    options = parser.parse_args()
    run(lambda: clean(options.processed, options.reports))
