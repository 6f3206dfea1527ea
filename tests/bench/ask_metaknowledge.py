"""Papers per year and co-author network by metaknowledge: ask_metaknowledge.py FOLDER OUTPUT."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import metaknowledge
from found import write_found

folder, output = map(Path, sys.argv[1:])
records = metaknowledge.RecordCollection(str(folder / "papers.txt"))
years = Counter(records.timeSeries()["year"])
graph = records.networkCoAuthor()
write_found(output, years.total(), len(graph), graph.number_of_edges())
