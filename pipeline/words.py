"""Words of titles and abstracts: what a word is, and which words are its plural. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from pipeline.letters import normalized
from pipeline.tex import decode_tex

if TYPE_CHECKING:
    from collections.abc import Mapping

BREAK = " | "  # no term reaches over it
ESCAPED_DOLLAR = r"\\\$"
# A dollar sign opens mathematics if something follows at once, and closes it if something stands
# right before it: "$5 and $10" are prices.
MATHEMATICS = r"\$\$[^$]*\$\$|\$[^\s$](?:[^$]*[^\s$])?\$|\\\(.*?\\\)|\\\[.*?\\\]"
ADDRESS = r"(?i)\bhttps?://\S+|\bwww\.\S+"
SIGNS_OF_TEX = r"[\\{}~]"
# A word may hold apostrophes and hyphens; any other sign that is not a blank stands for itself.
WORD_OR_SIGN = (
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’\-\u2010\u2011][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*"
    r"|[^\s\p{L}\p{M}\p{N}]"
)
HYPHENS = str.maketrans("\u2010\u2011’", "--'")
POSSESSIVE = re.compile(r"'s?$")
LEAST_SIGNS, MOST_SIGNS = 2, 40

LEAST_PLURAL = 4
NO_PLURAL = ("ss", "us", "is", "ics")
LEAST_SHARE_OF_SINGULAR = 0.1


def tokens(titles: pl.Series, abstracts: pl.Series) -> pl.Series:
    """For each paper a list of its words and other signs in their order, as printed.

    TeX accents are resolved; mathematics and web addresses become signs.
    """
    texts = titles + BREAK + abstracts + BREAK
    texts = texts.str.replace_all(ESCAPED_DOLLAR, " ").str.replace_all(MATHEMATICS, BREAK)
    texts = texts.str.replace_all(ADDRESS, BREAK)
    has_tex = texts.str.contains(SIGNS_OF_TEX)
    if has_tex.any():
        decoded = texts.filter(has_tex).map_elements(decode_tex, return_dtype=pl.String)
        texts = texts.scatter(has_tex.arg_true(), decoded)
    return texts.str.extract_all(WORD_OR_SIGN)


def word_of(token: str) -> str:
    """The word that a token stands for, in lower case; "" if it is none.

    A word has 2 to 40 signs, of which one is a letter: "3d" is a word, "x" and "2026" are not. The
    possessive "'s" is no part of it.
    """
    word = POSSESSIVE.sub("", normalized("NFKC", token.translate(HYPHENS)).casefold())
    is_word = LEAST_SIGNS <= len(word) <= MOST_SIGNS and any(sign.isalpha() for sign in word)
    return word if is_word else ""


def singular_of(word: str, papers: Mapping[str, int]) -> str:
    """The word without its plural ending if that is a word too, else the word itself.

    Parameters
    ----------
    word
        A word, perhaps a plural.
    papers
        In how many papers each word stands. The singular must stand in more than a tenth as many
        papers as the plural, so that a misprint makes no singular.
    """
    least = LEAST_SHARE_OF_SINGULAR * papers.get(word, 0)
    return next((singular for singular in singulars(word) if papers.get(singular, 0) > least), word)


def singulars(word: str) -> list[str]:
    """What the word may be the plural of, by its ending alone: -s, -es and -ies.

    Words in -ss, -us, -is and -ics, and those of three letters or fewer, are no plurals.
    """
    if len(word) < LEAST_PLURAL or not word.endswith("s") or word.endswith(NO_PLURAL):
        return []
    found = [word[:-1]]
    if word.endswith("es"):
        found.append(word[:-2])
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    return found
