"""`make query` and `make shell`: what they print, and what no query can do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from corpus import PAGES, PROJECT, build

from pipeline.errors import QueryError
from pipeline.query import WRITERS, answer
from pipeline.report import report
from pipeline.tables import REPORTS, TABLES
from pipeline.views import connect

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

HOSTILE = "Evil \x1b]0;owned\x07\x1b[2J\x9b31m Roe"
COMMANDS = ("\x1b", "\x07", "\x9b", "\u202e")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("it's; drop view papers --")
    pages = {**PAGES, "hostile.txt": PAGES["undated.txt"].replace("Bo Zed", HOSTILE)}
    processed = build(folder, pages)
    report(processed, folder / "reports", [*REPORTS])
    return processed, folder / "reports"


@pytest.fixture(scope="module")
def connection(folders: tuple[Path, Path]) -> duckdb.DuckDBPyConnection:
    return connect(*folders)


def filled(query: str, path: Path) -> str:
    """A query about a file."""
    file = str(path).replace("'", "''")
    quoted = COPY_WITHIN.format(file=file).replace("'", "''")
    return query.format(file=file, quoted_copy=quoted)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_table_and_report_can_be_asked(connection: duckdb.DuckDBPyConnection) -> None:
    for name, table in TABLES.items():
        found = connection.table(name).columns
        assert found == [column.name for column in table.columns]
    for name, table in REPORTS.items():
        rows = connection.table(f"reports.{name}")
        assert rows.columns == [column.name for column in table.columns]
        kinds = {"double": "DOUBLE", "bigint": "BIGINT", "varchar": "VARCHAR"}
        expected = [kinds.get(column.type, column.type.upper()) for column in table.columns]
        assert [str(kind) for kind in rows.types] == expected
    row = connection.sql("select papers, growth_rate from papers_per_year where year = 2014")
    assert row.fetchall() == [(1, -0.5)]
    undated = connection.sql("select year, complete_year from papers_per_year where year is null")
    assert undated.fetchall() == [(None, None)]


def test_several_queries_are_answered_and_views_live_as_long(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(connection, "create view two as select 2 as n; from two; select 3 as n", "csv")
    assert capsys.readouterr().out == "n\n2\nn\n3\n"


COPY = "copy (select 1 as a) to '{file}' (format csv, use_tmp_file false)"
COPY_WITHIN = f"with x as ({COPY}) select 1"
REFUSED = {
    "reads a file": "select * from read_text('/etc/passwd')",
    "reads a file as CSV": "select * from read_csv('/etc/passwd')",
    "names a file": "select * from '/etc/passwd'",
    "sniffs a file": "select * from sniff_csv('/etc/passwd')",
    "lists files": "select * from glob('/etc/*')",
    "reads a table's own file": "select * from read_parquet('{file}')",
    "reads a table's metadata": "select * from parquet_metadata('{file}')",
    "reads a file of the project": "select * from read_text('README.md')",
    "reads from the network": "select * from read_csv('https://example.com/a.csv')",
    "attaches a new file": "attach '{file}.new'",
    "attaches a file": "attach '{file}'",
    "attaches a server": "attach 'https://example.com/a.db'",
    "writes over a table": COPY,
    "writes a new file": COPY.replace("{file}", "{file}.new"),
    "writes where memory overflows to": "copy (select 1) to '.tmp/a.csv'",
    "writes in a common table": COPY_WITHIN,
    "writes while it explains": f"explain analyze {COPY}",
    "writes when it is executed": f"prepare p as {COPY}; execute p",
    "writes by a query in a text": "select * from query('{quoted_copy}')",
    "writes by a serialized query": (
        "select * from json_execute_serialized_sql(json_serialize_sql('{quoted_copy}'))"
    ),
    "writes a log": (
        "select * from enable_logging(storage = 'file', storage_config = {{'path': '{file}.log'}})"
    ),
    "writes a profile": "pragma enable_profiling = 'json'",
    "exports": "export database '{file}.new'",
    "imports": "import database '{file}.new'",
    "keeps a secret": "create persistent secret s (type http, bearer_token 'x')",
    "installs an extension": "install httpfs",
    "loads an extension": "load httpfs",
    "loads a file": "load '{file}'",
    "opens the lock": "set enable_external_access = true",
    "opens the lock by its default": "reset enable_external_access",
    "opens a file": "set allowed_paths = ['/etc/passwd']",
    "opens a folder": "set allowed_directories = ['/']",
    "makes a folder for overflow": "set temp_directory = '{file}.new'",
    "unlocks": "set lock_configuration = false",
    "unlocks by pragma": "pragma lock_configuration = false",
    "reads variables of Python": "select * from TABLES",
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_no_query_reads_or_writes_files_or_opens_the_lock(
    folders: tuple[Path, Path], connection: duckdb.DuckDBPyConnection, query: str
) -> None:
    file = folders[0] / "papers.parquet"
    before = contents(folders[0].parent)
    for form in WRITERS:
        with pytest.raises(QueryError):
            answer(connection, filled(query, file), form)
    assert contents(folders[0].parent) == before
    assert not (PROJECT / ".tmp").exists()


def test_the_attacks_would_do_harm_without_the_lock(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 -- here alone without the project's connection

    file = tmp_path / "a.csv"
    for name in ("writes in a common table", "writes by a serialized query"):
        with duckdb.connect(":memory:") as unlocked:
            unlocked.execute(filled(REFUSED[name], file)).fetchall()
        assert file.read_text(encoding="utf-8") == "a\n1\n"
        file.unlink()


def test_a_query_that_is_refused_is_one_line(folders: tuple[Path, Path]) -> None:
    words = ["--query", "select * from read_text('/etc/passwd')"]
    words += ["--processed", str(folders[0]), "--reports", str(folders[1])]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.query", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: Permission Error: Cannot access file")
    assert "Traceback" not in done.stderr


def test_a_report_of_other_columns_is_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "profiles.csv").write_text("listing,owner\na,b\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"profiles\.csv: has the columns listing,owner; "):
        answer(connect(folders[0], tmp_path), "from reports.profiles", "csv")


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "papers.parquet").write_text("none", encoding="utf-8")
    with pytest.raises(QueryError, match=r"^/[^ ]+/papers\.parquet: .*; remove it, and `make all`"):
        answer(connect(tmp_path, tmp_path), "select count(*) from papers", "csv")


NAMES = "select name || chr(8238) as name from names where name like 'Evil%'"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_terminal_obeys_no_name(
    connection: duckdb.DuckDBPyConnection,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    answer(connection, NAMES, form)
    printed = capsys.readouterr().out
    assert "Evil" in printed
    assert not [sign for sign in COMMANDS if sign in printed]


def test_programs_get_values_as_they_are(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(connection, NAMES, "csv")
    assert capsys.readouterr().out == f"name\n{HOSTILE}\u202e\n"


def ask(tree: Path, *options: str | bytes, typed: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Call the program on a built tree, as the Makefile does."""
    folders = [f"--processed={tree / 'data' / 'processed'}", f"--reports={tree / 'reports'}"]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "pipeline.query", *folders, *options],
        cwd=PROJECT,
        input=typed,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.mark.parametrize(
    ("query", "form", "printed"),
    [
        ("-- starts with a dash\nselect 1 as a;", "csv", "a\n1\n"),
        ("explain select 7 as seven", "csv", 'explain_key,explain_value\nphysical_plan,"'),
        ("explain select 7 as seven", "json", '[\n{"explain_key":"physical_plan","explain_value"'),
        ("pragma table_info('listings')", "csv", "cid,name,type,notnull,dflt_value,pk\n0,listing,"),
        ("describe listings", "json", '[\n{"column_name":"listing","column_type":"VARCHAR"'),
    ],
)
def test_every_kind_of_query_is_printed_in_every_form(
    built: Path, query: str, form: str, printed: str
) -> None:
    done = ask(built, f"--query={query}", f"--format={form}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(printed)


def test_a_query_that_is_not_utf8_is_one_line(built: Path) -> None:
    done = ask(built, b"--query=select 'caf\xe9'")
    assert done.returncode == 1
    assert done.stderr == "error: the query is not UTF-8: …select 'caf\\xe9\n"


def test_the_shell_goes_on_after_a_query_that_is_not_utf8(built: Path) -> None:
    done = ask(built, "--shell", "--format=csv", typed=b"select '\xff';\nselect 2 as b;\n")
    assert done.returncode == 1
    assert done.stdout == "b\n2\n"
    assert done.stderr.splitlines() == [
        "error: the query is not UTF-8: …select '\\xff",
        "error: 1 of the queries failed, see above",
    ]
