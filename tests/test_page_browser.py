"""The pages in Chromium, opened from disk with the network off."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile import NAMES
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DESKTOP, PHONE = (1280, 900), (390, 844)
Scheme = Any  # "light" or "dark", as a browser prefers


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: .ci/run installs it")
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from offline(browser, DESKTOP)


def offline(browser: Browser, size: tuple[int, int], scheme: Scheme = "light") -> Iterator[Page]:
    """A tab without network, which fails a test that leaves an error on its console."""
    width, height = size
    context = browser.new_context(
        offline=True, color_scheme=scheme, viewport={"width": width, "height": height}
    )
    tab = context.new_page()
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("requestfailed", lambda request: faults.append(request.url))
    tab.on("dialog", lambda dialog: faults.append(dialog.message))
    yield tab
    context.close()
    assert faults == []


def opened(page: Page, path: Path) -> Page:
    """A page with all its tables unfolded."""
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    return page


def column(page: Page, table: str, place: int) -> list[str]:
    """The texts of a table's column, those of hidden rows left out."""
    cells = page.locator(f"{table} tbody tr:visible > :nth-child({place})")
    return [text.strip() for text in cells.all_text_contents()]


@pytest.mark.parametrize(
    ("corpus", "pattern", "size", "scheme"),
    [
        ("one", "index.html", DESKTOP, "light"),
        pytest.param("hostile", "index.html", PHONE, "dark", marks=pytest.mark.slow),
        ("hostile", "owners/*.html", DESKTOP, "dark"),
        ("hostile", "owners/*.html", PHONE, "light"),
    ],
)
def test_an_accessibility_checker_finds_nothing(
    browser: Browser,
    corpus: str,
    pattern: str,
    size: tuple[int, int],
    scheme: Scheme,
    request: pytest.FixtureRequest,
) -> None:
    reports: Path = request.getfixturevalue(corpus)
    path = min(reports.glob(pattern))
    for tab in offline(browser, size, scheme):
        results = Axe().run(opened(tab, path), options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_text_widens_the_page(browser: Browser, hostile: Path, size: tuple[int, int]) -> None:
    for tab in offline(browser, size):
        for path in [hostile / "index.html", *hostile.glob("owners/*.html")]:
            opened(tab, path)
            assert tab.evaluate("document.documentElement.scrollWidth") == size[0], path


def test_hostile_text_is_shown_and_does_nothing(page: Page, hostile: Path) -> None:
    for path in [hostile / "index.html", *hostile.glob("owners/*.html")]:
        opened(page, path)
        assert page.evaluate("window.broken") is None
    page.goto((hostile / "index.html").as_uri())
    assert set(column(page, "#owners table", 1)) == {*NAMES}


def test_a_click_in_spite_of_a_hostile_link_stays_on_our_files(page: Page, hostile: Path) -> None:
    page.goto((hostile / "index.html").as_uri())
    page.get_by_role("link", name="javascript:").first.click()
    assert page.url.startswith((hostile / "owners").as_uri())
    assert page.evaluate("window.broken") is None


def test_charts_have_a_size_and_pictures_load(page: Page, one: Path) -> None:
    opened(page, one / "index.html")
    boxes = page.eval_on_selector_all(
        "svg", "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(boxes) >= 8
    assert min(boxes) > 50
    links = page.eval_on_selector_all(
        "a[href$='.png'], a[href$='.svg']", "all => all.map((one) => one.href)"
    )
    assert len(links) == 2 * len(boxes)
    for link in links:
        page.goto(link)
        loaded = "document.images[0]?.naturalWidth ?? document.documentElement.clientWidth"
        assert page.evaluate(loaded) > 0, link


def test_links_resolve(page: Page, hostile: Path) -> None:
    opened(page, hostile / "index.html")
    links = page.eval_on_selector_all("a", "all => all.map((one) => one.href)")
    assert len(links) > 30
    for link in links:
        assert link.startswith(hostile.as_uri()), link
    for link in {link for link in links if link.endswith(".html")}:
        page.goto(link)
        assert page.locator("h1").count() == 1, link


def test_a_table_sorts_by_mouse_and_by_keyboard(page: Page, one: Path) -> None:
    opened(page, one / "index.html")
    table = "#papers_per_year table"
    head = page.locator(f"{table} th").first
    first = column(page, table, 1)
    assert first == [str(year) for year in range(2008, 2022)]
    head.locator("button").click()
    assert (head.get_attribute("aria-sort"), column(page, table, 1)) == ("ascending", first)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert (head.get_attribute("aria-sort"), column(page, table, 1)) == (
        "descending",
        first[::-1],
    )


def test_numbers_sort_as_numbers_and_what_is_empty_comes_last(page: Page, one: Path) -> None:
    opened(page, one / "index.html")
    table = "#papers_per_year table"
    counts = page.locator(f"{table} th").nth(2).locator("button")
    counts.click()
    assert column(page, table, 3)[:3] == ["1", "2", "3"]
    rates = page.locator(f"{table} th").nth(5).locator("button")
    for _ in range(2):
        rates.click()
        assert column(page, table, 6)[-1] == "–"


def test_a_table_is_filtered_by_a_word(page: Page, one: Path) -> None:
    opened(page, one / "index.html")
    page.locator("#papers_per_year input").fill("2013")
    assert column(page, "#papers_per_year table", 1) == ["2013"]
    assert page.locator("#papers_per_year output").text_content() == "1 found"
    page.locator("#papers_per_year input").fill("")
    assert len(column(page, "#papers_per_year table", 1)) == 14


def test_the_page_is_whole_without_script(browser: Browser, one: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    tab = context.new_page()
    tab.goto((one / "index.html").as_uri())
    tab.locator("#papers_per_year summary").click()
    assert len(column(tab, "#papers_per_year table", 1)) == 14
    context.close()


def test_print_shows_charts_and_no_controls(page: Page, one: Path) -> None:
    opened(page, one / "index.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#papers_per_year svg").is_visible()
    assert not page.locator("nav").is_visible()
    assert not page.locator("#papers_per_year input").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
