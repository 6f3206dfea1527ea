"""Listings for the tests of pages, some with text that must not act as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import run_stages, write_pages

from pipeline.reference import FILES
from pipeline.statements import CORE, chart_names, statements
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    from pathlib import Path

LONG_TITLE = "Endless " * 625  # 5,000 characters
SCRIPT = "<script>window.broken = 1</script>"
IMAGE = 'Mallory"><img/src=x/onerror=window.broken=1>'
LINK = "javascript:window.broken=1"
TEMPLATE = "{{ 7 * 7 }} {% raw %}"  # a tag: as a name it would be read as TeX
CLOSING = "</title></style></svg><b>"
RIGHT_TO_LEFT = "محمد بن عبد الله"
EMOJI = "🚀 王小明"
CONTROLS = "Bell \x07\x1b[2J\x01\x9b31m\ufffe Roe"  # what terminals obey, and XML cannot hold
WORD = "Schulz" + "x" * 300
NAMES = (SCRIPT, IMAGE, LINK, CLOSING, RIGHT_TO_LEFT, EMOJI, CONTROLS, WORD)


def listing(owner: str, *entries: str) -> str:
    """A page."""
    header = f"{owner}\n\nLG\nh-index7\n1,234citations\n\n{len(entries)} Papers"
    return "\n\n".join([header, *entries]) + "\n"


def entry(title: str, byline: str, head: str = "LGMar 1, 2020") -> str:
    """An entry of a page."""
    return f"{head}\n{title}\n\n{byline}\n\nAn abstract."


HOSTILE_PAGES = {
    f"{number} <b>.txt": listing(
        name,
        entry(f"{name} {number}", f"{name}, Jane Roe · {name} · {TEMPLATE}"),
        entry(LONG_TITLE + "a", "Jane Roe, Ann Poe et al.", "CLMay 2, 2021Code"),
        entry(LONG_TITLE + "b", "Jane Roe, Ann Poe et al.", "CLMay 3, 2021"),
    )
    for number, name in enumerate(NAMES)
}
ONE_PAGE = {
    "jane.txt": listing(
        "Jane Roe",
        *(
            entry(f"Made-Up Title {year}", f"Jane Roe, Poe {year}", f"LGMar 1, {year}")
            for year in range(2008, 2022)
        ),
    )
}


def build_reports(folder: Path, pages: dict[str, str]) -> Path:
    """The folder of reports, charts and pages of some listings, by way of all stages."""
    models = [*statements(CORE), *FILES]
    targets = [
        "parse:all",
        *(f"model:{name}" for name in models),
        "network:all",
        "terms:all",
        "check:all",
        *(f"report:{name}" for name in REPORTS),
        *(f"chart:{name}" for name in chart_names()),
        "page:all",
    ]
    done = run_stages(
        *targets,
        raw=write_pages(folder / "raw", pages),
        processed=folder / "processed",
        reports=folder / "reports",
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "reports"
