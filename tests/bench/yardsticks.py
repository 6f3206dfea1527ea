"""What the project is measured against, each a command: python tests/bench/yardsticks.py NAME …"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from found import write_found

LONGEST_LINE = 20_000_000


def copy_lines(folder: Path, output: Path) -> None:
    """Let DuckDB copy all lines to one column of a Parquet file."""
    pages = str(folder / "*" / "*.txt").replace("'", "''")
    duckdb.sql(
        f"copy (select * from read_csv('{pages}', columns = {{'line': 'varchar'}}, "  # noqa: S608 -- a quoted path
        "delim = '\x01', quote = '', escape = '', header = false, auto_detect = false, "
        f"strict_mode = false, ignore_errors = true, max_line_size = {LONGEST_LINE})) "
        f"to '{output}' (format parquet, compression zstd)"
    )


def read_by_line(folder: Path, output: Path) -> None:
    """Read pages as a simple script would: line by line, a block after the other."""
    entries = []
    for path in sorted(folder.rglob("*.txt")):
        blocks: list[list[str]] = [[]]
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                text = line.strip()
                if text:
                    blocks[-1].append(text)
                elif blocks[-1]:
                    blocks.append([])
        for block, names in pairwise(blocks):
            if len(block) == 2 and len(names) == 1:
                entries.append((path.name, block[0], block[1], names[0].split(", ")))
    output.write_text(f"{len(entries)}\n", encoding="utf-8")


def count_pairs_in_sql(processed: Path, output: Path) -> None:
    """Count papers per year and pairs of authors with DuckDB, from the tables."""
    connection = duckdb.connect()
    for name in ("papers", "authorships"):
        path = str(processed / f"{name}.parquet").replace("'", "''")
        connection.execute(f"create view {name} as select * from read_parquet('{path}')")  # noqa: S608 -- a quoted path
    years = connection.sql(
        "select year(published), count(*) from papers where published is not null group by 1"
    )
    authors = connection.sql("select count(distinct author_id) from authorships")
    pairs = connection.sql(
        "select a.author_id as a, b.author_id as b, count(*) as papers from authorships as a "
        "inner join authorships as b on a.paper_id = b.paper_id and a.author_id < b.author_id "
        "group by a.author_id, b.author_id"
    )
    papers = sum(count for _, count in years.fetchall())
    write_found(output, papers, authors.fetchall()[0][0], len(pairs.to_arrow_table()))


def count_pairs_in_python(processed: Path, output: Path) -> None:
    """The same with dictionaries."""
    papers = pq.read_table(processed / "papers.parquet", columns=["published"])
    years = Counter(day.year for day in papers["published"].to_pylist() if day)
    authors: dict[int, list[int]] = {}
    rows = pq.read_table(processed / "authorships.parquet", columns=["paper_id", "author_id"])
    for paper, author in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        authors.setdefault(paper, []).append(author)
    pairs = Counter(pair for group in authors.values() for pair in combinations(sorted(group), 2))
    write_found(output, years.total(), len(set().union(*authors.values())), len(pairs))


YARDSTICKS = {
    function.__name__: function
    for function in (copy_lines, read_by_line, count_pairs_in_sql, count_pairs_in_python)
}


def main() -> None:
    """Parse the command line and run one yardstick."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("name", choices=YARDSTICKS)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("output", type=Path)
    options = arguments.parse_args()
    YARDSTICKS[options.name](options.folder, options.output)


if __name__ == "__main__":
    main()
