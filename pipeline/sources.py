"""The raw folder: which files are pages, when they were taken, and their text.

Uses the standard library alone, since `pipeline/manifest.py` runs before anything is installed.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.console import visible
from pipeline.errors import InputError, reason
from pipeline.letters import normalized

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_SUFFIX = ".txt"
AS_OF_FILE = "as_of.csv"
AS_OF_COLUMNS = ["file", "as_of"]
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
UTF16_SAMPLE = 4096
MANY_TIMES = 4
FEWEST_BYTES_TO_JUDGE = 4  # two letters

# Blanks other than the plain one, and marks of no width that editors and copying leave behind.
PLAIN_BLANKS = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"), " "
)
PLAIN_BLANKS |= dict.fromkeys(map(ord, "\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"), " ")
PLAIN_BLANKS |= dict.fromkeys(map(ord, "\ufeff\u200b\u2060"), "")
# Marks of writing direction, which copying from a page with names of both directions brings.
DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PLAIN_BLANKS |= dict.fromkeys(map(ord, DIRECTIONS), "")
OTHER_BLANK = re.compile(f"[{''.join(map(chr, PLAIN_BLANKS))}]")


def find_files(raw: Path) -> tuple[list[str], list[str]]:
    """Paths of the pages below a folder, and of the files that are none.

    Both sorted, relative to the folder and with "/" between folders. Hidden files and folders
    are left out of both, `as_of.csv` too. A link that leads out of the folder is no page: who
    made the folder could have any file of the machine read and printed. A pipe, a device or the
    like is none either.

    Raises
    ------
    InputError
        If there is no such folder or it can't be read.
    """
    pages, others = [], []
    for path, is_to_read in walk(raw, ""):
        if path.endswith(PAGE_SUFFIX) and is_to_read:
            pages.append(path)
        elif path != AS_OF_FILE or not is_to_read:
            others.append(path)
    return sorted(pages), sorted(others)


def walk(raw: Path, folder: str) -> list[tuple[str, bool]]:
    """Visible files at any depth, each with whether it may be read; see `find_files`.

    Links to folders below `raw` are not followed.
    """
    try:
        with os.scandir(raw / folder) as scan:
            entries = [entry for entry in scan if not entry.name.startswith(".")]
    except OSError as error:
        raise InputError(
            f"{raw / folder}: {reason(error)}; RAW must be a readable "
            "folder with saved listings (*.txt)"
        ) from error
    found: list[tuple[str, bool]] = []
    for entry in entries:
        path = f"{folder}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            found += walk(raw, f"{path}/")
        elif not entry.is_symlink():
            found.append((path, entry.is_file()))
        elif leads_outside(raw, path):
            found.append((path, False))
        elif not os.path.isdir(entry.path):  # noqa: PTH112 -- an entry has no Path
            found.append((path, not is_special(raw / path)))
    return found


def leads_outside(raw: Path, path: str) -> bool:
    """Whether a path below a folder is a link out of it."""
    link = raw / path
    return link.is_symlink() and not Path(os.path.realpath(link)).is_relative_to(raw.resolve())


def is_special(path: Path) -> bool:
    """Whether it is there but no file to read to its end: a pipe, a device."""
    return path.exists() and not path.is_file()


def printable(path: str) -> str:
    """A path as text on one line, where the file system holds bytes that are none."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return visible(text).replace("\n", "\\n")


