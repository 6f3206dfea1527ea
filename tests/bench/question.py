"""The same question to other tools: papers per year, and who wrote how many papers with whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from commands import yardstick
from convert import write_first_papers
from found import COUNTED, read_found
from measure import HEADINGS, in_turn
from peers import PACKAGES, installed, version_of

from pipeline.console import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from measure import Measured

SIZES = (1_000, 10_000, 100_000)
SECONDS_AT_MOST = 120
NOTES = """
Each run is a whole process: it reads the papers from a file, counts them per year, and makes the
network of co-authors with the number of common papers at each edge; reading is in the time. The
first papers of the tables that `make all` made are read as such tables by DuckDB, Counter, pandas
and networkx, as plain text of the Web of Science by bibx and metaknowledge, as CSV by litstudy, as
CSV of Scopus by biblium; the texts are made beforehand and hold title, year and authors alone.
Authors have one spelling each there, so that no tool has to find out who is who.

- bibx takes papers for one if family name (of the first author) and year are the same, so it finds
  fewer. It has no network of co-authors; a loop with networkx makes it of its articles.
- litstudy has two edges for a pair whose names stand in one order here, in the other there. It
  reads CSV quicker than BibTeX, which it takes as well.
- biblium also looks for communities whenever it makes a network; of many papers that is nearly all
  of its time.
- pyBibX is left out: it needs torch and packages of language models, several gigabytes, to be
  imported at all.
""".strip()


def same_question(tables: Path, folder: Path, rounds: int) -> Iterator[str]:
    """The section of the page."""
    yield NOTES
    yield ""
    pythons = {tool: installed(tool, folder / "peers") for tool in PACKAGES}
    tools = {tool: program for tool, program in pythons.items() if program}
    yield f"Versions: {', '.join(f'{tool} {version_of(tool)}' for tool in tools)}."
    if missing := [tool for tool in pythons if tool not in tools]:
        yield f"Could not be installed here and left out: {', '.join(missing)}."
    yield ""
    there = pq.read_metadata(tables / "papers.parquet").num_rows
    sizes = [size for size in SIZES if size <= there] or [there]
    for size in sizes:
        yield from one_size(tables, folder, size, 1 if size == SIZES[-1] else rounds, tools)
    if there < SIZES[-1]:
        yield f"The tables hold {counted(there, 'paper')}, too few for {SIZES[-1]:,}.\n"


def one_size(
    tables: Path, folder: Path, size: int, rounds: int, tools: Mapping[str, Path]
) -> Iterator[str]:
    """All tools on so many papers."""
    papers, outputs = folder / f"papers-{size}", folder / "outputs"
    outputs.mkdir(parents=True, exist_ok=True)
    write_first_papers(tables, size, papers)
    output = {name: outputs / f"{name}.json" for name in ("DuckDB", "Python's Counter", *tools)}
    commands = {
        "DuckDB": yardstick("count_pairs_in_sql", papers, output["DuckDB"]),
        "Python's Counter": yardstick("count_pairs_in_python", papers, output["Python's Counter"]),
    }
    for tool, program in tools.items():
        script = Path(__file__).with_name(f"ask_{tool}.py")
        commands[tool] = [str(program), str(script), str(papers), str(output[tool])]
    measured = in_turn(commands, rounds, lambda _: None, SECONDS_AT_MOST)
    yield f"### {size:,} papers, {counted(rounds, 'round')}\n"
    yield from table(measured, output)


def table(found: Mapping[str, Measured], output: Mapping[str, Path]) -> Iterator[str]:
    """What each took, and what it found, as Markdown."""
    columns = (*HEADINGS, *COUNTED)
    yield f"| | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    first = next(iter(found.values())).medians()[0]
    for name, measured in found.items():
        counts = (
            [""] * len(COUNTED)
            if measured.stopped
            else map("{:,}".format, read_found(output[name]))
        )
        yield f"| {name} | {' | '.join((*measured.cells(first), *counts))} |"
    yield ""
