"""Measure the name comparison against labelled pairs of names.

Usage: `PYTHONPATH=. .venv/bin/python tests/evaluate_name_pairs.py PAIRS`, where PAIRS is a CSV
file, perhaps gzipped, with the columns `name_a`, `name_b`, `same_person` (0 or 1) and `kind`.
Pairs of the kind `identical` are left out: strings alone cannot decide them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from pipeline.identity.compare import compare
from pipeline.identity.readings import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNDECIDABLE_KIND = "identical"
# What a rule on names can decide; the other kinds need knowledge beyond the two names.
DECIDABLE_KINDS = frozenset(
    (
        "case_or_diacritics",
        "initial",
        "middle_name",
        "punctuation_or_spacing",
        "suffix",
        "word_order",
    )
)
ROW_FORMAT = "{:<24}{:>8}{:>8}{:>9}{:>11}{:>9}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair of names and what the comparison makes of it."""

    kind: str
    same: bool
    evidence: Evidence | None


@dataclass(slots=True)
class Tally:
    pairs: int = 0
    same: int = 0
    matched: int = 0
    matched_same: int = 0

    def add(self, judged: Judged) -> None:
        matched = judged.evidence is not None
        self.pairs += 1
        self.same += judged.same
        self.matched += matched
        self.matched_same += matched and judged.same

    def row(self, title: str) -> str:
        precision = share(self.matched_same, self.matched)
        recall = share(self.matched_same, self.same)
        return ROW_FORMAT.format(title, self.pairs, self.same, self.matched, precision, recall)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def open_text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8", newline=""))
    return path.open(encoding="utf-8", newline="")


def judge(path: Path) -> Iterator[Judged]:
    with open_text(path) as lines:
        for row in csv.DictReader(lines):
            if row["kind"] != UNDECIDABLE_KIND:
                evidence = compare(row["name_a"], row["name_b"])
                yield Judged(row["kind"], row["same_person"] == "1", evidence)


def tally(pairs: Iterable[Judged]) -> Tally:
    total = Tally()
    for judged in pairs:
        total.add(judged)
    return total


def report(pairs: list[Judged]) -> Iterator[str]:
    yield ROW_FORMAT.format("kind", "pairs", "same", "matched", "precision", "recall")
    for kind in sorted({judged.kind for judged in pairs}):
        yield tally(judged for judged in pairs if judged.kind == kind).row(kind)
    yield tally(judged for judged in pairs if judged.kind in DECIDABLE_KINDS).row("decidable kinds")
    yield tally(pairs).row("all")
    yield ""
    yield ROW_FORMAT.format("evidence", "pairs", "same", "matched", "precision", "recall")
    for evidence in Evidence:
        found = tally(judged for judged in pairs if judged.evidence is evidence)
        yield found.row(f"{evidence} (weak)" if evidence.weak else evidence)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the comparison of names on known pairs.")
    parser.add_argument("pairs", type=Path, help="CSV file of labelled pairs, perhaps gzipped")
    path: Path = parser.parse_args().pairs
    print("\n".join(report(list(judge(path)))))


if __name__ == "__main__":
    main()
