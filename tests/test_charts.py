"""The charts: what they show, that nothing of it is cut or covered, and that bytes repeat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from corpus import run_stages
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.text import Text

from pipeline.chart import draw
from pipeline.drawing import fonts
from pipeline.drawing.style import FORMATS, save, titled
from pipeline.errors import InputError
from pipeline.report_files import POLARS_TYPES, read_report
from pipeline.statements import chart_names
from pipeline.tables import REPORTS
from pipeline.wording import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PROJECT = Path(__file__).resolve().parent.parent
TOUCH = 1.0  # pixels by which texts may touch
NAMES = [
    "Ada Lovelace",
    "Maria Magdalena von und zu Hohenlohe-Waldenburg-Schillingsfürst-Ratibor the Younger",
    "محمد بن عبد الله بن عبد المطلب بن هاشم بن عبد مناف القرشي الهاشمي المكي المدني",
    "王小明",
    "이순신 🚀 👩‍👩‍👧",
    r"$x^2$ _under_ \frac{a}{b} 100 % $",
    "क्षत्रिय हिन्दी",
    "𒀀𒁀 \ue000",
    "a\u202eb\tc\u0000",
    "x" * 300,
]
Rows = list[tuple[Any, ...]]


def frame_of(name: str, rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """A report of rows that may leave out their last columns."""
    schema = {column.name: POLARS_TYPES[column.type] for column in REPORTS[name].columns}
    full = [[*row, *[None] * (len(schema) - len(row))] for row in rows]
    return pl.DataFrame(full, schema=schema, orient="row")


def drawn(name: str, rows: Sequence[Sequence[Any]]) -> Figure:
    return draw(name, frame_of(name, rows))


def text_artists(figure: Figure) -> list[Text]:
    found = cast("list[Text]", figure.findobj(Text))
    return [text for text in found if text.get_text()]


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in text_artists(figure)]


def lengths(axes: Axes, side: str) -> list[float]:
    return [getattr(bar, f"get_{side}")() for bar in axes.patches]


def require_legible(figure: Figure) -> None:
    """No text beyond the figure, and no two texts over each other."""
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = cast("Any", canvas).get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in text_artists(figure)]
    for number, (text, box) in enumerate(boxes):
        assert box.x0 >= 0 <= box.y0, text
        assert box.x1 <= figure.bbox.x1, text
        assert box.y1 <= figure.bbox.y1, text
        for other, second in boxes[:number]:
            across = min(box.x1, second.x1) - max(box.x0, second.x0)
            up = min(box.y1, second.y1) - max(box.y0, second.y0)
            assert across <= TOUCH or up <= TOUCH, (text, other)


def hostile_rows(name: str, count: int, papers: int, years: Sequence[int | None]) -> Rows:
    """Rows with awkward names, large counts and few or many years."""
    names = [f"{number} {NAMES[number % len(NAMES)]}" for number in range(count)]
    year, hub = years[0], NAMES[1]
    rows: dict[str, Rows] = {
        "papers_per_year": [(when, papers, papers, papers, False) for when in years],
        "papers_per_category": [(text, text, papers, None, year, year) for text in names],
        "papers_per_category_year": [(when, text, papers) for text in names for when in years],
        "coauthors": [
            (names[number % 7], text, papers, papers // 2, papers - papers // 2, year, year)
            for number, text in enumerate(names)
        ],
        "coauthor_pairs": [
            *((text, hub, papers, year, year, "owner") for text in names),
            *(
                (one, two, 1, year, year, "byline")
                for one, two in zip(names, names[3:], strict=False)
            ),
        ],
        "coauthors_per_year": [
            (names[number % 7], text, when, papers)
            for number, text in enumerate(names)
            for when in years
        ],
        "collaboration_per_year": [
            (when, papers, papers, 1.0, 4.0, None, 0.75, 1.0, False) for when in years
        ],
        "author_productivity": [
            (number, papers, 1 / number, 1 / number**2, 2.0, 0.1, papers, "maximum likelihood")
            for number in range(1, count + 1)
        ],
        "owner_papers_per_year": [(text, when, papers) for text in names for when in years],
        "papers_per_affiliation": [(text, papers, year, year) for text in names],
        "code_per_year": [(when, papers, papers, 1.0, 0.9, 1.0) for when in years],
        "term_trends": [
            (when, text, papers, 0.5, papers, 0.2 - number % 3 / 5, "rising", False)
            for number, text in enumerate(names)
            for when in years
        ],
    }
    return rows[name]


def test_reports_have_a_chart_but_for_those_that_are_read_line_by_line() -> None:
    without = {name for name in REPORTS if name not in chart_names()}
    assert without == {
        "author_identity",
        "author_network",
        "data_quality",
        "paper_suspects",
        "profiles",
    }


def test_papers_per_year() -> None:
    rows = [(2019, 4, 4, 0, True), (2020, 0, 4, 0, True), (2021, 7, 11, 0, False), (None, 3, 14, 0)]
    figure = drawn("papers_per_year", rows)
    assert lengths(figure.axes[0], "height") == [4, 7]
    assert [bool(bar.get_hatch()) for bar in figure.axes[0].patches] == [False, True]
    assert {"Papers per year, 2019–2021", "11 papers; most in 2021: 7"} <= {*texts(figure)}
    assert {"4", "0", "7", "incomplete", "Plus 3 undated papers."} <= {*texts(figure)}
    require_legible(figure)


def test_many_years_get_an_axis_in_place_of_counts() -> None:
    figure = drawn("papers_per_year", [(year, 1234, 0, 0, True) for year in range(1950, 2027)])
    assert "1,000" in texts(figure)
    assert "1,234" not in texts(figure)
    assert "1951" not in texts(figure)
    require_legible(figure)


def test_papers_per_category() -> None:
    rows: Rows = [
        ("LG", "Machine Learning", 32, 0.695652, 2015, 2026),
        ("SC", "SC", 1, 0.004, 2016),
    ]
    rows += [(f"C{number}", "Name", 1, 0.02, 2016, 2016) for number in range(30)]
    figure = drawn("papers_per_category", rows)
    assert lengths(figure.axes[0], "width")[:2] == [32, 1]
    assert len(figure.axes[0].patches) == 20
    assert {"LG · Machine Learning", "32 · 70 %", "SC", "1 · < 1 %"} <= {*texts(figure)}
    assert "And 12 more categories with 12 papers." in texts(figure)


def test_papers_per_category_year() -> None:
    rows: Rows = [(2024, "LG", 5), (2026, "LG", 2), (2026, "CL", 1), (None, "CL", 1)]
    rows += [(2025, f"C{number}", 1) for number in range(12)]
    figure = drawn("papers_per_category_year", rows)
    mesh = next(item for item in figure.axes[0].collections if isinstance(item, QuadMesh))
    shades = mesh.get_array()
    assert shades is not None
    assert shades[0].tolist() == [5, None, 2]
    assert {"LG", "other (2 more)", "2025", "Plus 1 undated paper."} <= {*texts(figure)}
    require_legible(figure)


def test_coauthors_of_one_owner() -> None:
    rows = [("Ada", "Bob", 7, 2, 5, 2015, 2026), ("Ada", "Cy", 1, 1, 0, 2016, 2016)]
    figure = drawn("coauthors", rows)
    assert lengths(figure.axes[0], "width") == [2, 1, 5, 0]
    assert {"Co-authors of Ada, 2015–2026", "Bob", "7"} <= {*texts(figure)}
    assert any("lower bounds" in text for text in texts(figure))


def test_two_owners_who_wrote_together_are_one_pair() -> None:
    figure = drawn("coauthors", [("Ada", "Bob", 2, 2, 0), ("Bob", "Ada", 2, 2, 0)])
    shown = [
        text.strip("\u2068\u2069").replace("\u2069 with \u2068", "+") for text in texts(figure)
    ]
    assert shown.count("Ada+Bob") == 1
    assert "Bob+Ada" not in shown


def test_coauthor_pairs() -> None:
    rows = [("Ada", "Bob", 3, 2020, 2021, "byline"), ("Bob", "Cy", 1, 2020, 2022, "owner")]
    figure = drawn("coauthor_pairs", rows)
    lines = [item for item in figure.axes[0].collections if isinstance(item, LineCollection)]
    points = next(item for item in figure.axes[0].collections if isinstance(item, PathCollection))
    assert [len(item.get_segments()) for item in lines] == [1, 1]
    assert len(cast("list[Any]", points.get_offsets())) == 3
    assert {"Ada", "Bob", "Cy", "Who wrote with whom, 2020–2022"} <= {*texts(figure)}
    assert "3 authors; 2 pairs" in texts(figure)


def test_a_network_shows_forty_authors() -> None:
    rows = [("Hub", f"Author {number:02}", 1, 2020, 2020, "byline") for number in range(99)]
    figure = drawn("coauthor_pairs", rows)
    assert sum(text.startswith(("Hub", "Author")) for text in texts(figure)) == 40
    assert any("40 of 100 authors" in text and "39 of 99 pairs" in text for text in texts(figure))
    require_legible(figure)


def test_each_author_of_a_network_has_a_line() -> None:
    rows = [(f"Hub {hub:02}", f"Leaf {hub:02}", 9, 2020, 2020, "byline") for hub in range(45)]
    rows.append(("Hub 01", "Hub 44", 1, 2020, 2020, "byline"))
    figure = drawn("coauthor_pairs", rows)
    shown = {text for text in texts(figure) if text.startswith(("Hub", "Leaf"))}
    assert {"Hub 01", "Hub 44", "Leaf 01", "Leaf 44"} <= shown
    assert all(f"Leaf {text[-2:]}" in shown for text in shown)
    assert len(shown) == 40


def test_coauthors_per_year_are_lines_with_points() -> None:
    rows = [
        ("Ada", "Bob", 2019, 1, True),
        ("Ada", "Bob", 2021, 4, False),
        ("Ada", "Bob", None, 2),
        ("Ada", "Cy", 2018, 1, True),
        ("Ada", "Di", None, 9),
    ]
    figure = drawn("coauthors_per_year", rows)
    points = next(item for item in figure.axes[0].collections if isinstance(item, PathCollection))
    assert cast("Any", points.get_offsets()).tolist() == [[2018, 0], [2019, 1], [2021, 1]]
    areas = cast("Any", points.get_sizes()).tolist()
    assert areas[2] == pytest.approx(4 * areas[1])
    assert {"Co-authors of Ada by year, 2018–2021", "Bob", "7", "And 1 more co-author."} <= {
        *texts(figure)
    }
    assert "Di" not in texts(figure)
    require_legible(figure)


def test_two_owners_who_wrote_together_have_one_line() -> None:
    rows = [("Ada", "Bob", 2020, 2, True), ("Bob", "Ada", 2020, 2, True)]
    figure = drawn("coauthors_per_year", rows)
    points = next(item for item in figure.axes[0].collections if isinstance(item, PathCollection))
    assert cast("Any", points.get_offsets()).tolist() == [[2020, 0]]
    assert "2" in texts(figure)


def test_many_owners_who_wrote_together_leave_room_for_the_other_pairs() -> None:
    # 19 pairs of owners have two rows of three papers each; of the others, one has room.
    rows = []
    for number in range(19):
        one, other = f"Ada {number:02}", f"Bob {number:02}"
        rows += [(one, other, 2020, 3, True), (other, one, 2020, 3, True)]
    rows += [("Cy", "Di", 2019, 2, True), ("Cy", "Ed", 2018, 1, True)]
    shown = texts(drawn("coauthors_per_year", rows))
    assert "\u2068Cy\u2069 with \u2068Di\u2069" in shown
    assert not any("Ed" in text for text in shown)
    assert "And 1 more pair." in " ".join(shown)


def test_collaboration_per_year_shows_bounds() -> None:
    rows = [
        (2019, 3, 3, 1.0, 4.0, None, 0.75, 1.0, True),
        (2020, 2, 0, 0.0, 2.5, 2.5, 0.5, 0.5, True),
        (None, 1, 1, 1.0, 4.0, None, 0.75, 1.0),
    ]
    figure = drawn("collaboration_per_year", rows)
    means, coefficients = figure.axes
    assert [line.get_ydata().tolist() for line in means.lines[-2:]] == [[4.0, 2.5], [2.5]]  # type: ignore[union-attr]
    assert coefficients.lines[-1].get_ydata().tolist() == [1.0, 0.5]  # type: ignore[union-attr]
    assert "The lists of 3 of 5 papers are cut by “et al.”, 60 %" in texts(figure)
    require_legible(figure)


def test_author_productivity_beside_the_law() -> None:
    rows = [
        (1, 75, 0.75, 0.8, 2.9, 0.02, 100, "maximum likelihood"),
        (3, 25, 0.25, 0.1, 2.9, 0.02, 100, "maximum likelihood"),
    ]
    figure = drawn("author_productivity", rows)
    fitted, counts = figure.axes[0].lines[-2:]
    assert cast("Any", fitted.get_ydata()).tolist() == [0.8, 0.1]
    assert cast("Any", counts.get_xdata()).tolist() == [1, 3]
    assert "100 authors; 75 with a single paper, 75 %" in texts(figure)
    assert any("papers^−2.90" in text for text in texts(figure))
    require_legible(figure)


def test_few_authors_have_no_law() -> None:
    row = (1, 3, 1.0, None, None, None, 3, "too few authors")
    figure = drawn("author_productivity", [row])
    assert "Lotka’s law was not fitted: too few authors." in texts(figure)
    assert not any("∝" in text for text in texts(figure))


def test_shares_that_would_look_alike_get_a_decimal() -> None:
    rows = [("CV", "CV", 970, 0.97), ("GR", "GR", 14, 0.014), ("CO", "CO", 11, 0.011)]
    assert {"970 · 97.0 %", "14 · 1.4 %", "11 · 1.1 %"} <= {
        *texts(drawn("papers_per_category", rows))
    }


def test_the_row_of_others_has_no_shades() -> None:
    rows: Rows = [(2024, f"C{number:02}", 5) for number in range(12)]
    rows += [(2024, f"D{number}", 4) for number in range(9)]
    figure = drawn("papers_per_category_year", rows)
    mesh = next(item for item in figure.axes[0].collections if isinstance(item, QuadMesh))
    assert mesh.norm.vmax == 5
    assert "other (9 more)" in texts(figure)


def test_svg_files_hold_names_as_text(tmp_path: Path) -> None:
    hostile = '"><img onerror=x><script>alert(1)</script> & 王 محمد'
    save(drawn("papers_per_affiliation", [(hostile, 3)]), tmp_path / "chart", "svg")
    root = ET.parse(tmp_path / "chart").getroot()  # noqa: S314 -- our own file
    assert hostile in [element.text for element in root.iter()]
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        *"svg defs style g path text clipPath rect use".split()
    }


def test_papers_of_one_owner_are_bars() -> None:
    figure = drawn("owner_papers_per_year", [("Ada", 2020, 3), ("Ada", 2022, 1), ("Ada", None, 2)])
    assert lengths(figure.axes[0], "height") == [3, 1]
    assert "Papers of Ada per year, 2020–2022" in texts(figure)


def test_papers_of_many_owners_are_a_heat_map() -> None:
    rows = [(f"Owner {number}", 2020 + number % 3, number) for number in range(1, 31)]
    figure = drawn("owner_papers_per_year", rows)
    assert {"Owner 30", "And 10 more owners."} <= {*texts(figure)}
    assert "Owner 10" not in texts(figure)


def test_papers_per_affiliation() -> None:
    figure = drawn(
        "papers_per_affiliation", [("deepmind", 2, 2023, 2025), ("openai", 1, 2024, 2024)]
    )
    assert lengths(figure.axes[0], "width") == [2, 1]
    assert "Papers per affiliation, 2023–2025" in texts(figure)


def test_code_per_year() -> None:
    rows = [(2019, 9, 1, 0.111111, 0.019891, 0.435), (2020, 0, 0), (2021, 2, 0, 0.0, 0.0, 0.65762)]
    figure = drawn("code_per_year", [*rows, (None, 3, 1, 0.3, 0.1, 0.7)])
    assert figure.axes[0].lines[-1].get_xdata().tolist() == [2019, 2021]  # type: ignore[union-attr]
    assert {"1 of 9", "0 of 2", "Plus 3 undated papers, 1 with code."} <= {*texts(figure)}
    assert "0 of 0" not in texts(figure)
    require_legible(figure)


def test_term_trends() -> None:
    rows: Rows = [
        (2019, "kite", 1, 0.1, 3, 0.2, "rising", True),
        (2021, "kite", 2, 0.4, 3, 0.2, "rising", False),
        (2020, "air", 3, 0.5, 3, 0.0, "unclear", True),
        (2019, "sail", 3, 0.5, 3, -0.1, "unclear", True),
        (2019, "boat", 4, 0.5, 4, -0.2, "falling", True),
    ]
    figure = drawn("term_trends", rows)
    rising, falling = figure.axes
    assert lengths(rising, "height") == pytest.approx([0.2, 0.8])  # a quarter of the higher share
    assert lengths(falling, "height") == pytest.approx([0.8, 0.8])
    assert [bar.get_x() for bar in rising.patches] == pytest.approx([2018.6, 2020.6])  # type: ignore[attr-defined]
    shown = texts(figure)
    assert shown.index("boat") < shown.index("sail")
    assert "air" not in shown
    assert {"Terms that rise and fall, 2019–2021", "kite", "4"} <= {*shown}
    assert "4 terms in 3 papers or more; 1 clearly rising, 1 clearly falling" in shown
    assert "2021 was not over when the pages were taken." in shown
    require_legible(figure)


def test_terms_of_one_year_have_no_trend() -> None:
    figure = drawn("term_trends", [(2020, "kite", 3, 1.0, 3, 0.0, "unclear", True)])
    assert "No data: all terms are of 2020" in texts(figure)


@pytest.mark.parametrize("name", chart_names())
def test_an_empty_report_says_so(name: str) -> None:
    figure = drawn(name, [])
    assert any(text.startswith("No data: ") for text in texts(figure))
    require_legible(figure)


@pytest.mark.parametrize("name", chart_names())
@pytest.mark.parametrize(
    ("count", "papers", "years"),
    [
        (1, 1, [2020]),
        (3, 0, [None]),
        (45, 1_000_000, [2025, 2026]),
        (200, 12, [*range(1985, 2027), None]),
    ],
    ids=["one", "undated", "two years", "many"],
)
def test_hostile_reports_stay_legible(
    name: str,
    count: int,
    papers: int,
    years: list[int | None],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    figure = drawn(name, hostile_rows(name, count, papers, years))
    for kind in FORMATS:
        save(figure, tmp_path / f"chart.{kind}", kind)
    require_legible(figure)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", chart_names())
def test_the_same_report_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    rows = hostile_rows(name, 30, 9, [2024, 2025, 2026])
    for kind in FORMATS:
        for copy in ("one", "two"):
            save(drawn(name, rows), tmp_path / copy, kind)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_stage_draws_what_it_is_asked_for(tmp_path: Path) -> None:
    csv = "affiliation,papers,first_year,last_year\n'@home,2,2023,\n"
    (tmp_path / "papers_per_affiliation.csv").write_text(csv, encoding="utf-8")
    done = run_stages("chart:papers_per_affiliation", processed=tmp_path)
    assert done.stdout.startswith(f"chart   1 CSV file → 1 chart in {tmp_path}  (")
    assert (done.returncode, done.stderr) == (0, "")
    first = (tmp_path / "papers_per_affiliation.png").read_bytes()
    run_stages("chart:papers_per_affiliation", processed=tmp_path)
    assert (tmp_path / "papers_per_affiliation.png").read_bytes() == first
    ends = sorted(path.suffix for path in tmp_path.iterdir())
    assert ends == [".csv", ".png", ".sizes", ".svg"]


def test_a_missing_report_is_one_line(tmp_path: Path) -> None:
    done = run_stages("chart:coauthors", processed=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "coauthors.csv" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_read_report_gives_declared_types(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("affiliation,papers,first_year,last_year\n'=x,2,,\n", encoding="utf-8")
    frame = read_report(path, REPORTS["papers_per_affiliation"])
    assert frame.rows() == [("=x", 2, None, None)]
    assert frame.dtypes == [pl.String, pl.Int64, pl.Int64, pl.Int64]


@pytest.mark.parametrize(
    "text", ["", "affiliation\nx\n", "affiliation,papers,first_year,last_year\nx,y,,\n"]
)
def test_read_report_refuses_other_columns(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.csv"):
        read_report(path, REPORTS["papers_per_affiliation"])


def test_shortened_fits_and_keeps_signs_whole() -> None:
    for name in NAMES:
        text = fonts.shortened(name, 9, 1.0)
        assert fonts.width_of(text, 9) <= 1.0
    assert fonts.shortened("Ada", 9, 1.0) == "Ada"
    assert fonts.shortened("x" * 99, 9, 1.0).endswith("x…")


def test_printable_replaces_what_no_font_has() -> None:
    assert fonts.printable("a\tb\n\u202ec 𒀀") == "a b c \ufffd"
    assert fonts.families("Ada") == ("DejaVu Sans",)
    assert fonts.families("王") == ("DejaVu Sans", "WenQuanYiMicroHei")


def test_titles_and_shares() -> None:
    assert titled("Papers", [2020, None, 2015]) == "Papers, 2015–2020"
    assert titled("Papers", [None]) == "Papers"
    assert titled("Papers", [2020]) == "Papers, 2020"
    assert [percent(share) for share in (0, 0.001, 0.5, 1)] == ["0 %", "< 1 %", "50 %", "100 %"]


@pytest.mark.parametrize(
    "name", ["papers_per_category", "coauthors", "coauthor_pairs", "papers_per_affiliation"]
)
def test_endless_names_are_cut(name: str) -> None:
    endless = "Ada Lovelace " * 5000
    rows: dict[str, Rows] = {
        "papers_per_category": [(endless, endless, 3, 1.0)],
        "coauthors": [(endless, endless, 3, 3, 0), ("Bob", "Cy", 2, 2, 0)],
        "coauthor_pairs": [(endless, "Bob", 3, None, None, "byline")],
        "papers_per_affiliation": [(endless, 3)],
        "term_trends": [(year, endless, 3, 1.0, 3, 0.1, "rising", True) for year in (2020, 2021)],
    }
    figure = drawn(name, rows[name])
    assert any("…" in text for text in texts(figure))
    require_legible(figure)
