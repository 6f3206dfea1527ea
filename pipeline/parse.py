"""Stage: the raw folder's pages to Parquet tables, in one process and bounded memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.console import StageLine, counted
from pipeline.errors import InputError, PipelineError
from pipeline.files import exclusive, replacing
from pipeline.identity.candidates import name_pairs
from pipeline.listing import Entry, Listing, Page, Reject, parse
from pipeline.manifest import MANIFEST, manifest
from pipeline.names import fold, is_collective
from pipeline.schema import arrow_schema
from pipeline.sources import (
    PAGE_SUFFIX,
    decode,
    find_files,
    is_binary,
    is_valid,
    listed_name,
    parse_as_of,
    printable,
    read_as_of,
    read_bytes,
)
from pipeline.tables import PARSED
from pipeline.titles import paper_id, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

WARNINGS = "warnings.parse"
ROWS_PER_GROUP = 50_000
MOST_FILES_NAMED = 5
BINARY = "binary data, not text"


class TableWriter:
    """Collects rows of one table and writes them to Parquet in groups of a fixed size."""

    def __init__(self, name: str, path: Path) -> None:
        self.schema = arrow_schema(PARSED[name])
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[tuple[Any, ...]] = []
        self.written = 0

    def add(self, row: tuple[Any, ...]) -> None:
        """Take one row; its cells in the order of the schema."""
        self.rows.append(row)
        if len(self.rows) >= ROWS_PER_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the collected rows as one row group."""
        columns = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.schema)
        arrays = [
            pa.array(cells, field.type) for cells, field in zip(columns, self.schema, strict=True)
        ]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema))
        self.written += len(self.rows)
        self.rows = []

    def close(self) -> None:
        """Write what is left; a table without rows gets its schema all the same."""
        if self.rows or not self.written:
            self.flush()
        self.writer.close()


