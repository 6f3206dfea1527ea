"""Stage: which bytes came in and which went out, with hashes, to cite a run and to compare two.

`provenance.json` has no clock, no machine and no path outside of the folders of the run, so two
people who have the same pages, day, project and packages have the same file.
"""

from __future__ import annotations

import hashlib
import json
import platform
import tomllib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pipeline.console import StageLine, counted
from pipeline.engine import open_engine
from pipeline.errors import PipelineError
from pipeline.files import parts, replacing
from pipeline.manifest import MANIFEST, difference, manifest
from pipeline.outputs import REPORT_FILES, writing
from pipeline.pages.places import INDEX, own_pages
from pipeline.reference import COMMON_WORDS, FILES
from pipeline.sources import AS_OF_FILE, find_files, leads_outside, printable, readable
from pipeline.statements import PROJECT, PROVENANCE, chart_names, named, read_statement
from pipeline.tables import REPORTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "provenance.json"
PACKAGES = ("duckdb", "matplotlib", "polars", "pyarrow")
CHUNK_BYTES = 1 << 20
NOTHING = {"listings": 0, "entries": 0, "rejected_lines": 0}

Facts = dict[str, Any]


def provenance(raw: Path, as_of: str, processed: Path, reports: Path) -> None:
    """Write the hashes of a run's inputs and outputs.

    Parameters
    ----------
    raw, as_of
        Folder of the pages, and the day on which they were taken, empty if unknown.
    processed, reports
        Folders of the tables, and of the CSV files, charts and pages.

    Raises
    ------
    InputError
        If a page can't be read.
    PipelineError
        If the pages are no longer those that were parsed.
    """
    line = StageLine("hash")
    noted = processed / MANIFEST
    parsed = noted.read_text(encoding="utf-8") if noted.is_file() else manifest(raw, as_of)
    with writing(reports, REPORT_FILES):
        line.progress("pages")
        pages = pages_of(raw, counts(processed))
        now = manifest(raw, as_of)
        if now != parsed:
            raise PipelineError(
                f"{raw}: files changed since they were parsed: {difference(parsed, now)}; "
                "run make again"
            )
        line.progress("outputs")
        settings = {name: facts(PROJECT / name) for name in {*FILES.values(), COMMON_WORDS}}
        tables = hashes(processed, table_files(processed))
        written = hashes(reports, report_files(reports))
        found = {
            "as_of": as_of.strip() or None,
            "inputs": {"pages": pages, "settings": settings},
            "outputs": {"reports": written, "tables": tables},
            "versions": versions(),
        }
        with replacing(reports / FILE) as draft:
            text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
            draft.write_text(f"{text}\n", encoding="utf-8")
    came_in, went_out = len(pages) + len(settings), len(tables) + len(written)
    line.done(
        f"{counted(came_in, 'input')}, {counted(went_out, 'output')}",
        f"{came_in + went_out:,} hashes",
        reports / FILE,
    )


def counts(processed: Path) -> dict[str, Facts]:
    """What became of each page file, by sql/provenance."""
    engine = open_engine(processed)
    for name in ("listings", "rejects"):
        engine.add_table(name, processed / f"{name}.parquet")
    source = PROVENANCE / "inputs.sql"
    with named(source):
        rows = engine.fetch(read_statement(source)).to_pylist()
    return {row.pop("source_file"): row for row in rows}


def pages_of(raw: Path, found: dict[str, Facts]) -> dict[str, Facts]:
    """The files of the raw folder that a run reads, each with what became of it."""
    pages, _ = find_files(raw)
    read = {
        printable(path): facts(raw / path) | found.get(printable(path), NOTHING) for path in pages
    }
    if (raw / AS_OF_FILE).is_file() and not leads_outside(raw, AS_OF_FILE):
        read[AS_OF_FILE] = facts(raw / AS_OF_FILE)
    return read


def table_files(processed: Path) -> Iterator[Path]:
    """The Parquet files of all tables."""
    for name in TABLES:
        yield from parts(processed / f"{name}.parquet")


def report_files(reports: Path) -> Iterator[Path]:
    """The CSV files, charts and pages."""
    yield from (reports / f"{name}.csv" for name in REPORTS)
    yield from (reports / f"{name}{end}" for name in chart_names() for end in (".png", ".svg"))
    yield reports / INDEX
    yield from own_pages(reports)


def hashes(folder: Path, paths: Iterator[Path]) -> dict[str, str]:
    """The hash of each file, by its name below a folder."""
    return {path.relative_to(folder).as_posix(): facts(path)["sha256"] for path in paths}


def facts(path: Path) -> Facts:
    """Hash, size and line ends (as `wc -l` counts them) of a file, read bit by bit."""
    digest, size, lines = hashlib.sha256(), 0, 0
    with readable(path), path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            lines += chunk.count(b"\n")
    return {"sha256": digest.hexdigest(), "bytes": size, "lines": lines}


def versions() -> dict[str, str]:
    """What of the project, Python and the packages the bytes of outputs depend on."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {project["name"]: project["version"], "python": platform.python_version()}
    return own | {name: version(name) for name in PACKAGES}
