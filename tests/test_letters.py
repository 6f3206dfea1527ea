"""Normal forms of letters with few marks and with endless ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.letters import SHORT_LINE, normalized

LETTERS = st.text(st.sampled_from("aeo e\u0301\u0323\u0308\u1ea5\u212b·…\n"), max_size=30)
ACUTE_AND_DOT = "\u0301\u0323"


@settings(deadline=None, derandomize=True)
@given(LETTERS, st.sampled_from(["", "x" * SHORT_LINE]))
def test_text_is_normalized_as_unicode_says(text: str, more: str) -> None:
    assert normalized("NFC", text + more) == unicodedata.normalize("NFC", text + more)


def test_the_first_marks_of_endless_ones_belong_to_their_letter() -> None:
    text = f"an e{ACUTE_AND_DOT * SHORT_LINE} and é"
    found = normalized("NFC", text)
    assert found.startswith("an ẹ\u0323")
    assert found.endswith("\u0301 and é")
    assert len(found) == len(text) - 1


@pytest.mark.usefixtures("must_end")
def test_endless_marks_are_normalized_to_their_end() -> None:
    text = "e" + ACUTE_AND_DOT * 500_000
    assert len(normalized("NFC", text)) == len(text) - 1
    assert len(normalized("NFKD", text)) == len(text)
