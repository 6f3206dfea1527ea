"""Bad situations: healed by the next run, or one clear line and nothing damaged is trusted."""

from __future__ import annotations

import ast
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from corpus import PAGES, stage_command, write_pages
from project import PROJECT, contents, make, planned

from pipeline import model
from pipeline.chart import chart
from pipeline.clean import clean
from pipeline.errors import PipelineError
from pipeline.export import export
from pipeline.manifest import refresh
from pipeline.page import page
from pipeline.parse import parse_raw
from pipeline.report import report
from pipeline.terms import terms
from pipeline.warn import warn

TABLES, REPORTS = "data/processed", "reports"


def errors_of(errors: str) -> list[str]:
    """The lines of an error that are not Make's own."""
    return [line for line in errors.splitlines() if not line.startswith(("make: ", "Makefile:"))]


def one_line(errors: str) -> str:
    """The only one of these lines."""
    lines = errors_of(errors)
    assert len(lines) == 1, errors
    return lines[0]


def failed(*command: str) -> str:
    """The error of a command that stops, and that writes no compiled code meanwhile."""
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return one_line(done.stderr)


# --- outputs that were damaged between runs --------------------------------------------------


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def without_last_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def deleted(path: Path) -> None:
    path.unlink()


def from_a_wrong_clock(path: Path) -> None:
    year_2100 = 4_102_444_800
    os.utime(path, (year_2100, year_2100))


Folders = tuple[Path, Path]  # of tables and of reports


@pytest.fixture
def folders(built: Path, tmp_path: Path) -> Folders:
    """Copies of the built outputs."""
    return (
        shutil.copytree(built / TABLES, tmp_path / "processed"),
        shutil.copytree(built / REPORTS, tmp_path / "reports"),
    )


def refreshed(built: Path, folders: Folders) -> None:
    """What Make calls before it looks at the outputs."""
    refresh(built / "data" / "raw", *folders, "")


@pytest.mark.parametrize(
    ("path", "damage", "removed"),
    [
        ("processed/entries.parquet", halved, "processed/entries.parquet"),
        ("processed/papers.parquet", emptied, "processed/papers.parquet"),
        ("processed/papers.parquet", from_a_wrong_clock, "processed/papers.parquet"),
        ("processed/checks.passed", emptied, "processed/checks.passed"),
        ("processed/warnings.parse", edited, "processed/warnings.parse"),
        ("processed/.tables.sizes", deleted, "processed/limits.parquet"),
        ("processed/.tables.sizes", emptied, "processed/limits.parquet"),
        ("reports/coauthors.csv", without_last_line, "reports/coauthors.csv"),
        ("reports/coauthors.png", halved, "reports/coauthors.png"),
        ("reports/coauthors.svg", edited, "reports/coauthors.svg"),
        ("reports/index.html", halved, "reports/index.html"),
        ("reports/owners/jane-roe.html", emptied, "reports/index.html"),
        ("reports/owners/jane-roe.html", deleted, "reports/index.html"),
        ("reports/.reports.sizes", halved, "reports/index.html"),
    ],
)
def test_a_damaged_output_goes_so_that_make_writes_it_anew(
    built: Path, folders: Folders, path: str, damage: Callable[[Path], None], removed: str
) -> None:
    (folders[1] / "notes.csv").write_text("mine\n", encoding="utf-8")
    refreshed(built, folders)
    before = {file for folder in folders for file in folder.rglob("*")}
    damage(folders[0].parent / path)
    refreshed(built, folders)
    gone = before - {file for folder in folders for file in folder.rglob("*")}
    assert folders[0].parent / removed in gone
    assert folders[1] / "notes.csv" not in gone


def test_a_damaged_manifest_is_written_anew(built: Path, folders: Folders) -> None:
    refreshed(built, folders)
    path = folders[0] / "raw.manifest"
    before = path.read_bytes()
    path.write_bytes(b"\xff\xfe")
    refreshed(built, folders)
    assert path.read_bytes() == before


def test_make_sees_what_is_damaged(tree: Path) -> None:
    halved(tree / TABLES / "papers.parquet")
    emptied(tree / REPORTS / "owners" / "jane-roe.html")
    plan = planned(tree)
    assert "papers" in plan["model"]
    assert "parse" not in plan
    assert plan["page"] == {"all"}


