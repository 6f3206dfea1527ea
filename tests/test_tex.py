r"""TeX accents and letters to Unicode."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tex import decode_accents, decode_tex, has_tex

ACCENTED = [
    (r"\made\'{e}k", "ék"),
    (r"Erd\H{o}s", "Erdős"),
    (r"Erd\H os", "Erdős"),
    (r"Erd{\H o}s", "Erdős"),
    (r"G\"odel", "Gödel"),
    (r"G\"{o}del", "Gödel"),
    (r"G{\"o}del", "Gödel"),
    (r"G{\"{o}}del", "Gödel"),
    (r"Poincar\'e", "Poincaré"),
    (r"Poincar\'{e}", "Poincaré"),
    (r"Poincar\' e", "Poincaré"),
    (r"Mar\'{\i}a", "María"),
    (r"Mar{\'\i}a", "María"),
    (r"Mar\'ia", "María"),
    (r"na\"{\i}ve", "naïve"),
    (r"\^{\j}", "ĵ"),
    (r"Fran\c{c}ois", "François"),
    (r"Fran\c cois", "François"),
    (r"\v{C}en\v{e}k", "Čeněk"),
    (r"Mu\~noz", "Muñoz"),
    (r"Mu\~{n}oz", "Muñoz"),
    (r"\`a la", "à la"),
    (r"\^Ile", "Île"),
    (r"\=o\.z\u{g}\r{a}\k{e}\d{u}\b{b}", "ōżğåęụḇ"),
    (r"{\aa}{\AA}{\ae}{\AE}{\oe}{\OE}", "åÅæÆœŒ"),
    (r"Wa\l{}\k{e}sa", "Wałęsa"),
    (r"Wa{\l}{\k{e}}sa", "Wałęsa"),
    (r"\L{}ukasz", "Łukasz"),
    (r"{\L}ukasz", "Łukasz"),
    (r"\O rsted", "Ørsted"),
    (r"Stra\ss e", "Straße"),
    (r"Stra{\ss}e", "Straße"),
    (r"\DJ or\dj e", "Đorđe"),
    (r"\TH or\dh", "Þorð"),
    (r"Nguy\~{\^e}n", "Nguyễn"),
    (r"Nguy\~{\^{e}}n", "Nguyễn"),
]


@pytest.mark.parametrize(("tex", "text"), ACCENTED)
def test_accents_and_letters_become_unicode(tex: str, text: str) -> None:
    assert decode_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("Jane~Roe", "Jane Roe"),
        (r"Jane\ Roe", "Jane Roe"),
        (r"J.\,Roe", "J. Roe"),
        (r"Jane {Roe}", "Jane Roe"),
        (r"{Jane} {{Roe}}", "Jane Roe"),
        (r"Kites \& Boats", "Kites & Boats"),
        (r"\textsc{Roe}", "Roe"),
        (r"\textit {Roe}", "Roe"),
        (r"{\em Roe}", "Roe"),
        (r"Roe\-Poe", "RoePoe"),
        (r"Jane\'", "Jane'"),
        (r"Jane\\Roe", "Jane Roe"),
        (r"Jane\~", "Jane~"),
        ("Jane Roe", "Jane Roe"),
        ("", ""),
        ("{}", ""),
        ("Jané", "Jané"),
    ],
)
def test_other_tex_goes_and_its_arguments_stay(tex: str, text: str) -> None:
    assert decode_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Erd\H{o}s--R\'enyi", "Erdős--Rényi"),
        (r"50\% of $\mathcal{G}$", r"50\% of $\mathcal{G}$"),
        (r"\textbf{Kites}", r"\textbf{Kites}"),
        (r"\to \in \delta \omega \lambda", r"\to \in \delta \omega \lambda"),
        (r"\ooze \ill \aardvark \copy", r"\ooze \ill \aardvark \copy"),
        (r"\hat{x} \vec{v} \tilde{u}", r"\hat{x} \vec{v} \tilde{u}"),
    ],
)
def test_accents_alone_are_decoded_and_commands_that_only_begin_alike_stay(
    tex: str, text: str
) -> None:
    assert unicodedata.normalize("NFC", decode_accents(tex)) == text


@pytest.mark.parametrize("text", ["\\", "{", "}", "~", r"a\b"])
def test_signs_of_tex_are_seen(text: str) -> None:
    assert has_tex(text)


@pytest.mark.parametrize("text", ["", "Jane Roe", "50% & $2", "a/b_c^d"])
def test_text_without_signs_of_tex_is_plain(text: str) -> None:
    assert not has_tex(text)
    assert decode_tex(text) == text


PIECES = st.sampled_from([*"\\{}~'\"`^=. aeoij", "\\H", "\\'", "\\c", "\\i", "\\ss", "\u0301", "é"])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_sign_of_tex_is_left_of_any_text(text: str) -> None:
    decoded = decode_tex(text)
    assert not set(decoded) & set("\\{}")
    assert has_tex(text) is False or unicodedata.is_normalized("NFC", decoded)


@pytest.mark.usefixtures("must_end")
@pytest.mark.parametrize("piece", ["\\", "{", "\\'{", "\\'", "\\H ", "a~", "\\i", "\\'{a"])
def test_a_long_repetition_is_decoded_to_its_end(piece: str) -> None:
    assert not set(decode_tex(piece * 20_000)) & set("\\{}")