class Tables:
    """The tables of the parse stage, filled page by page."""

    def __init__(self, stack: ExitStack, processed: Path, source_files: Iterable[str]) -> None:
        self.source_files = frozenset(source_files)
        self.writers: dict[str, TableWriter] = {}
        for name in PARSED:
            draft = stack.enter_context(replacing(processed / f"{name}.parquet"))
            self.writers[name] = TableWriter(name, draft)
        self.names: set[str] = set()
        self.entries = 0
        self.listings = 0
        self.rejects = 0

    def add_page(self, source_file: str, page: Page) -> None:
        """Add all that one file holds."""
        for number, listing in enumerate(page.listings, start=1):
            self.add_listing(self.listing_name(source_file, number), source_file, listing)
        for reject in page.rejects:
            self.add_reject(source_file, reject)

    def listing_name(self, source_file: str, number: int) -> str:
        """The name of a file's first, second … listing, which no other file's name can be."""
        name = source_file.removesuffix(PAGE_SUFFIX)
        if number == 1:
            return name
        name = f"{name}#{number}"
        while f"{name}{PAGE_SUFFIX}" in self.source_files:
            name += "#"
        return name

    def add_listing(self, name: str, source_file: str, listing: Listing) -> None:
        """Add one listing and its entries."""
        header = listing.header
        self.listings += 1
        self.names.add(header.owner)
        self.writers["listings"].add(
            (
                name,
                source_file,
                header.first_line,
                listing.last_line,
                header.owner,
                header.category,
                header.h_index,
                header.declared_papers,
                header.citations,
                header.novelty_percent,
                header.ai_score,
                len(listing.entries),
                listing.as_of,
                listing.as_of_basis,
            )
        )
        for number, entry in enumerate(listing.entries, start=1):
            self.add_entry(name, number, entry)

    def add_entry(self, listing: str, number: int, entry: Entry) -> None:
        """Add one entry with its names and tags."""
        self.entries += 1
        key = title_key(entry.title)
        self.writers["entries"].add(
            (
                listing,
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
        self.names.update(entry.names)
        for position, name in enumerate(entry.names, start=1):
            self.writers["bylines"].add((listing, number, position, name))
        for affiliation in entry.affiliations:
            self.writers["entry_affiliations"].add((listing, number, affiliation))

    def add_reject(self, source_file: str, reject: Reject) -> None:
        """Add lines that were left out."""
        self.rejects += 1
        self.writers["rejects"].add(
            (source_file, reject.first_line, reject.last_line, reject.reason, reject.text)
        )

    def close(self) -> None:
        """Add the distinct names and finish the files."""
        for name in sorted(self.names):
            self.writers["names"].add((name, fold(name), is_collective(name)))
        for pair in name_pairs(self.names):
            self.writers["name_pairs"].add(pair)
        for writer in self.writers.values():
            writer.close()


def parse_raw(raw: Path, processed: Path, as_of: str) -> None:
    """Read all pages of a folder and write the tables of `pipeline.tables.PARSED`.

    Parameters
    ----------
    raw
        Folder with saved listings, `*.txt` at any depth, and perhaps `as_of.csv`.
    processed
        Folder of the Parquet files; made if missing.
    as_of
        The day on which the pages were taken, YYYY-MM-DD; empty if unknown.

    Raises
    ------
    InputError
        If there is no page, no listing in any page, or a day that is none.
    """
    line = StageLine("parse")
    day = parse_as_of(as_of, "AS_OF") if as_of.strip() else None
    files, others = find_files(raw)
    if not files:
        raise InputError(f"{raw}: no file ends in {PAGE_SUFFIX}; put saved listings there")
    days = read_as_of(raw)
    warnings = list(stray_files(raw, files, others, days))
    with exclusive(processed), ExitStack() as stack:
        before = input_state(raw, processed, as_of)
        tables = Tables(stack, processed, map(printable, files))
        for number, path in enumerate(files):
            line.progress(f"file {number:,} of {len(files):,}")
            source_file = printable(path)
            page_day = days.get(listed_name(path), day)
            data = read_bytes(raw / path)
            page = read_page(data, page_day)
            tables.add_page(source_file, page)
            warnings += page_warnings(f"{raw / source_file}", data, page, page_day)
        if not tables.listings:
            raise InputError(no_listing(raw, warnings))
        tables.close()
        draft = stack.enter_context(replacing(processed / WARNINGS))
        draft.write_text("".join(f"{warning}\n" for warning in warnings), encoding="utf-8")
        if input_state(raw, processed, as_of) != before:
            raise PipelineError(f"{raw}: files changed while they were read; run make again")
    line.done(
        counted(len(files), "file"),
        f"{counted(tables.listings, 'listing')}, {counted(tables.entries, 'entry', 'entries')}, "
        f"{counted(tables.rejects, 'reject')}",
        processed,
    )


def input_state(raw: Path, processed: Path, as_of: str) -> str:
    """The raw folder's state; it must be what Make saw, or another run has set other inputs.

    Raises
    ------
    PipelineError
        If the manifest that Make relies on says otherwise.
    """
    state = manifest(raw, as_of)
    path = processed / MANIFEST
    if path.is_file() and path.read_text(encoding="utf-8") != state:
        raise PipelineError(
            f"{path}: does not match {raw} and AS_OF; another run uses this folder for other "
            "pages, or they just changed: run make again, or give each run its own PROCESSED"
        )
    return state


def read_page(data: bytes, as_of: date | None) -> Page:
    """The listings and rejects of one file's bytes."""
    text = decode(data)
    if not is_binary(text):
        return parse(text, as_of)
    shown = data.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
    lines = text.count("\n") + (not text.endswith("\n"))
    return Page(rejects=[Reject(1, lines, BINARY, shown)])


# --- warnings --------------------------------------------------------------------------------


def stray_files(
    raw: Path, files: list[str], others: list[str], days: dict[str, date]
) -> Iterable[str]:
    """Files that are no pages, named once, and pages of `as_of.csv` that are not there."""
    if others:
        named = ", ".join(printable(path) for path in others[:MOST_FILES_NAMED])
        more = f" and {len(others) - MOST_FILES_NAMED:,} more" if others[MOST_FILES_NAMED:] else ""
        yield f"{raw}: not read, since the name does not end in {PAGE_SUFFIX}: {named}{more}"
    known = {listed_name(path) for path in files}
    for path in sorted(set(days) - known):
        yield f"{raw}/as_of.csv: there is no page {path!r}"


def page_warnings(path: str, data: bytes, page: Page, as_of: date | None) -> Iterable[str]:
    """What the user should know about one file."""
    if not is_valid(data) and page.listings:
        yield f"{path}: not UTF-8; bytes that do not fit were read as Windows-1252"
    for reject in page.rejects:
        lines = f"{reject.first_line}" + (
            f"-{reject.last_line}" if reject.last_line > reject.first_line else ""
        )
        yield f"{path}:{lines}: left out: {reject.reason}"
    for listing in page.listings:
        yield from listing_warnings(path, listing, as_of)


def listing_warnings(path: str, listing: Listing, as_of: date | None) -> Iterable[str]:
    """Counts that do not agree, and dates that are unknown or later than they can be."""
    where = f"{path}:{listing.header.first_line}"
    declared, found = listing.header.declared_papers, len(listing.entries)
    if declared is not None and declared != found:
        yield f"{where}: the page says {counted(declared, 'paper')}, found {found:,}"
    undated = sum(entry.published is None for entry in listing.entries)
    if undated:
        yield (
            f"{where}: {counted(undated, 'date')} without a year and no year to infer it from; "
            "give the day the page was taken: AS_OF=YYYY-MM-DD"
        )
    head_like = [line for entry in listing.entries for line in entry.head_like_lines]
    if head_like:
        yield (
            f"{path}:{head_like[0]}: looks like the first line of an entry but stands in an "
            f"abstract ({counted(len(head_like), 'such line')}); does an entry lack its title, "
            "its blank line or its names?"
        )
    late = [
        entry for entry in listing.entries if as_of and entry.published and entry.published > as_of
    ]
    if late:
        yield (
            f"{path}:{late[0].line}: {late[0].published} is after {as_of}, the day the page was "
            f"taken ({counted(len(late), 'such date')}); is that day right?"
        )


def no_listing(raw: Path, warnings: list[str]) -> str:
    """The error for a folder whose files hold no listing at all."""
    shown = "\n  ".join(warnings[:MOST_FILES_NAMED])
    return f"{raw}: no file holds a listing\n  {shown}"
