"""The first rows of a report as the cells of an HTML table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from pipeline.tables import Column, Table

MOST_ROWS = 50
MOST_LETTERS = 300
NOTHING = "–"
# Numbers that are no quantities.
UNGROUPED = ("year", "first_year", "last_year", "paper_a", "paper_b")
SHARES = (
    *("share", "share_low", "share_high", "truncated_share", "lotka_share"),
    *("growth_rate", "compound_growth_rate"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, and what it is sorted by if that is something else."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its name in words, what it means, and whether it holds numbers."""

    text: str
    meaning: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of a page, and how it was cut if its CSV file has more rows."""

    heads: list[Head]
    rows: list[list[Cell]]
    cut: str


def shown(frame: pl.DataFrame, table: Table, most: int = MOST_ROWS) -> Shown:
    """A report as people read it; of a long one the rows with most papers, or the first ones."""
    heads = [head(column) for column in table.columns]
    formats = [format_of(column) for column in table.columns]
    cut = ""
    if len(frame) > most:
        ranked = "papers" in frame.columns
        cut = f"{most:,} of {len(frame):,}, {'those with most papers' if ranked else 'the first'}"
        if ranked:
            frame = frame.sort("papers", descending=True, nulls_last=True, maintain_order=True)
    rows = [
        [Cell(form(value), plain(value)) for form, value in zip(formats, row, strict=True)]
        for row in frame.head(most).iter_rows()
    ]
    return Shown(heads, rows, cut)


def head(column: Column) -> Head:
    """The heading of a column."""
    words = column.name.replace("_", " ")
    return Head(words, column.meaning, column.type in {"bigint", "double"})


def format_of(column: Column) -> Callable[[Any], str]:
    """How the values of a column are shown."""
    if column.name in SHARES:
        return as_percent
    if column.type == "bigint" and column.name not in UNGROUPED:
        return as_count
    return {"double": as_number, "boolean": as_answer}.get(column.type, as_text)


def as_text(value: object) -> str:
    """A text, cut if it is endless; a date; a year."""
    if value is None:
        return NOTHING
    text = str(value)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def as_count(value: int | None) -> str:
    """A count with its thousands apart."""
    return NOTHING if value is None else f"{value:,}"


def as_number(value: float | None) -> str:
    """A number with at most three decimals."""
    return NOTHING if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")


def as_percent(value: float | None) -> str:
    """A share in percent with one decimal."""
    return NOTHING if value is None else f"{value:.1%}".replace("%", " %")


def as_answer(value: bool | None) -> str:
    """A yes or no."""
    return NOTHING if value is None else "yes" if value else "no"


def plain(value: object) -> str:
    """What a number is sorted by; nothing for a text, which is sorted as it is shown."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number else ""
