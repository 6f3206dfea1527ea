"""Printed names: splitting bylines, comparison keys, collectives. Pure: strings in, strings out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.letters import normalized
from pipeline.tex import decode_tex

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names repeat many times in a bibliography, but seldom over its whole length.
CACHE_SIZE = 1 << 16

APOSTROPHES = "'`´ʹʻʼʽʾʿˈ‘’‛′‵ꞌ՚׳＇"
# Letters that have no decomposition; the Latin ones only, other scripts keep theirs.
LATIN_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ɖ": "d",
    "ɗ": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ȷ": "j",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "ng",
    "ɓ": "b",
    "ƙ": "k",
    "ĸ": "k",
    "ə": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ɨ": "i",
    "ʉ": "u",
}

# Canonical combining classes of Hebrew and Arabic vowel points.
FIRST_VOWEL_POINT, LAST_VOWEL_POINT = 10, 35

# --- comparison keys -------------------------------------------------------------------------


class FoldTable(dict[int, str | None]):
    """Translation of decomposed, case-folded text that learns a character at first sight."""

    def __missing__(self, code: int) -> str | None:
        self[code] = target = fold_character(chr(code))
        return target


def fold_character(character: str) -> str | None:
    """What a key keeps of a character: the letter, a blank, or nothing."""
    if character in LATIN_LETTERS:
        return LATIN_LETTERS[character]
    category = unicodedata.category(character)
    if character in APOSTROPHES or is_accent(character) or category == "Cf":
        return None
    return character if category[0] in "LMN" else " "


def is_accent(character: str) -> bool:
    """Whether a mark is an accent or a vowel point, not part of a letter (as in Indic scripts)."""
    if "\u0300" <= character <= "\u036f":
        return True
    return FIRST_VOWEL_POINT <= unicodedata.combining(character) <= LAST_VOWEL_POINT


FOLD_TABLE = FoldTable()
ASCII_FOLD = {code: fold_character(chr(code).lower()) for code in range(128)}
# An acute accent standing alone would decompose into a blank and a mark.
LONE_ACUTE = str.maketrans("´", "'")


@lru_cache(maxsize=CACHE_SIZE)
def fold(name: str) -> str:
    """The comparison key of a name: only case, accents and punctuation are ignored.

    Apostrophes vanish, other punctuation parts words: "O'Brien" is "OBrien" and "Jean-Pierre" is
    "Jean Pierre". A name without any letter or digit is its own key.
    """
    return " ".join(fold_text(decode_tex(name)).split()) or name.casefold()


def fold_text(text: str) -> str:
    """The text without case, accents and apostrophes, other signs as blanks."""
    if text.isascii():
        return text.translate(ASCII_FOLD)
    # Compatibility forms may bring capitals back, so the case is folded twice.
    text = text.translate(LONE_ACUTE).casefold()
    decomposed = normalized("NFKD", text).casefold()
    return normalized("NFC", decomposed.translate(FOLD_TABLE))


# --- collective authors ----------------------------------------------------------------------

# Nobody is expected to bear one of these as a name ...
COLLECTIVE_WORD = re.compile(
    r"\b(?:team|teams|collaboration|collaborations|consortium|committee|council|commission"
    r"|contributors|developers|maintainers|investigators|researchers|taskforce|task force"
    r"|working group|study group|research group|university|institute|laboratory|laboratories"
    r"|department|foundation|organi[sz]ation|association|corporation|initiative|alliance"
    r"|incorporated|inc|ltd|limited|llc|llp|plc|gmbh|corp)\b",
    re.IGNORECASE,
)
# ... while these are surnames as well and need a companion that no person has.
AMBIGUOUS_WORD = re.compile(
    r"\b(?:group|lab|labs|center|centre|project|network|research|community|society|company|workshop)\b",
    re.IGNORECASE,
)
COMPANY_END = re.compile(r"(?:,|&|\band)\s*co\.?$", re.IGNORECASE)
GLUED_NOUN = re.compile(r"[a-z0-9]Team\b|^\S*[a-z0-9]-?(?:AI|Labs?|Group)$")
ORGANISATIONS = frozenset(
    {
        "anthropic",
        "bigcode",
        "bigscience",
        "deepmind",
        "deepseek",
        "google",
        "google deepmind",
        "google research",
        "hugging face",
        "meta ai",
        "microsoft",
        "microsoft research",
        "mistral ai",
        "moonshot ai",
        "nvidia",
        "openai",
        "stability ai",
    }
)


def is_collective(name: str) -> bool:
    """Whether a printed author is a team, a company or another body rather than a person.

    A collective noun stands in it as a word (Team, Collaboration, Inc …), so "Grace Team" counts
    as a team. Nouns that are surnames too (Group, Lab, Center …) count only beside an article,
    a word no person has ("ATLAS Group"), or at least two plain words. Glued forms ("WanTeam",
    "OpenAI") count, and so does a short list of well-known organisations.
    """
    if COLLECTIVE_WORD.search(name) or GLUED_NOUN.search(name) or COMPANY_END.search(name):
        return True
    if AMBIGUOUS_WORD.search(name):
        return has_collective_company(name)
    return name.casefold() in ORGANISATIONS


def has_collective_company(name: str) -> bool:
    """Whether an ambiguous noun stands beside words that make it a body."""
    words = re.findall(r"\w+", name)
    if words[0].casefold() == "the":
        return True
    if not name.isupper() and any(is_unlike_a_name(word) for word in words):
        return True
    # An initial betrays a person: "Hugh A. Center".
    noun_and_companions = 3
    return len(words) >= noun_and_companions and all(len(word) > 1 for word in words)


def is_unlike_a_name(word: str) -> bool:
    """Whether a word is an acronym or holds a digit."""
    return len(word) > 1 and (word.isupper() or any(letter.isdigit() for letter in word))


# --- bylines ---------------------------------------------------------------------------------

GENERATIONS = {
    "jr": "jr",
    "junior": "jr",
    "júnior": "jr",
    "sr": "sr",
    "senior": "sr",
    "sênior": "sr",
    "ii": "ii",
    "2nd": "ii",
    "iii": "iii",
    "3rd": "iii",
    "iv": "iv",
    "4th": "iv",
}
DEGREES = frozenset("phd dphil dsc scd msc bsc mba mph mdphd frcs frs esq dvm edd jd llm".split())
# "Md" and "Ma" are names, so medical degrees count in capitals only.
CAPITAL_DEGREES = frozenset({"MD", "DDS"})
COMPANY_FORMS = frozenset("inc ltd llc llp plc gmbh corp co limited incorporated sarl pty".split())
OPENING = {"(": ")", "{": "}", "[": "]"}
HAS_LETTER = re.compile(r"[^\W_]")
BYLINE_SIGN = re.compile(r"[(){}\[\],，]")


def split_byline(text: str) -> list[str]:
    """Split a comma-separated list of authors; TeX is decoded, blanks are collapsed.

    Commas in brackets do not part names, nor does the comma before a suffix of a person or of a
    company: "Laerte Sodré, Jr." and "IsoQuest, Inc." are one name each.
    """
    names: list[list[str]] = []  # each with its suffixes
    for piece in pieces(text):
        name = " ".join(decode_tex(piece).split())
        if not name and HAS_LETTER.search(piece):
            name = " ".join(piece.split())  # all of it reads like a command of TeX
        if not name.strip("· "):  # the dot is a sign of bylines
            continue
        if names and is_suffix_piece(name):
            names[-1].append(name)
        else:
            names.append([name])
    return [", ".join(parts) for parts in names]


def pieces(text: str) -> Iterator[str]:
    """The text between commas that part names."""
    if not any(opening in text for opening in OPENING) and "\\" not in text:
        yield from text.replace("，", ",").split(",")
        return
    closings = closing_positions(text)
    start = skip_until = 0
    for match in BYLINE_SIGN.finditer(text):
        position = match.start()
        if position < skip_until:
            continue
        skip_until = closings.get(position, 0)
        # TeX's thin space is a comma behind a backslash.
        if match[0] in ",，" and text[position - 1 : position] != "\\":
            yield text[start:position]
            start = position + 1
    yield text[start:]


def closing_positions(text: str) -> dict[int, int]:
    """Where each bracket that has a partner is closed; one without a partner is only a sign."""
    closings: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for match in BYLINE_SIGN.finditer(text):
        if match[0] in OPENING:
            opened.append((OPENING[match[0]], match.start()))
        elif opened and match[0] == opened[-1][0]:
            closings[opened.pop()[1]] = match.start()
    return closings


def is_suffix_piece(piece: str) -> bool:
    """Whether a piece is only suffixes, of a person or a company."""
    return all(suffix_key(word) or is_company_form(word) for word in piece.split())


def is_company_form(word: str) -> bool:
    """Whether a word is a legal form such as "Inc."."""
    return word.replace(".", "").casefold() in COMPANY_FORMS


def suffix_key(word: str) -> str:
    """The normal form of a suffix of a person's name, or nothing if the word is none."""
    plain = word.replace(".", "").rstrip(",")
    if plain in CAPITAL_DEGREES:
        return plain.casefold()
    key = plain.casefold()
    return GENERATIONS.get(key) or (key if key in DEGREES else "")
