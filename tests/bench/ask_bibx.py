"""Papers per year by bibx, and the co-authors of its articles: ask_bibx.py FOLDER OUTPUT.

bibx has no co-author network, so one is made of its articles as their user would make it.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import bibx
import networkx as nx
from found import write_found

folder, output = map(Path, sys.argv[1:])
with (folder / "papers.txt").open(encoding="utf-8-sig") as file:
    collection = bibx.read_wos(file)
years = collection.published_by_year()
graph = nx.Graph()
for article in collection.articles:
    graph.add_nodes_from(article.authors)
    for a, b in combinations(article.authors, 2):
        if graph.has_edge(a, b):
            graph[a][b]["weight"] += 1
        else:
            graph.add_edge(a, b, weight=1)
write_found(output, sum(years.values()), len(graph), graph.number_of_edges())
