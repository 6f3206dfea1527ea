"""The SQL files: where they are, which tables each of them reads, and which have a chart."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
CORE, CHECKS, REPORTS, EXPORTS, PROVENANCE = (
    PROJECT / "sql" / kind for kind in ("core", "checks", "reports", "exports", "provenance")
)


def statements(folder: Path) -> dict[str, str]:
    """The SELECT of each file in a folder, by the file's name, in alphabetical order."""
    return {path.stem: read_statement(path) for path in sorted(folder.glob("*.sql"))}


def read_statement(path: Path) -> str:
    """One file's SELECT, without a semicolon at its end."""
    return path.read_text(encoding="utf-8").strip().removesuffix(";")


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Put a SQL file's path before the message of a query that fails."""
    try:
        yield
    except QueryError as error:
        raise QueryError(f"{path.relative_to(PROJECT)}: {error}") from error


def chart_names() -> list[str]:
    """Reports that have a chart: those with a module of the same name in pipeline/charts."""
    modules = (PROJECT / "pipeline" / "charts").glob("*.py")
    return sorted({path.stem for path in modules} & statements(REPORTS).keys())


def inputs(folder: Path) -> dict[str, set[str]]:
    """Which tables each query of a folder reads.

    Asks DuckDB, whose dialect all queries are in, whatever engine runs them.
    """
    from pipeline.engine.duckdb import tables_of  # noqa: PLC0415 -- only where needed

    found = {}
    for name, query in statements(folder).items():
        with named(folder / f"{name}.sql"):
            found[name] = tables_of(query)
    return found
