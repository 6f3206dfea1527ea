"""Remove what the stages wrote, and nothing else that may lie in the same folders."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from pipeline.engine import SPILL
from pipeline.exports import FILES as EXPORTED
from pipeline.exports import FOLDER
from pipeline.files import remove
from pipeline.pages.places import INDEX, OWNERS, own_pages
from pipeline.tables import REPORTS, TABLES

PROCESSED_FILES = ["raw.manifest", "warnings.parse", "checks.passed"]
REPORT_FILES = ["warnings.txt", "provenance.json", INDEX]
REPORT_ENDS = (".csv", ".png", ".svg")


def clean(processed: Path, reports: Path) -> None:
    """Remove outputs and drafts from both folders, and the folders if they are empty then."""
    for page in [*own_pages(reports), *(reports / OWNERS).glob(".*.html.draft")]:
        page.unlink()
    for folder, names in (
        (reports / OWNERS, []),
        (processed / SPILL, [path.name for path in (processed / SPILL).glob("duckdb_temp*")]),
        (processed, [*PROCESSED_FILES, *(f"{table}.parquet" for table in TABLES)]),
        (reports / FOLDER, [*EXPORTED]),
        (
            reports,
            [*REPORT_FILES, *(f"{name}{end}" for name in REPORTS for end in REPORT_ENDS)],
        ),
    ):
        for name in names:
            for path in (name, f".{name}.draft", f".{name}.former"):
                remove(folder / path)
        with suppress(OSError):  # not empty, or not there
            folder.rmdir()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="pipeline.clean", description=__doc__)
    parser.add_argument("--processed", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True)
    options = parser.parse_args()
    clean(options.processed, options.reports)
