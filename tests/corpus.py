"""Small corpora for the tests: tables from CSV cells, as Parquet files and in a database."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import model, network, terms
from pipeline.parse import parse_raw
from pipeline.tables import CORE, REFERENCE, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.tables import Column

PROJECT = Path(__file__).resolve().parent.parent

ARROW_TYPES: dict[str, pa.DataType] = {
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "varchar": pa.string(),
    "date": pa.date32(),
}
FROM_CELL: dict[str, Callable[[str], Any]] = {
    "bigint": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "varchar": str,
    "date": date.fromisoformat,
}

# Two owners who wrote together, a paper on both pages and twice on one, a gap year, a date
# without a year, an undated page, tags, badges, a collective and spellings that fold alike.
PAGES = {
    "jane-roe.txt": """\
Jane Roe

LG
h-index7
5papers

5 Papers

LGNov 7, 2014Code
On Made-Up Examples

Jane Roe, Ann Poe, Bo Zed et al. · example, abbey

An abstract.

AIMar 1, 2016
On Made-up Examples

Jane Roe, Ann Poe et al.

cs.CLFeb 5
Nothing but Dates

Al Doe, Bo Zed, The Example Team et al.

LGJul 9, 2016
Alone

JANE ROE

LGJul 9, 2016
In Company

Jane Roe, Ann Poe
""",
    "more/ann-poe.txt": """\
Ann Poe

LG
h-index3

3 Papers

LGNov 7, 2014
On Made-Up Examples

Jane Roe, Ann Poe, Bo Zed et al.

CRMay 3, 2013
Earlier

Al Doe, Ann Poe, Jäne Roe

AIMay 3, 2013
Hidden

Al Doe, Bo Zed, Jack Roe et al. · example
""",
    "undated.txt": """\
Bo Zed

LG

LGFeb 5
Without a Year

Bo Zed, Al Doe
""",
}


def write_pages(raw: Path, pages: Mapping[str, str] = PAGES) -> Path:
    """Saved pages below a folder."""
    for name, text in pages.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return raw


def build(folder: Path, pages: Mapping[str, str] = PAGES) -> Path:
    """The folder of the parsed and modelled tables of some pages."""
    parse_raw(write_pages(folder / "raw", pages), folder / "processed", "")
    model.build(folder / "processed", [*REFERENCE, *CORE])
    network.network(folder / "processed")
    terms.terms(folder / "processed")
    return folder / "processed"


def change(path: Path, alter: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    """Rewrite a Parquet file with other rows of the same columns."""
    rows = pq.read_table(path)
    pq.write_table(pa.Table.from_pylist(alter(rows.to_pylist()), schema=rows.schema), path)


def run_stages(*targets: str, **places: Path) -> subprocess.CompletedProcess[str]:
    """Build what the targets ("stage:name") say, as the Makefile does; see `stage_command`."""
    return subprocess.run(
        stage_command(*targets, **places),
        cwd=places.get("project", PROJECT),
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def stage_command(
    *targets: str,
    processed: Path,
    raw: Path | None = None,
    reports: Path | None = None,
    project: Path = PROJECT,
) -> list[str]:
    """What the Makefile calls; folders that are not given are that of the tables."""
    assert project.is_dir()
    folders = {"raw": raw, "processed": processed, "reports": reports}
    named = [word for name in folders for word in (f"--{name}", str(folders[name] or processed))]
    return [sys.executable, "-m", "pipeline", *named, *targets]


def arrow_table(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table; columns that a row leaves out are null."""
    names = [column.name for column in columns]
    unknown = {name for row in rows for name in row} - set(names)
    assert not unknown, f"no such columns: {sorted(unknown)}"
    return pa.table(
        [
            pa.array([row.get(column.name) for row in rows], ARROW_TYPES[column.type])
            for column in columns
        ],
        names=names,
    )


def write_tables(processed: Path, **given: Sequence[Mapping[str, Any]]) -> Path:
    """All tables as Parquet files; those that are not given are empty."""
    assert given.keys() <= TABLES.keys()
    processed.mkdir(parents=True, exist_ok=True)
    for table in TABLES.values():
        rows = arrow_table(table.columns, given.get(table.name, []))
        pq.write_table(rows, processed / f"{table.name}.parquet")
    return processed


def read_cells(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by their header; each must have all its cells."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert all(len(line) == len(header) for line in lines), path
    return [dict(zip(header, line, strict=True)) for line in lines]


def read_table(name: str, path: Path) -> pa.Table:
    """A CSV file with some of a table's columns, empty cells as nulls."""
    types = {column.name: column.type for column in TABLES[name].columns}
    rows = [
        {column: FROM_CELL[types[column]](cell) for column, cell in row.items() if cell}
        for row in read_cells(path)
    ]
    return arrow_table(TABLES[name].columns, rows)
