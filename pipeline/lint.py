"""Find in the SQL files what DuckDB accepts and Spark does not know or answers otherwise.

Reads each file's syntax tree, so that layout and comments do not matter. What no tree shows (is
an ordering total?) is for the tests.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import OptimizeError, ParseError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from pipeline.console import counted, run
from pipeline.errors import PipelineError
from pipeline.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DIALECT = "duckdb"
SCHEMA: dict[str, object] = {
    table.name: {column.name: column.type for column in table.columns} for table in TABLES.values()
}
CASTS = {
    exp.DType.BIGINT,
    exp.DType.DOUBLE,
    exp.DType.BOOLEAN,
    exp.DType.TEXT,
    exp.DType.VARCHAR,
    exp.DType.DATE,
}
LISTS = (
    exp.Bracket,
    exp.Explode,
    exp.GenerateSeries,
    exp.GroupConcat,
    exp.Map,
    exp.RegexpExtractAll,
    exp.Split,
    exp.Struct,
    exp.Transform,
    exp.Unnest,
)
CHANCE = (exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Rand, exp.Uuid)
PERCENTILES = (exp.ApproxQuantile, exp.PercentileCont, exp.PercentileDisc, exp.Quantile)
PICKS = (exp.AnyValue, exp.ArgMax, exp.ArgMin, exp.First, exp.Last)
ORDERED = (exp.DenseRank, exp.FirstValue, exp.Lag, exp.LastValue, exp.Lead, exp.Rank, exp.RowNumber)
SYNTAX = "a file is one SELECT of columns that there are"
CLAUSES = {"ALL", "ANTI", "ASOF", "SEMI"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not stand in a SQL file: how to see it in a node, and what to write instead."""

    name: str
    breaks: Callable[[exp.Expr], bool]
    advice: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A line that breaks a rule."""

    line: int
    rule: str
    text: str
    advice: str


# --- how the rules look at a node ---------------------------------------------------------------


def any_of(*kinds: type[exp.Expr]) -> Callable[[exp.Expr], bool]:
    """Whether a node is of one of the kinds."""
    return lambda node: isinstance(node, kinds)


def called(node: exp.Expr, *prefixes: str) -> bool:
    """Whether a node calls a function whose name begins so, one that sqlglot has no class for."""
    return isinstance(node, exp.Anonymous) and node.name.lower().startswith(prefixes)


def joins_unnest(node: exp.Expr) -> bool:
    """Whether a node is an outer join with the elements of a list."""
    return isinstance(node, exp.Join) and bool(node.side) and isinstance(node.this, exp.Unnest)


def numbers_elements(node: exp.Expr) -> bool:
    """Whether a node unnests a list with the numbers of its elements."""
    return isinstance(node, exp.Unnest) and bool(node.args.get("offset"))


def orders_distinct(node: exp.Expr) -> bool:
    """Whether a node collects distinct values in an order."""
    return isinstance(node, exp.ArrayAgg) and None not in (
        node.find(exp.Distinct),
        node.find(exp.Order),
    )


def is_list(node: exp.Expr) -> bool:
    """Whether a node makes, takes or opens a list, a map or a struct."""
    of_lists = isinstance(node, exp.Func) and node.sql_name().startswith("ARRAY")
    return of_lists or isinstance(node, LISTS) or called(node, "list_", "array_", "map_")


def replaces_first(node: exp.Expr) -> bool:
    """Whether a node is a regexp_replace that ends after the first match in DuckDB."""
    return isinstance(node, exp.RegexpReplace) and "g" not in node.text("modifiers")


def is_decimal(node: exp.Expr) -> bool:
    """Whether a node is a number with a point and no exponent."""
    return (
        isinstance(node, exp.Literal)
        and node.is_number
        and "." in node.name
        and "e" not in node.name.lower()
    )


def counts_boundaries(node: exp.Expr) -> bool:
    """Whether a node takes a difference of dates in other units than days."""
    return isinstance(node, exp.DateDiff) and node.text("unit").upper() not in {"", "DAY"}


def is_star(node: exp.Expr) -> bool:
    """Whether a node stands for all columns."""
    return isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count)


def is_shorthand(node: exp.Expr) -> bool:
    """Whether a node is a clause of DuckDB's own."""
    if isinstance(node, exp.Join):
        return bool({node.kind, node.method} & CLAUSES)
    return isinstance(node, (exp.ILike, exp.Pivot, exp.Qualify))


