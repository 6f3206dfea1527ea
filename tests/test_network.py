"""The stage that places authors in the network, on graphs whose figures can be had by hand.

Of n authors, betweenness is the share of the (n−1)(n−2)/2 pairs of others whose shortest path
leads through an author; closeness is r/(n−1) · r/Σ distances over the r authors within reach.
Modularity is Σ over communities of (weight inside / m − (Σ degrees / 2m)²).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from corpus import change, run_stages, write_tables

from pipeline import network
from pipeline.errors import PipelineError
from pipeline.network import DECIMALS, SOURCES, figures
from pipeline.schema import arrow_schema
from pipeline.tables import DERIVED

if TYPE_CHECKING:
    from pathlib import Path

TRIANGLES = [(1, 2), (1, 3), (2, 3), (3, 4), (4, 5), (4, 6), (5, 6)]
HUB = [(1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (2, 3), (4, 5)]


def figures_of(authors: int, edges: dict[tuple[int, int], int]) -> list[tuple[Any, ...]]:
    """Degree, betweenness, closeness and community of the authors 1, 2, …"""
    schema = ("author_a", "author_b", "papers")
    rows = [(*edge, papers) for edge, papers in edges.items()]
    pairs = pl.DataFrame(rows, dict.fromkeys(schema, pl.Int64), orient="row")
    found = figures((pl.Series(range(1, authors + 1), dtype=pl.Int64), pairs))
    assert found["author_id"].to_list() == list(range(1, authors + 1))
    rounded = found.drop("author_id").with_columns(pl.col(pl.Float64).round(DECIMALS))
    return rounded.rows()


def once(*edges: tuple[int, int]) -> dict[tuple[int, int], int]:
    return dict.fromkeys(edges, 1)


def write_network(
    folder: Path, authors: int, edges: list[tuple[int, int]], owners: tuple[int, ...] = ()
) -> Path:
    ids = range(1, authors + 1)
    return write_tables(
        folder,
        authors=[{"author_id": author} for author in ids],
        author_names=[{"author_id": author, "name": f"Author {author}"} for author in ids],
        listings=[{"listing": f"{owner}", "owner": f"Author {owner}"} for owner in owners],
        coauthor_pairs=[{"author_a": a, "author_b": b, "papers": 1} for a, b in edges],
    )


def rows_of(processed: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(processed / "network.parquet").to_pylist()
    return rows


def test_star() -> None:
    # All three pairs of leaves meet in the hub; a leaf's distances are 1, 2, 2: 3/5. Any leaf
    # apart lowers modularity below the 0 of one community: 2/3 − (5² + 1²)/6² < 0.
    found = figures_of(4, once((1, 2), (1, 3), (1, 4)))
    assert found == [(3, 1.0, 1.0, 1), *3 * [(1, 0.0, 0.6, 1)]]


def test_path() -> None:
    # 2 lies between 1 and 3, 1 and 4: 2 of 3 pairs. Distances: an end 1 + 2 + 3, inside
    # 1 + 1 + 2. The halves have modularity 2/3 − 2 · (1/2)² = 1/6; of equal size, the one with
    # the smallest author comes first.
    inner = round(2 / 3, 12)
    assert figures_of(4, once((1, 2), (2, 3), (3, 4))) == [
        (1, 0.0, 0.5, 1),
        (2, inner, 0.75, 1),
        (2, inner, 0.75, 2),
        (1, 0.0, 0.5, 2),
    ]


def test_papers_in_common_weigh_in_communities_only() -> None:
    # With weights 1, 9, 1 the halves have 2/11 − 1/2 < 0, and the middle against its two ends
    # 9/11 − (20² + 1 + 1)/22² < 0: one community is best. Paths do not change.
    light = figures_of(4, once((1, 2), (2, 3), (3, 4)))
    heavy = figures_of(4, {(1, 2): 1, (2, 3): 9, (3, 4): 1})
    assert [row[3] for row in heavy] == [1, 1, 1, 1]
    assert [row[:3] for row in heavy] == [row[:3] for row in light]


def test_two_triangles() -> None:
    # 3 lies between 1 or 2 and 4, 5 or 6: 6 of 10 pairs. Distances: of 3, 1 + 1 + 1 + 2 + 2; of
    # 1, 1 + 1 + 2 + 3 + 3. The triangles have modularity 6/7 − 1/2.
    bridge = (3, 0.6, round(5 / 7, 12))
    corner = (2, 0.0, 0.5)
    assert figures_of(6, once(*TRIANGLES)) == [
        (*corner, 1),
        (*corner, 1),
        (*bridge, 1),
        (*bridge, 2),
        (*corner, 2),
        (*corner, 2),
    ]


def test_larger_communities_come_first() -> None:
    found = figures_of(5, once((1, 2), (3, 4), (3, 5), (4, 5)))
    assert [row[3] for row in found] == [2, 2, 1, 1, 1]


def test_isolated_authors() -> None:
    # 1 and 2 reach one of two others: 1/2 · 1/1.
    couple = (1, 0.0, 0.5, 1)
    alone = (0, 0.0, 0.0, None)
    assert figures_of(3, once((1, 2))) == [couple, couple, alone]
    assert figures_of(1, {}) == [alone]


def test_no_authors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    processed = write_network(tmp_path, 0, [])
    network.network(processed)
    assert rows_of(processed) == []
    assert pq.read_schema(processed / "network.parquet") == arrow_schema(DERIVED["network"])
    assert "0 authors, 0 pairs of co-authors → 0 communities" in capsys.readouterr().out


def test_without_the_owner_the_network_falls_apart(tmp_path: Path) -> None:
    # The hub is on the paths of all pairs but 2–3 and 4–5: 8 of 10. Without it, five authors are
    # left: two couples, 1/4 · 1/1 close, and 6, who wrote with the owner only.
    processed = write_network(tmp_path, 6, HUB, owners=(1,))
    network.network(processed)
    rows = [tuple(row.values()) for row in rows_of(processed)]

    assert [row[:4] for row in rows] == [
        (1, 5, 0.8, 1.0),
        (2, 2, 0.0, 0.625),  # distances 1, 1, 2, 2, 2
        (3, 2, 0.0, 0.625),
        (4, 2, 0.0, 0.625),
        (5, 2, 0.0, 0.625),
        (6, 1, 0.0, round(5 / 9, 12)),  # distances 1, 2, 2, 2, 2
    ]
    assert [row[5:] for row in rows] == [
        (None, None, None, None),
        (1, 0.0, 0.25, 1),
        (1, 0.0, 0.25, 1),
        (1, 0.0, 0.25, 2),
        (1, 0.0, 0.25, 2),
        (0, 0.0, 0.0, None),
    ]


def test_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network.network(write_network(tmp_path, 6, TRIANGLES))
    shown = capsys.readouterr().out
    assert shown.startswith("network 6 authors, 7 pairs of co-authors → 2 communities in ")


def test_too_large_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # With the owner 6 authors · 7 pairs = 42, without 4 authors with co-authors · 2 pairs = 8.
    monkeypatch.setattr(network, "PATHS_LIMIT", 41)
    processed = write_network(tmp_path, 6, HUB, owners=(1,))
    network.network(processed)

    second = tuple(rows_of(processed)[1].values())
    assert second[:4] == (2, 2, None, None)
    assert second[5:] == (1, 0.0, 0.25, 1)
    shown = capsys.readouterr().out
    assert "no betweenness and closeness above 41 authors × pairs" in shown


def test_the_same_bytes_for_any_hash_seed_and_order_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A chain of 60 with chords has many equally good communities.
    chain = [(a, a + step) for a in range(1, 61) for step in (1, 2) if a + step <= 60]
    processed = write_network(tmp_path, 60, chain, owners=(7, 30))
    found = set()
    for seed in ("0", "1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        result = run_stages("network:all", processed=processed)
        assert result.returncode == 0, result.stderr
        found.add((processed / "network.parquet").read_bytes())
        if seed == "1":
            for name in SOURCES:
                change(processed / f"{name}.parquet", lambda rows: rows[::-1])
    assert len(found) == 1


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    processed = write_network(tmp_path, 2, [(1, 2)])
    (processed / "coauthor_pairs.parquet").unlink()
    with pytest.raises(PipelineError, match=r"coauthor_pairs\.parquet"):
        network.network(processed)


def test_two_processes_give_the_same_bytes_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processed = write_network(tmp_path, 6, HUB, owners=(1,))
    found = set()
    for limit in (0, 1_000):
        monkeypatch.setattr(network, "PROCESSES_FROM", limit)
        network.network(processed)
        found.add((processed / "network.parquet").read_bytes())
    assert len(found) == 1