@pytest.mark.slow
def test_what_is_written_anew_has_the_same_bytes(built: Path, tree: Path) -> None:
    halved(tree / TABLES / "papers.parquet")
    without_last_line(tree / REPORTS / "coauthors.csv")
    deleted(tree / REPORTS / "owners" / "jane-roe.html")
    done = make(tree, "all")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "data/processed: not as a run left it, made anew: papers.parquet",
        "reports: not as a run left it, made anew: coauthors.csv, index.html",
    ]
    assert contents(tree) == contents(built)
    assert make(tree, "-q", "all").returncode == 0


def test_a_damaged_table_does_not_keep_others_from_being_asked(tree: Path) -> None:
    halved(tree / TABLES / "papers.parquet")
    without_last_line(tree / REPORTS / "coauthors.csv")
    done = make(tree, "query", Q="select count(*) as owners from listings", FORMAT="csv")
    assert (done.stdout, done.stderr) == ("owners\n2\n", "")
    for table, path in (
        ("papers", "data/processed/papers.parquet"),
        ("coauthors", "reports/coauthors.csv"),
    ):
        done = make(tree, "query", Q=f"from {table}")
        assert done.returncode != 0
        assert one_line(done.stderr) == (
            f"error: {path}: damaged, or changed since a run wrote it; remove it, and `make all` "
            "writes it anew"
        )


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("papers.parquet", terms),
        ("names.parquet", lambda processed: warn(processed, processed)),
        ("warnings.parse", lambda processed: warn(processed, processed)),
        ("names.parquet", lambda processed: model.build(processed, ["years"])),
    ],
)
def test_damage_that_keeps_the_size_is_one_line(
    folders: Folders, name: str, stage: Callable[[Path], None]
) -> None:
    path = folders[0] / name
    path.write_bytes(b"\xff" * max(path.stat().st_size, 1))
    with pytest.raises(PipelineError) as raised:
        stage(folders[0])
    message = str(raised.value)
    assert message.startswith(f"{path}: ")
    assert message.endswith("; remove it, and `make all` writes it anew")
    assert len(message.splitlines()) == 1


# --- users' files in the way -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "stage"),
    [
        ("index.html", lambda _processed, reports: page(reports)),
        ("coauthors.csv", lambda processed, reports: report(processed, reports, ["coauthors"])),
        ("coauthors.png", lambda _processed, reports: chart(reports, ["coauthors"])),
    ],
)
def test_a_users_folder_in_the_place_of_an_output_stays(
    built: Path, one: Path, tmp_path: Path, place: str, stage: Callable[[Path, Path], None]
) -> None:
    reports = shutil.copytree(one, tmp_path / "reports")
    (reports / place).unlink()
    mine = reports / place / "mine"
    mine.parent.mkdir()
    mine.touch()
    with pytest.raises(PipelineError, match="a folder with 'mine' stands in the place of an outpu"):
        stage(built / TABLES, reports)
    assert mine.exists()


def test_a_users_file_in_the_place_of_a_folder_stays(
    built: Path, hostile: Path, tmp_path: Path
) -> None:
    reports = shutil.copytree(hostile, tmp_path / "reports")
    shutil.rmtree(reports / "owners")
    stages: dict[str, Callable[[], None]] = {
        "owners": lambda: page(reports),
        "export": lambda: export(built / TABLES, reports),
    }
    for name, stage in stages.items():
        (reports / name).write_text("mine", encoding="utf-8")
        with pytest.raises(PipelineError, match=f"{name}: file exists; expected a folder to write"):
            stage()
        assert (reports / name).read_text(encoding="utf-8") == "mine"


def test_an_output_in_whose_place_a_users_folder_stands_is_not_removed(tree: Path) -> None:
    deleted(tree / REPORTS / "coauthors.csv")
    (tree / REPORTS / "coauthors.csv").mkdir()
    (tree / REPORTS / "coauthors.csv" / "mine").touch()
    for target in ("all", "clean"):
        done = make(tree, target)
        assert done.returncode != 0
        assert one_line(done.stderr) == (
            "error: reports/coauthors.csv: a folder with 'mine' stands in the place of an output; "
            "move it away"
        )
    assert (tree / REPORTS / "coauthors.csv" / "mine").exists()