def names_no_column(node: exp.Expr) -> bool:
    """Whether a node groups or orders by "all" or by the number of a column."""
    if isinstance(node, exp.Group):
        return bool(node.args.get("all")) or any(key.is_number for key in node.expressions)
    if isinstance(node, exp.Ordered):
        return bool(node.this.is_number) or node.this.name.upper() == "ALL"
    return False


def is_bare_sum(node: exp.Expr) -> bool:
    """Whether a node is a sum, also over a window, that is not cast at once."""
    if not isinstance(node, exp.Sum):
        return False
    whole = node.parent if isinstance(node.parent, exp.Window) else node
    return not (isinstance(whole.parent, exp.Cast))


def mixes_windows(node: exp.Expr) -> bool:
    """Whether a node is a window in a SELECT that also groups."""
    select = node.find_ancestor(exp.Select) if isinstance(node, exp.Window) else None
    return select is not None and "group" in select.args


def is_unordered(node: exp.Expr) -> bool:
    """Whether a node is a window without an order for a function that needs one."""
    return (
        isinstance(node, exp.Window)
        and isinstance(node.this, ORDERED)
        and not node.args.get("order")
    )


def casts_elsewhere(node: exp.Expr) -> bool:
    """Whether a node casts to a type that the tables do not have."""
    return isinstance(node, exp.Cast) and node.to.this not in CASTS


def divides_integers(node: exp.Expr) -> bool:
    """Whether a node divides where neither side is known to be a double."""
    return isinstance(node, exp.Div) and not any(
        side.is_type(exp.DType.DOUBLE) for side in (node.this, node.expression)
    )


def sums_doubles(node: exp.Expr) -> bool:
    """Whether a node adds or averages doubles over rows."""
    return isinstance(node, (exp.Sum, exp.Avg)) and node.this.is_type(exp.DType.DOUBLE)


RULES = (
    Rule(
        "left_join_unnest",
        joins_unnest,
        "Spark makes it an inner join and loses the rows with empty lists; read a long table",
    ),
    Rule(
        "with_ordinality",
        numbers_elements,
        "Spark counts from 0 and drops empty lists; read a long table that holds the position",
    ),
    Rule(
        "ordered_distinct_list",
        orders_distinct,
        "Spark forgets the order; group by the value in one step, and rank it in the next",
    ),
    Rule(
        "list",
        is_list,
        "engines differ on empty lists, nulls and order; join with a long table instead",
    ),
    Rule(
        "percentile",
        any_of(*PERCENTILES),
        "Spark computes another value or an approximate one; write median(x), or rank the rows",
    ),
    Rule(
        "regexp_replace_first",
        replaces_first,
        "Spark always replaces all matches; write regexp_replace(…, 'g')",
    ),
    Rule(
        "pick",
        any_of(*PICKS),
        "which of equal rows is taken is chance; rank with row_number and a full tie-break",
    ),
    Rule(
        "decimal_literal",
        is_decimal,
        "a decimal on Spark, with other digits after a division; write a double, 1.0e0",
    ),
    Rule(
        "round",
        any_of(exp.Round),
        "engines round ties apart; leave it out, numbers are rounded when the CSV is written",
    ),
    Rule(
        "one_argument_log",
        lambda node: isinstance(node, exp.Log) and not node.args.get("expression"),
        "to base 10 on DuckDB, to base e on Spark; write ln(x), or ln(x) / ln(10.0e0)",
    ),
    Rule(
        "date_diff",
        counts_boundaries,
        "DuckDB counts boundaries, Spark whole units; subtract extract(year from …) and so on",
    ),
    Rule("star", is_star, "name the columns: their order is part of the result"),
    Rule(
        "shorthand_clause",
        is_shorthand,
        "not on every engine; write row_number with a where, case, lower(…) like or a left join",
    ),
    Rule(
        "all_or_ordinal",
        names_no_column,
        "engines read it apart; name the columns",
    ),
    Rule(
        "bare_sum",
        is_bare_sum,
        "a huge integer on DuckDB, which Parquet lacks; write cast(sum(…) as bigint)",
    ),
    Rule(
        "window_in_group",
        mixes_windows,
        "group in one step, and put the window into the next",
    ),
    Rule(
        "window_without_order",
        is_unordered,
        "which row comes first is chance; order by columns that tell all rows apart",
    ),
    Rule(
        "type",
        casts_elsewhere,
        "tables hold bigint, double, boolean, varchar and date, which engines store alike",
    ),
    Rule(
        "clock_or_chance",
        lambda node: isinstance(node, CHANCE) or called(node, "now", "today", "random", "current_"),
        "the same input must give the same bytes; take the day from listings.as_of",
    ),
)
# These need the types of columns.
TYPED_RULES = (
    Rule(
        "integer_division",
        divides_integers,
        "engines differ on integers; cast one side to double",
    ),
    Rule(
        "sum_of_doubles",
        sums_doubles,
        "its last digits depend on the order of rows; sum whole trillionths cast to bigint",
    ),
)


