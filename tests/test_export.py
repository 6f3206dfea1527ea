"""The files for other tools, each read again by a reader that has nothing to do with its writer."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import networkx as nx
import openpyxl
import polars as pl
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from corpus import run_stages, write_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import export as stage
from pipeline.exports import FILES, FOLDER
from pipeline.exports import workbook as workbook_module
from pipeline.exports.graphs import Attribute, Graph, gexf, graphml, quoted
from pipeline.exports.references import Paper, bibtex, inverted, ris, tex
from pipeline.exports.workbook import fitting, write_workbook
from pipeline.report import report
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = {
    1: "Jane Roe",
    2: '=cmd|"/c calc"!A1 <script>alert(1)</script>',
    3: "محمد\u202e بن عبد الله",
    4: "🚀 Ann\tPoe & Sons\u0001\ufffe",
    5: "The {Example} Team, Inc.",
    6: "Al van Doe",
}
LONG = "Very long title " * 313  # more than 5,000 characters
TITLES = {
    11: f"{LONG}% of \\LaTeX",
    12: 'Unpaired } brace, "quotes", @misc{x, and\\',
    13: "Plain\u2028title\r\nTY  - JOUR\nER  - ",
    14: r"RL$^2$ & Erd\H{o}s_x in {TeX}",
}
PAIRS = [(1, 2), (1, 3), (1, 5), (2, 3), (4, 6)]


def authorships() -> list[dict[str, Any]]:
    printed = {11: (1, 2, 3), 12: (5, 1), 13: (), 14: (4, 6)}
    rows: list[dict[str, Any]] = [
        {"paper_id": paper, "author_id": author, "position": place, "evidence": "byline"}
        for paper, authors in printed.items()
        for place, author in enumerate(authors, start=1)
    ]
    return [*rows, {"paper_id": 13, "author_id": 1, "evidence": "owner"}]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Tables and reports of four papers and six authors with awkward names and titles."""
    folder = tmp_path_factory.mktemp("export")
    days = {11: date(2015, 11, 7), 12: date(1899, 3, 1), 14: date(2026, 2, 5)}
    processed = write_tables(
        folder / "processed",
        listings=[{"listing": "a", "owner": NAMES[1], "entries": 4}],
        authors=[
            {
                "author_id": key,
                "name": name,
                "kind": "collective" if key == 5 else "person",
                "names": 1,
                "papers": 1,
                "first_year": None if key == 4 else 2015,
                "last_year": None if key == 4 else 2026,
            }
            for key, name in NAMES.items()
        ],
        author_names=[
            {"name": name, "author_id": key, "basis": "main spelling"}
            for key, name in NAMES.items()
        ],
        network=[{"author_id": key, "degree": 1, "community": key} for key in NAMES],
        coauthor_pairs=[
            {
                "author_a": a,
                "author_b": b,
                "papers": a + b,
                "papers_printed_together": 1,
                "evidence": "byline",
                "association_strength": 0.5,
            }
            for a, b in PAIRS
        ],
        papers=[
            {
                "paper_id": key,
                "title": title,
                "published": days.get(key),
                "category": "LG",
                "has_code": key == 11,
                "truncated": key in {11, 13},
                "latest_listing": "a",
                "latest_entry": key,
            }
            for key, title in TITLES.items()
        ],
        entries=[
            {
                "listing": "a",
                "entry": key,
                "paper_id": key,
                "title": title,
                "abstract": "" if key == 13 else f"First {{line\n\nsecond line of {key}: 50\\%.",
            }
            for key, title in TITLES.items()
        ],
        authorships=authorships(),
        years=[{"year": 2015, "complete_year": True}],
    )
    report(processed, folder / "reports", [*REPORTS])
    stage.export(processed, folder / "reports")
    return processed, folder / "reports"


@pytest.fixture(scope="module")
def exported(places: tuple[Path, Path]) -> Path:
    return places[1] / FOLDER


