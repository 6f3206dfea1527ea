"""The head lines of many entries at once: category, date and badge, and the year if not printed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.listing import EARLIEST_YEAR, HEAD, LATEST_YEAR, LONGEST_FIXED_LINE, MONTHS
from pipeline.names import CACHE_SIZE

if TYPE_CHECKING:
    from pipeline.parsing.regular.lines import Flags, Integers, Lines

NO_YEAR = 0
NO_MONTH, NO_DAY = (None, 0), (NO_YEAR, 0, False)
EPOCH_YEAR, MONTHS_OF_YEAR = 1970, 12
Days = npt.NDArray[np.datetime64]


@lru_cache(maxsize=CACHE_SIZE)
def read_month(text: str) -> tuple[str | None, int] | None:
    """Category and month at the start of a head line."""
    head = HEAD.fullmatch(f"{text} 1")
    return (head["category"] or None, MONTHS.index(head["month"]) + 1) if head else None


@lru_cache(maxsize=CACHE_SIZE)
def read_day(text: str) -> tuple[int, int, bool] | None:
    """Year, day and whether there is a badge Code, at the end of a head line."""
    head = HEAD.fullmatch(f"Jan {text}")
    if not head:
        return None
    has_code = "code" in head["badges"].casefold()
    return int(head["year"] or NO_YEAR), int(head["day"]), has_code


class Heads:
    """What many head lines say.

    The first blank of a head line ends its month, so both sides are read by themselves: there are
    many days with a category, but few days and few categories.

    Attributes
    ----------
    year, month, day, has_code
        One element an entry; the year is 0 where none is printed, the day 0 if it is no head line.
    category
        Likewise, as an array of strings.
    """

    def __init__(self, lines: Lines, rows: Integers) -> None:
        column = lines.column(rows)
        blanks = pc.find_substring(column, " ").to_numpy().astype(np.int64)
        starts, ends = lines.starts[rows], lines.ends[rows]
        blank = np.where(blanks < 0, ends, starts + blanks)
        before = lines.slices(starts, blank).dictionary_encode()
        behind = lines.slices(np.minimum(blank + 1, ends), ends).dictionary_encode()
        months = [read_month(text) or NO_MONTH for text in before.dictionary.to_pylist()]
        days = [read_day(text) or NO_DAY for text in behind.dictionary.to_pylist()]
        month, day = before.indices.to_numpy(), behind.indices.to_numpy()
        self.category = pa.array([text for text, _ in months], pa.string()).take(before.indices)
        self.month: Integers = np.array([number for _, number in months])[month]
        self.year, self.day, code = np.array(days, np.int64).reshape(-1, 3)[day].T
        self.has_code: Flags = code.astype(np.bool_)
        is_head = (self.month != 0) & (self.day != 0) & (ends - starts <= LONGEST_FIXED_LINE)
        self.day = np.where(is_head, self.day, 0)


class Dates:
    """The dates of the entries of many listings, settled as `pipeline.listing.page_date` does.

    Attributes
    ----------
    published
        One element an entry.
    inferred
        Whether its year is not printed.
    as_of
        One element a listing: the day that settles its dates; "not a time" if there is none.
    bad
        Entries whose dates `pipeline.listing` has to look at: impossible ones, years out of range,
        dates after the day the page was taken, and those without a year and nothing to infer it.
    """

    def __init__(self, heads: Heads, listing_of: Integers, given: Days) -> None:
        starts = np.flatnonzero(np.append(True, listing_of[1:] != listing_of[:-1]))
        printed = heads.year != NO_YEAR
        latest = np.maximum.reduceat(heads.year, starts)
        years_given = given.astype("datetime64[Y]").astype(np.int64) + EPOCH_YEAR
        is_given = ~np.isnat(given)
        settling = np.where(is_given, years_given, np.where(latest == NO_YEAR, 0, latest + 1))
        year = np.where(printed, heads.year, settling[listing_of])
        self.inferred: Flags = ~printed
        self.published = days(year, heads.month, heads.day)
        self.as_of = np.where(is_given, given, self.latest_inferred(starts))
        self.bad: Flags = (
            (heads.day == 0)
            | ~is_possible(self.published, heads.month)
            | (year < EARLIEST_YEAR)
            | (year > LATEST_YEAR)
            | (heads.year == LATEST_YEAR)
            | (is_given[listing_of] & (self.published > given[listing_of]))
        )

    def latest_inferred(self, starts: Integers) -> Days:
        """The latest day of each listing among those whose year is inferred."""
        lowest = np.iinfo(np.int64).min  # which is "not a time"
        inferred = np.where(self.inferred, self.published.astype(np.int64), lowest)
        return np.maximum.reduceat(inferred, starts).astype("datetime64[D]")


def days(year: Integers, month: Integers, day: Integers) -> Days:
    """Days as NumPy counts them; one that does not exist falls into the next month."""
    months = (year - EPOCH_YEAR) * MONTHS_OF_YEAR + month - 1
    first: Days = months.astype("datetime64[M]").astype("datetime64[D]")
    found: Days = first + (day - 1).astype("timedelta64[D]")
    return found


def is_possible(published: Days, month: Integers) -> Flags:
    """Which days lie in the month that they should lie in."""
    found: Integers = published.astype("datetime64[M]").astype(np.int64) % MONTHS_OF_YEAR + 1
    return np.equal(found, month)
