"""The key that printings of one paper share, and the paper's id."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.titles import paper_id, title_key


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("On Kites", "onkites"),
        ("RL$^2$: Fast and Slow", "rl2fastandslow"),
        (r"50\% of Kites", "50ofkites"),
        ("GPT-4 Technical Report", "gpt4technicalreport"),
        ("The Kite 2020 Competition", "thekite2020competition"),
        (r"On Erd\H{o}s--R\'enyi graphs", "onerdosrenyigraphs"),
        ("On Erdős–Rényi graphs", "onerdosrenyigraphs"),
        ("Über Straßen", "uberstrassen"),
        ("snake_case", "snakecase"),
        ("山田の凧", "山田の凧"),
        ("О змеях", "озмеях"),
        ("???", "???"),
        ("$", "$"),
        ("C", "c"),
    ],
)
def test_key_of_title(title: str, key: str) -> None:
    assert title_key(title) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("On Kites", "ON KITES"),
        ("On Kites", "On  Kites."),
        ("On Kites: A Study", "On Kites - a study"),
        ("“On Kites”", '"On Kites"'),
        ("RL$^2$", "RL²"),
        ("RL$^2$", "RL2"),
        ("Poincaré maps", "Poincare\u0301 maps"),
        (r"Poincar\'e maps", "Poincare maps"),
        ("ﬁne kites", "fine kites"),
        ("Large\u00adscale", "Large-scale"),
        ("co-operate", "cooperate"),
        ("On $k$-kites", "On k-kites"),
    ],
)
def test_printings_that_differ_in_signs_share_a_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Kite 2020 Competition", "The Kite 2021 Competition"),
        ("Kites I", "Kites II"),
        ("Kites 1", "Kites"),
        ("???", "!!!"),
        ("On kites", "Of kites"),
        ("किताब", "कतब"),
        ("カット", "ガット"),
    ],
)
def test_different_titles_have_different_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(min_size=1))
def test_any_title_has_a_key_that_case_does_not_change(title: str) -> None:
    assert title_key(title)
    assert title_key(title_key(title)) == title_key(title)


def test_id_is_made_of_key_and_first_author_alone() -> None:
    # b2sum -l 64 of "rl2", a unit separator and "jane roe", shifted right by one bit.
    assert paper_id("rl2", "Jane Roe") == RL2_JANE_ROE
    assert paper_id("onkites", "") == ON_KITES_NOBODY


def test_a_key_that_no_file_can_hold_has_an_id() -> None:
    assert paper_id("kite\ud800", "Jane Roe") != paper_id("kite\ud801", "Jane Roe")


@pytest.mark.parametrize(
    "spelling", ["JANE ROE", "Jané Roe", "Jane  Roe", "Jane-Roe", r"Jan\'e Roe"]
)
def test_id_ignores_case_accents_and_punctuation_of_the_author(spelling: str) -> None:
    assert paper_id("rl2", spelling) == RL2_JANE_ROE


@pytest.mark.parametrize(
    ("key", "author"),
    [("rl2", "Ann Poe"), ("rl2", ""), ("rl", "2 Jane Roe"), ("rl3", "Jane Roe"), ("", "rl2")],
)
def test_another_key_or_author_is_another_id(key: str, author: str) -> None:
    assert paper_id(key, author) != RL2_JANE_ROE


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(), st.text())
def test_any_id_is_a_positive_bigint(key: str, author: str) -> None:
    assert 0 <= paper_id(key, author) < 2**63


RL2_JANE_ROE = 0x25BB0B4AC4462DF2 >> 1
ON_KITES_NOBODY = 0xF8FD92A1EE7DABB9 >> 1
