"""The owners of pages: their figures, the files of their own pages, and what these show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import polars as pl

from pipeline.console import counted
from pipeline.letters import normalized
from pipeline.pages.tables import NOTHING, as_count, as_number
from pipeline.wording import period

if TYPE_CHECKING:
    from collections.abc import Iterable

Rows = list[dict[str, Any]]

MOST_LETTERS = 60
MOST_COAUTHORS = 25
DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # no names of files on Windows
OF_OWNER = ("profiles", "owner_papers_per_year", "coauthors")
AS_REPORTED = "as reported"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a profile: what it is, its value, and a remark."""

    name: str
    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """An owner: name, file of the own page, papers, listings and what they show.

    Of the co-authors it has those with most papers.
    """

    owner: str
    file: str
    papers: int
    period: str
    listings: Rows
    years: Rows
    undated: int
    coauthors: Rows

    @property
    def link(self) -> str:
        """The file as part of a link."""
        return quote(self.file)


def profiles(frames: dict[str, pl.DataFrame], most: int) -> list[Profile]:
    """The owners with most papers, first those with more.

    Parameters
    ----------
    frames
        The reports by name.
    most
        How many owners at most.
    """
    totals = frames["owner_papers_per_year"].group_by("owner").agg(pl.sum("papers"))
    first = totals.sort(-pl.col("papers"), "owner").head(most).select("owner")
    # Of a hundred thousand owners' rows only those that are shown may become Python's.
    kept = {
        name: frames[name].join(first, on="owner", how="semi", maintain_order="left")
        for name in OF_OWNER
    }
    quality = frames["data_quality"].drop("papers")
    pages = kept["profiles"].join(quality, on="listing", how="left", maintain_order="left")
    listings, years = by_owner(pages), by_owner(kept["owner_papers_per_year"])
    partners = by_owner(
        kept["coauthors"].group_by("owner", maintain_order=True).head(MOST_COAUTHORS)
    )
    files = file_names(listings)
    return [
        profile(owner, files[owner], listings[owner], years[owner], partners.get(owner, []))
        for owner in first["owner"]
    ]


def by_owner(frame: pl.DataFrame) -> dict[str, Rows]:
    """The rows of each owner, in their order."""
    found: dict[str, Rows] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row["owner"], []).append(row)
    return found


def profile(owner: str, file: str, listings: Rows, years: Rows, coauthors: Rows) -> Profile:
    """One owner."""
    dated = [row for row in years if row["year"] is not None]
    return Profile(
        owner,
        file,
        sum(row["papers"] for row in years),
        period(row["year"] for row in dated),
        listings,
        dated,
        sum(row["papers"] for row in years if row["year"] is None),
        coauthors,
    )


def file_names(owners: Iterable[str]) -> dict[str, str]:
    """A file name for each owner, safe on all systems and in links; none is given twice."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for owner in sorted(owners):
        words = re.findall(r"\w+", normalized("NFKC", owner).casefold())
        stem = "-".join(words)[:MOST_LETTERS].strip("-_") or "owner"
        stem = f"{stem}-page" if DEVICE.fullmatch(stem) else stem
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[owner] = f"{name}.html"
    return names


def found_facts(listing: dict[str, Any]) -> list[Fact]:
    """The figures of a listing that were counted here."""
    declared = listing["declared_papers"]
    return [
        Fact("Papers", as_count(listing["papers"]), remark_on(declared)),
        Fact("Period", *when(listing)),
        Fact("Co-authors", as_count(listing["coauthors"]), "at least; “et al.” hides some"),
        Fact("With code", as_count(listing["with_code"]), "papers with the badge Code"),
    ]


def reported_facts(listing: dict[str, Any]) -> list[Fact]:
    """The figures that a listing reports about its owner."""
    return [
        Fact("h-index", as_count(listing["h_index"]), AS_REPORTED),
        Fact("Citations", as_count(listing["citations"]), AS_REPORTED),
        Fact("Novelty", in_percent(listing["novelty_percent"]), AS_REPORTED),
        Fact("AI score", as_number(listing["ai_score"]), AS_REPORTED),
    ]


def remark_on(declared: int | None) -> str:
    """What the page says about its papers."""
    return "counted" if declared is None else f"counted; the page declares {declared:,}"


def when(listing: dict[str, Any]) -> tuple[str, str]:
    """From the year of the first paper to that of the last one, and the days."""
    first, last = listing["first_published"], listing["last_published"]
    if first is None:
        return NOTHING, "no paper is dated"
    return period([first.year, last.year]), f"from {first} to {last}"


def in_percent(value: float | None) -> str:
    """A percentage that a page reports."""
    return NOTHING if value is None else f"{as_number(value)} %"


def category_names(frame: pl.DataFrame) -> dict[str, str]:
    """The names of the codes in the report `papers_per_category` that have one."""
    return dict(frame.select("category", "category_name").drop_nulls().iter_rows())


def about(names: dict[str, str], listing: dict[str, Any]) -> str:
    """A listing's main category, with its name if that is known, and when the page was taken."""
    category = listing["category"]
    if not category:
        return taken_on(listing)
    name = names.get(category, category)
    named = category if name == category else f"{category} ({name})"
    return f"Main category {named}. {taken_on(listing)}"


def taken_on(listing: dict[str, Any]) -> str:
    """When the page was taken, and how that is known."""
    day = listing["as_of"]
    return {
        "given": f"Page taken on {day}.",
        "inferred": f"When the page was taken is not given; it shows dates up to {day}.",
    }.get(listing["as_of_basis"], "When the page was taken is not known.")


def totals(frames: dict[str, pl.DataFrame]) -> list[Fact]:
    """The figures of all pages together."""
    papers = frames["papers_per_year"]
    pages, owners = len(frames["profiles"]), frames["profiles"]["owner"].n_unique()
    return [
        Fact("Owners", as_count(owners), f"of {counted(pages, 'page')}"),
        Fact("Papers", as_count(sum(papers["papers"])), "counted; each one once"),
        Fact("Period", period(papers["year"]) or NOTHING, "earliest dates of papers"),
        Fact(
            "Co-authors",
            as_count(frames["coauthors"]["coauthor"].n_unique()),
            "of owners, at least",
        ),
        Fact("With code", as_count(sum(papers["with_code"])), "papers with the badge Code"),
    ]
