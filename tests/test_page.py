"""The pages: what they say, that nothing of a listing acts as markup, and which files there are."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import polars as pl
import pytest
from corpus import run_stages
from hostile import LINK, LONG_TITLE, NAMES, RIGHT_TO_LEFT, TEMPLATE

from pipeline.drawing.style import BLUE, GREY, INK, LINE, ORANGE, PALE_BLUE, PALE_ORANGE, PAPER
from pipeline.errors import InputError
from pipeline.pages import captions
from pipeline.pages.pictures import COLOURS, picture
from pipeline.pages.places import MARK
from pipeline.pages.profiles import about, file_names, profiles
from pipeline.pages.story import STORY
from pipeline.pages.tables import shown
from pipeline.report_files import POLARS_TYPES
from pipeline.tables import REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Reader(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [value for attribute, value in self.attributes if attribute == name]


def frame_of(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """A report of rows that leave out what does not matter."""
    return pl.DataFrame(
        rows, schema={column.name: POLARS_TYPES[column.type] for column in REPORTS[name].columns}
    )


def read(path: Path) -> Reader:
    return Reader(path.read_text(encoding="utf-8"))


def test_a_page_of_one_owner_tells_the_story(one: Path) -> None:
    page = read(one / "index.html")
    texts = [text.strip() for text in page.texts]
    sections = [section.key for section in STORY]
    assert [key for key in page.values("id") if key in sections] == sections
    assert {"Jane Roe", "14", "counted; the page declares 14", "1,234", "as reported"} <= {*texts}
    assert "14 papers, 2008–2021. 2021 is not complete." in texts
    assert not (one / "owners").exists()


def test_charts_have_an_alternative_text(one: Path) -> None:
    page = read(one / "index.html")
    assert page.tags.count("svg") == page.values("role").count("img") >= 8
    assert "Papers per year, 2008–2021. 14 papers, 2008–2021. 2021 is not complete." in page.values(
        "aria-label"
    )


def test_nothing_is_loaded_from_elsewhere(hostile: Path) -> None:
    for path in hostile.rglob("*.html"):
        page = read(path)
        assert not {"link", "iframe", "object", "img", "base", "form"} & {*page.tags}
        assert page.values("src") == []
        assert page.tags.count("script") == 1
        assert not re.search(r"url\(['\"]?(?!#)", path.read_text(encoding="utf-8"))


def test_links_lead_to_files_that_are_there(hostile: Path) -> None:
    for path in hostile.rglob("*.html"):
        page = read(path)
        for link in page.values("href") + page.values("xlink:href"):
            if link.startswith("#"):
                assert link[1:] in page.values("id"), link
            else:
                assert (path.parent / unquote(link)).is_file(), link


def test_hostile_text_shows_as_text(hostile: Path) -> None:
    page = read(hostile / "index.html")
    shown_names = {text.strip() for text in page.texts}
    assert {*NAMES, TEMPLATE} <= shown_names
    handlers = [name for name, _ in page.attributes if name.startswith("on")]
    assert handlers == []
    assert any(text.startswith(LONG_TITLE[:300]) for text in shown_names)


def test_hostile_text_shows_as_text_on_owners_pages(hostile: Path) -> None:
    pages = [read(path) for path in (hostile / "owners").iterdir()]
    assert len(pages) == len(NAMES)
    for name in NAMES:
        assert sum(f"{name}: papers, co-authors, years" in page.texts for page in pages) == 1


def test_the_same_reports_give_the_same_bytes(hostile: Path, tmp_path: Path) -> None:
    reports = shutil.copytree(hostile, tmp_path / "reports")
    before = {path: path.read_bytes() for path in reports.rglob("*.html")}
    assert run_stages("page:all", processed=reports).returncode == 0
    assert {path: path.read_bytes() for path in reports.rglob("*.html")} == before


def test_pages_of_former_owners_go_and_files_of_others_stay(hostile: Path, tmp_path: Path) -> None:
    reports = shutil.copytree(hostile, tmp_path / "reports")
    owners = reports / "owners"
    assert "王小明.html" in {path.name for path in owners.iterdir()}
    (owners / "mine.html").write_text("<p>Mine", encoding="utf-8")
    for name in ("profiles.csv", "owner_papers_per_year.csv"):
        header, *rows = (reports / name).read_text(encoding="utf-8").splitlines()
        kept = [row for row in rows if RIGHT_TO_LEFT in row or LINK in row]
        (reports / name).write_text("\n".join([header, *kept]), encoding="utf-8")
    assert run_stages("page:all", processed=reports).returncode == 0
    names = {path.name for path in owners.iterdir()}
    assert (len(names), "mine.html" in names, "王小明.html" in names) == (3, True, False)


def test_a_page_starts_with_the_mark_by_which_it_is_known(one: Path) -> None:
    assert (one / "index.html").read_text(encoding="utf-8").startswith(MARK)


def test_a_missing_report_is_one_line(tmp_path: Path) -> None:
    done = run_stages("page:all", processed=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "index.html").exists()


def test_file_names_are_safe_and_apart() -> None:
    names = file_names(["Ada Lovelace", "ada  lovelace!", "../../etc", "CON", "???", "王小明"])
    assert names == {
        "../../etc": "etc.html",
        "???": "owner.html",
        "Ada Lovelace": "ada-lovelace.html",
        "CON": "con-page.html",
        "ada  lovelace!": "ada-lovelace-2.html",
        "王小明": "王小明.html",
    }
    assert all(len(name.encode()) < 255 for name in file_names(["王" * 300, "é" * 300]).values())


def test_owners_with_most_papers_come_first_and_keep_the_order_of_their_rows() -> None:
    owners = ["Ann Poe", "Bo Zed", "Cy Lee"]
    years = [("Ann Poe", 2020, 1), ("Bo Zed", 2019, 2), ("Bo Zed", 2020, 1), ("Cy Lee", None, 1)]
    frames = {
        "profiles": frame_of("profiles", [{"listing": name, "owner": name} for name in owners]),
        "owner_papers_per_year": frame_of(
            "owner_papers_per_year",
            [{"owner": owner, "year": year, "papers": papers} for owner, year, papers in years],
        ),
        "coauthors": frame_of(
            "coauthors",
            [{"owner": "Bo Zed", "coauthor": f"{number:02}", "papers": 1} for number in range(40)],
        ),
        "data_quality": frame_of("data_quality", [{"listing": "Bo Zed", "truncated": 3}]),
    }
    found = profiles(frames, most=2)
    assert [each.owner for each in found] == ["Bo Zed", "Ann Poe"]
    assert (found[0].papers, found[0].period, found[0].listings[0]["truncated"]) == (
        3,
        "2019–2020",
        3,
    )
    assert [row["coauthor"] for row in found[0].coauthors] == [f"{n:02}" for n in range(25)]


def test_every_report_is_told_once() -> None:
    told = [name for section in STORY for name in section.reports]
    assert sorted([*told, "profiles"]) == sorted(REPORTS)
    assert all(hasattr(captions, name) for name in told)


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "profiles"])
def test_an_empty_report_has_a_caption(name: str) -> None:
    assert captions.caption(name, frame_of(name, [])).endswith(".")


def test_captions_say_what_the_figures_say() -> None:
    years: list[dict[str, Any]] = [
        {"year": 2019, "papers": 4, "complete_year": True},
        {"year": 2020, "papers": 9, "complete_year": True},
        {"year": 2021, "papers": 1, "complete_year": False},
        {"year": None, "papers": 2, "complete_year": None},
    ]
    assert captions.papers_per_year(frame_of("papers_per_year", years)) == (
        "14 papers, 2019–2021; busiest year 2020 with 9; 2 more without a date. "
        "2021 is not complete."
    )
    pages = [
        {"listing": "a", "declared": 5, "parsed": 4, "duplicates": 1, "truncated": 2},
        {"listing": "b", "declared": 3, "parsed": 3, "duplicates": 0, "truncated": 1},
    ]
    rest = {"inferred_years": 1, "undated": 0, "rejected_lines": 2}
    assert captions.data_quality(frame_of("data_quality", [row | rest for row in pages])) == (
        "2 pages declare 8 papers, and 7 entries were read (1 page differs from what it declares). "
        "Merged: 1 repeated entry. Cut by “et al.”: the authors of 3 papers. "
        "Inferred: 2 years that dates do not print. Without a date: 0 entries. "
        "Rejected: 4 lines outside headers and entries."
    )


def test_a_table_shows_its_first_rows_for_people() -> None:
    row: dict[str, Any] = {"year": 2020, "papers": 1234, "share": 0.3333, "complete_year": False}
    table = shown(frame_of("code_per_year", [row]), REPORTS["code_per_year"])
    assert [cell.text for cell in table.rows[0]] == ["2020", "1,234", "–", "33.3 %", "–", "–", "no"]
    assert [cell.value for cell in table.rows[0]] == ["2020", "1234", "", "0.3333", "", "", ""]


def test_of_a_long_table_those_with_most_papers_are_shown() -> None:
    rows = [{"category": code, "papers": papers} for code, papers in (("A", 1), ("B", 7), ("C", 7))]
    table = shown(frame_of("papers_per_category", rows), REPORTS["papers_per_category"], most=2)
    assert [row[0].text for row in table.rows] == ["B", "C"]
    assert table.cut == "2 of 3, those with most papers"


def test_charts_take_the_colours_of_the_page(one: Path) -> None:
    style = (BLUE, ORANGE, PALE_BLUE, PALE_ORANGE, INK, GREY, LINE, PAPER)
    assert {colour.lower() for colour in style} == {*COLOURS}
    drawn = picture(one / "papers_per_year.svg")
    assert drawn.title == "Papers per year, 2008–2021"
    assert drawn.title not in drawn.content
    assert "var(--blue)" in drawn.content
    assert BLUE.lower() not in drawn.content


def test_a_file_that_is_no_chart_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    path.write_text("no chart", encoding="utf-8")
    with pytest.raises(InputError, match=r"chart\.svg"):
        picture(path)


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("LG", "Main category LG (Machine Learning). Page taken on 2026-01-02."),
        ("zz", "Main category zz. Page taken on 2026-01-02."),
        ("Physics", "Main category Physics. Page taken on 2026-01-02."),
        (None, "Page taken on 2026-01-02."),
    ],
)
def test_what_a_page_is_about(category: str | None, expected: str) -> None:
    listing = {"category": category, "as_of": "2026-01-02", "as_of_basis": "given"}
    assert about({"LG": "Machine Learning", "Physics": "Physics"}, listing) == expected
