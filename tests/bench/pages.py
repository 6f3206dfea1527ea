"""A corpus of made-up listings of any size, the same for the same arguments.

Authors have numbers of papers that fall off as Zipf's law says, co-authors' pages share papers,
and what is awkward about real pages (accents, TeX, tags, dates without a year, abstracts of
several paragraphs, cut pages, other encodings) has about its natural share: of 161 pages of real
papers, 6 % have no regular form, which are small ones with 0.4 % of all entries.

    python tests/bench/pages.py FOLDER --megabytes 50 --listings-per-file 1
"""

from __future__ import annotations

import argparse
import unicodedata
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MEAN_ENTRIES = 46
BYTES_PER_LISTING = 76_000
MOST_PRINTED = 3
CURRENT_YEAR = 2026
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
CATEGORIES = (
    "LG CV CL AI RO ML NE IT HC CR SE stat.ML cs.LG math.OC hep-ph gr-qc quant-ph SY DS NI"
).split()
TAGS = "abbey,brook,cedar,delta,ember,fjord,grove,harbour,inlet,juniper".split(",")
# The words that a text has most of, the most frequent first.
FREQUENT_WORDS = (
    "the of and to a in for that we is on with by are as this from an which our can be it at or "
    "these have has not but their also such more than between into two when its both using where "
    "been they through while over only how other however some each all"
).split()
STARTS = "b br ch d f g h k kr l m n p r s sh st t tr v w z".split()
VOWELS = "a e i o u ai ei".split()
ENDS = "n l r s k m t nd rt".split()
ACCENTED = {"a": "á", "e": "é", "o": "ö", "u": "ü", "n": "ñ", "s": "š"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper; its authors as numbers of persons."""

    authors: tuple[int, ...]
    title: str
    year: int
    month: int
    day: int
    category: str
    tags: str
    code: bool
    abstract: str


class Zipf:
    """Draws 0 … size − 1, the small numbers more often."""

    def __init__(self, size: int, exponent: float, shift: int = 10) -> None:
        self.bounds = list(accumulate((rank + shift) ** -exponent for rank in range(size)))

    def draw(self, random: Random) -> int:
        """One number."""
        return bisect(self.bounds, random.random() * self.bounds[-1])


def word(random: Random, syllables: int) -> str:
    """A made-up word."""
    parts = (random.choice(STARTS) + random.choice(VOWELS) for _ in range(syllables))
    return "".join(parts) + random.choice(ENDS)


def with_accent(random: Random, text: str) -> str:
    """The word with one of its letters accented, if any can be."""
    places = [index for index, letter in enumerate(text) if letter in ACCENTED]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + ACCENTED[text[place]] + text[place + 1 :]


def persons(random: Random, count: int) -> list[str]:
    """Full names; family names fall off as Zipf's law says too."""
    families = [word(random, 2).capitalize() for _ in range(max(200, count // 8))]
    given = [word(random, random.choice((1, 2))).capitalize() for _ in range(max(100, count // 40))]
    family_of = Zipf(len(families), 0.8)
    names: dict[str, None] = {}
    while len(names) < count:
        first, family = random.choice(given), families[family_of.draw(random)]
        kind = random.random()
        if kind < 0.06:
            first = with_accent(random, first)
        elif kind < 0.10:
            family = with_accent(random, family)
        elif kind < 0.22:
            first = f"{first} {random.choice('ABCDEFGHJKLMNPRST')}."
        elif kind < 0.24:
            family = f"{random.choice(('van', 'de', 'von', 'al'))} {family}"
        elif kind < 0.26:
            first = f"{first}-{random.choice(given)}"
        elif kind < 0.265:
            family = f"{family}, Jr."
        elif kind < 0.268:
            first, family = f"The {first}", f"{family} Collaboration"
        names[f"{first} {family}"] = None
    return list(names)


def printed_name(random: Random, name: str) -> str:
    """The name as one page prints it: seldom with an initial for the given name."""
    first, _, rest = name.partition(" ")
    return f"{first[0]}. {rest}" if rest and random.random() < 0.02 else name


class Writer:
    """Makes papers and listings from one seed."""

    def __init__(self, seed: int, listings: int) -> None:
        self.random = Random(seed)  # noqa: S311 -- nothing secret
        rare = (word(self.random, self.random.choice((1, 1, 2, 2, 3))) for _ in range(40_000))
        self.words = [*FREQUENT_WORDS, *rare]
        self.word_of = Zipf(len(self.words), 1.0, shift=2)
        # Few enough to be made quickly, too many for a compressor to find them again.
        self.sentences = [self.sentence() for _ in range(2_000 + 20 * listings)]
        self.names = persons(self.random, 20 * listings)
        self.author_of = Zipf(len(self.names), 0.75)
        self.listings = listings

    def sentence(self) -> str:
        """A sentence of made-up words."""
        return f"{self.some_words(self.random.randint(12, 28)).capitalize()}."

    def some_words(self, count: int) -> str:
        """Words, the frequent ones more often."""
        return " ".join(self.words[self.word_of.draw(self.random)] for _ in range(count))

    def paper(self, owner: int) -> Paper:
        """A paper of a person and of others."""
        random = self.random
        count = 1 + min(int(random.expovariate(0.33)), 60)
        if random.random() < 0.0002:
            count = random.randint(100, 400)
        authors = dict.fromkeys([owner, *(self.author_of.draw(random) for _ in range(count - 1))])
        order = list(authors)
        random.shuffle(order)
        title = " ".join(
            self.words[self.word_of.draw(random)] for _ in range(random.randint(4, 12))
        )
        title = title.title()
        if random.random() < 0.03:
            title = random.choice(("{}: RL$^2$", "{} – Once More", "50\\% of {}")).format(title)
        abstract = " ".join(random.choice(self.sentences) for _ in range(random.randint(7, 13)))
        year = CURRENT_YEAR - min(int(random.expovariate(0.2)), 30)
        return Paper(
            authors=tuple(order),
            title=title,
            year=year,
            month=random.randint(1, 12 if year < CURRENT_YEAR else 6),
            day=random.randint(1, 28),
            category=CATEGORIES[min(int(random.expovariate(0.3)), len(CATEGORIES) - 1)],
            tags=", ".join(random.sample(TAGS, random.choice((1, 1, 2))))
            if random.random() < 0.06
            else "",
            code=random.random() < 0.08,
            abstract=abstract,
        )

    def papers_of_owners(self) -> Iterator[tuple[int, list[Paper]]]:
        """Each owner with the papers of the page; half of them are on a co-author's page too."""
        shared: dict[int, list[Paper]] = {}
        for owner in range(self.listings):
            papers = shared.pop(owner, [])
            wanted = max(1, round(self.random.lognormvariate(0, 0.8) * MEAN_ENTRIES * 0.95))
            while len(papers) < wanted:
                paper = self.paper(owner)
                papers.append(paper)
                for author in paper.authors:
                    if owner < author < self.listings:
                        shared.setdefault(author, []).append(paper)
            yield owner, papers

    def entry(self, paper: Paper) -> str:
        """One entry as a page prints it."""
        random = self.random
        year = "" if paper.year == CURRENT_YEAR else f", {paper.year}"
        head = f"{paper.category}{MONTHS[paper.month - 1]} {paper.day}{year}"
        printed = [printed_name(random, self.names[author]) for author in paper.authors]
        byline = ", ".join(printed[:MOST_PRINTED])
        if len(printed) > MOST_PRINTED and random.random() < 0.98:
            byline += " et al."
        elif len(printed) > MOST_PRINTED:
            byline = ", ".join(printed)
        byline += f" · {paper.tags}" if paper.tags else ""
        abstract = paper.abstract
        awkward = random.random()
        if awkward < 0.00004:
            abstract = abstract.replace(". ", ".\n\n", 1)
        elif awkward < 0.00006:
            abstract = ""
        elif awkward < 0.03:
            abstract = abstract.replace(" ", " – ", 1)
        code = "Code" if paper.code else ""
        return f"{head}{code}\n{paper.title}\n\n{byline}\n\n" + (
            f"{abstract}\n\n" if abstract else ""
        )

    def listing(self, owner: int, papers: Sequence[Paper]) -> str:
        """A page."""
        random = self.random
        papers = sorted(papers, key=lambda paper: (-paper.year, -paper.month, -paper.day))
        declared = len(papers) + (random.random() < 0.002)
        citations = f"{random.randint(1, 200_000):,}" if random.random() > 0.001 else "null"
        noun = "Paper" if declared == 1 else "Papers"
        header = (
            f"{self.names[owner].split(',')[0]}\n\n{random.choice(CATEGORIES[:8])}\n"
            f"h-index{random.randint(1, 120)}\n{declared}papers\n{citations}citations\n"
            f"Novelty{random.randint(20, 80)}%\nAI Score{random.randint(20, 99)}\n\n"
            f"{declared:,} {noun}\n\n"
        )
        return header + "".join(map(self.entry, papers))


def encoded(random: Random, text: str) -> bytes:
    """The page's bytes, seldom as other programs save them."""
    kind = random.random()
    if kind < 0.0006:
        return text.replace("\n", "\r\n").encode()
    if kind < 0.001:
        return b"\xef\xbb\xbf" + text.encode()
    if kind < 0.0014:
        return text.encode("cp1252", "replace")
    if kind < 0.0018:
        return unicodedata.normalize("NFD", text).encode()
    if kind < 0.002:
        return text[: len(text) * 2 // 3].encode()
    return text.encode()


def write_corpus(folder: Path, megabytes: float, listings_per_file: int, seed: int) -> int:
    """Write pages of about so many megabytes below a folder; how many bytes there are."""
    listings = max(1, round(megabytes * 1_000_000 / BYTES_PER_LISTING))
    writer = Writer(seed, listings)
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[bytes] = []
    number = written = 0
    for owner, papers in writer.papers_of_owners():
        text = writer.listing(owner, papers)
        alone = listings_per_file == 1
        pages.append(encoded(writer.random, text) if alone else text.encode())
        if len(pages) == listings_per_file or owner == listings - 1:
            path = folder / f"{number // 1000:03}" / f"page-{number:06}.txt"
            path.parent.mkdir(exist_ok=True)
            written += path.write_bytes(b"".join(pages))
            pages, number = [], number + 1
    return written


def main() -> None:
    """Parse the command line and write the corpus."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--megabytes", type=float, default=50)
    arguments.add_argument("--listings-per-file", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    size = write_corpus(options.folder, options.megabytes, options.listings_per_file, options.seed)
    print(f"{size / 1e6:,.1f} MB in {options.folder}")


if __name__ == "__main__":
    main()