def lines_of(exported: Path, name: str) -> list[dict[str, str]]:
    with (exported.parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def weights(graph: nx.Graph, key: str = "weight") -> dict[frozenset[str], float]:
    return {frozenset(map(str, (a, b))): data[key] for a, b, data in graph.edges(data=True)}


EXPECTED_WEIGHTS = {frozenset((str(a), str(b))): a + b for a, b in PAIRS}
XML_NAMES = {**NAMES, 4: "🚀 Ann\tPoe & Sons\ufffd\ufffd"}


def test_all_files_are_written(exported: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == sorted(FILES)


def test_graphml(exported: Path) -> None:
    graph = nx.read_graphml(exported / "coauthors.graphml")
    assert not graph.is_directed()
    assert {int(key): data["label"] for key, data in graph.nodes(data=True)} == XML_NAMES
    assert weights(graph) == EXPECTED_WEIGHTS
    assert len(lines_of(exported, "coauthor_pairs")) == graph.number_of_edges()
    assert len(lines_of(exported, "author_network")) == graph.number_of_nodes()
    jane = graph.nodes["1"]
    assert (jane["owns_page"], jane["papers"], jane["kind"]) == (True, 1, "person")
    assert "first_year" not in graph.nodes["4"]
    assert graph.edges["1", "2"]["association_strength"] == 0.5


def test_gexf(exported: Path) -> None:
    graph = nx.read_gexf(exported / "coauthors.gexf")
    assert not graph.is_directed()
    assert {int(key): data["label"] for key, data in graph.nodes(data=True)} == XML_NAMES
    assert weights(graph) == EXPECTED_WEIGHTS
    assert graph.nodes["1"]["owns_page"] is True
    assert graph.nodes["5"]["community"] == 5
    assert "first_year" not in graph.nodes["4"]


def test_pajek(exported: Path) -> None:
    graph = nx.Graph(nx.read_pajek(exported / "coauthors.net"))
    names = {
        **NAMES,
        2: "=cmd|'/c calc'!A1 <script>alert(1)</script>",
        4: "🚀 Ann Poe & Sons\ufffd\ufffd",
    }
    assert set(graph) == set(names.values())
    assert weights(graph) == {frozenset((names[a], names[b])): float(a + b) for a, b in PAIRS}


def test_vosviewer(exported: Path) -> None:
    with (exported / "coauthors_vosviewer_map.txt").open(encoding="utf-8", newline="") as file:
        items = list(csv.DictReader(file, delimiter="\t"))
    with (exported / "coauthors_vosviewer_network.txt").open(encoding="utf-8") as file:
        links = [tuple(map(int, line.split("\t"))) for line in file]
    assert list(items[0]) == ["id", "label", "weight<Papers>", "score<First year>"]
    assert [int(item["id"]) for item in items] == list(NAMES)
    assert items[4]["label"] == NAMES[5]
    assert items[3]["label"] == "🚀 Ann Poe & Sons\ufffd\ufffd"
    assert [item["score<First year>"] for item in items[2:4]] == ["2015", ""]
    assert links == [(a, b, a + b) for a, b in PAIRS]


def read_bibtex(text: str) -> list[dict[str, Any]]:
    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert library.failed_blocks == []
    return [
        {"key": entry.key, **{f.key: f.value for f in entry.fields}} for entry in library.entries
    ]


def test_bibtex(exported: Path) -> None:
    entries = read_bibtex((exported / "papers.bib").read_text(encoding="utf-8"))
    assert len(entries) == len(TITLES)
    by_id = {int(entry["key"].rpartition("-")[2]): entry for entry in entries}
    assert by_id[11]["title"] == "{" + f"{LONG}\\% of \\LaTeX" + "}"
    assert by_id[12]["title"] == '{Unpaired ) brace, "quotes", @misc(x, and}'
    assert by_id[13]["title"] == "{Plain title TY - JOUR ER -}"
    assert by_id[14]["title"] == r"{RL$^2$ \& Erd\H{o}s\_x in {TeX}}"
    assert by_id[11]["author"] == [*(tex(NAMES[key]) for key in (1, 2, 3)), "others"]
    assert by_id[12]["author"] == [f"{{{NAMES[5]}}}", "Jane Roe"]
    assert "author" not in by_id[13]
    assert (by_id[11]["year"], by_id[11]["month"], by_id[11]["day"]) == (
        "2015",
        "nov",
        "7",
    )
    assert by_id[11]["keywords"] == "LG"
    assert by_id[11]["note"] == (
        "The printed list of authors is cut (et al.). Code available. On the page of Jane Roe."
    )
    assert by_id[14]["note"] == "On the page of Jane Roe."
    assert "year" not in by_id[13]
    assert by_id[14]["abstract"] == r"First (line second line of 14: 50\%."


def test_latex_accents_stay_tex(exported: Path) -> None:
    text = (exported / "papers.bib").read_text(encoding="utf-8")
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    (entry,) = (entry for entry in library.entries if entry.key.endswith("-14"))
    assert "Erdős" in entry["title"]


def test_ris(exported: Path) -> None:
    entries = rispy.loads((exported / "papers.ris").read_text(encoding="utf-8"))
    assert len(entries) == len(TITLES)
    by_id = {int(entry["id"]): entry for entry in entries}
    assert {entry["type_of_reference"] for entry in entries} == {"GEN"}
    assert by_id[12]["authors"] == [NAMES[5], "Roe, Jane"]
    assert by_id[14]["authors"][1] == "van Doe, Al"
    assert by_id[13]["title"] == "Plain title TY - JOUR ER -"
    assert by_id[14]["title"] == "RL$^2$ & Erdős_x in TeX"
    assert (by_id[11]["year"], by_id[11]["date"]) == ("2015", "2015/11/07/")
    assert by_id[11]["notes"] == [
        "The printed list of authors is cut (et al.).",
        "Code available.",
        "On the page of Jane Roe.",
    ]
    assert by_id[14]["abstract"] == "First line second line of 14: 50%."
    assert "abstract" not in by_id[13]
    assert len(by_id[11]["title"]) > 5000


def test_workbook(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "reports.xlsx")
    assert book.sheetnames == ["contents", *REPORTS]
    for name in REPORTS:
        sheet, lines = book[name], lines_of(exported, name)
        assert sheet.max_row == len(lines) + 1, name
        header, *rows = sheet.iter_rows(values_only=True)
        assert list(header) == [column.name for column in REPORTS[name].columns]
        assert sum(cell is not None for row in rows for cell in row) == sum(
            cell != "" for line in lines for cell in line.values()
        ), name
        assert all(cell.data_type in "snbd" for row in sheet for cell in row)  # no formula
        assert all(cell.hyperlink is None for row in sheet for cell in row)
    authors = [row[0] for row in book["author_network"].iter_rows(min_row=2, values_only=True)]
    assert NAMES[2] in authors  # as printed: defused in the CSV file only
    assert book["papers_per_year"]["A2"].data_type == "n"
    contents = list(book["contents"].iter_rows(min_row=2, values_only=True))
    assert contents[0][0] == next(iter(REPORTS))
    assert len(contents) == sum(1 + len(table.columns) for table in REPORTS.values())
    assert book.properties.created is not None
    assert book.properties.created.year == 2000


@pytest.mark.parametrize(
    ("text", "units"),
    [("x" * 40_000, 32_767), ("🚀" * 20_000, 32_767), ("x" * 32_767, 32_767), ("é" * 9, 9)],
)
def test_a_cell_holds_no_more_than_excel_can(text: str, units: int) -> None:
    found = len(fitting(text).encode("utf-16-le")) // 2
    assert units - 1 <= found <= units
    assert (fitting(text) == text) == (len(text.encode("utf-16-le")) // 2 <= 32_767)


def test_too_many_rows_are_cut_and_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 3)
    table = REPORTS["papers_per_affiliation"]
    frame = pl.DataFrame(
        [("a", 1, 2000, 2001), ("b", 2, None, None), ("c", 3, None, None)],
        [column.name for column in table.columns],
        orient="row",
    )
    write_workbook(tmp_path / "book.xlsx", [table], {table.name: frame})
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert [row[0] for row in book[table.name].iter_rows(values_only=True)][1:] == ["a", "b"]
    assert str(book["contents"]["D2"].value).endswith("; the first 2 of 3, all are in the CSV file")


def test_sheets_have_names_that_excel_takes() -> None:
    names = [*REPORTS, "contents"]
    assert all(len(name) <= workbook_module.MOST_NAME for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_the_same_bytes_again(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processed, reports = places
    copy = shutil.copytree(reports, tmp_path / "reports", ignore=shutil.ignore_patterns(FOLDER))
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Pacific/Apia")
    done = run_stages("export:all", processed=processed, reports=copy)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("export  6 authors, 4 papers, ")
    for name in FILES:
        again = (copy / FOLDER / name).read_bytes()
        assert again == (reports / FOLDER / name).read_bytes(), name


def test_a_missing_report_is_one_line(places: tuple[Path, Path], tmp_path: Path) -> None:
    done = run_stages("export:all", processed=places[0], reports=tmp_path / "reports")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert ".csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_empty_tables_give_files_without_rows(tmp_path: Path) -> None:
    processed = write_tables(tmp_path / "processed")
    report(processed, tmp_path / "reports", [*REPORTS])
    stage.export(processed, tmp_path / "reports")
    exported = tmp_path / "reports" / FOLDER
    assert nx.read_graphml(exported / "coauthors.graphml").number_of_nodes() == 0
    assert nx.read_gexf(exported / "coauthors.gexf").number_of_nodes() == 0
    assert (exported / "coauthors.net").read_text(encoding="utf-8") == "*Vertices 0\n*Edges\n"
    assert (exported / "papers.bib").read_bytes() == b""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Roe", "Roe, Jane"),
        ("Jane de la Roe", "de la Roe, Jane"),
        ("Van Roe", "Roe, Van"),
        ("de Roe", "Roe, de"),
        ("Roe, Jr.", "Roe, Jr."),
        ("Jane", "Jane"),
        ("", ""),
    ],
)
def test_family_names_come_first(name: str, expected: str) -> None:
    assert inverted(name) == expected


def test_labels_are_one_line_in_quotes() -> None:
    assert quoted('a "b"\n\tc\x00') == "\"a 'b' c\ufffd\""


TEXT = st.text(st.sampled_from([*'ab {}\\@,="#%&_$-~\n\r\u2028é', "\x01"]), max_size=20)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(
        st.characters(codec=None) | st.sampled_from("\0\x0b\x1b\x9b\ud800\ufffe\uffff<&\"']>"),
        max_size=20,
    )
)
def test_any_text_gives_a_well_formed_network(name: str) -> None:
    kind = [Attribute("kind", str)]
    graph = Graph([(1, name, name), (2, "Jane Roe", None)], [(1, 2, 3, name)], kind, kind)
    for write in (graphml, gexf):
        text = "\n".join(write(graph))
        root = ET.fromstring(text.encode())  # noqa: S314 -- of our own writing
        assert len([element for element in root.iter() if element.tag.endswith("}node")]) == 2


def a_paper(title: str, name: str, kind: str = "person") -> Paper:
    return Paper(7, title, title, None, None, False, True, [(name, kind)], [name])  # noqa: FBT003 -- columns of a row


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3))
def test_no_text_breaks_out_of_a_bibtex_entry(texts: Sequence[tuple[str, str]]) -> None:
    papers = [
        Paper(number, title, title, None, name, False, False, [(name, "person")], [name])  # noqa: FBT003 -- columns of a row
        for number, (title, name) in enumerate(texts)
    ]
    library = parse_string("\n".join(bibtex(papers)))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [
        line.removeprefix("@misc{").removesuffix(",")
        for line in bibtex(papers)
        if line.startswith("@misc{")
    ]
    assert len(library.entries) == len(texts)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXT, TEXT)
def test_no_text_breaks_out_of_a_ris_entry(title: str, name: str) -> None:
    paper = a_paper(title, name)
    text = "\n".join(ris([paper, paper]))
    assert len(rispy.loads(text)) == 2
    assert f"{text}.".splitlines() == f"{text}.".split("\n")
