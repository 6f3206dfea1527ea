"""Write as Make rules what is read by what: tables by SQL files, modules by Python files.

Make includes the result, so that a changed file rebuilds what depends on it and no more, without
a list kept by hand. Run again by Make when SQL or Python files change.
"""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import ast
import compileall
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build import STAGES
from pipeline.console import run
from pipeline.exports import FILES as EXPORTED
from pipeline.files import exclusive, replacing
from pipeline.reference import FILES
from pipeline.statements import (
    CHECKS,
    CORE,
    EXPORTS,
    PROJECT,
    PROVENANCE,
    REPORTS,
    chart_names,
    inputs,
    statements,
)
from pipeline.tables import DERIVED, PARSED, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator


def rules() -> Iterator[str]:
    """The rules, one a line; `$(processed)` and `$(reports)` are set by the Makefile."""
    core, reports = statements(CORE), statements(REPORTS)
    read = inputs(CORE)
    yield f"parse.names := {' '.join(PARSED)}"
    yield f"model.names := {' '.join([*REFERENCE, *core])}"
    yield f"derived.names := {' '.join(DERIVED)}"
    yield f"report.names := {' '.join(reports)}"
    yield f"chart.names := {' '.join(chart_names())}"
    for stage in STAGES:
        yield f"{stage}.code := {' '.join(modules(f'pipeline.{stage}'))}"
    for name in REFERENCE:
        yield f"$(processed)/{name}.parquet: {FILES[name]}"
    for name in core:
        yield f"$(processed)/{name}.parquet: {' '.join(sources_of_model(name, read))}"
    for name, tables in inputs(REPORTS).items():
        yield f"$(reports)/{name}.csv: sql/reports/{name}.sql {parquet(tables)}"
    for name in chart_names():
        code = " ".join(modules(f"pipeline.charts.{name}"))
        yield f"$(reports)/{name}.png $(reports)/{name}.svg: $(reports)/{name}.csv {code}"
    yield f"export.names := {' '.join(EXPORTED)}"
    read_by_exports = set().union(*inputs(EXPORTS).values())
    yield f"export.tables := {' '.join(sorted(read_by_exports))}"
    yield f"export.sql := {' '.join(f'sql/exports/{name}.sql' for name in statements(EXPORTS))}"
    counting = (f"sql/provenance/{name}.sql" for name in statements(PROVENANCE))
    yield f"provenance.sql := {' '.join(counting)}"
    yield f"check.sql := {' '.join(f'sql/checks/{name}.sql' for name in statements(CHECKS))}"


def sources_of_model(name: str, read: dict[str, set[str]]) -> list[str]:
    """All files that a model is made from, those of the models it reads included.

    Models are not named as prerequisites of each other: one process writes them in their order.
    """
    sources: set[str] = set()
    waiting = [name]
    while waiting:
        table = waiting.pop()
        if table not in read:
            sources.add(f"$(processed)/{table}.parquet" if table in PARSED else FILES[table])
        elif (path := f"sql/core/{table}.sql") not in sources:
            sources.add(path)
            waiting += read[table]
    return sorted(sources)


def parquet(tables: set[str]) -> str:
    """The Parquet files of tables."""
    return " ".join(f"$(processed)/{table}.parquet" for table in sorted(tables))


def modules(name: str) -> list[str]:
    """Files of this project that importing a module runs, itself included."""
    found: set[Path] = set()
    waiting = [name]
    while waiting:
        path = module_path(waiting.pop())
        if path and path not in found:
            found.add(path)
            waiting += imported(path)
    return sorted(str(path.relative_to(PROJECT)) for path in found)


def module_path(name: str) -> Path | None:
    """The file of a module or package of this project."""
    path = PROJECT.joinpath(*name.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


def imported(path: Path) -> Iterator[str]:
    """Names of modules that a file's import statements may mean, at any depth of the code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def main() -> None:
    """Write the rules to the file that the command line names."""
    arguments = argparse.ArgumentParser(prog="pipeline.depends", description=__doc__)
    arguments.add_argument("path", type=Path)
    path: Path = arguments.parse_args().path

    def write() -> None:
        # Make looks at the folders' times to see deleted modules; a folder for compiled ones that
        # the first run of a stage makes would look like that, so it is made now.
        compileall.compile_dir(PROJECT / "pipeline", quiet=1)
        text = "".join(f"{rule}\n" for rule in rules())
        with exclusive(path.parent), replacing(path) as draft:
            draft.write_text(text, encoding="utf-8")

    run(write)


if __name__ == "__main__":
    main()
