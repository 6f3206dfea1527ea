"""The head lines of many entries at once: category, date and badge, and the year if not printed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.listing import EARLIEST_YEAR, HEAD, LATEST_YEAR, LONGEST_FIXED_LINE, MONTHS
from pipeline.names import CACHE_SIZE

if TYPE_CHECKING:
    from pipeline.regular.lines import Flags, Integers

NO_YEAR = 0
EPOCH_YEAR, MONTHS_OF_YEAR = 1970, 12
Days = npt.NDArray[np.datetime64]


class Head(NamedTuple):
    """What one head line says; `year` is 0 where none is printed, `day` 0 if it is no head line."""

    year: int
    month: int
    day: int
    has_code: bool
    category: str | None


NO_HEAD = Head(NO_YEAR, 1, 0, has_code=False, category=None)


def read_head(line: str) -> Head:
    """What a head line says: its first blank ends the month, so both sides are read by themselves.

    There are many days and categories, but few days and few categories.
    """
    before, _, behind = line.partition(" ")
    month, rest = read_month(before), read_day(behind)
    if not month or not rest or len(line) > LONGEST_FIXED_LINE:
        return NO_HEAD
    return Head(rest[0], month[1], rest[1], rest[2], month[0])


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

    Attributes
    ----------
    year, month, day, has_code
        One element an entry.
    category
        Likewise, as an array of strings.
    """

    def __init__(self, column: pa.Array) -> None:
        coded = column.dictionary_encode()
        heads = [read_head(line) for line in coded.dictionary.to_pylist()]
        entry = coded.indices.to_numpy()
        numbers = np.array([head[:3] for head in heads], np.int64).reshape(-1, 3)[entry]
        self.year, self.month, self.day = numbers.T
        self.has_code = np.array([head.has_code for head in heads], np.bool_)[entry]
        categories = pa.array([head.category for head in heads], pa.string())
        self.category = categories.take(coded.indices)


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
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    found: Days = first + (day - 1).astype("timedelta64[D]")
    return found


def is_possible(published: Days, month: Integers) -> Flags:
    """Which days lie in the month that they should lie in."""
    found: Integers = published.astype("datetime64[M]").astype(np.int64) % MONTHS_OF_YEAR + 1
    return np.equal(found, month)
