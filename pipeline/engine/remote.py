"""What Spark's Python workers run: pickled tasks, as rows of a table.

Imports nothing that only the client needs, since a worker has little more than Arrow and numpy.
"""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.workers import run_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.workers import Work

RESULTS = "number bigint, results binary"


def run_pickled(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Call each function of a column; give its results beside its number, all pickled."""
    for batch in batches:
        for number, call in zip(batch["number"], batch["call"], strict=True):
            results = pickle.loads(call.as_py())()  # noqa: S301 -- pickled by the run itself
            columns = [pa.array([number.as_py()], pa.int64()), pa.array([pickle.dumps(results)])]
            yield pa.RecordBatch.from_arrays(columns, names=["number", "results"])


def run_there(
    folder: str, work: Work, before: Callable[[Any, Any], Any], tasks: Sequence[Any]
) -> list[Any]:
    """Do tasks one after the other in the folder in which the run was started."""
    os.chdir(folder)
    return list(run_tasks(work, tasks, before, 1))
