"""Where pages lie beside the reports, and how our own are told from others' files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INDEX = "index.html"
OWNERS = "owners"
MARK = "<!doctype html>\n<!-- made by author-listings -->\n"


def own_pages(reports: Path) -> Iterator[Path]:
    """The pages of owners that an earlier run wrote."""
    for path in sorted((reports / OWNERS).glob("*.html")):
        if not path.is_file():
            continue
        with path.open("rb") as file:
            if file.read(len(MARK)) == MARK.encode():
                yield path
