"""Pages printed again, from nothing but the rows of the parsed tables.

Knows how a page index prints a page and nothing of how pages are read: no code of the parser is
used here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]
Kind = Literal["header", "entry", "undated entry", "reject"]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TABLES = ("listings", "entries", "bylines", "entry_affiliations", "rejects")


class Part(NamedTuple):
    """Lines of a page that one row stands for, the line they start at, and what they are."""

    first_line: int
    kind: Kind
    text: str


def reprint(page: Sequence[Part]) -> str:
    """The page as the index would print it."""
    return "\n\n".join(part.text for part in page) + "\n"


def pages(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Part]]:
    """All that the tables hold of each source file, in the order of its lines."""
    names = grouped(tables["bylines"], "name")
    tags = grouped(tables["entry_affiliations"], "affiliation")
    files = {row["listing"]: row["source_file"] for row in tables["listings"]}
    found: dict[str, list[Part]] = {}
    for row in tables["listings"]:
        part = Part(row["first_line"], "header", header(row))
        found.setdefault(row["source_file"], []).append(part)
    for row in tables["entries"]:
        place = row["listing"], row["entry"]
        kind: Kind = "entry" if row["published"] else "undated entry"
        text = entry(row, names.get(place, []), tags.get(place, []))
        found[files[row["listing"]]].append(Part(row["line"], kind, text))
    for row in tables["rejects"]:
        part = Part(row["first_line"], "reject", row["text"])
        found.setdefault(row["source_file"], []).append(part)
    return {file: sorted(page, key=lambda part: part.first_line) for file, page in found.items()}


def grouped(rows: Iterable[Row], column: str) -> dict[tuple[str, int], list[str]]:
    """The cells of a column, entry by entry."""
    found: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        found.setdefault((row["listing"], row["entry"]), []).append(row[column])
    return found


def header(row: Row) -> str:
    """The header of a listing."""
    values = {
        "{}": row["category"],
        "h-index{}": number(row["h_index"]),
        "{}papers": number(row["declared_papers"]),
        "{}citations": number(row["citations"]),
        "Novelty{}%": number(row["novelty_percent"]),
        "AI Score{}": number(row["ai_score"]),
    }
    statistics = [form.format(value) for form, value in values.items() if value is not None]
    blocks = [row["owner"], "\n".join(statistics)]
    if row["declared_papers"] is not None:
        blocks.append(f"{row['declared_papers']:,} Papers")
    return "\n\n".join(block for block in blocks if block)


def number(value: float | None) -> str | None:
    """A number with its thousands set apart, and as many decimals as it has."""
    if value is None:
        return None
    return f"{int(value):,}" if value == int(value) else f"{Decimal(repr(value)):f}"


def entry(row: Row, names: list[str], tags: list[str]) -> str:
    """An entry; of a date without a year that could be known, not even the day is."""
    day = row["published"]
    printed_day = f"{MONTHS[day.month - 1]} {day.day}" if day else "??? ?"
    year = f", {day.year}" if day and not row["year_inferred"] else ""
    head = f"{row['category'] or ''}{printed_day}{year}{'Code' * row['has_code']}"
    end = " et al." * row["byline_truncated"] + (" · " + ", ".join(tags) if tags else "")
    byline = (", ".join(names) + end).strip() or ","  # something stands there, but no name
    abstract = f"\n\n{row['abstract']}" if row["abstract"] else ""
    return f"{head}\n{row['title']}\n\n{byline}{abstract}"
