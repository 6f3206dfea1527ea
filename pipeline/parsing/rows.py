"""The rows of the parse stage's tables, gathered listing by listing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.parsing.page_warnings import page_warnings
from pipeline.schema import arrow_schema
from pipeline.sources import PAGE_SUFFIX
from pipeline.tables import PARSED
from pipeline.titles import paper_id, title_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from pipeline.listing import AsOfBasis, Entry, Header, Listing, Page, Reject
    from pipeline.parsing.page_warnings import PageWarning
    from pipeline.parsing.regular.read import Regular
    from pipeline.parsing.regular.shape import Stretch

OF_LISTINGS = ("entries", "bylines", "entry_affiliations")
FROM_PAGES = ("listings", *OF_LISTINGS, "rejects")

Row = tuple[Any, ...]


class Above(NamedTuple):
    """What stands in a file above a stretch of it."""

    lines: int = 0
    listings: int = 0


class ListingRow(NamedTuple):
    """One listing; `page` counts the pages from 0."""

    page: int
    header: Header
    last_line: int
    entries: int
    as_of: date | None
    as_of_basis: AsOfBasis


class Rows:
    """Rows of the tables `FROM_PAGES`, whose listings are known by their place.

    Attributes
    ----------
    listings, rejects, warnings
        Each with the number of its page.
    of_listings
        Rows of the tables `OF_LISTINGS`; the first column is the place of the listing.
    regular
        The entries of listings that were read as columns, if any were.
    lines
        How many lines a stretch of a file has; 0 for whole pages.
    """

    def __init__(self, source_files: Sequence[str]) -> None:
        self.source_files = source_files
        self.listings: list[ListingRow] = []
        self.rejects: list[tuple[int, Reject]] = []
        self.warnings: list[tuple[int, PageWarning]] = []
        self.of_listings: dict[str, list[Row]] = {name: [] for name in OF_LISTINGS}
        self.regular: Regular | None = None
        self.regular_places: list[int] = []
        self.regular_lines: list[int] = []
        self.lines = 0

    # --- adding ------------------------------------------------------------------------------

    def add_page(self, number: int, page: Page, as_of: date | None, *, is_valid: bool) -> None:
        """Add all that one page holds."""
        for listing in page.listings:
            self.add_listing(number, listing)
        self.add_rest(number, page, as_of, is_guessed=bool(page.listings) and not is_valid)

    def add_rest(self, number: int, page: Page, as_of: date | None, *, is_guessed: bool) -> None:
        """Add what a page holds beside its listings: rejects, and what there is to warn of."""
        self.rejects += [(number, reject) for reject in page.rejects]
        warnings = page_warnings(page, as_of, is_guessed=is_guessed)
        self.warnings += [(number, warning) for warning in warnings]

    def add_listing(self, page: int, listing: Listing) -> None:
        """Add one listing and its entries."""
        place, entries = len(self.listings), len(listing.entries)
        self.listings.append(
            ListingRow(
                *(page, listing.header, listing.last_line, entries),
                *(listing.as_of, listing.as_of_basis),
            )
        )
        for number, entry in enumerate(listing.entries, start=1):
            self.add_entry(place, number, entry)

    def add_entry(self, place: int, number: int, entry: Entry) -> None:
        """Add one entry with its names and tags."""
        key = title_key(entry.title)
        self.of_listings["entries"].append(
            (
                place,
                number,
                entry.line,
                entry.category,
                entry.published,
                entry.year_inferred,
                entry.has_code,
                entry.title,
                key,
                entry.truncated,
                len(entry.names),
                entry.abstract,
                paper_id(key, entry.names[0] if entry.names else ""),
            )
        )
        for position, name in enumerate(entry.names, start=1):
            self.of_listings["bylines"].append((place, number, position, name))
        for affiliation in entry.affiliations:
            self.of_listings["entry_affiliations"].append((place, number, affiliation))

    def add_regular(self, page: int, stretch: Stretch, above: int, *, is_given: bool) -> None:
        """Add the next listing of `regular`; so many lines stand above it in its page."""
        assert self.regular, "there are regular listings"  # noqa: S101 -- for mypy
        as_of = self.regular.as_of[len(self.regular_places)]
        basis: AsOfBasis = "given" if is_given else "inferred" if as_of else "none"
        self.regular_places.append(len(self.listings))
        self.regular_lines.append(above + 1 - stretch.first)
        header, last_line = stretch.printed(above)
        self.listings.append(ListingRow(page, header, last_line, stretch.entries, as_of, basis))

    # --- tables ------------------------------------------------------------------------------

    def tables(self, taken: Collection[str] = (), above: Above = Above()) -> dict[str, pa.Table]:  # noqa: B008 -- never changes
        """The tables `FROM_PAGES`.

        Parameters
        ----------
        taken
            Files of the whole corpus whose names look like that of another file's further listing
            (`numbered_like`).
        above
            What stands above the stretch, if it is one.
        """
        names = pa.array(self.listing_names(taken, above.listings), pa.string())
        listings = [self.listing_cells(row, above.lines) for row in self.listings]
        rejects = [self.reject_cells(*row, above.lines) for row in self.rejects]
        found = {"listings": self.table("listings", listings).set_column(0, "listing", names)}
        for name in OF_LISTINGS:
            rows = self.of_listing_table(name)
            places = rows["listing"].combine_chunks()
            found[name] = rows.set_column(0, "listing", names.take(places))
        if above.lines:
            lines = found["entries"]["line"].to_numpy() + above.lines
            found["entries"] = with_column(found["entries"], "line", lines)
        return found | {"rejects": self.table("rejects", rejects)}

    def listing_names(self, taken: Collection[str], before: int) -> Iterator[str]:
        """The name of each listing."""
        page, number = -1, 0
        for listing in self.listings:
            number = number + 1 if listing.page == page else before + 1
            page = listing.page
            yield listing_name(self.source_files[page], number, taken)

    def listing_cells(self, listing: ListingRow, lines: int) -> Row:
        """A listing's row, but for its name."""
        header = listing.header
        return (
            None,
            self.source_files[listing.page],
            header.first_line + lines,
            listing.last_line + lines,
            header.owner,
            header.category,
            header.h_index,
            header.declared_papers,
            header.citations,
            header.novelty_percent,
            header.ai_score,
            listing.entries,
            listing.as_of,
            listing.as_of_basis,
        )

    def reject_cells(self, page: int, reject: Reject, lines: int) -> Row:
        """A reject's row."""
        first, last = reject.first_line + lines, reject.last_line + lines
        return self.source_files[page], first, last, reject.reason, reject.text

    def of_listing_table(self, name: str) -> pa.Table:
        """A table of entries, of names or of tags; its first column are places of listings."""
        others = self.table(name, self.of_listings[name])
        if not self.regular:
            return others
        regular = self.regular.tables[name]
        place = regular["listing"].to_numpy()
        if name == "entries":
            lines = regular["line"].to_numpy() + np.array(self.regular_lines)[place]
            regular = with_column(regular, "line", lines)
        regular = with_column(regular, "listing", np.array(self.regular_places)[place])
        if not others.num_rows:
            return regular.cast(others.schema)
        both = pa.concat_tables([regular.cast(others.schema), others])
        return both.take(pa.array(np.argsort(both["listing"].to_numpy(), kind="stable")))

    @staticmethod
    def table(name: str, rows: Sequence[Row]) -> pa.Table:
        """Rows as a table; listings are known by their place."""
        schema = arrow_schema(PARSED[name])
        if schema.names[0] == "listing":
            schema = schema.set(0, pa.field("listing", pa.int64()))
        columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)


def with_column(rows: pa.Table, name: str, cells: Any) -> pa.Table:
    """The table with other cells in one of its columns."""
    return rows.set_column(rows.column_names.index(name), name, pa.array(cells))


def listing_name(source_file: str, number: int, taken: Collection[str]) -> str:
    """The name of a file's first, second … listing, which no other file's name can be."""
    name = source_file.removesuffix(PAGE_SUFFIX)
    if number == 1:
        return name
    name = f"{name}#{number}"
    while f"{name}{PAGE_SUFFIX}" in taken:
        name += "#"
    return name


def numbered_like(source_files: Sequence[str]) -> frozenset[str]:
    """Those files that another file's further listing could be named like."""
    return frozenset(file for file in source_files if "#" in file)
