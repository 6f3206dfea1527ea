"""Papers per year and pairs of authors by pandas: ask_pandas.py FOLDER OUTPUT."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from found import write_found

folder, output = map(Path, sys.argv[1:])
papers = pd.read_parquet(folder / "papers.parquet", columns=["paper_id", "published"])
years = pd.to_datetime(papers["published"]).dt.year.value_counts()
rows = pd.read_parquet(folder / "authorships.parquet", columns=["paper_id", "author_id"])
both = rows.merge(rows, on="paper_id")
pairs = both[both["author_id_x"] < both["author_id_y"]].groupby(["author_id_x", "author_id_y"])
write_found(output, years.sum(), rows["author_id"].nunique(), len(pairs.size()))
