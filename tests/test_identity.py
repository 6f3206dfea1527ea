"""Tests of the handling of printed names; the names are made up or mere examples of a type."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from evaluate_name_pairs import judge, report
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity.candidates import NamePair, candidates, name_pairs
from pipeline.identity.compare import blocking_keys, compare
from pipeline.identity.nicknames import nickname_rows
from pipeline.identity.parts import NameParts, parse_name
from pipeline.identity.readings import Evidence
from pipeline.names import fold
from pipeline.tex import decode_tex

if TYPE_CHECKING:
    from pathlib import Path

# Words that make names likely to be related, in every way the comparison knows.
NAME_WORDS = (
    "A. B. C. J. S. Y. Yu. Jr. Sr. III PhD Anna Ann Jon John Jonathan Johnny Bill William Müller "
    "Mueller Muller Jörg Joerg Xiao Ming Xiaoming Xiao-Ming Li Wang Wei Kim Nguyen van der de Al- "
    "Al-Haddad Alhaddad García García-Pérez Pérez Smith Smith, OpenAI Team 王 伟 JS"
)
printed_names = st.lists(st.sampled_from(NAME_WORDS.split()), min_size=1, max_size=4).map(" ".join)
any_text = st.text(max_size=30)


class TestParseName:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Karina Nguyen", NameParts(given="Karina", family="Nguyen")),
            ("Karina, Nguyen", NameParts(given="Nguyen", family="Karina", inverted=True)),
            ("J.S. Bach", NameParts(given="J.", middle="S.", family="Bach")),
            ("J.S Bach", NameParts(given="J.", middle="S.", family="Bach")),
            ("JS Bach", NameParts(given="J", middle="S", family="Bach")),
            ("J.-P. Blanc", NameParts(given="J.-P.", family="Blanc")),
            ("Smith J. A.", NameParts(given="J.", middle="A.", family="Smith", inverted=True)),
            ("Ann van der Berg", NameParts(given="Ann", particle="van der", family="Berg")),
            ("Juan De La Cruz", NameParts(given="Juan", particle="De La", family="Cruz")),
            ("van Berg", NameParts(particle="van", family="Berg")),
            ("van Der Berg", NameParts(particle="van", family="Der Berg")),
            ("van", NameParts(family="van")),
            ("Berg, van", NameParts(given="van", family="Berg", inverted=True)),
            ("Berg, Ann Van", NameParts("Ann", middle="Van", family="Berg", inverted=True)),
            (
                "Berg, Ann Mary van",
                NameParts("Ann", middle="Mary", particle="van", family="Berg", inverted=True),
            ),
            (
                "Berg, Ann van der",
                NameParts(given="Ann", particle="van der", family="Berg", inverted=True),
            ),
            ("Syed Al-Haddad", NameParts(given="Syed", particle="Al-", family="Haddad")),
            (
                "Nasr Al-Haddad, Syed",
                NameParts(given="Syed", particle="Al-", family="Nasr Haddad", inverted=True),
            ),
            ("Omar bin Said", NameParts(given="Omar", particle="bin", family="Said")),
            ("Al Smith", NameParts(given="Al", family="Smith")),
            ("Hai Van Nguyen", NameParts(given="Hai", middle="Van", family="Nguyen")),
            ("Laerte Sodré, Jr.", NameParts(given="Laerte", family="Sodré", suffix="Jr.")),
            (
                "King, Ann Lee, III",
                NameParts("Ann", middle="Lee", family="King", suffix="III", inverted=True),
            ),
            ("Ann Smith, MD, PhD", NameParts(given="Ann", family="Smith", suffix="MD PhD")),
            ("Ann Smith Jr. PhD", NameParts(given="Ann", family="Smith", suffix="Jr. PhD")),
            ("Smith Jr.", NameParts(family="Smith", suffix="Jr.")),
            ("Junior", NameParts(family="Junior")),
            ("King, Ann, Lee", NameParts("Ann", middle="Lee", family="King", inverted=True)),
            ("Ann Dantas-Jr", NameParts(given="Ann", family="Dantas", suffix="Jr")),
            ("Rahim Md", NameParts(given="Rahim", family="Md")),
            ("Xin (Sam) Li", NameParts(given="Xin", middle="Sam", family="Li")),
            ("Wei LI", NameParts(given="Wei", family="LI")),
            ("Ann - Smith .", NameParts(given="Ann", family="Smith")),
            ("Plato", NameParts(family="Plato")),
            ("王伟", NameParts(family="王伟")),
            (r"Kurt G\"odel", NameParts(given="Kurt", family="Gödel")),
            ("IsoQuest, Inc.", NameParts(family="IsoQuest, Inc.", collective=True)),
            ("", NameParts()),
            ("() () () ()", NameParts(family="()")),
            (f"Jane {'R' * 995}", NameParts(given="Jane", family="R" * 995)),
            (f"Jane {'R' * 996}", NameParts(family=f"Jane {'R' * 996}", collective=True)),
        ],
    )
    def test_parts_are_told_apart(self, name: str, expected: NameParts) -> None:
        assert parse_name(name) == expected

    @given(any_text | printed_names)
    def test_any_text_has_a_family_name(self, name: str) -> None:
        assert bool(parse_name(name).family) == bool(decode_tex(name).split())


MATCHES = [
    ("J. Schulman", "J Schulman", Evidence.SAME),
    ("Jean-Pierre Blanc", "Jean Pierre BLANC", Evidence.SAME),
    ("Karina, Nguyen", "Karina Nguyen", Evidence.SAME),
    ("A-Ra Cho", "Ara Cho", Evidence.SPACING),
    ("Jörg Uwe Müller", "Jörguwe Müller", Evidence.SPACING),
    ("Xiao Ming Li", "Xiaoming Li", Evidence.SPACING),
    ("Yann LeBlanc", "Yann Le Blanc", Evidence.SPACING),
    ("Open AI", "OpenAI", None),
    ("The Example Team", "Example Team", Evidence.SPACING),
    ("Kite Team", "KiteTeam", Evidence.SPACING),
    ("王 伟", "王伟", Evidence.SPACING),
    ("Siuly", "Siuly Siuly", Evidence.SPACING),
    ("Jörg Müller", "Joerg Mueller", Evidence.TRANSLITERATION),
    ("Anna Đorić", "Anna Djoric", Evidence.TRANSLITERATION),
    ("Ann Jörg Baker", "Ann Joerg Baker", Evidence.TRANSLITERATION),
    ("Ann van Berg", "Ann Berg", Evidence.PARTICLE),
    ("Syed Alhaddad", "Syed Al-Haddad", Evidence.SPACING),
    ("Ann Smith", "Ann Smith Jr.", Evidence.SUFFIX),
    ("Ann Smith", "Ann Smith, PhD", Evidence.SUFFIX),
    ("Ann Smith", "Ann B. Smith", Evidence.MIDDLE),
    ("Ann B. Smith", "Ann Beate Smith", Evidence.MIDDLE),
    ("Ann B. Smith", "Ann Smith Jr.", Evidence.MIDDLE),
    ("Thanh Nguyen", "Thanh Van Binh Nguyen", Evidence.MIDDLE),
    ("Hai Nguyen", "Hai Van Nguyen", Evidence.MIDDLE),
    ("Ann Carl Baker", "Ann B. Carl Baker", Evidence.MIDDLE),
    ("Ann Vanderberg", "Ann B. van der Berg", Evidence.MIDDLE),
    ("Xiaoming Baker", "Xiao Ming B. Baker", Evidence.MIDDLE),
    ("Xiao Ming B. Baker", "Xiaoming B. Carl Baker", Evidence.MIDDLE),
    ("Chris Olsen", "Christopher Olsen", Evidence.NICKNAME),
    ("Josh Baker", "Joshua Q. Baker", Evidence.NICKNAME),
    ("Johnny Baker", "John Johnny Baker", Evidence.NICKNAME),
    ("Wm. Baker", "William Baker", Evidence.NICKNAME),
    ("Wm. Baker", "William Q. Baker", Evidence.NICKNAME),
    ("William Baker", "Wm. Q. Baker", Evidence.NICKNAME),
    ("Mohd. Amin", "Mohammad Amin", Evidence.NICKNAME),
    ("Joshua Baker", "Josh Q. Baker", Evidence.NICKNAME),
    ("Ann Pérez", "Ann Pérez-Gil", Evidence.DOUBLE_FAMILY),
    ("Ann Gil", "Ann Pérez-Gil", Evidence.DOUBLE_FAMILY),
    ("Kate Pérez", "Katherine Pérez-Gil", Evidence.DOUBLE_FAMILY),
    ("Ann B. Pérez", "Ann Pérez-Gil", Evidence.DOUBLE_FAMILY),
    ("Ann de Pérez", "Ann Pérez-Gil", Evidence.DOUBLE_FAMILY),
    ("Ann DePérez", "Ann de Pérez-Gil", Evidence.DOUBLE_FAMILY),
    ("S. Nicholas Baker", "Nicholas Baker", Evidence.LEADING),
    ("Gavin Yulei Zhang", "Yulei Zhang", Evidence.LEADING),
    ("A. Ming Li", "Ming Li", Evidence.LEADING),
    ("Nicholas Pérez", "S. Nicholas Pérez-Gil", Evidence.LEADING),
    ("Nguyen Karina", "Karina Nguyen", Evidence.ORDER),
    ("Nguyen, Karina", "Karina Nguyen", Evidence.ORDER),
    ("Wang Ji Jun", "Jijun Wang", Evidence.ORDER),
    ("Baker Ann", "Ann Mary Baker", Evidence.ORDER),
    ("Baker Ann Mary", "Ann Baker", Evidence.ORDER),
    ("Ann Pérez-Gil", "Gil Ann", Evidence.ORDER),
    ("Berg Ann", "Ann van Berg", Evidence.ORDER),
    ("Alhaddad Syed", "Syed B. Al-Haddad", Evidence.ORDER),
    ("F. Dean Baker", "Dean F. Baker", Evidence.ORDER),
    ("Amma R", "R. Amma", Evidence.ORDER),
    ("Mary Ann Lou Baker", "Baker Lou Ann Mary", Evidence.ORDER),
    ("Kate Ming Li", "Ming Kate Li", Evidence.ORDER),
    ("Ann Lou May Baker", "Maybaker Annlou", Evidence.ORDER),
    ("An Na Lou An Nalou", "Louannalou Anna", Evidence.ORDER),
    ("J. Schulman", "John Schulman", Evidence.INITIAL),
    ("Schulman, J.", "John Schulman", Evidence.INITIAL),
    ("Schulman JA", "John Schulman", Evidence.INITIAL),
    ("J. Müller", "Jan Mueller", Evidence.INITIAL),
    ("S. Alhaddad", "Syed Al-Haddad", Evidence.INITIAL),
    ("Y. LeBlanc", "Yann Le Blanc", Evidence.INITIAL),
    ("Yu. Petrov", "Yuri Petrov", Evidence.INITIAL),
    ("Chr. Olsen", "Christian Olsen", Evidence.INITIAL),
    ("W. Bastian Klein", "Wilhelm B. Klein", Evidence.INITIAL),
    ("Y. F. Wang", "Yifang Wang", Evidence.INITIAL),
    ("S. Lee", "S. H. Lee", Evidence.INITIAL),
    ("M. Demir", "M. Akif Demir", Evidence.INITIAL),
    ("Metin Demir", "M. Yu. Demir", Evidence.INITIAL),
    ("Metin Pérez", "M. García-Pérez", Evidence.INITIAL),
    ("Nina Baker", "N. F. Baker", Evidence.INITIAL),
    ("Ami Li", "A. M. Li", Evidence.INITIAL),
    ("Linh Nguyen", "L. T. Nguyen", Evidence.INITIAL),
    ("Yvonne Wang", "Y. C. Wang", Evidence.INITIAL),
]

NO_MATCHES = [
    ("John Schulman", "James Schulman"),
    ("J. Schulman", "Karl Schulman"),
    ("John A. Smith", "John B. Smith"),
    ("John Adam Smith", "John B. Smith"),
    ("J. A. Smith", "A. J. Smith"),
    ("John Smith Jr.", "John Smith Sr."),
    ("John Smith II", "John Smith III"),
    ("John Smith", "John Smyth"),
    ("John Smith", "Jonh Smith"),
    ("Ann van Berg", "Ann von Berg"),
    ("Ann de Gil Pérez", "Ann da Gil Pérez"),
    ("Gil Pérez", "S. Gil-Pérez"),
    ("Christopher Olsen", "Christian Olsen"),
    ("Ann Pérez-Gil", "Ann Pérez-Sol"),
    ("Ann B. Pérez-Gil", "Ann C. Pérez"),
    ("M. Akif Demir", "Metin Demir"),
    ("Ann van der Berg", "Berg van Ann"),
    ("Xiao Wang", "Xiao-Yu Wang"),
    ("Xiao-Yu Wang", "Yu Wang"),
    ("Xiao-Yu Wang", "Wang Xiao"),
    ("Xiao Yu Kate Wang", "Yu Kate Wang"),
    ("Ming Xiao Li", "Xiao Ming Li"),
    ("Y. C. Wang", "Yifang Wang"),
    ("Y. C. Wang", "Ying Wang"),
    ("Y. A. Wang", "Yifang Wang"),
    ("Yan An Li", "Ya Nan Li"),
    ("J. Kim", "Kim Jones"),
    ("Nguyen", "Karina Nguyen"),
    ("Karina", "Karina Nguyen"),
    ("John Paul", "John Paul Jones"),
    ("伟 王", "王伟"),
    ("OpenAI", "Karina Nguyen"),
    ("Example Team", "Sample Team"),
    ("", ""),
    (" ", " "),
    ("", "\r"),
    ("\\", "{}"),
    ("", "Ann Smith"),
]


class TestCompare:
    @pytest.mark.parametrize(("name_a", "name_b", "expected"), MATCHES)
    def test_the_weakest_evidence_needed_is_named(
        self, name_a: str, name_b: str, expected: Evidence
    ) -> None:
        assert compare(name_a, name_b) is expected
        assert compare(name_b, name_a) is expected

    @pytest.mark.parametrize(("name_a", "name_b"), NO_MATCHES)
    def test_contradictions_and_different_names_do_not_match(
        self, name_a: str, name_b: str
    ) -> None:
        assert compare(name_a, name_b) is None

    @given(printed_names | any_text, printed_names | any_text)
    def test_the_order_of_the_two_names_does_not_matter(self, name_a: str, name_b: str) -> None:
        assert compare(name_a, name_b) is compare(name_b, name_a)

    @given(printed_names)
    def test_every_name_matches_itself(self, name: str) -> None:
        assert compare(name, name) is Evidence.SAME

    def test_evidence_is_ordered_from_strong_to_weak(self) -> None:
        strengths = [evidence.strength for evidence in Evidence]
        assert strengths == sorted(strengths, reverse=True)

    def test_weak_evidence_is_weaker_than_any_other(self) -> None:
        weakness = [evidence.weak for evidence in Evidence]
        assert weakness == sorted(weakness)
        assert Evidence.INITIAL.weak
        assert not Evidence.SAME.weak


def are_compared(name_a: str, name_b: str) -> bool:
    return {name_a, name_b} in map(set, candidates([name_a, name_b]))


class TestCandidates:
    @pytest.mark.parametrize(
        ("name_a", "name_b"),
        [
            (name_a, name_b)
            for name_a, name_b, found in MATCHES
            if found not in (None, Evidence.SAME)
        ],
    )
    def test_names_that_match_are_compared(self, name_a: str, name_b: str) -> None:
        assert are_compared(name_a, name_b)

    @given(printed_names | any_text, printed_names | any_text)
    def test_any_names_that_match_are_compared(self, name_a: str, name_b: str) -> None:
        if fold(name_a) != fold(name_b) and compare(name_a, name_b):
            assert are_compared(name_a, name_b)

    @pytest.mark.parametrize(
        ("name_a", "name_b"),
        [
            ("Ann Smith", "Alan Smith"),
            ("Ann Smith", "Ann Smyth"),
            ("Smith", "Ann Smith"),
            ("Carla Smith", "Ann Beate Carla Smith"),
            ("Example Team", "Sample Team"),
        ],
    )
    def test_names_that_only_start_alike_are_not(self, name_a: str, name_b: str) -> None:
        assert not are_compared(name_a, name_b)

    def test_keys_are_few(self) -> None:
        assert len(blocking_keys("Karina Nguyen")) <= 5

    def test_a_blank_name_has_no_keys(self) -> None:
        assert blocking_keys(" ") == frozenset()

    def test_a_pair_says_how_strong_the_evidence_is_and_how_common_the_name(self) -> None:
        names = ["Ann Smith", "ANN SMITH", "Ann B. Smith", "Li Wang", "L. Wang"]
        assert name_pairs(names) == [
            NamePair("ann b smith", "ann smith", "middle name", -5, is_weak=False, is_common=False),
            NamePair("l wang", "li wang", "initial", -10, is_weak=True, is_common=True),
        ]

    def test_the_number_of_processes_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pipeline.identity.candidates.TASK_SIZE", 2)
        names = ["Ann Smith", "A. Smith", "Ben Smith", "Smith, Ann B.", "Ann B. Smith"]
        expected = [
            ("a smith", "ann b smith", "initial"),
            ("a smith", "ann smith", "initial"),
            ("a smith", "smith ann b", "initial"),
            ("ann b smith", "ann smith", "middle name"),
            ("ann b smith", "smith ann b", "word order"),
            ("ann smith", "smith ann b", "word order"),
        ]
        for processes in (1, 2):
            found = name_pairs(names, processes)
            assert [(pair.key_a, pair.key_b, pair.evidence) for pair in found] == expected

    @pytest.mark.usefixtures("must_end")
    @pytest.mark.parametrize("end", [", Jr.", " JS", " van"])
    def test_a_name_of_endless_words_is_compared_as_a_whole(self, end: str) -> None:
        name = "Jane Roe" + end * 50_000
        assert parse_name(name) == NameParts(family=name, collective=True)
        assert name_pairs([name, f"{name}{end}", "Jane Roe"]) == []


class TestNicknameTable:
    def test_rows_are_folded_pairs_of_different_single_words(self) -> None:
        rows = nickname_rows()
        words = [word for row in rows for word in row]
        assert words == [fold(word) for word in words]
        assert not any(" " in word for word in words)
        assert all(short != full for short, full in rows)

    def test_no_pair_is_listed_twice(self) -> None:
        rows = [tuple(sorted(row)) for row in nickname_rows()]
        assert len(rows) == len(set(rows))


class TestEvaluation:
    def test_the_report_counts_pairs_by_kind_without_identical_ones(self, tmp_path: Path) -> None:
        path = tmp_path / "pairs.csv.gz"
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write(
                "name_a,name_b,same_person,kind\n"
                "A. Smith,Ann Smith,1,initial\n"
                "A. Smith,Alan Smith,0,initial\n"
                "Ann Smith,Ben Smith,1,first_name_other\n"
                "Ann Smith,Ann Smith,0,identical\n"
            )
        rows = {line[:16].strip(): line.split()[-5:] for line in report(list(judge(path))) if line}
        assert rows["initial"] == ["2", "1", "2", "0.5000", "1.0000"]
        assert rows["first_name_other"] == ["1", "1", "0", "-", "0.0000"]
        assert rows["decidable kinds"] == ["2", "1", "2", "0.5000", "1.0000"]
        assert rows["all"] == ["3", "2", "2", "0.5000", "0.5000"]
