"""The order of the index page: sections, and in each the reports that it shows.

A report's chart, caption (`pipeline/pages/captions.py`, the function of its name), table and links
follow from its name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the story: heading, what it is about, reports in order.

    `of_many` names those of the reports that only say something new if there are several owners.
    """

    title: str
    about: str
    reports: tuple[str, ...]
    of_many: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The section's name in links."""
        return self.title.lower().replace(" ", "-")


STORY = (
    Section(
        "Output per year",
        "A paper counts once, in the year of its earliest date.",
        ("papers_per_year", "owner_papers_per_year"),
        of_many=("owner_papers_per_year",),
    ),
    Section(
        "Categories",
        "Each paper has the one category that its page prints.",
        ("papers_per_category", "papers_per_category_year"),
    ),
    Section(
        "Co-authors and network",
        "Pages print three names at most. A page’s owner is an author of all its papers, also "
        "where “et al.” hides the name; who else is hidden stays unknown.",
        ("coauthors", "coauthors_per_year", "coauthor_pairs", "author_network"),
    ),
    Section(
        "How collaboration changed",
        "What depends on the number of authors has a low and a high bound, since a cut list "
        "only shows how many there are at least.",
        ("collaboration_per_year", "author_productivity"),
    ),
    Section(
        "Affiliations",
        "Tags such as a laboratory’s name that pages print behind the authors.",
        ("papers_per_affiliation",),
    ),
    Section(
        "Code releases",
        "Papers that the index marks with the badge Code.",
        ("code_per_year",),
    ),
    Section(
        "Terms rising and falling",
        "Words of titles and abstracts whose share of the papers changes from year to year.",
        ("term_trends",),
    ),
    Section(
        "Data quality",
        "What was cut, merged, inferred and left out on the way from the pages to these figures.",
        ("data_quality", "author_identity", "paper_suspects"),
    ),
)