# --- the stage ----------------------------------------------------------------------------------


def lint(text: str) -> list[Finding]:
    """What is wrong in one file, by line.

    Parameters
    ----------
    text
        The SQL.
    """
    try:
        tree = sqlglot.parse_one(text, read=DIALECT)
    except ParseError as error:
        place = error.errors[0]
        return [Finding(place["line"] or 1, "syntax", place["description"] or "", SYNTAX)]
    if not isinstance(tree, exp.Select):
        return [Finding(1, "syntax", text.splitlines()[0], SYNTAX)]
    findings = set(broken(RULES, tree, text))
    try:
        qualified = qualify(tree, schema=SCHEMA, dialect=DIALECT)
        typed = annotate_types(qualified, SCHEMA, dialect=DIALECT)
    except OptimizeError as error:
        return sorted(findings | {Finding(1, "syntax", str(error), SYNTAX)})
    return sorted(findings | set(broken(TYPED_RULES, typed, text)))


def broken(rules: tuple[Rule, ...], tree: exp.Expr, text: str) -> Iterator[Finding]:
    """Each place in a tree that breaks a rule."""
    lines = text.splitlines()
    for node in tree.walk():
        for rule in rules:
            if rule.breaks(node):
                number = line_of(node)
                yield Finding(number, rule.name, lines[number - 1].strip(), rule.advice)


def line_of(node: exp.Expr) -> int:
    """The line on which a node begins, as near as the tree tells: not every node has a place."""
    starts: list[int] = [part.meta["line"] for part in node.walk() if "line" in part.meta]
    if starts:
        return min(starts)
    return line_of(node.parent) if node.parent else 1


def lint_files(folder: Path) -> None:
    """Print what is wrong in the SQL files below a folder.

    Raises
    ------
    PipelineError
        If anything is.
    """
    paths = sorted(folder.rglob("*.sql"))
    found = 0
    for path in paths:
        for finding in lint(path.read_text(encoding="utf-8")):
            found += 1
            where = f"{path}:{finding.line}: {finding.rule}"
            print(f"{where}: found `{finding.text}`: {finding.advice}", file=sys.stderr)
    if found:
        raise PipelineError(f"{counted(found, 'line')} of SQL would not give the same on Spark")
    print(f"{counted(len(paths), 'SQL file')} can run on Spark unchanged")


def main() -> None:
    """Parse the command line and lint."""
    arguments = argparse.ArgumentParser(prog="pipeline.lint", description=__doc__)
    arguments.add_argument("folder", type=Path, nargs="?", default=Path("sql"))
    options = arguments.parse_args()
    run(lambda: lint_files(options.folder))


if __name__ == "__main__":
    main()
