"""The SQL files: where they are, and which tables each of them reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.engine import Engine

PROJECT = Path(__file__).resolve().parent.parent
CORE, CHECKS, REPORTS = (PROJECT / "sql" / kind for kind in ("core", "checks", "reports"))


def statements(folder: Path) -> dict[str, str]:
    """The SELECT of each file in a folder, by the file's name, in alphabetical order."""
    return {path.stem: read_statement(path) for path in sorted(folder.glob("*.sql"))}


def read_statement(path: Path) -> str:
    """One file's SELECT."""
    return path.read_text(encoding="utf-8").strip()


def inputs(engine: Engine, queries: dict[str, str]) -> dict[str, set[str]]:
    """Which tables each query reads."""
    return {name: engine.tables_of(query) for name, query in queries.items()}
