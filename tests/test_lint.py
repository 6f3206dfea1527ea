"""The lint of the SQL files: tests/lint/RULE.sql breaks one rule, on the line marked "-- bad"."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import PROJECT

from pipeline.errors import PipelineError
from pipeline.lint import RULES, TYPED_RULES, lint, lint_files

PLANTED = sorted((Path(__file__).parent / "lint").glob("*.sql"))
FILES = sorted((PROJECT / "sql").glob("*/*.sql"))
# What also breaks a more general rule.
UNNESTS = {"left_join_unnest", "with_ordinality", "ordered_distinct_list"}


@pytest.mark.parametrize("path", PLANTED, ids=lambda path: path.stem)
def test_finds_the_planted_fault_and_no_other(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (bad_line,) = (
        number for number, line in enumerate(text.splitlines(), start=1) if "-- bad" in line
    )
    expected = {path.stem, "list"} if path.stem in UNNESTS else {path.stem}
    assert {(finding.line, finding.rule) for finding in lint(text)} == {
        (bad_line, rule) for rule in expected
    }


def test_each_rule_has_a_planted_file() -> None:
    rules = {rule.name for rule in (*RULES, *TYPED_RULES)}
    assert {path.stem for path in PLANTED} == rules | {"syntax"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_projects_own_files_are_portable(path: Path) -> None:
    assert lint(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("select now() as n from listings order by n", "clock_or_chance"),
        ("select random() as r from listings order by r", "clock_or_chance"),
        ("select string_agg(name, ', ' order by name) as n from names order by n", "list"),
        ("select string_split(owner, ' ') as w from listings order by w", "list"),
        ("select listings.* from listings order by listing", "star"),
        ("select owner from listings order by all", "all_or_ordinal"),
        ("select owner from listings group by all order by owner", "all_or_ordinal"),
        ("select owner from listings group by 1 order by owner", "all_or_ordinal"),
        ("select avg(ai_score) as a from listings order by a", "sum_of_doubles"),
        ("select any_value(owner) as a from listings order by a", "pick"),
        ("select max_by(owner, listing) as a from listings order by a", "pick"),
        ("select quantile_cont(entries, 0.5e0) as q from listings order by q", "percentile"),
        ("select entries::hugeint as e from listings order by e", "type"),
        ("select nobody from listings order by nobody", "syntax"),
        ("insert into listings values (1)", "syntax"),
    ],
)
def test_other_ways_to_break_a_rule(statement: str, rule: str) -> None:
    assert [finding.rule for finding in lint(statement)] == [rule]


@pytest.mark.parametrize(
    "statement",
    [
        "select count(*) as n from listings order by n",
        "select regexp_replace(owner, ' +', ' ', 'g') as o from listings order by o",
        "select date_diff('day', as_of, as_of) as d from listings order by d",
        "select log(2, entries) as l from listings order by l",
        "select cast(entries as double) / nullif(h_index, 0) as r from listings order by r",
        "select median(entries) as m from listings order by m",
    ],
)
def test_lets_pass_what_runs_the_same(statement: str) -> None:
    assert lint(statement) == []


def test_says_file_line_what_was_found_and_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "core" / "scaled.sql"
    path.parent.mkdir()
    path.write_text("select\n    h_index / 1.5 as h,\nfrom listings\norder by h\n", "utf-8")
    with pytest.raises(PipelineError, match="1 line of SQL would not give the same on Spark"):
        lint_files(tmp_path)
    assert capsys.readouterr().err == (
        f"{path}:2: decimal_literal: found `h_index / 1.5 as h,`: a decimal on Spark, with other "
        "digits after a division; write a double, 1.0e0\n"
    )
