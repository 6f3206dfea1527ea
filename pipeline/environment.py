"""Make the virtual environment and install the locked packages into it.

Run by Make with the plain `python3` of the machine: standard library only.
"""

from __future__ import annotations

import signal

if __name__ == "__main__":  # Python would print a traceback for Ctrl-C while modules are imported
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import subprocess
import sys
from pathlib import Path

from pipeline.console import StageLine, counted, run
from pipeline.errors import PipelineError
from pipeline.files import exclusive

SOURCE_ONLY = "pyspark,pyspark-client"  # pure Python, published without a wheel


def install(environment: Path, requirements: Path, stamp: Path) -> None:
    """Install the packages of a lock file, each by its hash, and touch the stamp.

    Raises
    ------
    PipelineError
        If the environment can't be made or a package can't be had.
    """
    line = StageLine("setup")
    with exclusive(environment):
        python = environment / "bin" / "python"
        works = succeeds(python, "-c", "import pip")
        if works and stamp.exists() and stamp.stat().st_mtime >= requirements.stat().st_mtime:
            return  # another run did it while this one waited
        line.progress(f"{requirements} into {environment}; this takes a minute")
        if not works:
            make_environment(environment)
        options = ["-qq", "--disable-pip-version-check", "--require-hashes"]
        options += ["--only-binary", ":all:", "--no-binary", SOURCE_ONLY]
        options += ["--requirement", str(requirements)]
        if not succeeds(python, "-m", "pip", "install", *options, quiet=False):
            raise PipelineError(
                f"{requirements}: not all packages could be installed (see above); is a package "
                "index in reach?"
            )
        stamp.touch()
    text = requirements.read_text(encoding="utf-8")
    packages = {row.split("==")[0] for row in text.splitlines() if "==" in row}
    line.done(str(requirements), counted(len(packages), "package"), environment)


def make_environment(environment: Path) -> None:
    """Make an empty virtual environment, in place of a broken one if there is one.

    Raises
    ------
    PipelineError
        If this Python can't.
    """
    if not succeeds(Path(sys.executable), "-m", "venv", "--clear", str(environment)):
        raise PipelineError(
            f"{environment}: {sys.executable} can't make a virtual environment; on Debian and "
            "Ubuntu install the package python3-venv"
        )


def succeeds(program: Path, *arguments: str, quiet: bool = True) -> bool:
    """Whether a program runs and ends with status 0."""
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(  # noqa: S603 -- the environment's own python
            [program, *arguments], stdout=output, stderr=output, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="pipeline.environment", description=__doc__)
    parser.add_argument("environment", type=Path)
    parser.add_argument("requirements", type=Path)
    parser.add_argument("stamp", type=Path)
    arguments = parser.parse_args()
    run(lambda: install(arguments.environment, arguments.requirements, arguments.stamp))
