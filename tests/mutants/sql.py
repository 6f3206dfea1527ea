"""Plant faults in the SQL files, one at a time, and see whether the cases of tests/sql tell.

What no case tells is named, and the status is 1, unless sql_equivalent.csv says why it gives the
same rows for any tables that there can be.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import duckdb
import sqlglot
from sqlglot import exp
from test_sql import (
    CASES,
    FILES,
    KINDS,
    SQL,
    answer,
    assert_expected,
    both_ways,
    give,
    given_tables,
    name_of,
)

from pipeline.lint import DIALECT, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Pattern = tuple[str, str, str]  # of file, step and change
EQUIVALENT = Path(__file__).with_name("sql_equivalent.csv")
SECONDS = 20
LONGEST_TOLD = 60
# What no engine would run is no fault that could stay.
NOT_SQL = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
OPERATORS: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GTE),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LTE),
    exp.NullSafeEQ: (exp.EQ, exp.NullSafeNEQ),
    exp.NullSafeNEQ: (exp.NEQ, exp.NullSafeEQ),
    exp.And: (exp.Or,),
    exp.Or: (exp.And,),
    exp.Add: (exp.Sub,),
    exp.Sub: (exp.Add,),
    exp.Mul: (exp.Div,),
    exp.Div: (exp.Mul,),
}
CALLS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.Sum: exp.Max,
    exp.Least: exp.Greatest,
    exp.Greatest: exp.Least,
    exp.LogicalAnd: exp.LogicalOr,
    exp.LogicalOr: exp.LogicalAnd,
}
# Whose argument alone is another answer.
WRAPPERS = (exp.Abs, exp.Coalesce, exp.Floor, exp.Filter, exp.Neg, exp.Not, exp.Nullif)
# What holds a condition, and as which of its arguments.
CONDITIONAL = (exp.And, exp.Having, exp.If, exp.Join, exp.Or, exp.Where)
DECIDING = {"this", "expression", "on"}
# A mark for keys of orderings whose files say so: the tree alone does not tell.
SAYS_NULLS_LAST = "nulls last"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A SQL file with one fault, and where and what it is."""

    text: str
    line: int
    step: str
    change: str


# --- what is changed ----------------------------------------------------------------------------


def changed(node: exp.Expr, **arguments: object) -> exp.Expr:
    """A copy of a node with other arguments."""
    copy = node.copy()
    for name, value in arguments.items():
        copy.set(name, value)
    return copy


def other_operators(node: exp.Expr) -> Iterator[exp.Expr]:
    """The same sides with other operators between them."""
    for kind in OPERATORS[type(node)]:
        yield exp.Paren(this=kind(**node.copy().args))


def other_call(node: exp.Expr) -> Iterator[exp.Expr]:
    """The same arguments of another function."""
    yield CALLS[type(node)](**node.copy().args)


def unwrapped(node: exp.Expr) -> Iterator[exp.Expr]:
    """The first argument alone."""
    yield node.this.copy()


def negated(node: exp.Expr) -> Iterator[exp.Expr]:
    """The opposite of a condition; a column is one where it decides something."""
    if isinstance(node, exp.Column):
        negatable = isinstance(node.parent, CONDITIONAL) and node.arg_key in DECIDING
    else:
        negatable = not isinstance(node.parent, exp.Not)  # the one without is a change of its own
    if negatable:
        yield exp.Not(this=node.copy())


def other_like(node: exp.Expr) -> Iterator[exp.Expr]:
    """A LIKE for a NOT LIKE, and the other way round."""
    yield changed(node, negate=not node.args.get("negate"))


def without_one_side(node: exp.Expr) -> Iterator[exp.Expr]:
    """One side of two conditions; of a chain, each condition is dropped once."""
    if not isinstance(node.this, type(node)):
        yield node.expression.copy()
    yield node.this.copy()


def without_condition(node: exp.Expr) -> Iterator[exp.Expr]:
    """All rows, or groups."""
    yield changed(node, this=exp.true())


def other_joins(node: exp.Expr) -> Iterator[exp.Expr]:
    """A join that keeps more or fewer rows."""
    assert isinstance(node, exp.Join)
    if node.side == "LEFT":
        yield changed(node, side=None, kind="INNER")
    elif node.side == "FULL":
        yield changed(node, side="LEFT")
        yield changed(node, side="RIGHT")
    elif node.kind == "INNER":
        yield changed(node, side="LEFT", kind=None)


def other_cases(node: exp.Expr) -> Iterator[exp.Expr]:
    """A case without one of its branches, or without its else."""
    branches, otherwise = node.args["ifs"], node.args.get("default")
    for dropped in branches:
        rest = [branch.copy() for branch in branches if branch is not dropped]
        yield changed(node, ifs=rest) if rest else (otherwise or exp.null()).copy()
    if otherwise:
        yield changed(node, default=None)
    elif len(branches) == 1:
        yield branches[0].args["true"].copy()