def test_clean_leaves_files_in_the_place_of_folders(tmp_path: Path) -> None:
    for name in ("owners", "export"):
        (tmp_path / name).touch()
    (tmp_path / "index.html").touch()
    clean(tmp_path, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "owners"]
    with pytest.raises(PipelineError, match="export: not a directory; expected a folder with outp"):
        clean(tmp_path, tmp_path / "export")


def test_a_file_in_the_place_of_the_folders_is_one_line(built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    folder = tmp_path / "mine" / "deeper"
    stages: list[Callable[[], None]] = [
        lambda: refresh(built / "data" / "raw", folder, tmp_path / "reports", ""),
        lambda: report(built / TABLES, folder, ["coauthors"]),
    ]
    for stage in stages:
        with pytest.raises(PipelineError, match=r"mine/deeper: not a directory; expected a folder"):
            stage()


# --- bytes that are no text ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "shown"),
    [
        ("AS_OF", r"AS_OF: '\\xff' is not a date; expected"),
        ("RAW", r"\udcff: no such file or directory; RAW must be"),
        ("PROCESSED", r"PROCESSED=\xff: expected a name in UTF-8"),
        ("REPORTS", r"REPORTS=\xff: expected a name in UTF-8"),
    ],
)
def test_settings_that_are_not_utf8_are_one_line(tree: Path, variable: str, shown: str) -> None:
    done = make(tree, "all", **{variable: os.fsdecode(b"\xff")})
    assert done.returncode != 0
    assert one_line(done.stderr).startswith(f"error: {shown}")
    assert not list((tree / TABLES).glob(".raw.manifest*"))
    assert make(tree, "-q", "all").returncode == 0


def test_a_raw_folder_whose_name_is_not_utf8_is_named_in_warnings(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / os.fsdecode(b"caf\xe9"), {**PAGES, "a.txt": "Milk\n"})
    parse_raw(raw, tmp_path / "processed", "")
    warnings = (tmp_path / "processed" / "warnings.parse").read_text(encoding="utf-8")
    assert "caf\\xe9/a.txt:1: left out: " in warnings


