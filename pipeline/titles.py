"""Titles: the key that printings of one paper share, and the paper's id. Pure."""

from __future__ import annotations

import hashlib

from pipeline.names import fold, fold_text
from pipeline.tex import decode_accents, has_tex

UNIT_SEPARATOR = "\x1f"


def title_key(title: str) -> str:
    r"""The title without case, accents, TeX signs, blanks and punctuation; digits count.

    ``RL$^2$`` is ``rl2``, ``50\%`` is ``50``. A title of signs alone is its own key.
    """
    text = decode_accents(title) if has_tex(title) else title
    return "".join(fold_text(text).split()) or title.casefold()


def paper_id(key: str, first_author: str) -> int:
    """A positive 63-bit number for a title key and a first printed author ("" if none is printed).

    Made from the text alone, so it stays the same whatever else is in the corpus. Among a million
    papers the odds of any two sharing a number by chance are about one in 20 million.
    """
    text = key + UNIT_SEPARATOR + (fold(first_author) if first_author else "")
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