def listed_name(path: str) -> str:
    """A path as `as_of.csv` would list it: composed letters, plain blanks."""
    return normalized("NFC", printable(path.translate(PLAIN_BLANKS)))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say of a file that can't be read what to do.

    Raises
    ------
    InputError
        If it can't be read; leaving it out would silently change the figures.
    """
    try:
        yield
    except OSError as error:
        advice = "make it readable or move it out of the folder"
        if isinstance(error, FileNotFoundError) and not path.is_symlink():
            advice = "it was there when the run began: put it back, or run make again without it"
        raise InputError(f"{path}: {reason(error)}; {advice}") from error


def read_bytes(path: Path, start: int = 0, end: int | None = None) -> bytes:
    """The file's bytes from one position to another.

    Raises
    ------
    InputError
        If it can't be read.
    """
    with readable(path), path.open("rb") as file:
        file.seek(start)
        return file.read(-1 if end is None else end - start)


# --- the day a page was taken ----------------------------------------------------------------


def parse_as_of(text: str, where: str) -> date:
    """An ISO date.

    Raises
    ------
    InputError
        If it is none, naming where it was found.
    """
    message = (
        f"{where}: {printable(text)!r} is not a date; expected the day that the page was taken as "
        "YYYY-MM-DD, such as 2026-07-02"
    )
    if not ISO_DATE.fullmatch(text.strip()):
        raise InputError(message)
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(message) from error


def read_as_of(raw: Path) -> dict[str, date]:
    """The optional `as_of.csv` of the raw folder: page → day on which it was taken.

    Raises
    ------
    InputError
        If a line is not of the form file,as_of, or gives a file a second day.
    """
    path = raw / AS_OF_FILE
    if not path.is_file() or leads_outside(raw, AS_OF_FILE):
        return {}
    days: dict[str, date] = {}
    for number, (page, day) in read_cells(path, AS_OF_COLUMNS):
        if page in days:
            raise InputError(f"{path}:{number}: {page!r} has a day already; keep one line")
        days[page] = parse_as_of(day, f"{path}:{number}")
    return days


def read_cells(
    path: Path, columns: list[str], optional: str | None = None
) -> list[tuple[int, list[str]]]:
    """Line number and cells of each row of a CSV file that is not blank, after the header.

    Parameters
    ----------
    path
        The file.
    columns
        Its columns.
    optional
        A column that the file may lack; its cells are empty then.

    Raises
    ------
    InputError
        If the header is another one, a row has another number of cells, or a quote stays open.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such file; expected the columns {','.join(columns)}")
    reader = csv.reader(io.StringIO(decode(read_bytes(path)), newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    first_line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) or first_line == 1:
                found.append((first_line, cells))
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}:{first_line}: {error}; is a quote left open?") from error
    header = found.pop(0)[1] if found else []
    lacking = columns.index(optional) if optional and optional not in header else None
    expected = [column for index, column in enumerate(columns) if index != lacking]
    if header != expected:
        raise InputError(f"{path}:1: found {','.join(header)!r}, expected {','.join(columns)!r}")
    for number, cells in found:
        if len(cells) != len(expected):
            raise InputError(
                f"{path}:{number}: found {len(cells)} cells, expected {len(expected)} "
                f"({','.join(expected)}); put quotes around a cell with a comma"
            )
        if lacking is not None:
            cells.insert(lacking, "")
    return found


# --- bytes to text ---------------------------------------------------------------------------


def decode(data: bytes) -> str:
    r"""Text of a page: NFC, lines ended by ``\n``, plain blanks, no byte order mark.

    UTF-8, UTF-16 with or without its mark, and single bytes of Windows-1252 among UTF-8.
    """
    text = data.decode(encoding_of(data), errors="windows-1252")
    # A line end that was converted twice comes first.
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text.replace("\t", " ")
    return plain_text(text)


def with_newlines(data: bytes) -> bytes:
    r"""UTF-8 text with lines ended by ``\n``, as `decode` gives them."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def plain_text(text: str) -> str:
    """The text in NFC, with plain blanks and without marks of no width."""
    # To search for them is many times quicker than to translate.
    plain = text.translate(PLAIN_BLANKS) if OTHER_BLANK.search(text) else text
    return normalized("NFC", plain)


def encoding_of(data: bytes) -> str:
    """The encoding that a byte order mark, or zero bytes at every other place, shows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:UTF16_SAMPLE]
    if len(sample) < FEWEST_BYTES_TO_JUDGE:
        return "utf-8"
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Text of most scripts has many letters whose high byte is zero and few whose low byte is.
    if odd > 0.4 * len(sample[1::2]) and odd > MANY_TIMES * even:
        return "utf-16-le"
    if even > 0.4 * len(sample[::2]) and even > MANY_TIMES * odd:
        return "utf-16-be"
    return "utf-8"


def is_binary(text: str) -> bool:
    """Whether decoded text holds zero characters, which no page does."""
    return "\0" in text


def is_valid(data: bytes) -> bool:
    """Whether the bytes are what their encoding says, so that nothing had to be guessed."""
    try:
        data.decode(encoding_of(data))
    except UnicodeDecodeError:
        return False
    return True


def windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the bytes that are no UTF-8, read as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    if error.encoding.startswith("utf-16"):
        return "\ufffd", error.end
    return wrong.decode("cp1252", errors="replace"), error.end


# The codecs machinery finds error handlers only by a registered name.
codecs.register_error("windows-1252", windows_1252)