def other_counts(node: exp.Expr) -> Iterator[exp.Expr]:
    """A count of other rows."""
    if isinstance(node.this, exp.Distinct):
        yield exp.Count(this=node.this.expressions[0].copy())
    elif isinstance(node.this, exp.Star):
        yield exp.Max(this=exp.Literal.number(1))
    else:
        yield exp.Count(this=exp.Star())
        if not isinstance(node.this, exp.Case):
            yield exp.Count(this=exp.Distinct(expressions=[node.this.copy()]))


def other_union(node: exp.Expr) -> Iterator[exp.Expr]:
    """A UNION for a UNION ALL, and the other way round."""
    yield changed(node, distinct=not node.args["distinct"])


def not_distinct(node: exp.Expr) -> Iterator[exp.Expr]:
    """A SELECT that keeps equal rows."""
    if node.args.get("distinct"):
        yield changed(node, distinct=None)


def other_order(node: exp.Expr) -> Iterator[exp.Expr]:
    """A key of an ordering the other way round, and nulls at the other end if it says where."""
    yield changed(node, desc=not node.args.get("desc"))
    if node.meta.get(SAYS_NULLS_LAST):
        yield changed(node, nulls_first=True)


def without_one(node: exp.Expr, name: str) -> Iterator[exp.Expr]:
    """A node without one of the expressions in an argument."""
    for number in range(len(node.args.get(name) or ())):
        copy = node.copy()
        del copy.args[name][number]
        yield copy


def without_one_partition(node: exp.Expr) -> Iterator[exp.Expr]:
    """A window over more rows."""
    yield from without_one(node, "partition_by")


def without_one_order(node: exp.Expr) -> Iterator[exp.Expr]:
    """A SELECT or a window that orders by less."""
    order = node.args.get("order")
    for rest in without_one(order, "expressions") if order else ():
        yield changed(node, order=rest if rest.expressions else None)


def without_one_group(node: exp.Expr) -> Iterator[exp.Expr]:
    """A SELECT that groups by less; the least of the values stands for the key."""
    group = node.args.get("group")
    keys = group.expressions if group else []
    for key, rest in zip(keys, without_one(group, "expressions") if group else (), strict=True):
        copy = changed(node, group=rest if rest.expressions else None)
        for column in copy.expressions:
            value = column.unalias()
            if value == key:
                column.replace(exp.alias_(exp.Min(this=value.copy()), column.alias_or_name))
        yield copy


def other_boolean(node: exp.Expr) -> Iterator[exp.Expr]:
    """True for false, and the other way round."""
    yield exp.Boolean(this=not node.this)


def other_literals(node: exp.Expr) -> Iterator[exp.Expr]:
    """A literal beside the one that is meant."""
    assert isinstance(node, exp.Literal)
    parent = node.parent
    if isinstance(parent, exp.If) and parent.parent and isinstance(parent.parent.parent, exp.Count):
        return  # what is counted does not matter
    if isinstance(parent, exp.Cast) and parent.to.this == exp.DType.DATE:
        for days in (-1, 1):
            day = date.fromisoformat(node.name) + timedelta(days=days)
            yield exp.Literal.string(day.isoformat())
    elif isinstance(parent, exp.Interval) or node.is_int:
        for step in (-1, 1):
            yield exp.Literal(this=str(int(node.name) + step), is_string=node.is_string)
    elif node.is_number:
        yield exp.Paren(this=exp.Mul(this=node.copy(), expression=exp.Literal.number(2)))
    else:
        yield exp.Literal.string(f"{node.name}?")


VARIATIONS: tuple[tuple[tuple[type[exp.Expr], ...], Callable[[exp.Expr], Iterator[exp.Expr]]], ...]
VARIATIONS = (
    (tuple(OPERATORS), other_operators),
    (tuple(CALLS), other_call),
    (WRAPPERS, unwrapped),
    ((exp.And, exp.Or), without_one_side),
    ((exp.Is, exp.In, exp.Between, exp.Column), negated),
    ((exp.Like,), other_like),
    ((exp.Where, exp.Having), without_condition),
    ((exp.Join,), other_joins),
    ((exp.Case,), other_cases),
    ((exp.Count,), other_counts),
    ((exp.Union,), other_union),
    ((exp.Ordered,), other_order),
    ((exp.Window,), without_one_partition),
    ((exp.Select, exp.Window), without_one_order),
    ((exp.Select,), not_distinct),
    ((exp.Select,), without_one_group),
    ((exp.Boolean,), other_boolean),
    ((exp.Literal,), other_literals),
)


def variants(node: exp.Expr) -> Iterator[exp.Expr]:
    """What could stand in the place of a node by mistake."""
    for kinds, vary in VARIATIONS:
        if isinstance(node, kinds):
            yield from vary(node)


# --- how a change is told -----------------------------------------------------------------------


def step_of(node: exp.Expr) -> str:
    """The name of the step in which a node stands."""
    step = node.find_ancestor(exp.CTE)
    return step.alias if step else "the last select"


def told(before: str, after: str) -> str:
    """What stood there and what stands there now; of a long text the words that differ."""
    if len(before) <= LONGEST_TOLD:
        return f"{before} → {after}"
    old, new = before.split(), after.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return "; ".join(
        f"{around(old, start, end)} → {around(new, first, last)}"
        for kind, start, end, first, last in blocks
        if kind != "equal"
    )


