"""Stage: the tables of the design (sql/core), from the parsed ones and the reference files."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.console import StageLine, counted
from pipeline.engine import Engine, open_engine
from pipeline.errors import PipelineError
from pipeline.files import replacing
from pipeline.outputs import TABLE_FILES, writing
from pipeline.reference import FILES, read_table
from pipeline.schema import arrow_schema, require_schema, stored_schema
from pipeline.statements import CORE, PROJECT, inputs, named, statements
from pipeline.tables import CORE as CORE_TABLES
from pipeline.tables import PARSED, REFERENCE

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = {
    "papers": ("paper", "papers"),
    "authors": ("author", "authors"),
    "coauthor_pairs": ("pair of co-authors", "pairs of co-authors"),
}


def build(processed: Path, names: list[str]) -> None:
    """Write the named tables of `REFERENCE` and `CORE`, each after those that it reads.

    Parameters
    ----------
    processed
        Folder of the Parquet files.
    names
        Tables to write; the others must be there.

    Raises
    ------
    InputError
        If a reference file is not of the expected form.
    PipelineError
        If a query gives other columns than declared.
    """
    line = StageLine("model")
    engine = open_engine(processed)
    queries = statements(CORE)
    rows: dict[str, int] = {}
    if unknown := sorted(set(names) - {*REFERENCE, *queries}):
        raise PipelineError(f"{', '.join(unknown)}: there is no table of that name in sql/core")
    with writing(processed, TABLE_FILES):
        for name in PARSED:
            engine.add_table(name, processed / f"{name}.parquet")
        order = TopologicalSorter(inputs(CORE)).static_order()
        for name in dict.fromkeys([*REFERENCE, *order]):
            path = processed / f"{name}.parquet"
            if name in names:
                line.progress(name)
                if name in REFERENCE:
                    rows[name] = write_reference(name, path)
                else:
                    rows[name] = write_model(engine, name, queries[name], path)
            if name in REFERENCE or name in queries:
                engine.add_table(name, path)
    line.done(counted(len(PARSED), "table"), summary(rows), processed)


def summary(rows: dict[str, int]) -> str:
    """How many rows the written tables have; reference tables only if there are no others."""
    shown = [name for name in SHOWN if name in rows]
    if not shown:
        return counted(len(rows), "table")
    return ", ".join(counted(rows[name], *SHOWN[name]) for name in shown)


def write_reference(name: str, path: Path) -> int:
    """Write a table from its CSV file; how many rows it has."""
    rows = read_table(name, PROJECT / FILES[name])
    schema = arrow_schema(REFERENCE[name])
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    with replacing(path) as draft:
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), draft, compression="zstd")
    return len(rows)


def write_model(engine: Engine, name: str, query: str, path: Path) -> int:
    """Write one model's table; how many rows it has."""
    source = CORE / f"{name}.sql"
    with named(source), replacing(path) as draft:
        rows = engine.write(query, draft)
        require_schema(CORE_TABLES, name, stored_schema(draft), source)
    return rows
