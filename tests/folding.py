r"""Whether a page and what `reprint` prints from its tables are the same text.

A page is cut where the tables say that a header, an entry or a reject starts, and each part is
compared with its print, so no line can get lost between two parts, or stand in both. What counts:

* Rejects, owners, titles and abstracts letter by letter. Blanks at the ends of a line, and how many
  blank lines follow each other, do not count.
* Bytes once they are text: encodings, line ends, odd blanks and composed letters are what
  `pipeline.sources.decode` makes of them, which has tests of its own; binary files are escaped.

The tables do not hold these, so they are folded away, from the page and from the print alike:

* of a header: the order of its lines, how a number is written ("141,660", "12.5k"), labels without
  a value, and all values of a label but the last;
* of a head line: how month and day are written ("Sept. 03"), badges other than Code, and month and
  day where no year is known;
* of a byline: runs of blanks, commas with nothing between them, how "et al." is written, tags
  printed twice; where there is TeX, all but letters, digits and what stands between commas or dots.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reprint import MONTHS

from pipeline.letters import normalized
from pipeline.sources import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reprint import Kind, Part

Folded = tuple[object, ...]


def assert_nothing_lost(data: bytes, printed: Sequence[Part]) -> None:
    """The tables print the page: each of its lines where it stood, and no other."""
    text = decode(data)
    if "\0" in text:
        text = data.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
    read = cut(text, printed)
    assert not read[0].strip(), f"printed by no table: {read[0]!r}"
    for part, lines in zip(printed, read[1:], strict=True):
        found, expected = folded(part.kind, part.text, lines), folded(part.kind, lines, lines)
        assert found == expected, f"line {part.first_line}: {part.text!r} is not {lines!r}"


def cut(text: str, printed: Sequence[Part]) -> list[str]:
    """The lines above the first part, and then those of each part.

    The lines of a reject are known; any other line belongs to the last part above it that is none.
    """
    found: list[list[str]] = [[] for _ in range(len(printed) + 1)]
    owners = {part.first_line: place for place, part in enumerate(printed, start=1)}
    owner = rejected = 0
    last_rejected = 0
    for number, line in enumerate(text.split("\n"), start=1):
        place = owners.get(number)
        if place and printed[place - 1].kind == "reject":
            rejected = place
            last_rejected = number + printed[place - 1].text.count("\n")
        elif place:
            owner = place
        found[rejected if number <= last_rejected else owner].append(line)
    return ["\n".join(lines) for lines in found]


def folded(kind: Kind, text: str, read: str) -> Folded:
    """What counts of a part; `read` is how it stands on the page."""
    if kind == "reject":
        return (text.rstrip(),)
    if kind == "header":
        return fold_header(blocks(text))
    return fold_entry(blocks(text), blocks(read), is_dated=kind == "entry")


def blocks(text: str) -> list[list[str]]:
    """Runs of lines that are not blank, without blanks at their ends."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


# --- headers ---------------------------------------------------------------------------------

LABELS = {
    "h-index": re.compile(r"h-index\s*:?\s*(.*?)\s*%?"),
    "novelty": re.compile(r"Novelty\s*:?\s*(.*?)\s*%?"),
    "ai score": re.compile(r"AI Score\s*:?\s*(.*?)\s*%?"),
    "papers": re.compile(r"(.*?)\s*papers?"),
    "citations": re.compile(r"(.*?)\s*citations?"),
}
LIST_TITLE = re.compile(r"(.*?)\s+Papers?")
WHOLE_NUMBERS = {"h-index", "papers", "citations"}
NUMBER = re.compile(r"[\d.,' ]*[km]?", re.IGNORECASE)
NO_VALUE = set("null none nan undefined n/a na - – — ?".split())
CATEGORY = re.compile(r"[A-Za-z]+(-[A-Za-z]+)*(\.[A-Za-z]+(-[A-Za-z]+)*)?")
LONGEST_LINE = 120  # a longer one is text
FACTORS = {"k": 1_000, "m": 1_000_000}
TOO_LARGE = 2**62


def fold_header(printed: list[list[str]]) -> Folded:
    """Owner, category and the values by their labels, and paragraphs that do not belong here."""
    (owner, *below), *others = printed or [[""]]
    category = None
    values: dict[str, float | None] = {}
    strange: list[list[str]] = []
    for block in [below, *others]:
        found = [labelled(line) for line in block]
        above = 0
        while above < len(block) and not found[above] and is_category(block[above]):
            above += 1
        title = labelled(block[0], LIST_TITLE) if len(block) == 1 and block is not below else None
        if title and title[1] is not None:
            values["papers"] = title[1]
        values.update(label for label in found if label)
        if not title and not all(found[above:]):
            strange.append(block)
        category = category_of(block[:above], category)
    known = sorted((label, value) for label, value in values.items() if value is not None)
    return owner, category, known, strange


def is_category(line: str) -> bool:
    return len(line) <= LONGEST_LINE and CATEGORY.fullmatch(line) is not None


