"""Papers as BibTeX and RIS, for reference managers and LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.identity.parts import PARTICLES
from pipeline.names import fold
from pipeline.tex import decode_tex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
MATHEMATICS = re.compile(r"(\$[^$]*\$)")
UNESCAPED = re.compile(r"(?<!\\)([&%#_])")
SPECIAL_IN_NAME = re.compile(r",|[{}]|\band\b", re.IGNORECASE)
CUT = "The printed list of authors is cut (et al.)."


@dataclass(frozen=True, slots=True)
class Paper:
    """What a reference says."""

    paper_id: int
    title: str
    abstract: str
    published: date | None
    category: str | None
    has_code: bool
    truncated: bool
    authors: Sequence[tuple[str, str]]  # name and kind: person or collective
    owners: Sequence[str]


def one_line(text: str) -> str:
    """A text without line ends and control characters."""
    return " ".join(CONTROL.sub(" ", text).split())


def notes(paper: Paper) -> list[str]:
    """What has no field of its own."""
    found = [CUT] if paper.truncated else []
    if paper.has_code:
        found.append("Code available.")
    if paper.owners:
        found.append(f"On the page of {', '.join(paper.owners)}.")
    return [one_line(note) for note in found]


# --- BibTeX ----------------------------------------------------------------------------------


def bibtex(papers: Iterable[Paper]) -> Iterator[str]:
    """The lines of a BibTeX file in UTF-8; TeX that pages print stays TeX."""
    for paper in papers:
        yield f"@misc{{{bibtex_key(paper)},"
        for name, value in bibtex_fields(paper):
            yield f"  {name} = {value},"
        yield "}"
        yield ""


def bibtex_key(paper: Paper) -> str:
    """Family name and year to recognise it by, and the paper's number, which makes it unique."""
    words = fold(paper.authors[0][0]).split() if paper.authors else []
    family = "".join(sign for sign in "".join(words[-1:]) if sign.isascii() and sign.isalnum())
    year = paper.published.year if paper.published else ""
    return f"{family or 'paper'}{year}-{paper.paper_id}"


def bibtex_fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """The fields that there are, each with its value in braces."""
    yield "title", f"{{{{{tex(paper.title)}}}}}"  # the second pair keeps capitals
    names = [bibtex_name(name, kind) for name, kind in paper.authors]
    if names:
        cut = ["others"] if paper.truncated else []
        yield "author", f"{{{' and '.join([*names, *cut])}}}"
    if paper.published:
        yield "year", f"{{{paper.published.year}}}"
        yield "month", MONTHS[paper.published.month - 1]
        yield "day", f"{{{paper.published.day}}}"
    if paper.category:
        yield "keywords", f"{{{tex(paper.category)}}}"
    if paper.abstract:
        yield "abstract", f"{{{tex(paper.abstract)}}}"
    if text := " ".join(notes(paper)):
        yield "note", f"{{{tex(text)}}}"


def bibtex_name(name: str, kind: str) -> str:
    """A name; in braces if BibTeX would take it apart in the wrong place."""
    whole = kind == "collective" or bool(SPECIAL_IN_NAME.search(name)) or name == "others"
    return f"{{{tex(name)}}}" if whole else tex(name)


def tex(text: str) -> str:
    """A text as BibTeX takes it: braces in pairs, and signs escaped that would stop LaTeX."""
    text = one_line(text).rstrip("\\")
    if not has_paired_braces(text):
        text = text.replace("{", "(").replace("}", ")")
    parts = MATHEMATICS.split(text)
    parts[::2] = [UNESCAPED.sub(r"\\\1", part) for part in parts[::2]]
    return "".join(parts)


def has_paired_braces(text: str) -> bool:
    """Whether each brace has its partner; BibTeX counts escaped ones too."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0 and not re.search(r"\\[{}]", text)


# --- RIS -------------------------------------------------------------------------------------


def ris(papers: Iterable[Paper]) -> Iterator[str]:
    """The lines of a RIS file, TeX accents resolved."""
    for paper in papers:
        for tag, value in ris_fields(paper):
            yield f"{tag}  - {value}"
        yield "ER  - "
        yield ""


def ris_fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Tags and values of one reference."""
    yield "TY", "GEN"
    yield "ID", str(paper.paper_id)
    yield "TI", one_line(decode_tex(paper.title)) or one_line(paper.title)
    for name, kind in paper.authors:
        yield "AU", one_line(name if kind == "collective" else inverted(name))
    if paper.published:
        yield "PY", f"{paper.published.year:04}"
        yield "DA", f"{paper.published:%Y/%m/%d/}"
    if paper.category:
        yield "KW", one_line(paper.category)
    if paper.abstract:
        yield "AB", one_line(decode_tex(paper.abstract))
    for note in notes(paper):
        yield "N1", note


def inverted(name: str) -> str:
    """A person's name as "van Roe, Jan"; of one word or with a comma, as it is."""
    words = name.split()
    if "," in name or len(words) < 2:  # noqa: PLR2004 -- given and family name
        return name
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"