# --- ends from outside -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("pipeline", "argparse"),
        ("pipeline.manifest", "csv"),
        ("pipeline.query", "duckdb"),
        ("pipeline.clean", "argparse"),
        ("pipeline.depends", "argparse"),
        ("pipeline.docs", "argparse"),
        ("pipeline.environment", "argparse"),
    ],
)
def test_ctrl_c_while_modules_are_imported_is_quiet(
    tmp_path: Path, module: str, imported: str
) -> None:
    interrupt = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    (tmp_path / f"{imported}.py").write_text(interrupt, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


def is_locked(folder: Path) -> bool:
    """Whether a run, or a process that it left behind, may still write into a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def wait_until(condition: Callable[[], object]) -> None:
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("not so after half a minute")


SLOW_WORK = """
import sys, time
from pathlib import Path

def work(task):
    Path(sys.path[1], f"started-{task}").touch()
    yield None
    while not Path(sys.path[1], "go on").exists():
        time.sleep(0.01)
    return task
"""
RUN = """
import sys
from pathlib import Path
from slow_work import work
from pipeline.files import exclusive
from pipeline.workers import run_tasks

with exclusive(Path(sys.argv[1])):
    list(run_tasks(work, [1, 2], lambda *_: None, 2))
"""


def test_the_next_run_waits_for_workers_of_a_killed_one(tmp_path: Path) -> None:
    (tmp_path / "slow_work.py").write_text(SLOW_WORK, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path / "tables")],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    wait_until(lambda: len(list(tmp_path.glob("started-*"))) == 2)
    run.kill()
    run.wait()
    assert is_locked(tmp_path / "tables")
    (tmp_path / "go on").touch()
    wait_until(lambda: not is_locked(tmp_path / "tables"))


def test_the_next_run_waits_for_painters_of_a_killed_one(built: Path, tmp_path: Path) -> None:
    reports = shutil.copytree(built / REPORTS, tmp_path / "reports")
    charts = ["chart:papers_per_year", "chart:coauthors", "chart:coauthor_pairs"]
    command = stage_command(*charts, processed=built / TABLES, reports=reports)
    run = subprocess.Popen(command, cwd=PROJECT)
    wait_until(lambda: list(reports.glob(".*.draft")))
    (painter,) = subprocess.check_output(["pgrep", "-P", str(run.pid)], text=True).split()
    os.kill(int(painter), signal.SIGSTOP)
    run.kill()
    run.wait()
    assert is_locked(reports)
    os.kill(int(painter), signal.SIGKILL)
    wait_until(lambda: not is_locked(reports))


STAGES = ("parse", "model", "network", "terms", "check", "report", "chart", "page")


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_killed_behind_a_stage_the_next_run_gives_the_same_bytes(
    built: Path, tree: Path, stage: str
) -> None:
    make(tree, "clean")
    run = subprocess.Popen(
        ["make", "-C", str(tree), "all"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout
    for line in run.stdout:
        if line.startswith(stage):
            os.killpg(run.pid, signal.SIGKILL)
            break
    run.communicate()
    done = make(tree, "all")
    assert done.returncode == 0, done.stderr
    assert contents(tree) == contents(built)


# --- a disk that takes no more ---------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "parse:all",
        "report:coauthors",
        *(
            pytest.param(target, marks=pytest.mark.slow)
            for target in ("model:papers", "network:all", "terms:all", "check:all")
        ),
        *(
            pytest.param(target, marks=pytest.mark.slow)
            for target in ("chart:coauthors", "warn:all", "export:all")
        ),
    ],
)
def test_a_full_disk_is_one_line_and_leaves_what_was_there(
    folders: Folders, tmp_path: Path, target: str
) -> None:
    (folders[0] / "raw.manifest").unlink()  # is that of other pages
    before = {path: path.read_bytes() for folder in folders for path in folder.glob("*.*")}
    command = stage_command(
        target, raw=write_pages(tmp_path / "raw"), processed=folders[0], reports=folders[1]
    )
    error = failed("sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *command)
    assert "file too large" in error.lower()
    assert {path: path.read_bytes() for path in before} == before
    assert not [path for folder in folders for path in folder.rglob(".*.draft")]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a disk of a size, or give it another one."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def resize(size: str) -> Path:
        again = "remount," if os.path.ismount(disk) else ""
        command = ["mount", "-t", "tmpfs", "-o", f"{again}size={size}", "tmpfs", str(disk)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
        return disk

    yield resize
    if os.path.ismount(disk):
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["40k", "160k", "400k"])
def test_on_a_full_disk_a_run_stops_and_goes_on_once_there_is_room(
    built: Path, tree: Path, small_disk: Callable[[str], Path], size: str
) -> None:
    disk = small_disk(size)
    folders = [f"PROCESSED={disk / 'tables'}", f"REPORTS={disk / 'reports'}"]
    done = make(tree, "all", *folders)
    assert done.returncode == 2
    assert {line.rpartition(": ")[2] for line in errors_of(done.stderr)} == {
        "no space left on device"
    }
    assert not list(disk.rglob(".*.draft"))

    small_disk("100m")
    done = make(tree, "all", *folders)
    assert done.returncode == 0, done.stderr
    found = {path.name: path.read_bytes() for path in disk.rglob("*.*") if path.is_file()}
    expected = {Path(name).name: data for name, data in contents(built).items()}
    assert {name: found[name] for name in expected} == expected


# --- files and folders that may not be read or written ---------------------------------------


def bound_by_modes() -> list[str]:
    """What to put before a command for the modes of files to count, which root passes over."""
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if not shutil.which("setpriv") or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("root reads and writes anything, and can't give that up here")
    return command


def run_bound(command: list[str]) -> str:
    """The error of a command for which the modes of files count."""
    return failed(*bound_by_modes(), *command)


@pytest.fixture
def restored() -> Iterator[Callable[[Path, int], None]]:
    """Change a mode, and change it back for the folder to be removed."""
    former: dict[Path, int] = {}

    def set_mode(path: Path, mode: int) -> None:
        former.setdefault(path, path.stat().st_mode)
        path.chmod(mode)

    yield set_mode
    for path, mode in former.items():
        path.chmod(mode)


SetMode = Callable[[Path, int], None]


@pytest.mark.parametrize(
    ("path", "mode", "told"),
    [
        ("more/ann-poe.txt", 0, "more/ann-poe.txt: permission denied; make it readable or move"),
        ("more", 0o444, "more/ann-poe.txt: permission denied; make it readable or move it out"),
        ("more", 0, "more: permission denied; RAW must be a readable folder"),
    ],
)
def test_a_page_that_may_not_be_read_is_one_line_and_leaves_what_was_there(
    folders: Folders, tmp_path: Path, restored: SetMode, path: str, mode: int, told: str
) -> None:
    (folders[0] / "raw.manifest").unlink()  # is that of other pages
    before = {path: path.read_bytes() for path in folders[0].iterdir()}
    raw = write_pages(tmp_path / "raw")
    restored(raw / path, mode)
    error = run_bound(stage_command("parse:all", raw=raw, processed=folders[0]))
    assert error.startswith(f"error: {raw}/{told}")
    assert {path: path.read_bytes() for path in folders[0].iterdir()} == before


@pytest.mark.parametrize(
    ("target", "folder"),
    [
        ("parse:all", 0),
        ("report:coauthors", 1),
        *(
            pytest.param(target, 0, marks=pytest.mark.slow)
            for target in ("model:papers", "network:all", "terms:all", "check:all")
        ),
        *(
            pytest.param(target, 1, marks=pytest.mark.slow)
            for target in ("chart:coauthors", "page:all", "warn:all", "export:all")
        ),
        pytest.param("provenance:all", 1, marks=pytest.mark.slow),
    ],
)
def test_a_folder_that_may_not_be_written_is_one_line(
    folders: Folders, tmp_path: Path, restored: SetMode, target: str, folder: int
) -> None:
    (folders[0] / "raw.manifest").unlink()  # is that of other pages
    before = {path: path.read_bytes() for folder in folders for path in folder.glob("*.*")}
    raw = write_pages(tmp_path / "raw")
    restored(folders[folder], 0o555)
    error = run_bound(stage_command(target, raw=raw, processed=folders[0], reports=folders[1]))
    assert error == f"error: {folders[folder]}: not writable; expected a folder to write to"
    assert {path: path.read_bytes() for folder in folders for path in folder.glob("*.*")} == before


def test_make_stops_before_the_first_stage_if_it_may_not_note_the_pages(
    folders: Folders, tmp_path: Path, restored: SetMode
) -> None:
    raw = write_pages(tmp_path / "raw")
    restored(folders[0], 0o555)
    look = [sys.executable, "-m", "pipeline.manifest", str(raw), *map(str, folders), ""]
    assert run_bound(look) == f"error: {folders[0]}: not writable; expected a folder to write to"


def test_a_damaged_output_that_may_not_be_removed_is_one_line(
    built: Path, folders: Folders, restored: SetMode
) -> None:
    refreshed(built, folders)
    halved(folders[1] / "coauthors.csv")
    restored(folders[1], 0o555)
    raw = built / "data" / "raw"
    look = [sys.executable, "-m", "pipeline.manifest", str(raw), *map(str, folders), ""]
    assert run_bound(look) == f"error: {folders[1]}: not writable; expected a folder to write to"
    restored(folders[1], 0o755)
    refreshed(built, folders)
    assert not (folders[1] / "coauthors.csv").exists()


# --- the clock -------------------------------------------------------------------------------


def test_no_clock_reaches_an_output() -> None:
    """Only the seconds on the terminal and the look at files of the future need a clock."""
    readers = set()
    for path in (PROJECT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in {
                *("time.time", "time.time_ns", "time.monotonic", "time.localtime", "time.strftime"),
                *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
            }:
                readers.add((path.name, ast.unparse(node)))
    assert readers == {("console.py", "time.monotonic"), ("outputs.py", "time.time")}
