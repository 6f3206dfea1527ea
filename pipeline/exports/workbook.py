"""All reports as one Excel workbook, a sheet each, after a list of what they are."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import polars as pl
    from xlsxwriter.worksheet import Worksheet

    from pipeline.tables import Table

MOST_ROWS = 1_048_576  # of a sheet in Excel, the header included
MOST_SIGNS = 32_767  # of a cell, in UTF-16
MOST_NAME = 31  # of a sheet's name
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 -- any day, but always the same
# Nothing in the reports is a formula, a link or a number written as text.
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
WIDTHS = {"varchar": 30, "double": 12}
WIDTH = 10
FIRST_YEAR = 1900  # Excel knows no earlier dates


def write_workbook(path: Path, tables: Iterable[Table], frames: Mapping[str, pl.DataFrame]) -> None:
    """Write a workbook.

    Parameters
    ----------
    path
        Where.
    tables
        The reports in their order.
    frames
        Their rows.
    """
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        contents = book.add_worksheet("contents")
        lines = count()
        contents.set_column(0, 2, WIDTHS["varchar"])
        contents.set_column(3, 3, 2 * WIDTHS["varchar"])
        write_row(contents, next(lines), ("sheet", "rows", "column", "meaning"), bold)
        for table in tables:
            frame = frames[table.name]
            shown = frame.head(MOST_ROWS - 1)
            grain = table.grain
            if len(shown) < len(frame):
                grain += f"; the first {len(shown):,} of {len(frame):,}, all are in the CSV file"
            name = table.name[:MOST_NAME]
            write_row(contents, next(lines), (name, len(shown), None, grain))
            for column in table.columns:
                write_row(contents, next(lines), (name, None, column.name, column.meaning))
            write_sheet(book.add_worksheet(name), table, shown, bold, day)


def write_sheet(sheet: Worksheet, table: Table, frame: pl.DataFrame, bold: Any, day: Any) -> None:
    """Write a report with a header that stays in sight and filters."""
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS.get(column.type, WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(table.columns) - 1)
    write_row(sheet, 0, frame.columns, bold)
    for number, row in enumerate(frame.iter_rows(), start=1):
        write_row(sheet, number, row, day=day)


def write_row(
    sheet: Worksheet, number: int, values: Iterable[Any], look: Any = None, day: Any = None
) -> None:
    """Write one row, every text as text; empty cells stay empty."""
    for place, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(number, place, fitting(value), look)
        elif isinstance(value, bool):
            sheet.write_boolean(number, place, value, look)
        elif isinstance(value, int | float):
            sheet.write_number(number, place, value, look)
        elif value is not None and value.year >= FIRST_YEAR:
            sheet.write_datetime(number, place, value, day)
        elif value is not None:
            sheet.write_string(number, place, value.isoformat(), look)


def fitting(text: str) -> str:
    """A text no longer than a cell can hold."""
    if len(text) * 2 <= MOST_SIGNS:
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= MOST_SIGNS:
        return text
    return units[: 2 * (MOST_SIGNS - 1)].decode("utf-16-le", "ignore") + "…"