def around(words: list[str], start: int, end: int) -> str:
    """Some of the words with one on each side."""
    return " ".join(words[max(start - 1, 0) : end + 1])


# --- one file -----------------------------------------------------------------------------------


def parsed(text: str) -> exp.Expr:
    """The syntax tree of a file, with `SAYS_NULLS_LAST` where it says so."""
    tree = sqlglot.parse_one(text, read=DIALECT)
    for key in tree.find_all(exp.Ordered):
        if isinstance(key.this, exp.Column):
            behind = text[key.this.this.meta["end"] + 1 :]
            key.meta[SAYS_NULLS_LAST] = bool(re.match(r"(\s+desc)?\s+nulls last", behind))
    return tree


def mutants_of(path: Path) -> Iterator[Mutant]:
    """A SQL file as sqlglot writes it, then with one fault after the other."""
    whole = exp.Paren(this=parsed(path.read_text(encoding="utf-8")))
    unchanged = whole.this.sql(DIALECT)
    yield Mutant(unchanged, 0, "", "")
    seen = {unchanged}
    for node in list(whole.this.walk()):
        for variant in variants(node):
            # A word says little without what it stands in.
            is_word = isinstance(node, (exp.Boolean, exp.Column, exp.Literal))
            shown = node.parent if is_word else None
            line, step, before = line_of(node), step_of(node), (shown or node).sql(DIALECT)
            node.replace(variant)
            change = told(before, (shown or variant).sql(DIALECT))
            mutated = whole.this.sql(DIALECT)
            variant.replace(node)
            if mutated not in seen:
                seen.add(mutated)
                yield Mutant(mutated, line, step, change)


# --- whether a case tells -----------------------------------------------------------------------


def tells(case: Path, connection: duckdb.DuckDBPyConnection, text: str) -> bool:
    """Whether a case finds another answer than it expects, none in time, or an error."""
    timer = Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        assert_expected(case, answer(connection, text))
    except NOT_SQL:
        raise
    except (AssertionError, duckdb.Error):
        return True
    finally:
        timer.cancel()
    return False


def left_of(
    name: str, mutants: list[Mutant], connection: duckdb.DuckDBPyConnection
) -> tuple[int, list[Mutant]]:
    """How many mutants of a file are SQL, and which of them no case tells."""
    planted = len(mutants)
    cases = [(case, both_ways(given_tables(case))) for case in sorted((CASES / name).iterdir())]
    for way in range(2):  # few mutants are left for the second, and its runs are saved
        for case, ways in cases:
            give(connection, ways[way])
            left = []
            for mutant in mutants:
                try:
                    if not tells(case, connection, mutant.text):
                        left.append(mutant)
                except NOT_SQL:
                    planted -= 1
            mutants = left
    return planted, mutants


def fits(pattern: Pattern, name: str, mutant: Mutant) -> bool:
    """Whether a pattern stands for a mutant of a file."""
    return all(map(fnmatchcase, (name, mutant.step, mutant.change), pattern))


def look_at(
    name: str, equivalent: Collection[Pattern], connection: duckdb.DuckDBPyConnection
) -> tuple[Counter[str], set[Pattern]]:
    """Print what is left of a file; how many there were, and which patterns stand for any."""
    unchanged, *mutants = mutants_of(SQL / f"{name}.sql")
    assert left_of(name, [unchanged], connection)[1], "sqlglot does not write what it read"
    planted, left = left_of(name, mutants, connection)
    fitting = [{pattern for pattern in equivalent if fits(pattern, name, one)} for one in left]
    unexplained = [one for one, patterns in zip(left, fitting, strict=True) if not patterns]
    found = Counter(
        planted=planted,
        killed=planted - len(left),
        equivalent=len(left) - len(unexplained),
        left=len(unexplained),
    )
    print(shown(name, found), flush=True)
    for one in unexplained:
        print(f"  sql/{name}.sql:{one.line} ({one.step}): {one.change}", flush=True)
    return found, set().union(*fitting)


def shown(what: str, found: Counter[str]) -> str:
    """Numbers on one line."""
    return f"{what:<40}" + "".join(f"{number:>6} {name}" for name, number in found.items())


def main() -> None:
    """Print what is left of the files, and the sums of each kind of files."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*", help="as in core/papers; all if none is named")
    names = arguments.parse_args().names or [name_of(path) for path in FILES]
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        equivalent = {(row["file"], row["step"], row["change"]) for row in csv.DictReader(file)}
    unused = equivalent if len(names) == len(FILES) else set()
    totals = {kind: Counter[str]() for kind in KINDS}
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "1GB"}) as connection:
        for name in names:
            found, used = look_at(name, equivalent, connection)
            totals[name.split("/")[0]].update(found)
            unused = unused - used
    for kind, total in totals.items():
        print(shown(kind, total))
    for pattern in sorted(unused):
        print(f"{EQUIVALENT.name}: nothing is left of", ", ".join(pattern))
    sys.exit(bool(unused) or any(total["left"] for total in totals.values()))


if __name__ == "__main__":
    main()
