"""Stage: what the user should know about the input, printed last and kept beside the reports."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from pipeline.console import counted, visible
from pipeline.damage import readable
from pipeline.files import replacing
from pipeline.outputs import REPORT_FILES, writing
from pipeline.reference import FILES, unmatched_overrides

FILE = "warnings.txt"
PART = "warnings.parse"
MOST_SHOWN = 20


def warn(processed: Path, reports: Path) -> None:
    """Write what there is to warn of to `warnings.txt` and print how many, and the first."""
    with readable(processed / PART):
        warnings = (processed / PART).read_text(encoding="utf-8").splitlines()
    with readable(processed / "names.parquet"):
        keys = pq.read_table(processed / "names.parquet", columns=["name_key"])["name_key"]
    warnings += unmatched_overrides(Path(FILES["author_aliases"]), set(keys.to_pylist()))
    warnings = [visible(warning) for warning in warnings]
    with writing(reports, REPORT_FILES), replacing(reports / FILE) as draft:
        draft.write_text("".join(f"{warning}\n" for warning in warnings), encoding="utf-8")
    if not warnings:
        print("no warnings")
        return
    print(f"{counted(len(warnings), 'warning')}:")
    for warning in warnings[:MOST_SHOWN]:
        print(f"  {warning}")
    if len(warnings) > MOST_SHOWN:
        print(f"  and {len(warnings) - MOST_SHOWN:,} more in {reports / FILE}")
