"""Stage: where each author stands in the network of co-authors, with and without page owners.

Every paper of a page is its owner's, so the owners join what would else lie apart; the figures
without them show how the others are connected among themselves.
"""

from __future__ import annotations

import random
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from pipeline.console import StageLine, counted
from pipeline.engine import open_engine
from pipeline.files import replacing
from pipeline.outputs import TABLE_FILES, writing
from pipeline.schema import arrow_schema
from pipeline.tables import DERIVED
from pipeline.workers import cores, map_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.engine import Engine


@contextmanager
def hidden(module: str) -> Iterator[None]:
    """Let imports take a module for missing, which None among the modules means."""
    found = sys.modules.get(module)
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]
        if found:
            sys.modules[module] = found


# Where it can, igraph imports pyplot for drawings that are not asked for: half a second.
with hidden("matplotlib"):
    import igraph

SOURCES = ("authors", "author_names", "listings", "coauthor_pairs")
AUTHORS = "select author_id from authors order by author_id"
OWNERS = """
    select distinct author_names.author_id
    from listings
    inner join author_names
        on listings.owner = author_names.name
"""
# Sorted, since the order of the edges decides between equally good communities.
PAIRS = "select author_a, author_b, papers from coauthor_pairs order by author_a, author_b"
# Exact shortest paths take time in proportion to authors × pairs: 4 s at 180 million (160 pages).
PATHS_LIMIT = 500_000_000
# In smaller ones the figures take less time than starting a process.
PROCESSES_FROM = 50_000_000
SEED = 1
# The last digits of a sum of doubles say nothing and may differ on another processor.
DECIMALS = 12


def network(processed: Path) -> None:
    """Write the figures of every author.

    Parameters
    ----------
    processed
        Folder of the Parquet files.

    Raises
    ------
    QueryError
        If a table is missing.
    """
    line = StageLine("network")
    engine = open_engine(processed)
    with writing(processed, TABLE_FILES):
        for name in SOURCES:
            engine.add_table(name, processed / f"{name}.parquet")
        authors = fetch(engine, AUTHORS)
        pairs = fetch(engine, PAIRS)
        line.progress("with the owners of pages and without")
        owners = fetch(engine, OWNERS)
        others = authors.join(owners, on="author_id", how="anti", maintain_order="left")
        without_owners = others["author_id"], without(pairs, owners["author_id"])
        networks = [(authors["author_id"], pairs), without_owners]
        is_large = len(authors) * len(pairs) > PROCESSES_FROM
        everyone, among_others = map_tasks(figures, networks, cores() if is_large else 1)
        write(everyone, among_others, processed / "network.parquet")
    came_in = f"{counted(len(authors), 'author')}, "
    came_in += counted(len(pairs), "pair of co-authors", "pairs of co-authors")
    line.done(came_in, summary(everyone, among_others), processed)


def fetch(engine: Engine, query: str) -> pl.DataFrame:
    """The rows of a query."""
    return pl.DataFrame(engine.fetch(query))


def without(pairs: pl.DataFrame, owners: pl.Series) -> pl.DataFrame:
    """The pairs of which neither owns a page."""
    owned = pl.col("author_a").is_in(owners.implode()) | pl.col("author_b").is_in(owners.implode())
    return pairs.filter(~owned)


def figures(network: tuple[pl.Series, pl.DataFrame]) -> pl.DataFrame:
    """The figures of each author of one network.

    Parameters
    ----------
    network
        Keys of the authors, in ascending order; pairs of them as `author_a`, `author_b` and
        `papers`, in order of the authors.

    Returns
    -------
    The columns `author_id`, `degree`, `betweenness`, `closeness` and `community`, a row for each
    author. Betweenness (Freeman 1977) is a share of all pairs of other authors; closeness is that
    of Wasserman & Faust (1994), which counts authors out of reach. Both are null in networks above
    `PATHS_LIMIT`. Communities have the best modularity that the method of Blondel et al. (2008)
    finds, papers in common as weights; they are numbered from 1, the largest first. Who has no
    co-authors is in none.
    """
    authors, pairs = network
    ends = [authors.search_sorted(pairs[end]).to_numpy() for end in ("author_a", "author_b")]
    graph = igraph.Graph(n=len(authors), edges=np.column_stack(ends))
    degree = np.array(graph.degree(), dtype=np.int64)
    # Authors without co-authors lie on no path and cost no time.
    measurable = np.count_nonzero(degree) * len(pairs) <= PATHS_LIMIT
    unknown = pl.repeat(None, len(authors), dtype=pl.Float64)
    return pl.select(
        author_id=authors,
        degree=pl.Series(degree),
        betweenness=betweenness(graph) if measurable else unknown,
        closeness=closeness(graph) if measurable else unknown,
        community=communities(graph, pairs["papers"], degree),
    )


def betweenness(graph: igraph.Graph) -> pl.Series:
    """Of the pairs of others, the share whose shortest path leads through each author."""
    others = graph.vcount() - 1
    paths = np.array(graph.betweenness(directed=False), dtype=np.float64)
    return pl.Series(paths / max(others * (others - 1) / 2, 1))


def closeness(graph: igraph.Graph) -> pl.Series:
    """The inverse mean distance to the authors in reach, times the share that they are of all."""
    in_reach = np.zeros(graph.vcount())
    for members in graph.connected_components():
        in_reach[members] = len(members) - 1
    inverse_mean = np.array(graph.closeness(normalized=True), dtype=np.float64)
    inverse_mean[in_reach == 0] = 0  # where igraph has no number
    return pl.Series(inverse_mean * in_reach / max(graph.vcount() - 1, 1))


def communities(graph: igraph.Graph, papers: pl.Series, degree: np.ndarray) -> pl.Series:
    """The number of each author's community."""
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 -- keeps no secret
    found = graph.community_multilevel(weights=papers.to_list())
    ranked: list[list[int]] = sorted((group for group in found if degree[group[0]]), key=rank)
    numbers = np.zeros(graph.vcount(), dtype=np.int64)
    for number, members in enumerate(ranked, start=1):
        numbers[members] = number
    return pl.Series(numbers).replace(0, None)


def rank(members: list[int]) -> tuple[int, int]:
    """The larger community first; of equal ones, the one with the first author."""
    return -len(members), min(members)


def write(everyone: pl.DataFrame, others: pl.DataFrame, path: Path) -> None:
    """Write both networks' figures side by side; owners are not in the second one."""
    joined = everyone.join(
        others, on="author_id", how="left", suffix="_without_owners", maintain_order="left"
    )
    schema = arrow_schema(DERIVED["network"])
    rows = joined.with_columns(pl.col(pl.Float64).round(DECIMALS))
    with replacing(path) as draft:
        pq.write_table(rows.select(schema.names).to_arrow().cast(schema), draft, compression="zstd")


def summary(everyone: pl.DataFrame, others: pl.DataFrame) -> str:
    """How many communities there are, and what was left out of too large a network."""
    number = everyone["community"].n_unique() - everyone["community"].has_nulls()
    parts = [counted(number, "community", "communities")]
    if any(frame["betweenness"].has_nulls() for frame in (everyone, others)):
        parts.append(f"no betweenness and closeness above {PATHS_LIMIT:,} authors × pairs")
    return ", ".join(parts)
