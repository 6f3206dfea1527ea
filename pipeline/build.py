"""What `make all` runs: the stages that Make found stale, each once, in the order of the data.

One process for all of them, since starting Python and importing DuckDB, Arrow and polars takes
longer than a page takes in any of them. A stage is imported when its turn comes; only the painters
of charts, which need longest to get ready, start at once.
"""

# ruff: noqa: PLC0415 -- a stage that has nothing to do is not imported

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.console import run
from pipeline.engine import open_engine
from pipeline.errors import PipelineError
from pipeline.painters import Painters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages are, when they were taken, and where the outputs go."""

    raw: Path
    as_of: str
    processed: Path
    reports: Path
    painters: Painters


def parse(places: Places, _names: list[str]) -> None:
    """Pages to tables."""
    from pipeline import parse as stage

    stage.parse_raw(places.raw, places.processed, places.as_of)


def model(places: Places, names: list[str]) -> None:
    """Tables to tables, by sql/core."""
    from pipeline import model as stage

    stage.build(places.processed, names)


def network(places: Places, _names: list[str]) -> None:
    """Pairs of co-authors to the figures of each author."""
    from pipeline import network as stage

    stage.network(places.processed)


def terms(places: Places, _names: list[str]) -> None:
    """Titles and abstracts to the terms in them."""
    from pipeline import terms as stage

    stage.terms(places.processed)


def check(places: Places, _names: list[str]) -> None:
    """Tables to the word that they are right, by sql/checks."""
    from pipeline import check as stage

    stage.check(places.processed)


def report(places: Places, names: list[str]) -> None:
    """Tables to CSV files, by sql/reports."""
    from pipeline import report as stage

    stage.report(places.processed, places.reports, names)


def chart(places: Places, names: list[str]) -> None:
    """CSV files to charts."""
    places.painters.draw(names)


def page(places: Places, _names: list[str]) -> None:
    """CSV files and charts to pages."""
    from pipeline import page as stage

    stage.page(places.reports)


def export(places: Places, _names: list[str]) -> None:
    """Tables and CSV files to files that other tools open."""
    from pipeline import export as stage

    stage.export(places.processed, places.reports)


def provenance(places: Places, _names: list[str]) -> None:
    """Pages, tables, CSV files, charts and pages to read to their hashes."""
    from pipeline import provenance as stage

    stage.provenance(places.raw, places.as_of, places.processed, places.reports)


def warn(places: Places, _names: list[str]) -> None:
    """Warnings of all stages to the terminal and a file."""
    from pipeline import warn as stage

    stage.warn(places.processed, places.reports)


STAGES: dict[str, Callable[[Places, list[str]], None]] = {
    stage.__name__: stage
    for stage in (
        *(parse, model, network, terms, check, report, chart, page, export),
        *(provenance, warn),
    )
}


def build(raw: Path, as_of: str, processed: Path, reports: Path, targets: Iterable[str]) -> None:
    """Run the stages that have something to do.

    Parameters
    ----------
    raw, as_of
        Folder of the pages, and the day on which they were taken, empty if unknown.
    processed, reports
        Folders of the tables, and of the CSV files and charts.
    targets
        What is to be built, as "stage:name"; the order does not matter.

    Raises
    ------
    PipelineError
        What the stages raise, or if there is no stage of a name.
    """
    stale = by_stage(targets)
    if stale.keys() - {"chart", "warn"}:
        open_engine(processed)  # says that it can't be reached before anything is written
    with Painters(reports, stale.get("chart", [])) as painters:
        places = Places(raw, as_of, processed, reports, painters)
        for name, stage in STAGES.items():
            if name in stale:
                stage(places, stale[name])


def by_stage(targets: Iterable[str]) -> dict[str, list[str]]:
    """The names that each stage is to build."""
    stale: dict[str, list[str]] = {}
    for target in targets:
        stage, _, name = target.partition(":")
        if stage not in STAGES:
            raise PipelineError(f"{target}: the stages are {', '.join(STAGES)}")
        stale.setdefault(stage, []).append(name)
    return stale


def main() -> None:
    """Parse the command line and build."""
    arguments = argparse.ArgumentParser(prog="pipeline", description=__doc__)
    arguments.add_argument("--raw", type=Path, required=True)
    arguments.add_argument("--as-of", default="")
    arguments.add_argument("--processed", type=Path, required=True)
    arguments.add_argument("--reports", type=Path, required=True)
    arguments.add_argument("targets", nargs="+", metavar="STAGE:NAME")
    options = arguments.parse_args()
    run(
        lambda: build(
            options.raw, options.as_of, options.processed, options.reports, options.targets
        )
    )
