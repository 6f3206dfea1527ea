"""The stage that finds the terms of papers, and the search for common runs of words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from corpus import change, run_stages, write_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import ngrams
from pipeline import terms as stage
from pipeline.errors import InputError
from pipeline.ngrams import are_terms, common_runs, runs_of
from pipeline.reference import read_common_words
from pipeline.schema import arrow_schema
from pipeline.tables import DERIVED
from pipeline.terms import least_papers, terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_papers(folder: Path, texts: Sequence[tuple[str, str]]) -> Path:
    """A paper with one entry for each title and abstract; ids count down from 100."""
    entries = [
        {
            "listing": "a",
            "entry": number,
            "paper_id": 101 - number,
            "title": title,
            "abstract": text,
        }
        for number, (title, text) in enumerate(texts, start=1)
    ]
    papers = [
        {"paper_id": row["paper_id"], "latest_listing": "a", "latest_entry": row["entry"]}
        for row in entries
    ]
    return write_tables(folder, entries=entries, papers=papers)


def rows_of(processed: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(processed / "paper_terms.parquet").to_pylist()
    return rows


def terms_of(folder: Path, *titles: str) -> dict[str, int]:
    """In how many of the papers with these titles each term stands."""
    processed = write_papers(folder, [(title, "") for title in titles])
    terms(processed)
    names = [row["term"] for row in rows_of(processed)]
    return {name: names.count(name) for name in names}


def test_a_term_stands_once_a_paper_in_fixed_order(tmp_path: Path) -> None:
    processed = write_papers(
        tmp_path,
        [
            ("Zebras", "Kites. More kites."),
            ("Kites and a zebra", ""),
            ("A kite", "Zebra zebra zebras."),
        ],
    )
    terms(processed)

    assert rows_of(processed) == [
        {"paper_id": paper, "term": term} for paper in (100, 99, 98) for term in ("kite", "zebra")
    ]
    assert pq.read_schema(processed / "paper_terms.parquet") == arrow_schema(DERIVED["paper_terms"])


def test_a_term_stands_in_three_papers(tmp_path: Path) -> None:
    assert terms_of(tmp_path, "Red kite", "Kite, boats", "Kite, red boats") == {"kite": 3}


@pytest.mark.parametrize(("papers", "least"), [(0, 3), (3000, 3), (3001, 4), (920_000, 920)])
def test_least_papers(papers: int, least: int) -> None:
    assert least_papers(papers) == least


def test_signs_and_common_words_part_terms(tmp_path: Path) -> None:
    titles = ["Red, kite", "Red: kite", "Red and kite", "Red (kite)"]
    assert terms_of(tmp_path, *titles) == {"red": 4, "kite": 4}


def test_a_longer_term_takes_the_place_of_one_that_hardly_stands_alone(tmp_path: Path) -> None:
    # Kite: 5 papers, 4 of them red kites; boat: 5 papers, 3 of them sail boats.
    titles = [*["Red kite"] * 4, "Kite", *["Sail boat"] * 3, *["Boat"] * 2]
    assert terms_of(tmp_path, *titles) == {"red kite": 4, "sail boat": 3, "boat": 5}


def test_words_that_are_common_make_terms_with_others_only(tmp_path: Path) -> None:
    titles = ["Language models", "Language model", "Model", "The language models"]
    assert terms_of(tmp_path, *titles) == {"language model": 3}


def test_of_joins_two_words(tmp_path: Path) -> None:
    titles = ["Flock of kites", "Flock of kites, boat of", "Flock of kites: of boat", "Boat"]
    assert terms_of(tmp_path, *titles) == {"flock of kites": 3, "boat": 3}


def test_the_end_of_a_name_of_four_words_is_a_term_and_its_beginning_none(tmp_path: Path) -> None:
    titles = ["Red kite flight club"] * 3
    assert terms_of(tmp_path, *titles) == {"kite flight club": 3}


def test_only_the_latest_entry_is_read(tmp_path: Path) -> None:
    processed = write_papers(tmp_path, [("Kites", "")] * 3 + [("Boats", "")] * 3)

    def of_kites(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row["latest_entry"] <= 3]

    change(processed / "papers.parquet", of_kites)
    terms(processed)
    assert {row["term"] for row in rows_of(processed)} == {"kites"}


@pytest.mark.parametrize("texts", [[], [("", "")], [("$x$", "1 2 3.")] * 4])
def test_texts_without_words(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    processed = write_papers(tmp_path, texts)
    terms(processed)
    assert rows_of(processed) == []


def test_batches_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(f"Red kite number {n}", "Sail boats of kites" * (n % 3)) for n in range(20)]
    processed = write_papers(tmp_path, texts)
    terms(processed)
    expected = rows_of(processed)
    monkeypatch.setattr(stage, "PAPERS_PER_BATCH", 3)
    terms(processed)
    assert rows_of(processed) == expected != []


@pytest.mark.slow
def test_the_same_bytes_for_any_hash_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(f"Kite {n % 5} of Zürich", "Boats, sails and ropes in the wind") for n in range(40)]
    processed = write_papers(tmp_path, texts)
    found = set()
    for seed in ("0", "1"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        done = run_stages("terms:all", processed=processed)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("terms   40 texts of papers → ")
        found.add((processed / "paper_terms.parquet").read_bytes())
    assert len(found) == 1
    assert {path.suffix for path in processed.iterdir()} == {".parquet", ".sizes"}


def counted_by_hand(texts: list[list[int]], least: int) -> dict[tuple[int, ...], int]:
    """The same by the definition: all runs without breaks, each once a text."""
    papers: dict[tuple[int, ...], int] = {}
    for text in texts:
        runs = {
            tuple(text[start : start + length])
            for length in (1, 2, 3, 4)
            for start in range(len(text) - length + 1)
        }
        for run in runs:
            if 0 not in run:
                papers[run] = papers.get(run, 0) + 1
    return {run: count for run, count in papers.items() if count >= least}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.integers(0, 3), max_size=12), min_size=1, max_size=12), st.integers(1, 3)
)
def test_common_runs_are_all_runs_in_enough_papers(texts: list[list[int]], least: int) -> None:
    batches = []
    for first in range(0, len(texts), 5):
        some = texts[first : first + 5]
        papers = [number for number, text in enumerate(some, first) for _ in [0, *text]]
        words = [word for text in some for word in [0, *text]]
        batches.append((np.array(papers, np.int64), np.array(words, np.int64)))

    levels = common_runs(batches, least)

    names = runs_of(levels, ["", "1", "2", "3"])
    found = {
        tuple(map(int, run.split())): count
        for runs, level in zip(names, levels, strict=True)
        for run, count in zip(runs, level.papers.tolist(), strict=True)
    }
    assert found == counted_by_hand(texts, least)
    assert all(len(shorter.keys) or not len(longer.keys) for shorter, longer in pairwise(levels))
    assert [len(mask) for mask in are_terms(levels, names, {})] == [len(row) for row in names[:3]]


def test_keys_are_found_by_hash_as_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    text = np.array([0, 3, 1, 2, 0, 3, 1, 2, 9], np.int64)
    papers = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1], np.int64)
    monkeypatch.setattr(ngrams, "MOST_IN_TABLE", 0)
    levels = common_runs([(papers, text)], 2)
    names = runs_of(levels, [str(word) for word in range(10)])
    assert names == [["1", "2", "3"], ["1 2", "3 1"], ["3 1 2"], []]


def write_list(folder: Path, text: str) -> Path:
    path = folder / "common_words.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_of_common_words(tmp_path: Path) -> None:
    path = write_list(tmp_path, "word,use\nThe,never\n\nof,joins\n")
    assert read_common_words(path) == {"the": "never", "of": "joins"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word\nthe\n", "1: found 'word', expected 'word,use'"),
        ("word,use\nthe,always\n", "2: found 'the' and 'always'; expected a word and one of never"),
        ("word,use\n,never\n", "2: found '' and 'never'"),
        ("word,use\nthe,never\nThe,longer\n", "3: 'The' stands there already; keep one line"),
    ],
)
def test_a_bad_list_of_common_words_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = write_list(tmp_path, text)
    with pytest.raises(InputError) as error:
        read_common_words(path)
    assert str(error.value).startswith(f"{path}:{message}")
