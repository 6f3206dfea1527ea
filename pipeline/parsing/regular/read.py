"""Listings of the regular form: the lines of many pages to columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.listing import (
    CATEGORY_LINE,
    HEAD,
    LIST_TITLE,
    LONGEST_FIXED_LINE,
    STATISTIC,
    fixed,
)
from pipeline.parsing.regular.bylines import read_bylines
from pipeline.parsing.regular.heads import Dates, Heads
from pipeline.parsing.regular.shape import ABSTRACT, BYLINE, TITLE, entry_heads
from pipeline.parsing.regular.titles import title_keys
from pipeline.titles import paper_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.parsing.regular.bylines import Bylines
    from pipeline.parsing.regular.heads import Days
    from pipeline.parsing.regular.lines import Flags, Integers, Lines
    from pipeline.parsing.regular.shape import Stretch

BYTES_OF_CHARACTER = 4  # at most
LIKE_A_STATISTIC = r"^(?:h-index|Novelty|AI Score)|(?:[Pp]apers?|citations?)$"


@dataclass(slots=True)
class Regular:
    """The regular listings among many pages, and their entries as columns.

    Attributes
    ----------
    found
        The stretches that hold these listings, in order.
    as_of
        One day a listing; None where there is none.
    tables
        `entries`, `bylines` and `entry_affiliations`, but with numbers as `listing`, in order from
        0, and with a `line` that counts the lines of all pages from 0.
    """

    found: list[Stretch]
    as_of: list[date | None]
    tables: dict[str, pa.Table]


def read_regular(lines: Lines, found: Sequence[Stretch], given: Days) -> Regular | None:
    """Read the stretches of the regular shape; those that turn out to be irregular are marked so.

    None if there are none of that shape.

    Parameters
    ----------
    lines
        The lines of all pages.
    found
        Stretches of pages.
    given
        The day on which each page was taken; "not a time" where it is unknown.
    """
    shaped = [stretch for stretch in found if stretch.entries]
    if not shaped:
        return None
    rows, listing_of = entry_heads(shaped)
    heads = Heads(lines, rows)
    dates = Dates(heads, listing_of, given[[stretch.page for stretch in shaped]])
    titles, abstracts = lines.column(rows + TITLE), lines.column(rows + ABSTRACT)
    names = read_bylines(lines, rows + BYLINE)
    bad = dates.bad | is_statistic(titles)
    bad[names.bad] = True
    bad[unlike_abstracts(lines, rows + ABSTRACT)] = True
    is_good = np.ones(len(shaped), np.bool_)
    is_good[listing_of[bad]] = False
    for index in np.flatnonzero(~is_good).tolist():
        shaped[index].entries = 0
    columns = {"title": titles, "title_key": title_keys(titles), "abstract": abstracts}
    entries = entry_table(rows, listing_of, heads, dates, names, columns)
    tables = {
        "entries": entries,
        "bylines": byline_table(entries, names),
        "entry_affiliations": affiliation_table(entries, names),
    }
    if not is_good.all():
        tables = {name: kept(table, is_good) for name, table in tables.items()}
    found = [stretch for stretch in shaped if stretch.entries]
    return Regular(found, dates.as_of[is_good].tolist(), tables)


def kept(table: pa.Table, is_good: Flags) -> pa.Table:
    """The rows of the good listings, which are numbered anew."""
    number = pa.array(np.cumsum(is_good) - 1)
    rows = table.filter(pa.array(is_good[table["listing"].to_numpy()]))
    return rows.set_column(0, "listing", number.take(rows["listing"].combine_chunks()))


def is_statistic(titles: pa.Array) -> Flags:
    """Which titles are statistics or "N Papers", so that a header may start at their heads."""
    flags: Flags = pc.match_substring_regex(titles, LIKE_A_STATISTIC).to_numpy(zero_copy_only=False)
    for index in np.flatnonzero(flags).tolist():
        title = titles[index].as_py()
        flags[index] = fixed(STATISTIC, title) or fixed(LIST_TITLE, title)
    return flags


def unlike_abstracts(lines: Lines, rows: Integers) -> list[int]:
    """Which abstracts could be another part of a page."""
    short = np.flatnonzero(lines.lengths[rows] <= BYTES_OF_CHARACTER * LONGEST_FIXED_LINE)
    return [
        index
        for index in short.tolist()
        if any(
            fixed(pattern, lines.text(rows[index], rows[index]))
            for pattern in (HEAD, STATISTIC, LIST_TITLE, CATEGORY_LINE)
        )
    ]


def entry_table(
    rows: Integers,
    listing_of: Integers,
    heads: Heads,
    dates: Dates,
    names: Bylines,
    columns: dict[str, pa.Array],
) -> pa.Table:
    """The entries as rows, from their first lines, their listings and what else is known."""
    firsts = [""] * len(rows)
    counts = np.bincount(names.entry_of_name, minlength=len(rows))
    printed = np.flatnonzero(counts)
    first_names = names.names.take(pa.array((np.cumsum(counts) - counts)[printed]))
    for entry, name in zip(printed.tolist(), first_names.to_pylist(), strict=True):
        firsts[entry] = name
    paper_ids = [
        paper_id(*pair) for pair in zip(columns["title_key"].to_pylist(), firsts, strict=True)
    ]
    first_of_listing = np.searchsorted(listing_of, listing_of)
    return pa.table(
        {
            "listing": listing_of,
            "entry": np.arange(len(rows)) - first_of_listing + 1,
            "line": rows,
            "category": heads.category,
            "published": dates.published,
            "year_inferred": dates.inferred,
            "has_code": heads.has_code,
            "title": columns["title"],
            "title_key": columns["title_key"],
            "byline_truncated": names.truncated,
            "printed_authors": counts,
            "abstract": columns["abstract"],
            "paper_id": pa.array(paper_ids, pa.int64()),
        }
    )


def byline_table(entries: pa.Table, names: Bylines) -> pa.Table:
    """The names as rows."""
    entry_of_name = names.entry_of_name
    first_of_entry = np.searchsorted(entry_of_name, entry_of_name)
    return pa.table(
        {
            "listing": entries["listing"].to_numpy()[entry_of_name],
            "entry": entries["entry"].to_numpy()[entry_of_name],
            "position": np.arange(len(entry_of_name)) - first_of_entry + 1,
            "name": names.names,
        }
    )


def affiliation_table(entries: pa.Table, names: Bylines) -> pa.Table:
    """The tags as rows."""
    entry_of_tag = np.array([entry for entry, _ in names.affiliations], np.int64)
    return pa.table(
        {
            "listing": entries["listing"].to_numpy()[entry_of_tag],
            "entry": entries["entry"].to_numpy()[entry_of_tag],
            "affiliation": pa.array([tag for _, tag in names.affiliations], pa.string()),
        }
    )
