"""Printed names: bylines, comparison keys, collectives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.names import fold, is_collective, split_byline

# --- bylines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" , ,", []),
        ("Jane Roe", ["Jane Roe"]),
        ("Jane Roe, Ann Poe,Al Doe", ["Jane Roe", "Ann Poe", "Al Doe"]),
        ("Jane  Roe ,, Ann Poe, ", ["Jane Roe", "Ann Poe"]),
        ("山田花子，Ann Poe", ["山田花子", "Ann Poe"]),
        ("Jane Roe, Jane Roe", ["Jane Roe", "Jane Roe"]),
        ("Laerte Sodré, Jr.", ["Laerte Sodré, Jr."]),
        ("Al Doe, Jr, Jane Roe", ["Al Doe, Jr", "Jane Roe"]),
        ("Al Doe, Sr., Al Doe, Jr.", ["Al Doe, Sr.", "Al Doe, Jr."]),
        ("Al Doe, II, Al Doe, III, Al Doe, IV", ["Al Doe, II", "Al Doe, III", "Al Doe, IV"]),
        ("Al Doe, Jr., Ph.D.", ["Al Doe, Jr., Ph.D."]),
        ("Al Doe, MD PhD, Jane Roe", ["Al Doe, MD PhD", "Jane Roe"]),
        ("IsoQuest, Inc.", ["IsoQuest, Inc."]),
        (
            "IsoQuest, Inc, Kites, Ltd., Boats Co., Ltd.",
            ["IsoQuest, Inc", "Kites, Ltd.", "Boats Co., Ltd."],
        ),
        ("Kites GmbH, Jane Roe", ["Kites GmbH", "Jane Roe"]),
        ("Ann Poe, Md Roe, Ma Doe", ["Ann Poe", "Md Roe", "Ma Doe"]),
        ("Jr., Jane Roe", ["Jr.", "Jane Roe"]),
        ("Al Doe, IIX", ["Al Doe", "IIX"]),
        ("Al Doe, {Jr.,}", ["Al Doe, Jr.,"]),
        ("X, ·, Jane Roe", ["X", "Jane Roe"]),
        ("Jane Roe (Lab A, Lab B), Ann Poe", ["Jane Roe (Lab A, Lab B)", "Ann Poe"]),
        ("{Kites, Boats and Sleds} Team, Ann Poe", ["Kites, Boats and Sleds Team", "Ann Poe"]),
        ("Jane Roe [lab, other], Ann Poe", ["Jane Roe [lab, other]", "Ann Poe"]),
        (
            "Jane Roe (Lab A, B),Al Doe, {Kites, Boats} Team, Ann Poe [lab, other]",
            ["Jane Roe (Lab A, B)", "Al Doe", "Kites, Boats Team", "Ann Poe [lab, other]"],
        ),
        ("Jane (Roe, Ann Poe", ["Jane (Roe", "Ann Poe"]),
        ("Jane) Roe, Ann Poe", ["Jane) Roe", "Ann Poe"]),
        ("Jane (a [b, c) d, Ann Poe", ["Jane (a [b", "c) d", "Ann Poe"]),
        (r"Paul Erd\H{o}s, Alfr\'ed R\'enyi", ["Paul Erdős", "Alfréd Rényi"]),
        (r"P.\,Erd\H{o}s, A.~R\'enyi", ["P. Erdős", "A. Rényi"]),
        ("The Kite Development Team, Jane Roe", ["The Kite Development Team", "Jane Roe"]),
        (r"\kite \boat, Ann Poe", [r"\kite \boat", "Ann Poe"]),
        ("Jane Roe and Ann Poe", ["Jane Roe and Ann Poe"]),
    ],
)
def test_byline_is_split_into(text: str, names: list[str]) -> None:
    assert split_byline(text) == names


def test_thousands_of_names_are_split() -> None:
    names = [f"J. Roe{number}" for number in range(5_000)]
    assert split_byline(", ".join(names)) == names
    assert split_byline(", ".join(f"{{{name}}}" for name in names)) == names


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text())
def test_names_of_any_text_are_no_blanks(text: str) -> None:
    for name in split_byline(text):
        assert name == " ".join(name.split())
        assert name


# --- comparison keys -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jane Roe", "jane roe"),
        ("JANE  ROE", "jane roe"),
        ("Roe, Jane", "roe jane"),
        ("J. R. Roe", "j r roe"),
        ("J.R. Roe", "j r roe"),
        ("O'Brien", "obrien"),
        ("Père Roe", "pere roe"),
        ("Roe\u036f", "roe"),
        ("\u05d1\u05b0", "\u05d1"),
        ("\u0628\u0670", "\u0628"),
        ("O’Brien", "obrien"),
        ("O´Brien", "obrien"),
        ("O`Brien", "obrien"),
        ("Jean-Pierre Roe", "jean pierre roe"),
        ("Jean‐Pierre Roe", "jean pierre roe"),
        ("Jean\u00adPierre", "jeanpierre"),
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        (r"Jos\'e", "jose"),
        (r"Erd\H{o}s", "erdos"),
        ("Erdős", "erdos"),
        ("Müller", "muller"),
        ("Weiß", "weiss"),
        ("WEISS", "weiss"),
        ("Ørsted", "orsted"),
        ("Łukasz", "lukasz"),
        ("Đorđe", "dorde"),
        ("Þór", "thor"),
        ("Æsa", "aesa"),
        ("Işıl", "isil"),
        ("İpek", "ipek"),
        ("Nguyễn", "nguyen"),
        ("Laerte Sodré, Jr.", "laerte sodre jr"),
        ("Ｊａｎｅ", "jane"),
        ("ﬁona", "fiona"),
        ("山田花子", "山田花子"),
        ("ガガ", "ガガ"),
        ("Ёлка", "елка"),
        ("Йод", "иод"),
        ("김철수", "김철수"),
        ("किरण", "किरण"),
        ("Roe 2", "roe 2"),
        ("—", "—"),
        ("?", "?"),
    ],
)
def test_key_of_name(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Roe", "Jane Poe"),
        ("J. Roe", "Jane Roe"),
        ("Al Doe, Jr.", "Al Doe"),
        ("カ", "ガ"),
        ("किरण", "करण"),
        ("?", "!"),
        ("Roe 1", "Roe 2"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(min_size=1))
def test_a_key_is_its_own_key(name: str) -> None:
    assert fold(name)
    assert fold(fold(name)) == fold(name)


# --- collectives -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "The Theano Development Team",
        "KITE Collaboration",
        "Kites Consortium",
        "IsoQuest, Inc.",
        "Kites GmbH",
        "Roe & Co.",
        "Boats, Co",
        "ATLAS Group",
        "AI Lab",
        "The Lab",
        "Community of Kites",
        "The Kite Project",
        "Kite Flying Research Center",
        "Kites Working Group",
        "Institute of Kites",
        "University of Kites",
        "WanTeam",
        "OpenAI",
        "DeepMind",
        "GOOGLE",
        "BigScience",
        "KiteLab",
        "Grace Team",
        "the kite team",
        "Kites Contributors",
    ],
)
def test_a_team_or_company_is_a_collective(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "Jane Roe",
        "Jane Group",
        "Hugh A. Center",
        "J. Lab",
        "JANE LAB",
        "Ann Community",
        "Jane Teamer",
        "Inca Roe",
        "Al Corpus",
        "Jane Roe, Jr.",
        "Ai Lin",
        "Jane Ai",
        "Jane Co",
        "Lab",
        "山田花子",
        "",
        "?",
    ],
)
def test_a_person_is_no_collective(name: str) -> None:
    assert not is_collective(name)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text() | st.sampled_from(["Group", "the Lab", "Lab, ", "co", "& co", "-AI"]))
def test_any_text_is_a_collective_or_not(name: str) -> None:
    assert is_collective(name) in {True, False}
