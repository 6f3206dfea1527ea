"""What a stage prints for a user: nothing in it commands the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from corpus import write_tables

from pipeline.console import run, visible
from pipeline.errors import InputError
from pipeline.warn import warn

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë 王小明 محمد\n\tnext line", "Zoë 王小明 محمد\n\tnext line"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m\x7f\x00\r\x0b\x85", "\\x9b31m\\x7f\\x00\\r\\x0b\\x85"),
        ("\u202egnp\u202c.\u2066a\u2069\u200f", "\\u202egnp\\u202c.\\u2066a\\u2069\\u200f"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("\ud800", "\\ud800"),
        ("क\u200d्ष", "क\u200d्ष"),
    ],
)  # fmt: skip
def test_commands_of_a_terminal_are_shown(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_an_error_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise InputError("a\x1b[2J.txt: found '\u202e'")

    with pytest.raises(SystemExit):
        run(fail, stop_on_signal=False)
    assert capsys.readouterr().err == "error: a\\x1b[2J.txt: found '\\u202e'\n"


def test_a_warning_commands_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    processed = write_tables(tmp_path / "processed")
    (processed / "warnings.parse").write_text("a\x1b[2J.txt: odd \u202e\n", encoding="utf-8")
    warn(processed, tmp_path)
    printed = capsys.readouterr().out
    assert "1 warning:\n  a\\x1b[2J.txt: odd \\u202e\n" in printed
    assert (tmp_path / "warnings.txt").read_text(encoding="utf-8") in printed
