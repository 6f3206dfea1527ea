"""What counts as a word of a title or abstract, and as a plural."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words import MOST_SIGNS, singular_of, tokens, word_of


def tokens_of(title: str, abstract: str = "") -> list[str]:
    found: list[str] = tokens(pl.Series([title]), pl.Series([abstract])).to_list()[0]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deep Kites", ["Deep", "Kites"]),
        ("State-of-the-art kites, boats.", ["State-of-the-art", "kites", ",", "boats", "."]),
        ("Goodhart's law", ["Goodhart's", "law"]),
        ("kites -- and boats", ["kites", "-", "-", "and", "boats"]),
        (r"Erd\H{o}s and \textbf{Kites}", ["Erdős", "and", "Kites"]),
        (r"best-of-$n$ sampling", ["best-of", "-", "|", "sampling"]),
        (r"RL$^2$ and \(x^2\) and \[y\]", ["RL", "|", "and", "|", "and", "|"]),
        (
            r"50\% at \$5, not $6 or $7",
            ["50", "%", "at", "5", ",", "not", "$", "6", "or", "$", "7"],
        ),
        ("see https://example.org/kites?a=1 now", ["see", "|", "now"]),
        ("GPT\u20114 пример 模型", ["GPT\u20114", "пример", "模型"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        (
            "<script>alert(1)</script>",
            ["<", "script", ">", "alert", "(", "1", ")", "<", "/", "script", ">"],
        ),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens_of(text) == [*expected, "|", "|"]


def test_no_term_reaches_from_one_text_into_another() -> None:
    assert tokens_of("Kites", "Boats") == ["Kites", "|", "Boats", "|"]


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("Kites", "kites"),
        ("Goodhart’s", "goodhart"),
        ("authors'", "authors"),
        ("GPT\u20114", "gpt-4"),
        ("3D", "3d"),
        ("ﬁeld", "field"),
        ("cafe\u0301", "café"),
        ("STRASSE", "strasse"),
        ("模型", "模型"),
        ("x", ""),
        ("2026", ""),
        ("10-20", ""),
        (",", ""),
        ("x" * MOST_SIGNS, "x" * MOST_SIGNS),
        ("x" * (MOST_SIGNS + 1), ""),
    ],
)
def test_words(token: str, word: str) -> None:
    assert word_of(token) == word


@pytest.mark.parametrize(
    ("word", "papers", "singular"),
    [
        ("kites", {"kites": 5, "kite": 1}, "kite"),
        ("kites", {"kites": 10, "kite": 1}, "kites"),
        ("kites", {"kites": 5}, "kites"),
        ("policies", {"policies": 2, "policy": 2}, "policy"),
        ("movies", {"movies": 2, "movie": 1, "movy": 1}, "movie"),
        ("losses", {"losses": 2, "loss": 1}, "loss"),
        ("loss", {"loss": 2, "los": 9}, "loss"),
        ("analysis", {"analysis": 2, "analysi": 9}, "analysis"),
        ("dynamics", {"dynamics": 2, "dynamic": 9}, "dynamics"),
        ("gas", {"gas": 2, "ga": 9}, "gas"),
        ("llms", {"llms": 2, "llm": 9}, "llm"),
        ("", {}, ""),
    ],
)
def test_plurals(word: str, papers: dict[str, int], singular: str) -> None:
    assert singular_of(word, papers) == singular


PIECES = [*"aB éß-'’.,$\\{}|()\u0301\u2011\u00ad3模\n", "\\H", "https://"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS)
def test_words_of_any_text_are_words(text: str) -> None:
    for token in tokens_of(text, text):
        word = word_of(token)
        assert word == word.casefold()
        assert word == "" or any(sign.isalpha() for sign in word)
        assert not set(word) & set(" .,$\\{}|()\n")
