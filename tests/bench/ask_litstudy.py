"""Papers per year and co-author network by litstudy: ask_litstudy.py FOLDER OUTPUT."""

from __future__ import annotations

import sys
from pathlib import Path

import litstudy
from found import write_found

folder, output = map(Path, sys.argv[1:])
documents = litstudy.load_csv(str(folder / "papers.csv"))
years = litstudy.compute_year_histogram(documents)
graph = litstudy.build_coauthor_network(documents)
write_found(output, years["Frequency"].sum(), len(graph), graph.number_of_edges())
