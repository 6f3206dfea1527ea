"""A corpus of made-up pages of any size, the same for the same seed.

Holds what queries stumble over: one paper on several pages and in two versions, cut lists, several
spellings of a person, namesakes by initial, collectives, scripts, tags, dates without a year.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

GIVEN = (
    "Jane|John|Ann|Bo|Al|Bob|Robert|Zoë|Jäne|Wei|Li|Maria|Mária|P\\'al|Jean-Luc|Олег|伟|Mary Ann"
).split("|")
FAMILY_STARTS = "Ro Po Do Ze Bra Kle Mu Sté O'Na De La Van Yu Ö Łu Иван 王".split()
FAMILY_ENDS = "e ed bel dini mann ski ov ø ез en".split()
WORDS = (
    "examples made-up learning nothing dates 2019 2020 graphs $\\alpha$-stable models of in and on "
    "données über гипотезы 深度学习 α networks large small theory 50\\% noise"
).split()
CATEGORIES = "LG CL AI CR SC GR cs.LG stat.ML math.OC hep-ph quant-ph".split()
TAGS = ("example", "abbey", "made-up lab", "ünïversity")
COLLECTIVES = ("The Example Team", "IsoMade, Inc.")
FIRST_DAY, DAYS = date(2009, 1, 1), 6200


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; its pages print it alike but for spellings."""

    title: str
    published: date
    authors: list[str]
    category: str
    code: str
    tags: str


def made_pages(pages: int, seed: int = 1) -> dict[str, str]:
    """Texts of pages by their file names."""
    chance = random.Random(seed)  # noqa: S311 -- the same pages each time, nothing to keep secret
    people = sorted({made_name(chance) for _ in range(3 * pages)})
    chance.shuffle(people)
    papers = [made_paper(chance, people) for _ in range(6 * pages)]
    papers += [near_copy(chance, paper) for paper in papers[::12]]
    return {
        f"{'more/' if number % 3 else ''}{number}.txt": made_page(chance, owner, papers)
        for number, owner in enumerate(people[:pages])
    }


def made_name(chance: random.Random) -> str:
    family = chance.choice(FAMILY_STARTS) + chance.choice(FAMILY_ENDS)
    middle = f"{chance.choice('ABC')}. " if chance.random() < 0.2 else ""
    return f"{chance.choice(GIVEN)} {middle}{family}"


def spelled(chance: random.Random, name: str) -> str:
    """A name as one page or another prints it."""
    given, _, family = name.partition(" ")
    if chance.random() < 0.1:
        return f"{given[0]}. {family}"
    return name.upper() if chance.random() < 0.02 else name


def made_paper(chance: random.Random, people: list[str]) -> Paper:
    # Squared, so that a few people write much and most write little.
    count = min(1 + int(chance.expovariate(0.4)), 12)
    authors = dict.fromkeys(people[int(len(people) * chance.random() ** 2)] for _ in range(count))
    if chance.random() < 0.05:
        authors[chance.choice(COLLECTIVES)] = None
    return Paper(
        " ".join(chance.choices(WORDS, k=chance.randint(2, 9))).capitalize(),
        FIRST_DAY + timedelta(int(DAYS * chance.random() ** 0.5)),
        list(authors),
        chance.choice(CATEGORIES),
        chance.choice(("", "", "", "Code")),
        " · " + ", ".join(chance.sample(TAGS, k=2)) if chance.random() < 0.2 else "",
    )


def near_copy(chance: random.Random, paper: Paper) -> Paper:
    """A later version: another letter in the title, another day, or both."""
    title = paper.title + chance.choice(("", "s", " 2", "ы"))
    later = paper.published + timedelta(chance.choice((0, 30, 1000)))
    return Paper(title, later, paper.authors, paper.category, paper.code, paper.tags)


def made_page(chance: random.Random, owner: str, papers: list[Paper]) -> str:
    own = [paper for paper in papers if owner in paper.authors][:40] or [papers[0]]
    header = f"{owner}\n\n{chance.choice(CATEGORIES)}\nh-index{chance.randint(1, 90)}\n"
    blocks = [f"{header}\n{len(own)} Papers\n"]
    blocks += [made_entry(chance, paper) for paper in own]
    return "\n".join(blocks)


def made_entry(chance: random.Random, paper: Paper) -> str:
    day = f"{paper.published:%b} {paper.published.day}"
    if chance.random() < 0.97:
        day += f", {paper.published.year}"
    printed = [spelled(chance, name) for name in paper.authors[:3]]
    more = " et al." if len(paper.authors) > len(printed) else ""
    byline = ", ".join(printed) + more + paper.tags
    return f"{paper.category}{day}{paper.code}\n{paper.title}\n\n{byline}\n\nAn abstract.\n"
