"""Stage: the reports and charts as pages to read, one of all and one for each of several owners."""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.console import StageLine, counted
from pipeline.files import make_folder, replacing
from pipeline.outputs import REPORT_FILES, writing
from pipeline.pages.captions import caption
from pipeline.pages.pictures import picture
from pipeline.pages.places import INDEX, MARK, OWNERS, own_pages
from pipeline.pages.profiles import (
    about,
    category_names,
    found_facts,
    profiles,
    reported_facts,
    totals,
)
from pipeline.pages.story import STORY
from pipeline.pages.tables import shown
from pipeline.report_files import read_report
from pipeline.statements import chart_names
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    import polars as pl

    from pipeline.pages.profiles import Profile
    from pipeline.pages.story import Section

TEMPLATES = Path(__file__).parent / "pages" / "templates"
MOST_OWNERS = 2000  # with a page of their own


def page(reports: Path) -> None:
    """Write the index page and those of owners.

    Parameters
    ----------
    reports
        Folder of the CSV files and charts, and of the pages.

    Raises
    ------
    InputError
        If a CSV file or chart is missing or not of the expected form.
    """
    line = StageLine("page")
    with writing(reports, REPORT_FILES):
        frames = {name: read_report(reports / f"{name}.csv", REPORTS[name]) for name in REPORTS}
        owners = frames["profiles"]["owner"].n_unique()
        found = profiles(frames, MOST_OWNERS)
        own = found if owners > 1 else []
        links = {each.owner: each.link for each in own}
        templates = environment(links, category_names(frames["papers_per_category"]))
        write_owners(reports, own, templates)
        index = templates.get_template("index.html").render(
            profiles=found,
            owners=owners,
            totals=totals(frames),
            sections=[section(part, frames, reports, owners) for part in STORY],
        )
        # Last: by its time Make knows that all pages are there.
        write(reports / INDEX, index)
    line.done(counted(len(REPORTS), "CSV file"), counted(1 + len(own), "page"), reports)


def environment(links: dict[str, str], categories: dict[str, str]) -> Environment:
    """The templates, which escape all that they are given."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    templates.globals |= {
        "links": links,
        "script": Markup(script),  # noqa: S704 -- our own file
        "script_digest": digest,
        "about": partial(about, categories),
        "found_facts": found_facts,
        "reported_facts": reported_facts,
    }
    return templates


def section(
    part: Section, frames: dict[str, pl.DataFrame], reports: Path, owners: int
) -> dict[str, Any]:
    """What the template needs of a section."""
    names = [name for name in part.reports if owners > 1 or name not in part.of_many]
    exhibits = [exhibit(name, frames[name], reports) for name in names]
    return {"key": part.key, "title": part.title, "about": part.about, "exhibits": exhibits}


def exhibit(name: str, frame: pl.DataFrame, reports: Path) -> dict[str, Any]:
    """What the template needs of a report."""
    drawn = name in chart_names() and not frame.is_empty()
    return {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "caption": caption(name, frame),
        "picture": picture(reports / f"{name}.svg") if drawn else None,
        "table": shown(frame, REPORTS[name]),
        "grain": REPORTS[name].grain,
    }


def write_owners(reports: Path, own: list[Profile], templates: Environment) -> None:
    """Write the pages of owners and remove those of former ones."""
    folder = reports / OWNERS
    if own:
        make_folder(folder)
    template = templates.get_template("owner.html")
    for profile in own:
        write(folder / profile.file, template.render(profile=profile))
    files = {profile.file for profile in own}
    for path in own_pages(reports):
        if path.name not in files:
            path.unlink()
    with suppress(OSError):  # not empty, or not there
        folder.rmdir()


def write(path: Path, text: str) -> None:
    """Write a page."""
    with replacing(path) as draft:
        draft.write_text(f"{MARK}{text}\n", encoding="utf-8")
