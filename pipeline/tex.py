r"""TeX accents and letters in names and titles to Unicode: ``Erd\H{o}s`` is Erdős. Pure."""

from __future__ import annotations

import re

from pipeline.letters import normalized

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "i": "ı",
    "j": "ȷ",
    "l": "ł",
    "L": "Ł",
    "ng": "ŋ",
    "NG": "Ŋ",
    "o": "ø",
    "O": "Ø",
    "oe": "œ",
    "OE": "Œ",
    "ss": "ß",
    "th": "þ",
    "TH": "Þ",
}
# An accent over i or j replaces the dot, so TeX writes it over the dotless letter.
DOTTED = {"ı": "i", "ȷ": "j"}

# A control word swallows the blanks behind it; an empty group keeps them from being swallowed.
LETTER = re.compile(
    rf"\\({'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s+)?"
)
ACCENT = re.compile(
    r"""\\(?P<accent>[`'^"~=.]|[uvHckdbrt](?![A-Za-z]))\s*"""
    r"""(?P<group>\{\s*)?(?P<base>[^\W\d_][\u0300-\u036f]*)(?(group)(?P<rest>[^{}\\]*)\})"""
)
BLANK = re.compile(r"(?<!\\)~|\\[\\ ,;:!]")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?\s*|-|/)")
# Removed before accents are resolved: a letter behind it would read as a part of its name.
UNKNOWN_COMMAND = re.compile(
    rf"\\(?!(?:{'|'.join(LETTERS)}|[uvHckdbrt])(?![A-Za-z]))[A-Za-z]+\*?\s*"
)
LEFTOVERS = str.maketrans("", "", "\\{}")
MOST_NESTED_ACCENTS = 4


def has_tex(text: str) -> bool:
    """Whether a sign of TeX stands in the text."""
    # Four substring tests are several times faster than one regular expression.
    return "\\" in text or "{" in text or "}" in text or "~" in text


def decode_accents(text: str) -> str:
    """Accents and special letters as Unicode; other commands and braces stay as they are."""
    text = LETTER.sub(lambda match: LETTERS[match[1]], text)
    for _ in range(MOST_NESTED_ACCENTS):
        text, count = ACCENT.subn(accented, text)
        if not count:
            break
    return text


def decode_tex(text: str) -> str:
    """The text as Unicode (NFC) without TeX: unknown commands go, their arguments stay."""
    if not has_tex(text):
        return text
    text = UNKNOWN_COMMAND.sub("{}", BLANK.sub(" ", text))
    plain = COMMAND.sub("", decode_accents(text))
    return normalized("NFC", plain.translate(LEFTOVERS))


def accented(match: re.Match[str]) -> str:
    """The letter with its accent, composed at once so that an outer accent finds one letter."""
    base = match["base"]
    letter = DOTTED.get(base[0], base[0]) + base[1:] + ACCENTS[match["accent"]]
    return normalized("NFC", letter) + (match["rest"] or "")
