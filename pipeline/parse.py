"""Stage: the raw folder's pages to Parquet tables, in as many processes as there are cores."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from pipeline.console import StageLine, counted
from pipeline.engine import open_engine
from pipeline.errors import InputError, PipelineError
from pipeline.files import replacing
from pipeline.manifest import MANIFEST, difference, manifest
from pipeline.outputs import TABLE_FILES, writing
from pipeline.parsing.known_names import write_names
from pipeline.parsing.page_warnings import NOT_UTF8
from pipeline.parsing.rows import FROM_PAGES, Above, numbered_like
from pipeline.parsing.shard_tables import Corpus, Held, Shard, write_shard
from pipeline.parsing.shards import shards
from pipeline.sources import (
    AS_OF_FILE,
    PAGE_SUFFIX,
    find_files,
    leads_outside,
    listed_name,
    parse_as_of,
    printable,
    read_as_of,
)
from pipeline.tables import PARSED
from pipeline.workers import cores

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from pipeline.parsing.shard_tables import Written
    from pipeline.parsing.shards import Stretch

WARNINGS = "warnings.parse"
MOST_FILES_NAMED = 5


def parse_raw(raw: Path, processed: Path, as_of: str, processes: int | None = None) -> None:
    """Read all pages of a folder and write the tables of `pipeline.tables.PARSED`.

    A table is the file NAME.parquet, or, of a large corpus, a folder of that name with files whose
    order is that of the rows. The bytes do not depend on how many processes there are.

    Parameters
    ----------
    raw
        Folder with saved listings, `*.txt` at any depth, and perhaps `as_of.csv`.
    processed
        Folder of the Parquet files; made if missing.
    as_of
        The day on which the pages were taken, YYYY-MM-DD; empty if unknown.
    processes
        How many processes read a large corpus; as many as there are cores if not given.

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
    corpus = Corpus(raw, days, day, numbered_like([printable(file) for file in files]))
    warnings = list(stray_files(raw, files, others, days))
    with writing(processed, TABLE_FILES), ExitStack() as stack:
        before = input_state(raw, processed, as_of)
        drafts = {
            name: stack.enter_context(replacing(processed / f"{name}.parquet")) for name in PARSED
        }
        tasks = shard_tasks(list(shards(raw, files)), drafts)
        work, totals = partial(write_shard, corpus), Totals(raw, warnings)
        above, each = Position().above, processes or cores()
        for shard in open_engine(processed).run_tasks(work, tasks, above, follows, each):
            totals.add(shard)
            line.progress(f"part {totals.shards:,} of {len(tasks):,}")
        if not totals.listings:
            raise InputError(no_listing(raw, warnings))
        line.progress("names")
        write_names(drafts, each)
        draft = stack.enter_context(replacing(processed / WARNINGS))
        draft.write_text(
            "".join(f"{printable(warning)}\n" for warning in warnings), encoding="utf-8"
        )
        after = manifest(raw, as_of)
        if after != before:
            raise PipelineError(
                f"{raw}: files changed while they were read: {difference(before, after)}; "
                "run make again"
            )
    line.done(counted(len(files), "file"), str(totals), processed)


def shard_tasks(found: list[list[Stretch]], drafts: dict[str, Path]) -> list[Shard]:
    """The shards with the files to write for them: one a table, or one in the table's folder."""
    drafts = {name: drafts[name] for name in FROM_PAGES}
    if len(found) == 1:
        return [Shard(found[0], drafts)]
    for folder in drafts.values():
        folder.mkdir()
    return [
        Shard(
            stretches,
            {name: folder / f"part-{number:06}.parquet" for name, folder in drafts.items()},
        )
        for number, stretches in enumerate(found)
    ]


def follows(shard: Shard) -> bool:
    """Whether a shard is a later part of the file that the shard before it ends with."""
    return shard.stretches[0].start > 0


class Position:
    """Follows the shards in their order and knows what stands above a stretch of a file."""

    def __init__(self) -> None:
        self.path = ""
        self.below = Above()

    def above(self, shard: Shard, held: Held) -> Above:
        """What stands above a shard; called for each in order."""
        stretch = shard.stretches[0]
        above = self.below if stretch.start and stretch.path == self.path else Above()
        self.path = stretch.path
        self.below = Above(above.lines + held.lines, above.listings + held.listings)
        return above


class Totals:
    """What the shards hold in all; gathers their warnings."""

    def __init__(self, raw: Path, warnings: list[str]) -> None:
        self.raw = raw
        self.warnings = warnings
        self.shards = self.listings = self.entries = self.rejects = 0
        self.not_utf8 = ""

    def add(self, shard: Written) -> None:
        """Add one shard."""
        self.shards += 1
        self.listings += shard.listings
        self.entries += shard.entries
        self.rejects += shard.rejects
        for source_file, warning in shard.warnings:
            if warning == NOT_UTF8:
                if source_file == self.not_utf8:  # said of an earlier stretch of the file
                    continue
                self.not_utf8 = source_file
            self.warnings.append(warning.about(f"{self.raw / source_file}"))

    def __str__(self) -> str:
        return (
            f"{counted(self.listings, 'listing')}, {counted(self.entries, 'entry', 'entries')}, "
            f"{counted(self.rejects, 'reject')}"
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
    noted = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else state
    if noted != state:
        raise PipelineError(
            f"{path}: does not match {raw} and AS_OF: {difference(noted, state)}; they just "
            "changed, or another run uses this folder for other pages: run make again, or give "
            "each run its own PROCESSED"
        )
    return state


# --- warnings --------------------------------------------------------------------------------


def stray_files(
    raw: Path, files: list[str], others: list[str], days: dict[str, date]
) -> Iterable[str]:
    """Files that are not read, named once, and pages of `as_of.csv` that are not there."""
    outside = [path for path in others if leads_outside(raw, path)]
    if outside:
        yield (
            f"{raw}: not read, since these links lead out of the folder: {some_of(outside)}; copy "
            "the files there if they are yours"
        )
    inside = {*others}.difference(outside)
    special = [path for path in inside if path.endswith(PAGE_SUFFIX) or path == AS_OF_FILE]
    as_of = raw / AS_OF_FILE
    if os.path.lexists(as_of) and not as_of.is_file() and AS_OF_FILE not in others:
        special.append(AS_OF_FILE)  # a folder, or a link that leads nowhere
    if special:
        yield f"{raw}: not read, since these are no regular files: {some_of(sorted(special))}"
    if strays := sorted(inside.difference(special)):
        yield f"{raw}: not read, since the name does not end in {PAGE_SUFFIX}: {some_of(strays)}"
    known = {listed_name(path) for path in files}
    for path in sorted(set(days) - known):
        yield f"{raw}/as_of.csv: there is no page {path!r}"


def some_of(paths: list[str]) -> str:
    """The first of some paths, and how many more there are."""
    named = ", ".join(printable(path) for path in paths[:MOST_FILES_NAMED])
    more = len(paths) - MOST_FILES_NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def no_listing(raw: Path, warnings: list[str]) -> str:
    """The error for a folder whose files hold no listing at all."""
    shown = "\n  ".join(warnings[:MOST_FILES_NAMED])
    return f"{raw}: no file holds a listing\n  {shown}"
