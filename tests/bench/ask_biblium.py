"""Papers per year and co-author network by biblium: ask_biblium.py FOLDER OUTPUT."""

from __future__ import annotations

import sys
from pathlib import Path

from biblium.bibstats import BiblioStats
from found import write_found

folder, output = map(Path, sys.argv[1:])
papers = BiblioStats(str(folder / "scopus.csv"), db="scopus", res_folder=None)
years = papers.get_production()
graph = papers.build_coauthorship_network(top_n=sys.maxsize, min_collabs=1)
write_found(output, years["Number of Documents"].sum(), len(graph), graph.number_of_edges())
