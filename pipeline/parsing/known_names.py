"""The tables `names` and `name_pairs`, from the names that the parsed tables hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files import parts
from pipeline.identity.candidates import name_pairs
from pipeline.names import fold, is_collective
from pipeline.schema import arrow_schema
from pipeline.tables import PARSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any


def write_names(tables: Mapping[str, Path], processes: int) -> None:
    """Write the tables of names.

    Parameters
    ----------
    tables
        Where the tables `listings` and `bylines` are, and where `names` and `name_pairs` go.
    processes
        How many processes compare the names of a large corpus.
    """
    names = distinct(tables["listings"], "owner") | distinct(tables["bylines"], "name")
    write(
        tables["names"],
        "names",
        [(name, fold(name), is_collective(name)) for name in sorted(names)],
    )
    write(tables["name_pairs"], "name_pairs", name_pairs(names, processes))


def distinct(table: Path, column: str) -> set[str]:
    """The distinct cells of a column, file by file."""
    found: set[str] = set()
    for part in parts(table):
        found.update(pq.read_table(part, columns=[column])[column].unique().to_pylist())
    return found


def write(path: Path, name: str, rows: Sequence[Iterable[Any]]) -> None:
    """Write one table."""
    schema = arrow_schema(PARSED[name])
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd")
