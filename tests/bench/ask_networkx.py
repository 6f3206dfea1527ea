"""Papers per year, and a networkx graph of co-authors: ask_networkx.py FOLDER OUTPUT."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
from found import write_found

folder, output = map(Path, sys.argv[1:])
papers = pq.read_table(folder / "papers.parquet", columns=["published"])
years = Counter(day.year for day in papers["published"].to_pylist() if day)
rows = pq.read_table(folder / "authorships.parquet", columns=["paper_id", "author_id"])
authors: dict[int, list[int]] = {}
for paper, author in zip(*(column.to_pylist() for column in rows.columns), strict=True):
    authors.setdefault(paper, []).append(author)
graph = nx.Graph()
for group in authors.values():
    graph.add_nodes_from(group)
    for a, b in combinations(group, 2):
        if graph.has_edge(a, b):
            graph[a][b]["weight"] += 1
        else:
            graph.add_edge(a, b, weight=1)
write_found(output, years.total(), len(graph), graph.number_of_edges())
