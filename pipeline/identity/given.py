"""Comparison of given names: one name's words found in the other's, first on first."""

from __future__ import annotations

from dataclasses import replace

from pipeline.identity.nicknames import are_nicknames, european_names
from pipeline.identity.parts import SYLLABIC_FAMILIES, SYLLABLE
from pipeline.identity.readings import Evidence, Reading, is_initial, weakest


def embed(part: Reading, whole: Reading) -> Evidence | None:
    """The evidence needed to find all given names of one name in another, first on first."""
    alignment = align(part.given, whole.given)
    if alignment is None:
        return None
    evidences, skipped = alignment
    if skipped:
        if contradicts(part, whole, skipped):
            return None
        evidences.append(evidence_of_absence(part, whole, skipped))
    return weakest(evidences)


def contradicts(part: Reading, whole: Reading, skipped: list[int]) -> bool:
    """Whether the words left over make it another name."""
    return goes_by_another_name(part, whole, skipped) or has_other_syllables(part, whole, skipped)


def evidence_of_absence(part: Reading, whole: Reading, skipped: list[int]) -> Evidence:
    """What it takes to accept that one name lacks words of the other."""
    if is_initial(part.given[0]):
        # An initial with little beside it is that of many: "S. Lee" and "S. H. Lee".
        return Evidence.INITIAL
    if skipped[-1] >= len(whole.given) - whole.inner:
        return Evidence.DOUBLE_FAMILY
    return Evidence.MIDDLE


def embed_behind_first(part: Reading, whole: Reading) -> Evidence | None:
    """As `embed`, for someone who drops the first of several given names."""
    if len(whole.given) <= 1 + whole.inner or part.given[0] != whole.given[1]:
        return None
    if is_initial(part.given[0]):
        return None
    if whole.is_chinese_or_korean and all(map(is_syllable, whole.given[:2])):
        return None
    evidence = embed(part, replace(whole, given=whole.given[1:]))
    return evidence and weakest((evidence, Evidence.LEADING))


def align(part: tuple[str, ...], whole: tuple[str, ...]) -> tuple[list[Evidence], list[int]] | None:
    """Match all words of one name in order to words of another, the first to the first.

    Returns the evidence of the matches and the positions of the words left over in `whole`.
    """
    evidences: list[Evidence] = []
    skipped: list[int] = []
    index = position = 0
    while index < len(part) and position < len(whole):
        evidence, taken_part, taken_whole = match_start(
            part[index : index + 2], whole[position : position + 2]
        )
        if evidence is None and position == 0:
            return None
        if evidence is None:
            skipped.append(position)
        else:
            is_middle_initial = evidence is Evidence.INITIAL and position > 0
            evidences.append(Evidence.MIDDLE if is_middle_initial else evidence)
        index += taken_part
        position += taken_whole
    skipped.extend(range(position, len(whole)))
    return (evidences, skipped) if index == len(part) else None


def match_start(part: tuple[str, ...], whole: tuple[str, ...]) -> tuple[Evidence | None, int, int]:
    """The evidence that two names start alike, and how many words of each that takes."""
    evidence = match_words(part[0], whole[0])
    if evidence:
        return evidence, 1, 1
    if part[0] == "".join(whole):
        return Evidence.SPACING, 1, len(whole)
    if "".join(part) == whole[0]:
        return Evidence.SPACING, len(part), 1
    return None, 0, 1


def match_words(word_a: str, word_b: str) -> Evidence | None:
    """The evidence that two words are one given name."""
    if word_a == word_b:
        return Evidence.SAME
    if is_short_for(word_a, word_b) or is_short_for(word_b, word_a):
        return Evidence.INITIAL
    plain_a, plain_b = word_a.rstrip("."), word_b.rstrip(".")
    return Evidence.NICKNAME if are_nicknames(plain_a, plain_b) else None


def is_short_for(short: str, full: str) -> bool:
    """Whether a word is an initial or an abbreviation of another."""
    if is_initial(short):
        return full.startswith(short)
    return short.endswith(".") and full.startswith(short[:-1])


def goes_by_another_name(part: Reading, whole: Reading, skipped: list[int]) -> bool:
    """Whether one goes by a name that the other lacks: "M. Akif Özkan" is not "Metin Özkan"."""
    if not is_initial(whole.given[0]) or is_initial(part.given[0]):
        return False
    given = whole.given[: len(whole.given) - whole.inner]
    called = (index for index, word in enumerate(given) if len(word) > 1 and word[-1] != ".")
    return next(called, None) in skipped


def has_other_syllables(part: Reading, whole: Reading, skipped: list[int]) -> bool:
    """Whether a syllable left over makes another given name, as in "Xiao" and "Xiao-Yu"."""
    if 1 not in skipped or part.family not in SYLLABIC_FAMILIES:
        return False
    name, second = part.given[0], whole.given[1]
    if len(whole.given[0]) == len(second) == 1 < len(name):
        return not may_be_initialled(name, second, part.is_chinese_or_korean)
    return part.is_chinese_or_korean and is_syllable(name) and is_syllable(second)


def may_be_initialled(name: str, second: str, is_chinese_or_korean: bool) -> bool:
    """Whether the second of two initials fits a joined name: "Y. F." may be "Yifang"."""
    second_letters = {
        name[cut]
        for cut in range(1, len(name))
        if SYLLABLE.fullmatch(name[:cut]) and SYLLABLE.fullmatch(name[cut:])
    }
    if second in second_letters:
        return True
    return not (second_letters or (is_chinese_or_korean and is_syllable(name)))


def is_syllable(word: str) -> bool:
    """Whether a word is one syllable of an East Asian name, and no European name like "Tim"."""
    return len(word) > 1 and SYLLABLE.fullmatch(word) is not None and word not in european_names()
