"""Whether two printed names could be one person's, and which names are worth comparing."""

from __future__ import annotations

from itertools import chain, product, repeat
from typing import TYPE_CHECKING, TypeAlias

from pipeline.identity.given import embed, embed_behind_first, is_syllable
from pipeline.identity.nicknames import full_names
from pipeline.identity.readings import (
    Evidence,
    Form,
    Reading,
    form_of,
    is_initial,
    strongest,
    weakest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def compare(name_a: str, name_b: str) -> Evidence | None:
    """Return the evidence that two printed names could be one person's, or None.

    Where several kinds of evidence are needed together, the weakest is returned.  Family names
    must agree; given names, middle names or initials, and suffixes that contradict each other
    rule a pair out.  The order of the two names does not matter.
    """
    form_a, form_b = form_of(name_a), form_of(name_b)
    if not (form_a.folded.strip() and form_b.folded.strip()):
        return None
    if form_a.folded == form_b.folded:
        return Evidence.SAME
    if form_a.collective or form_b.collective:
        return compare_collectives(form_a, form_b)
    if form_a.generation and form_b.generation and form_a.generation != form_b.generation:
        return None
    found = strongest(evidence_in_words(form_a, form_b))
    return found and weakest((found, *evidence_beside_words(form_a, form_b)))


def compare_collectives(form_a: Form, form_b: Form) -> Evidence | None:
    """Whether two collectives differ only in spacing or in their article."""
    if not (form_a.collective and form_b.collective):
        return None
    key_a, key_b = map(collective_key, (form_a.folded, form_b.folded))
    return Evidence.SPACING if key_a == key_b else None


def collective_key(folded: str) -> str:
    """A collective's name without its article and blanks."""
    return folded.removeprefix("the ").replace(" ", "")


def evidence_beside_words(form_a: Form, form_b: Form) -> Iterator[Evidence]:
    """What was ignored outside the words: spacing, suffixes, the order of the parts."""
    # The folded names differ, so something was ignored, if only the spacing.
    yield Evidence.SPACING
    if form_a.suffixes != form_b.suffixes:
        yield Evidence.SUFFIX
    if form_a.inverted != form_b.inverted:
        yield Evidence.ORDER


def evidence_in_words(form_a: Form, form_b: Form) -> Iterator[Evidence]:
    """The evidence under each pair of spellings of the two names."""
    as_printed = form_a.readings[:1] + form_b.readings[:1]
    for readings in product(form_a.readings, form_b.readings):
        evidence = compare_readings(*readings)
        if evidence and readings != as_printed:
            yield weakest((evidence, Evidence.TRANSLITERATION))
        elif evidence:
            yield evidence


def compare_readings(reading_a: Reading, reading_b: Reading) -> Evidence | None:
    """The evidence in the words of two names, taken in order first and then otherwise."""
    return (
        compare_in_order(reading_a, reading_b)
        or compare_joined(reading_a, reading_b)
        or compare_reordered(reading_a, reading_b)
        or compare_double_family(reading_a, reading_b)
    )


def compare_in_order(reading_a: Reading, reading_b: Reading) -> Evidence | None:
    """The evidence if family names agree and one name embeds the other."""
    family = compare_families(reading_a, reading_b)
    if family is None:
        return None
    given = strongest(
        find(part, whole)
        for part, whole in ((reading_a, reading_b), (reading_b, reading_a))
        for find in (embed, embed_behind_first)
    )
    return given and weakest((family, given))


def compare_families(reading_a: Reading, reading_b: Reading) -> Evidence | None:
    """The evidence that two family names, with their particles, are one."""
    if reading_a.family != reading_b.family:
        glued = reading_a.glued_family == reading_b.glued_family
        return Evidence.SPACING if glued else None
    particles_a, particles_b = reading_a.particles, reading_b.particles
    if particles_a == particles_b:
        return Evidence.SAME
    return Evidence.PARTICLE if particles_a <= particles_b or particles_a >= particles_b else None


def compare_joined(reading_a: Reading, reading_b: Reading) -> Evidence | None:
    """Whether the names differ only in that one parts words which the other joins."""
    if reading_a.letters != reading_b.letters:
        return None
    seams_a, seams_b = reading_a.seams, reading_b.seams
    return Evidence.SPACING if seams_a <= seams_b or seams_a >= seams_b else None


def compare_reordered(reading_a: Reading, reading_b: Reading) -> Evidence | None:
    """Whether the names agree once one of them is read in another order."""
    if is_shuffled(reading_a, reading_b) or is_turned(reading_a, reading_b):
        return Evidence.ORDER
    # Together with an initial or a nickname, another order would join too many names: "J. Kim"
    # is hardly "Kim Jones".
    certain = any(
        evidence and not evidence.weak
        for turned, other in ((reading_a, reading_b), (reading_b, reading_a))
        if turned.given[0] in (other.family, other.glued_family)
        for evidence in map(compare_in_order, turned.family_first(), repeat(other))
    )
    return Evidence.ORDER if certain else None


def is_shuffled(reading_a: Reading, reading_b: Reading) -> bool:
    """Whether two names have the same words in another order that may be one person's."""
    if sorted(reading_a.words) != sorted(reading_b.words):
        return False
    if reading_a.family != reading_b.family:
        return True
    # Before one family name, initials or syllables in another order are another given name.
    initials_a, initials_b = (
        [word for word in reading.given if is_initial(word)] for reading in (reading_a, reading_b)
    )
    syllabic = reading_a.is_chinese_or_korean and all(map(is_syllable, reading_a.given))
    return initials_a == initials_b and not syllabic


def is_turned(reading_a: Reading, reading_b: Reading) -> bool:
    """Whether moving words from one end to the other makes one name of the other's letters."""
    letters_a, letters_b, seams_b = reading_a.letters, reading_b.letters, reading_b.seams
    if len(letters_a) != len(letters_b):
        return False
    return any(
        letters_a[turn:] + letters_a[:turn] == letters_b and len(letters_a) - turn in seams_b
        for turn in reading_a.seams
    )


def compare_double_family(reading_a: Reading, reading_b: Reading) -> Evidence | None:
    """The evidence if one of them drops a part of a double family name."""
    evidence = strongest(
        compare_in_order(shortened, other)
        for shortened, other in (
            (reading_a.without_last_family(), reading_b),
            (reading_b.without_last_family(), reading_a),
        )
        if shortened
    )
    return evidence and weakest((evidence, Evidence.DOUBLE_FAMILY))


# --- candidates for comparison ---------------------------------------------------------------


# A block and a start; two keys meet if their block is the same and the start of one begins with the
# other's. No class, since plain pairs are quicker to send and to keep by the million.
Key: TypeAlias = tuple[str, str]


def blocking_keys(name: str) -> frozenset[Key]:
    """Return a few keys of a name, by which `compare` need not see every pair of names.

    Two names that it can match, and whose folded forms differ, have keys that meet.
    """
    form = form_of(name)
    if form.collective:
        return frozenset([(f"collective {collective_key(form.folded)}", "")])
    return frozenset(chain.from_iterable(map(reading_keys, form.readings)))


def reading_keys(reading: Reading) -> Iterator[Key]:
    """Keys of one reading of a person's name."""
    # Names in another order or spacing have the same letters.
    yield f"letters {''.join(sorted(reading.letters))}", ""
    for variant in (reading, reading.without_last_family()):
        if variant:
            for family in {variant.family, variant.glued_family}:
                for given in given_starts(variant):
                    yield family, given
    for turned in reading.given_behind_family():
        yield reading.given[0], turned[0]


def given_starts(reading: Reading) -> set[str]:
    """The words with which the given names may start: full ones, initials or short forms."""
    first = reading.given[0].rstrip(".")
    # The second given name is there for those who drop the first one.
    behind_first = (word for word in reading.given[1:2] if not is_initial(word))
    return {first, *behind_first, *full_names().get(first, ())}
