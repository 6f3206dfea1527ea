"""How charts and pages word figures: shares in percent, periods, lists of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def percent(share: float, decimals: int = 0) -> str:
    """A share in percent; a small one does not become nothing."""
    least = 10.0 ** -(decimals + 2)
    if 0 < share < least / 2:
        return f"< {least * 100:.{decimals}f} %"
    return f"{share * 100:.{decimals}f} %"


def period(years: Iterable[int | None]) -> str:
    """From when to when: "2015–2026"; nothing if no year is known."""
    known = [year for year in years if year is not None]
    if not known:
        return ""
    first, last = min(known), max(known)
    return f"{first}" if first == last else f"{first}–{last}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
