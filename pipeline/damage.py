"""What to say of a table or text of ours that can't be read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from pipeline.errors import REMEDY, InputError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say of a table or text of ours that can't be read what to do.

    Raises
    ------
    InputError
        If it can't be read.
    """
    try:
        yield
    except (OSError, UnicodeDecodeError, pa.ArrowException, pl.exceptions.PolarsError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error).splitlines()[0]
        raise InputError(f"{path}: {why}; {REMEDY}") from error
