"""Stage: the network, the papers and the reports as files that other tools open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.console import StageLine, counted
from pipeline.engine import open_engine
from pipeline.exports import FILES, FOLDER
from pipeline.exports.graphs import (
    Attribute,
    Graph,
    gexf,
    graphml,
    pajek,
    vosviewer_map,
    vosviewer_network,
)
from pipeline.exports.references import Paper, bibtex, ris
from pipeline.exports.workbook import write_workbook
from pipeline.files import make_folder, replacing
from pipeline.outputs import REPORT_FILES, writing
from pipeline.report_files import read_report
from pipeline.statements import EXPORTS, named, read_statement
from pipeline.tables import REPORTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.engine import Engine

NETWORKS = {
    "coauthors.graphml": graphml,
    "coauthors.gexf": gexf,
    "coauthors.net": pajek,
    "coauthors_vosviewer_map.txt": vosviewer_map,
    "coauthors_vosviewer_network.txt": vosviewer_network,
}
REFERENCES = {"papers.bib": bibtex, "papers.ris": ris}
WORKBOOK = "reports.xlsx"
TYPES: dict[Any, type] = {pl.String: str, pl.Int64: int, pl.Float64: float, pl.Boolean: bool}


def export(processed: Path, reports: Path) -> None:
    """Write all files that other tools open.

    Parameters
    ----------
    processed
        Folder of the Parquet files.
    reports
        Folder of the CSV files; the files are written to `export` in it.

    Raises
    ------
    QueryError
        If a query of sql/exports fails.
    InputError
        If a report is missing or has other columns than declared.
    """
    line = StageLine("export")
    engine = open_engine(processed)
    for name in TABLES:
        engine.add_table(name, processed / f"{name}.parquet")
    folder = reports / FOLDER
    with writing(reports, REPORT_FILES):
        make_folder(folder)
        line.progress("network")
        graph = graph_of(fetch(engine, "authors"), fetch(engine, "coauthor_pairs"))
        for name, write in NETWORKS.items():
            write_lines(folder / name, write(graph))
        line.progress("papers")
        papers = list(papers_of(engine))
        for name, write_papers in REFERENCES.items():
            write_lines(folder / name, write_papers(papers))
        line.progress("reports")
        frames = {
            name: read_report(reports / f"{name}.csv", table) for name, table in REPORTS.items()
        }
        with replacing(folder / WORKBOOK) as draft:
            write_workbook(draft, REPORTS.values(), frames)
    came_in = f"{counted(len(graph.nodes), 'author')}, {counted(len(papers), 'paper')}"
    came_in += f", {counted(len(frames), 'report')}"
    line.done(came_in, counted(len(FILES), "file"), folder)


def fetch(engine: Engine, name: str) -> pl.DataFrame:
    """The rows of a query of sql/exports."""
    source = EXPORTS / f"{name}.sql"
    with named(source):
        return pl.DataFrame(engine.fetch(read_statement(source)))


def graph_of(authors: pl.DataFrame, pairs: pl.DataFrame) -> Graph:
    """The network; the first columns of both are those that `Graph` wants first."""
    return Graph(authors.rows(), pairs.rows(), attributes(authors, 2), attributes(pairs, 3))


def attributes(frame: pl.DataFrame, first: int) -> list[Attribute]:
    """The columns from a place on."""
    return [Attribute(name, TYPES[kind]) for name, kind in list(frame.schema.items())[first:]]


def papers_of(engine: Engine) -> Iterator[Paper]:
    """All papers with their printed authors and the owners of their pages."""
    authors: dict[int, list[tuple[str, str]]] = {}
    for paper_id, name, kind in fetch(engine, "paper_authors").iter_rows():
        authors.setdefault(paper_id, []).append((name, kind))
    owners: dict[int, list[str]] = {}
    for paper_id, name in fetch(engine, "paper_owners").iter_rows():
        owners.setdefault(paper_id, []).append(name)
    for row in fetch(engine, "papers").iter_rows(named=True):
        key = row["paper_id"]
        yield Paper(**row, authors=authors.get(key, []), owners=owners.get(key, []))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text file in UTF-8."""
    with replacing(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