def category_of(lines: list[str], former: str | None) -> str | None:
    """The last of the categories, or the one from further above."""
    if not lines:
        return former
    return None if lines[-1].casefold() == "null" else lines[-1]


def labelled(line: str, title: re.Pattern[str] | None = None) -> tuple[str, float | None] | None:
    """Label and value of a statistic, or of "N Papers"; the value is None if there is none."""
    for label, pattern in {"papers": title}.items() if title else LABELS.items():
        match = pattern.fullmatch(line) if pattern and len(line) <= LONGEST_LINE else None
        if match and (match[1].lower() in NO_VALUE or NUMBER.fullmatch(match[1])):
            return label, value_of(match[1], is_whole=label in WHOLE_NUMBERS)
    return None


def value_of(text: str, *, is_whole: bool) -> float | None:
    """A number as it is meant."""
    digits = text.strip().lower()
    if is_whole and re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    factor = FACTORS.get(digits[-1:], 1)
    digits = digits.rstrip("km") if factor > 1 else digits
    if re.fullmatch(r"\d{1,3}([,' ]\d{3})+(\.\d+)?", digits):
        digits = re.sub("[,' ]", "", digits)
    try:
        value = float(digits.replace(",", ".")) * factor
    except ValueError:
        return None
    if not value < TOO_LARGE:
        return None
    return round(value) if is_whole else value


# --- entries ---------------------------------------------------------------------------------

HEAD = re.compile(
    rf"([A-Za-z.-]*?)({'|'.join(MONTHS)}|\?\?\?)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.? +(\d{1,2}|\?)(?:, ?(\d{4}))?(.*)"
)
ET_AL = re.compile(r"(?:^|[ ,;])et\.? ?al\.? ?,?$", re.IGNORECASE)
TAGS = re.compile(r"(?:^| |(?<=[.,，]))·(?: |$)")


def fold_entry(printed: list[list[str]], read: list[list[str]], *, is_dated: bool) -> Folded:
    """Head, title, names and paragraphs of an entry."""
    if len(printed) < 2 or len(printed[0]) != 2 or len(printed[1]) != 1:
        return (printed,)
    (head, title), (byline,), *abstract = printed
    has_tex = len(read) > 1 and re.search(r"[\\{}~]", read[1][0]) is not None
    names = fold_tex(byline) if has_tex else fold_byline(" ".join(byline.split()))
    return fold_head(head, is_dated=is_dated), title, names, abstract


def fold_head(line: str, *, is_dated: bool) -> Folded:
    """Category, date as far as it is printed, and whether there is code."""
    match = HEAD.fullmatch(line)
    if not match:
        return (line,)
    category, month, day, year, badges = match.groups()
    has_code = "code" in badges.casefold()
    return (category, month, int(day), year, has_code) if is_dated else (category, year, has_code)


def fold_byline(line: str) -> Folded:
    """Names, whether they are cut, and tags."""
    names, *tags = TAGS.split(line)
    names = names.rstrip(" ,，·")
    cut_off = ET_AL.search(names)
    tags = [tag.strip("· ") for group in tags for tag in group.split(",")]
    names = ET_AL.sub("", names)
    return tuple(between_commas(names)), cut_off is not None, set(filter(None, tags))


def between_commas(text: str) -> list[str]:
    return [name.strip() for name in re.split("[,，]", text) if name.strip("· ")]


# --- TeX -------------------------------------------------------------------------------------

TEX_LETTERS = dict(
    letter.split(":")
    for letter in (
        "aa:a AA:A ae:ae AE:AE oe:oe OE:OE o:o O:O l:l L:L ss:ss i:i j:j dh:d DH:D dj:d DJ:D ng:ng"
        " NG:NG th:th TH:TH"
    ).split()
)
PLAIN_LETTERS = str.maketrans(
    dict(
        letter.split(":")
        for letter in (
            "æ:ae Æ:AE œ:oe Œ:OE ø:o Ø:O ł:l Ł:L ß:ss ı:i ȷ:j ð:d Ð:D đ:d Đ:D ŋ:ng Ŋ:NG þ:th Þ:TH"
            " ，:,"
        ).split()
    )
)


def fold_tex(line: str) -> Folded:
    """The letters and digits of the names, and of the tags."""
    line = re.sub(r"\\[\\ ,;:!]", " ", line)
    line = re.sub(r"\\([A-Za-z]+)", lambda match: TEX_LETTERS.get(match[1], ""), line)
    line = normalized("NFD", line).translate(PLAIN_LETTERS)
    kept = "".join(sign for sign in line if unicodedata.category(sign)[0] in "LN" or sign in ",·")
    pieces = [
        re.sub("(etal)+$", "", piece, flags=re.IGNORECASE) for piece in re.split("[,·]", kept)
    ]
    return list(dict.fromkeys(filter(None, pieces))), "etal" in kept.casefold()
