"""Letters and their marks in one of Unicode's normal forms. Pure; standard library alone."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

# More marks on one letter are no writing, and to sort n of them takes n² steps.
MOST_MARKS = 30
SHORT_LINE = 4_000  # where there is no room for so many that they need be looked for
MANY_MARKS = re.compile(rf"([^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}})")


def normalized(form: Form, text: str) -> str:
    """The text in a normal form; of endless marks in a long line, some are sorted at a time."""
    lines = text.split("\n")
    if max(map(len, lines)) < SHORT_LINE:
        return unicodedata.normalize(form, text)
    return "\n".join(normalized_line(form, line) for line in lines)


def normalized_line(form: Form, line: str) -> str:
    """One line in a normal form."""
    if len(line) < SHORT_LINE or not MANY_MARKS.search(line):
        return unicodedata.normalize(form, line)
    parts = MANY_MARKS.split(line)  # what stands between, and runs of marks, by turns
    found: list[str] = []
    for between, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
        found.append(unicodedata.normalize(form, between + marks[:MOST_MARKS]))
        found += (
            unicodedata.normalize(form, marks[start : start + MOST_MARKS])
            for start in range(MOST_MARKS, len(marks), MOST_MARKS)
        )
    return "".join(found)
