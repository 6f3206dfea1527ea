"""What comparison needs to know about one name: its words under each way to spell its letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.identity.parts import (
    LONGEST_ABBREVIATION,
    SYLLABIC_FAMILIES,
    VIETNAMESE_FAMILIES,
    NameParts,
    is_particle,
    parse_name,
)
from pipeline.letters import normalized
from pipeline.names import GENERATIONS, fold, suffix_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Names that are compared with each other come soon after each other; more forms in memory take
# longer to be looked through for garbage than to be made again.
FORMS_KEPT = 1 << 10
# How German, the Nordic languages and Serbian write these letters when they have to do without.
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"})


def with_digraphs(text: str) -> str:
    """The text with two letters for each umlaut or ring."""
    if text.isascii():
        return text
    return normalized("NFC", text.casefold()).translate(DIGRAPHS)


class Evidence(StrEnum):
    """Why two printed names could be one person's, the strongest evidence first."""

    SAME = "same"
    SPACING = "hyphen or spacing"
    TRANSLITERATION = "transliteration"
    PARTICLE = "particle"
    SUFFIX = "suffix"
    MIDDLE = "middle name"
    NICKNAME = "nickname"
    DOUBLE_FAMILY = "double family name"
    LEADING = "leading name"
    ORDER = "word order"
    INITIAL = "initial"

    @property
    def strength(self) -> int:
        """The higher, the more the evidence says by itself."""
        return -RANKS[self]

    @property
    def weak(self) -> bool:
        """Whether the evidence needs support from outside the two names."""
        return RANKS[self] >= RANKS[Evidence.NICKNAME]


RANKS = {evidence: rank for rank, evidence in enumerate(Evidence)}


def weakest(evidences: Iterable[Evidence]) -> Evidence:
    """The weakest of some evidence."""
    return max(evidences, key=RANKS.__getitem__)


def strongest(evidences: Iterable[Evidence | None]) -> Evidence | None:
    """The strongest of some evidence, None if there is none."""
    return min(filter(None, evidences), key=RANKS.__getitem__, default=None)


def is_initial(word: str) -> bool:
    """Whether a folded word is one letter; a character of a script without case is a whole word."""
    return len(word) == 1 and word.upper() != word


@dataclass(frozen=True, slots=True)
class Reading:
    """The folded words of a person's name under one way to spell its letters."""

    # Given and middle names, then the family names before the last, `inner` in number.  An
    # abbreviation ("Yu.") keeps its period.
    given: tuple[str, ...]
    inner: int
    family: str
    particles: frozenset[str]
    # Particle and family name in one word, for "Al-Haddad" and "Alhaddad".
    glued_family: str
    # All words as they follow each other, suffixes left out.
    words: tuple[str, ...]

    @property
    def letters(self) -> str:
        """All words as one."""
        return "".join(self.words)

    @property
    def seams(self) -> frozenset[int]:
        """The positions in the letters at which a word ends."""
        return frozenset(accumulate(map(len, self.words)))

    @property
    def is_chinese_or_korean(self) -> bool:
        """Whether the family name is a common Chinese or Korean one."""
        return self.family in SYLLABIC_FAMILIES and self.family not in VIETNAMESE_FAMILIES

    def without_last_family(self) -> Reading | None:
        """The name under the first part of a double family name, if it has one."""
        if not self.inner:
            return None
        prefix = self.glued_family.removesuffix(self.family)
        family = self.given[-self.inner]
        given = self.given[: -self.inner] or (family,)
        return replace(self, given=given, inner=0, family=family, glued_family=prefix + family)

    def given_behind_family(self) -> Iterator[tuple[str, ...]]:
        """The given names where the first word is read as the family name.

        The last word is then either the first given name or the last one.
        """
        first, *others = self.given
        if self.particles or is_initial(first):
            return
        yield (self.family, *others)
        if others:
            yield (*others, self.family)

    def family_first(self) -> Iterator[Reading]:
        """The name with its first word read as the family name."""
        family = self.given[0]
        for given in self.given_behind_family():
            yield replace(self, given=given, inner=0, family=family, glued_family=family)


@dataclass(frozen=True, slots=True)
class Form:
    """What comparison needs to know about one name."""

    folded: str
    collective: bool
    inverted: bool
    generation: str
    suffixes: frozenset[str]
    # As printed, and with digraphs for umlauts where that differs; a collective has none.
    readings: tuple[Reading, ...]


@lru_cache(maxsize=FORMS_KEPT)
def form_of(name: str) -> Form:
    """The form of a printed name."""
    parts = parse_name(name)
    suffixes = frozenset(filter(None, map(suffix_key, parts.suffix.split())))
    return Form(
        folded=fold(name),
        collective=parts.collective,
        inverted=parts.inverted,
        generation=" ".join(sorted(suffixes.intersection(GENERATIONS.values()))),
        suffixes=suffixes,
        readings=tuple(dict.fromkeys(map(reading, spellings(parts)))),
    )


def spellings(parts: NameParts) -> Iterator[NameParts]:
    """A person's name as printed, then with digraphs for umlauts; nothing for other names."""
    if parts.collective or not parts.family:
        return
    yield parts
    given, middle, family = map(with_digraphs, (parts.given, parts.middle, parts.family))
    if (given, middle, family) != (parts.given, parts.middle, parts.family):
        yield replace(parts, given=given, middle=middle, family=family)


def reading(parts: NameParts) -> Reading:
    """The reading of a name's parts."""
    given: list[str] = []
    particles = fold(parts.particle).split()
    glued = "".join(particles)
    for word in (parts.given, *parts.middle.split()):
        if given and is_particle(word, small_only=True):
            particles.append(fold(word))
        else:
            given.extend(given_words(word))
    *inner, family = fold(parts.family).split()
    printed = f"{parts.given} {parts.middle} {parts.particle} {parts.family}"
    return Reading(
        # A single name may be printed twice, or with its initial, where forms ask for two names.
        given=(*given, *inner) or (family,),
        inner=len(inner),
        family=family,
        particles=frozenset(particles),
        glued_family=glued + family,
        words=tuple(fold(printed).split()),
    )


def given_words(word: str) -> list[str]:
    """The folded words of a given name; an abbreviation keeps its period."""
    words = fold(word).split()
    if word.endswith(".") and 1 < len(words[-1]) <= LONGEST_ABBREVIATION:
        words[-1] += "."
    return words
