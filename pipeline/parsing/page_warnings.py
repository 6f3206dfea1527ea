"""What the user should know about one page: lines left out, counts that differ, odd dates. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.console import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipeline.listing import Listing, Page


class PageWarning(NamedTuple):
    """A warning about a page as a whole (no line), about a line, or about several."""

    text: str
    first_line: int | None = None
    last_line: int | None = None

    def below(self, lines: int) -> PageWarning:
        """The same where the page stands below so many lines of its file."""
        if not lines or self.first_line is None:
            return self
        last_line = self.last_line and self.last_line + lines
        return PageWarning(self.text, self.first_line + lines, last_line)

    def about(self, path: str) -> str:
        """The warning as a user reads it."""
        where = path if self.first_line is None else f"{path}:{self.first_line}"
        if self.last_line and self.last_line != self.first_line:
            where += f"-{self.last_line}"
        return f"{where}: {self.text}"


NOT_UTF8 = PageWarning("not UTF-8; bytes that do not fit were read as Windows-1252")


def page_warnings(page: Page, as_of: date | None, *, is_guessed: bool) -> Iterable[PageWarning]:
    """The warnings about one page, `is_guessed` if it holds listings and bytes that do not fit."""
    if is_guessed:
        yield NOT_UTF8
    for reject in page.rejects:
        yield PageWarning(f"left out: {reject.reason}", reject.first_line, reject.last_line)
    for listing in page.listings:
        yield from listing_warnings(listing, as_of)


def listing_warnings(listing: Listing, as_of: date | None) -> Iterable[PageWarning]:
    """Counts that do not agree, and dates that are unknown or later than they can be."""
    first_line = listing.header.first_line
    for line, text in listing.header.unread:
        yield PageWarning(f"{text!r} is no number that can be kept; left empty", line)
    declared, found = listing.header.declared_papers, len(listing.entries)
    if declared is not None and declared != found:
        yield PageWarning(
            f"the page says {counted(declared, 'paper')}, found {found:,}", first_line
        )
    undated = sum(entry.published is None for entry in listing.entries)
    if undated:
        yield PageWarning(
            f"{counted(undated, 'date')} without a year and no year to infer it from; "
            "give the day the page was taken: AS_OF=YYYY-MM-DD",
            first_line,
        )
    head_like = [line for entry in listing.entries for line in entry.head_like_lines]
    if head_like:
        yield PageWarning(
            "looks like the first line of an entry but stands in an abstract "
            f"({counted(len(head_like), 'such line')}); does an entry lack its title, its blank "
            "line or its names?",
            head_like[0],
        )
    late = [
        entry for entry in listing.entries if as_of and entry.published and entry.published > as_of
    ]
    if late:
        yield PageWarning(
            f"{late[0].published} is after {as_of}, the day the page was taken "
            f"({counted(len(late), 'such date')}); is that day right?",
            late[0].line,
        )
