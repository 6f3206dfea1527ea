"""Refresh what the documentation takes from the project: the dictionary and the pictures."""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.console import run
from pipeline.errors import PipelineError
from pipeline.pages.places import INDEX
from pipeline.tables import REPORTS, TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BEGIN = "<!-- dictionary: written by `make docs` from pipeline/tables.py -->\n"
END = "<!-- /dictionary -->\n"
PICTURES = ("coauthors_per_year", "coauthor_pairs")
# The picture of the page differs from browser to browser; what it shows is known by this.
PAGE, PAGE_DIGEST = "page.png", "page.sha256"
BROWSERS = ("chromium", "google-chrome")


def dictionary() -> str:
    """All tables and reports with their columns, as Markdown."""
    tables = "".join(section(f"`{table.name}`", table) for table in TABLES.values())
    reports = "".join(section(f"`{report.name}.csv`", report) for report in REPORTS.values())
    return (
        f"### Tables in `data/processed/NAME.parquet`\n\n{tables}"
        f"### Reports in `reports/`\n\n{reports}"
    )


def section(heading: str, table: Table) -> str:
    """One table's grain and columns."""
    return "\n".join([f"**{heading}**: {table.grain}", "", *markdown(table), "", ""])


def markdown(table: Table) -> Iterator[str]:
    """One table's columns as rows of a Markdown table."""
    yield from row("column", "type", "meaning")
    yield from row("---", "---", "---")
    for column in table.columns:
        yield from row(f"`{column.name}`", column.type, column.meaning)


def row(*cells: str) -> Iterable[str]:
    """One row of a Markdown table."""
    yield f"| {' | '.join(cells)} |"


def with_dictionary(readme: str) -> str:
    """The README with a fresh dictionary between its marks."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{dictionary()}{END}{after}"


def refresh(readme: Path, reports: Path, pictures: Path) -> None:
    """Write the README's dictionary and copy the pictures that it shows."""
    text = readme.read_text(encoding="utf-8")
    readme.write_text(with_dictionary(text), encoding="utf-8")
    for name in PICTURES:
        shutil.copyfile(reports / f"{name}.png", pictures / f"{name}.png")
    photograph(reports / INDEX, pictures / PAGE)
    (pictures / PAGE_DIGEST).write_text(digest(reports / INDEX), encoding="utf-8")


def photograph(page: Path, picture: Path) -> None:
    """Take a picture of what a browser shows first of a page.

    Raises
    ------
    PipelineError
        If there is no browser, or it takes none.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise PipelineError(f"the page's picture needs one of {', '.join(BROWSERS)}")
    options = ["--headless", "--hide-scrollbars", "--window-size=1200,1180"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # without which Chromium does not run as root
    command = [browser, *options, f"--screenshot={picture}", page.resolve().as_uri()]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- see above
    if done.returncode:
        raise PipelineError(f"{browser} took no picture of {page}: {done.stderr!r}")


def digest(page: Path) -> str:
    """By what a page is known, on a line."""
    return f"{hashlib.sha256(page.read_bytes()).hexdigest()}  {page.name}\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="pipeline.docs", description=__doc__)
    parser.add_argument("--reports", type=Path, required=True)
    options = parser.parse_args()
    run(lambda: refresh(Path("README.md"), options.reports, Path("docs")))
