"""Plant faults in the Python code behind the figures, one at a time, and see whether tests tell.

make mutants MUTANTS="pipeline.listing.x_number_*"

mutmut plants them in a copy of the project, `.venv/mutants`; `[tool.mutmut]` in pyproject.toml says
in which files, and which tests judge. A fault that no test tells is printed, and the status is 1,
unless it stands in python_equivalent.csv: what does the same for whatever it is given.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

PROJECT = Path(__file__).parents[2]
COPY = PROJECT / ".venv" / "mutants"
EQUIVALENT = Path(__file__).with_name("python_equivalent.csv")
MUTMUT = (sys.executable, "-m", "mutmut")
RESULT = re.compile(
    r" +(?P<name>(?P<module>[\w.]+)\.(?P<function>x[^.]+)__mutmut_\d+): (?P<status>.+)"
)
# An answer kept from before would hide a fault, and mutmut leaves functions with decorators alone.
CACHE = re.compile(r"^@lru_cache\(maxsize=[A-Z_]+\)\n", re.MULTILINE)
STATES = {
    "killed": "killed",
    "survived": "survived",
    "no tests": "survived",
    "timeout": "timed out",
    "segfault": "timed out",  # or ended for the memory that it took
}
ROW = "{:<34}{:>8}{:>8}{:>11}{:>12}{:>10}"

Fault = tuple[str, str, str]  # file, function, change


def copy_project() -> None:
    """Make the copy in which faults are planted."""
    shutil.rmtree(COPY, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "processed")
    for folder in ("pipeline", "tests", "data", "sql"):
        shutil.copytree(PROJECT / folder, COPY / folder, ignore=ignored)
    shutil.copy(PROJECT / "pyproject.toml", COPY)
    for path in COPY.glob("pipeline/**/*.py"):
        path.write_text(CACHE.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")


def mutmut(*arguments: str) -> str:
    """What mutmut prints."""
    done = subprocess.run(
        [*MUTMUT, *arguments], cwd=COPY, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def change_of(name: str) -> str:
    """The lines of a mutant that differ, as they were and as they are."""
    lines = mutmut("show", name).splitlines()
    hunk = lines[next(place for place, line in enumerate(lines) if line.startswith("@@")) :]
    old, new = (
        " ".join(line[1:].strip() for line in hunk if line.startswith(sign)) for sign in "-+"
    )
    return f"{old} → {new}"


def known_faults() -> set[Fault]:
    """The faults of which it is known that they change nothing."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["function"], row["change"]) for row in csv.DictReader(file)}


def report() -> int:
    """Print what became of the faults, by file; 1 if one is left that is not known."""
    known, new = known_faults(), list[Fault]()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for result in RESULT.finditer(mutmut("results", "--all=true")):
        state = STATES.get(result["status"])
        if state is None:  # not asked for
            continue
        file = result["module"].replace(".", "/") + ".py"
        if state == "survived":
            fault = (file, result["function"], change_of(result["name"]))
            if fault in known:
                state = "no effect"
            else:
                new.append(fault)
        counts[file][state] += 1
    columns = ("killed", "timed out", "no effect", "survived")
    print(ROW.format("file", "planted", *columns))
    for file, count in sorted(counts.items()):
        print(ROW.format(file, count.total(), *(count[column] for column in columns)))
    csv.writer(sys.stdout, lineterminator="\n").writerows(new)
    return 1 if new else 0


def main() -> int:
    """Plant the faults and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mutants", nargs="*", help="patterns of names; all if none is given")
    arguments = parser.parse_args()
    copy_project()
    subprocess.run([*MUTMUT, "run", *arguments.mutants], cwd=COPY, check=True)
    return report()


if __name__ == "__main__":
    sys.exit(main())
