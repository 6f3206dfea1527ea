"""The schema of each table and report: columns, types and what they mean.

The one place that says so: stages check what they write against it, `make query` prints it, and
the README's data dictionary is generated from it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["bigint", "double", "boolean", "varchar", "date"]


class Column(NamedTuple):
    """One column; `type` is the SQL type that DuckDB and Spark share."""

    name: str
    type: Type
    meaning: str


class Table(NamedTuple):
    """One table or report and the grain of its rows."""

    name: str
    grain: str
    columns: tuple[Column, ...]


def table(name: str, grain: str, *columns: tuple[str, Type, str]) -> Table:
    """A table from plain tuples of name, type and meaning."""
    return Table(name, grain, tuple(Column(*column) for column in columns))


def by_name(*tables: Table) -> dict[str, Table]:
    """Tables under their names."""
    return {table.name: table for table in tables}


PARSED = by_name(
    table(
        "listings",
        "one row per listing",
        ("listing", "varchar", "source_file without .txt; #2, #3… for further ones in one file"),
        ("source_file", "varchar", "path below the raw folder, / between folders"),
        ("first_line", "bigint", "line of the owner's name in the file"),
        ("last_line", "bigint", "last line of the last entry"),
        ("owner", "varchar", "whose page it is, as printed"),
        ("category", "varchar", "main category, as printed"),
        ("h_index", "bigint", "h-index as reported by the page"),
        ("declared_papers", "bigint", "how many papers the page says it lists"),
        ("citations", "bigint", "citations as reported by the page"),
        ("novelty_percent", "double", "novelty score as reported by the page, percent"),
        ("ai_score", "double", "AI score as reported by the page"),
        ("entries", "bigint", "entries found"),
        ("as_of", "date", "day the page was taken if given; if inferred, the latest day it shows"),
        ("as_of_basis", "varchar", "given, inferred (from the printed years) or none"),
    ),
    table(
        "entries",
        "one row per printed entry",
        ("listing", "varchar", "the listing it stands in"),
        ("entry", "bigint", "position in the listing, from 1"),
        ("line", "bigint", "line of the entry's head in the file"),
        ("category", "varchar", "category as printed"),
        ("published", "date", "printed date; null if its year is unknown"),
        ("year_inferred", "boolean", "whether the year is inferred, not printed"),
        ("has_code", "boolean", "whether it bears the badge Code"),
        ("title", "varchar", "title as printed"),
        ("title_key", "varchar", "title without case, accents, TeX and punctuation"),
        ("byline_truncated", "boolean", 'whether the names end in "et al."'),
        ("printed_authors", "bigint", "how many names are printed"),
        ("abstract", "varchar", "abstract, paragraphs separated by a blank line"),
        ("paper_id", "bigint", "the paper: same title key and same first printed author"),
    ),
    table(
        "bylines",
        "one row per printed name",
        ("listing", "varchar", "the listing it stands in"),
        ("entry", "bigint", "the entry it stands in"),
        ("position", "bigint", "place among the entry's names, from 1"),
        ("name", "varchar", "name as printed, TeX accents resolved"),
    ),
    table(
        "entry_affiliations",
        "one row per entry and tag",
        ("listing", "varchar", "the listing it stands in"),
        ("entry", "bigint", "the entry it stands in"),
        ("affiliation", "varchar", "tag as printed behind the names"),
    ),
    table(
        "names",
        "one row per distinct printed name, of authors and of owners",
        ("name", "varchar", "name as printed, TeX accents resolved"),
        ("name_key", "varchar", "name without case, accents and punctuation"),
        ("is_collective", "boolean", "whether it names a group rather than a person"),
    ),
    table(
        "name_pairs",
        "one row per pair of name keys that could be one person's on the strings alone",
        ("key_a", "varchar", "the alphabetically smaller name_key"),
        ("key_b", "varchar", "the other name_key"),
        ("evidence", "varchar", "why: spacing, transliteration, middle name, nickname, initial …"),
        ("strength", "bigint", "the higher, the more the evidence says by itself"),
        ("is_weak", "boolean", "whether the evidence needs support from outside the names"),
        ("is_common", "boolean", "whether many people share the family name"),
    ),
    table(
        "rejects",
        "one row per run of lines that belong to no header and no entry",
        ("source_file", "varchar", "path below the raw folder"),
        ("first_line", "bigint", "first line, from 1"),
        ("last_line", "bigint", "last line"),
        ("reason", "varchar", "why they were left out"),
        ("text", "varchar", "the lines themselves"),
    ),
)

REFERENCE = by_name(
    table(
        "author_aliases",
        "one row per spelling that data/author_aliases.csv names",
        ("name_key", "varchar", "spelling without case, accents and punctuation"),
        ("author_key", "varchar", "key of the spelling that stands for the author"),
    ),
    table(
        "author_distinctions",
        "one row per pair that data/author_aliases.csv keeps apart",
        ("key_a", "varchar", "the alphabetically smaller name_key"),
        ("key_b", "varchar", "the other name_key"),
    ),
    table(
        "category_names",
        "one row per arXiv category",
        ("archive", "varchar", "archive, such as cs"),
        ("code", "varchar", "subject class, such as LG; the archive itself if it has none"),
        ("name", "varchar", "name in the arXiv category taxonomy"),
    ),
    table(
        "limits",
        "one row per limit of data/limits.csv",
        ("name", "varchar", "authors_for_pairs: papers with more known authors give no pairs"),
        ("value", "bigint", "the limit"),
    ),
)

_WEIGHTS: tuple[tuple[str, Type, str], ...] = (
    ("fractional_weight_low", "double", "Σ 1/(n−1) over papers printed in full (Newman 2001)"),
    ("fractional_weight_high", "double", "the same, cut lists with their least possible n"),
    ("salton", "double", "papers / √(papers of a · papers of b)"),
    ("jaccard", "double", "papers / (papers of a + papers of b − papers)"),
    ("association_strength", "double", "papers / (papers of a · papers of b)"),
)

CORE = by_name(
    table(
        "papers",
        "one row per paper, its duplicates merged",
        ("paper_id", "bigint", "key"),
        ("title", "varchar", "title of the latest entry"),
        ("published", "date", "earliest printed date; null if undated"),
        ("last_published", "date", "latest printed date"),
        ("category", "varchar", "category of the latest entry"),
        ("has_code", "boolean", "whether any entry bears the badge Code"),
        ("truncated", "boolean", 'whether every printed list of its authors ends in "et al."'),
        ("printed_authors", "bigint", "most names printed by one entry"),
        ("known_authors", "bigint", "distinct authors known: printed ones and owners"),
        ("min_authors", "bigint", "least possible number of authors; exact if not truncated"),
        ("entries", "bigint", "entries merged"),
        ("listings", "bigint", "listings it stands in"),
        (
            "latest_listing",
            "varchar",
            "listing of the latest entry, which gives the title",
        ),
        ("latest_entry", "bigint", "position of that entry"),
    ),
    table(
        "authors",
        "one row per person or collective",
        ("author_id", "bigint", "key; alphabetical rank, so it changes as pages are added"),
        ("name", "varchar", "the spelling printed most often"),
        ("kind", "varchar", "person or collective"),
        ("names", "bigint", "how many spellings"),
        ("papers", "bigint", "papers, hidden ones of owners included"),
        ("first_year", "bigint", "year of the first dated paper"),
        ("last_year", "bigint", "year of the last dated paper"),
        ("fractional_papers_low", "double", "Σ 1/n over papers printed in full (Lindsey 1980)"),
        ("fractional_papers_high", "double", "the same, cut lists with their least possible n"),
    ),
    table(
        "author_names",
        "one row per printed name",
        ("name", "varchar", "name as printed"),
        ("author_id", "bigint", "the author it stands for"),
        ("basis", "varchar", "why: main spelling, same after folding, override, or evidence"),
    ),
    table(
        "name_links",
        "one row per pair of spellings that could be one person's, overrides applied",
        ("key_a", "varchar", "name_key of one spelling; where an override names it, of its author"),
        ("key_b", "varchar", "the other one"),
        ("evidence", "varchar", "what the two strings have in common"),
        ("same_page", "boolean", "whether one page shows both"),
        ("shared_coauthors", "bigint", "authors printed with the one and with the other"),
        (
            "years_apart",
            "bigint",
            "years between their periods; 0 if they overlap, null if undated",
        ),
        ("is_merged", "boolean", "whether they are taken for one person"),
        ("reason", "varchar", "what decided"),
    ),
    table(
        "authorships",
        "one row per paper and author",
        ("paper_id", "bigint", "the paper"),
        ("author_id", "bigint", "the author"),
        ("position", "bigint", "first printed place; null where not printed"),
        ("evidence", "varchar", "byline if printed; owner if only the page's owner"),
    ),
    table(
        "coauthor_pairs",
        "one row per unordered pair of authors with a common paper",
        ("author_a", "bigint", "the author with the smaller author_id"),
        ("author_b", "bigint", "the other author"),
        ("papers", "bigint", "papers in common"),
        ("papers_printed_together", "bigint", "of these, papers that print both names"),
        ("first_year", "bigint", "year of the first dated common paper"),
        ("last_year", "bigint", "year of the last dated common paper"),
        ("evidence", "varchar", "byline if any paper prints both, else owner"),
        *_WEIGHTS,
    ),
    table(
        "years",
        "one row per year from the first dated paper to the last, without gaps",
        ("year", "bigint", "year"),
        ("complete_year", "boolean", "whether a later paper or page shows that the year is over"),
    ),
)

_NETWORK_FIGURES: tuple[tuple[str, Type, str], ...] = (
    ("degree", "bigint", "co-authors, a lower bound"),
    ("betweenness", "double", "share of the pairs of others whose shortest path leads through"),
    ("closeness", "double", "inverse mean distance to the authors in reach, times their share"),
    ("community", "bigint", "number of the community, 1 the largest; null without co-authors"),
    ("degree_without_owners", "bigint", "degree if the pages' owners are left out; null for them"),
    ("betweenness_without_owners", "double", "betweenness likewise"),
    ("closeness_without_owners", "double", "closeness likewise"),
    ("community_without_owners", "bigint", "community likewise"),
)

# Written by a stage of their own from the tables above: what SQL is not made for.
DERIVED = by_name(
    table(
        "network",
        "one row per author",
        ("author_id", "bigint", "the author"),
        *_NETWORK_FIGURES,
    ),
    table(
        "paper_terms",
        "one row per paper and term in its title or abstract, of terms in enough papers",
        ("paper_id", "bigint", "the paper"),
        ("term", "varchar", "one to three words in lower case; docs/terms.md says which"),
    ),
)

REPORTS = by_name(
    table(
        "profiles",
        "one row per listing",
        ("listing", "varchar", "the listing"),
        ("owner", "varchar", "whose page it is, main spelling"),
        ("category", "varchar", "main category, as printed"),
        ("h_index", "bigint", "h-index as reported by the page"),
        ("citations", "bigint", "citations as reported by the page"),
        ("novelty_percent", "double", "novelty score as reported by the page, percent"),
        ("ai_score", "double", "AI score as reported by the page"),
        ("declared_papers", "bigint", "how many papers the page says it lists"),
        ("papers", "bigint", "distinct papers listed"),
        ("with_code", "bigint", "of these, papers with the badge Code"),
        ("coauthors", "bigint", "co-authors known, a lower bound; of all pages of the owner"),
        ("first_published", "date", "earliest date of a paper; empty if none is dated"),
        ("last_published", "date", "earliest date of the newest paper"),
        ("as_of", "date", "day the page was taken if given; if inferred, the latest day it shows"),
        ("as_of_basis", "varchar", "given, inferred (from the printed years) or none"),
    ),
    table(
        "papers_per_year",
        "one row per year; undated papers last, without a year",
        ("year", "bigint", "year of the earliest date; empty for undated papers"),
        ("papers", "bigint", "papers"),
        ("cumulative_papers", "bigint", "papers up to and with that year"),
        ("with_code", "bigint", "papers with the badge Code"),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
        ("growth_rate", "double", "papers / papers of the year before − 1"),
        (
            "compound_growth_rate",
            "double",
            "(papers / papers of the first year)^(1 / years since) − 1; null if incomplete",
        ),
    ),
    table(
        "papers_per_category",
        "one row per category",
        ("category", "varchar", "category as printed"),
        ("category_name", "varchar", "arXiv's name, the code where archives share it"),
        ("papers", "bigint", "papers"),
        ("share", "double", "papers / all papers"),
        ("first_year", "bigint", "year of the first dated paper"),
        ("last_year", "bigint", "year of the last dated paper"),
    ),
    table(
        "papers_per_category_year",
        "one row per year and category with papers; undated last",
        ("year", "bigint", "year; empty for undated papers"),
        ("category", "varchar", "category as printed"),
        ("papers", "bigint", "papers"),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
    ),
    table(
        "coauthors",
        "one row per owner of a page and co-author",
        ("owner", "varchar", "owner of a page"),
        ("coauthor", "varchar", "co-author, person or collective"),
        ("papers", "bigint", "papers in common"),
        ("papers_printed_together", "bigint", "of these, papers that print both names"),
        ("papers_by_ownership", "bigint", "of these, papers that hide one name behind et al."),
        ("first_year", "bigint", "year of the first dated common paper"),
        ("last_year", "bigint", "year of the last dated common paper"),
    ),
    table(
        "coauthors_per_year",
        "one row per owner, co-author and year with common papers; undated last",
        ("owner", "varchar", "owner of a page"),
        ("coauthor", "varchar", "co-author, person or collective"),
        ("year", "bigint", "year; empty for undated papers"),
        ("papers", "bigint", "papers in common"),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
    ),
    table(
        "coauthor_pairs",
        "one row per unordered pair of authors with a common paper",
        ("author_a", "varchar", "one author"),
        ("author_b", "varchar", "the other author"),
        ("papers", "bigint", "papers in common"),
        ("first_year", "bigint", "year of the first dated common paper"),
        ("last_year", "bigint", "year of the last dated common paper"),
        ("evidence", "varchar", "byline if any paper prints both, else owner"),
        *_WEIGHTS,
        ("community_a", "bigint", "community of author_a in the network of co-authors"),
        ("community_b", "bigint", "community of author_b"),
    ),
    table(
        "owner_papers_per_year",
        "one row per owner and year with papers; undated last",
        ("owner", "varchar", "owner of a page"),
        ("year", "bigint", "year; empty for undated papers"),
        ("papers", "bigint", "papers"),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
    ),
    table(
        "papers_per_affiliation",
        "one row per affiliation tag",
        ("affiliation", "varchar", "tag as printed behind the names"),
        ("papers", "bigint", "papers that bear it"),
        ("first_year", "bigint", "year of the first dated paper"),
        ("last_year", "bigint", "year of the last dated paper"),
    ),
    table(
        "code_per_year",
        "one row per year; undated papers last, without a year",
        ("year", "bigint", "year; empty for undated papers"),
        ("papers", "bigint", "papers"),
        ("with_code", "bigint", "papers with the badge Code"),
        ("share", "double", "with_code / papers"),
        ("share_low", "double", "lower end of the share's 95 % Wilson interval"),
        ("share_high", "double", "upper end of the share's 95 % Wilson interval"),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
    ),
    table(
        "collaboration_per_year",
        "one row per year; undated papers last, without a year",
        ("year", "bigint", "year; empty for undated papers"),
        ("papers", "bigint", "papers"),
        ("truncated_papers", "bigint", 'papers whose authors are cut by "et al." on every page'),
        ("truncated_share", "double", "truncated_papers / papers"),
        (
            "mean_authors_low",
            "double",
            "collaborative index (Lawani): authors per paper, cut lists with their least n",
        ),
        (
            "mean_authors_high",
            "double",
            "the same; empty if any list is cut, as nothing bounds its n",
        ),
        (
            "collaborative_coefficient_low",
            "double",
            "1 − Σ(1/n) / papers (Ajiferuke 1988), cut lists with their least n",
        ),
        (
            "collaborative_coefficient_high",
            "double",
            "the same, 1/n of cut lists taken as 0, as of endless ones",
        ),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
    ),
    table(
        "author_productivity",
        "one row per number of papers that an author has; owners of pages left out",
        ("papers", "bigint", "papers, x"),
        ("authors", "bigint", "persons and collectives who have x papers and own no page"),
        ("share", "double", "authors / fitted_authors"),
        ("lotka_share", "double", "the share by Lotka's law: p(x) = x^−α/ζ(α)"),
        ("lotka_alpha", "double", "α of greatest likelihood, to four decimals; same in all rows"),
        (
            "ks_distance",
            "double",
            "Kolmogorov–Smirnov distance of count and law; same in all rows",
        ),
        ("fitted_authors", "bigint", "all authors who own no page; same in all rows"),
        (
            "fit",
            "varchar",
            "maximum likelihood, or why not: too few authors (<50), one paper each, alpha above 10",
        ),
    ),
    table(
        "term_trends",
        "one row per term and year with papers, terms that rise most first",
        ("year", "bigint", "year"),
        ("term", "varchar", "one to three words of titles and abstracts"),
        ("papers", "bigint", "dated papers of that year with the term"),
        ("share", "double", "papers / all papers of that year"),
        ("term_papers", "bigint", "dated papers with the term in all years"),
        ("score", "double", "yearly change of the term's log-odds, shrunk to 0; same in all rows"),
        ("direction", "varchar", "rising or falling if the score's 95 % interval says so; unclear"),
        ("complete_year", "boolean", "false if the pages were taken before the year was over"),
    ),
    table(
        "paper_suspects",
        "one row per pair of papers that may be one",
        ("paper_a", "bigint", "the smaller paper_id"),
        ("paper_b", "bigint", "the other paper_id"),
        ("title_a", "varchar", "title of paper_a"),
        ("title_b", "varchar", "title of paper_b"),
        ("published_a", "date", "earliest printed date of paper_a; empty if undated"),
        ("published_b", "date", "earliest printed date of paper_b; empty if undated"),
        ("first_author", "varchar", "first printed author of both"),
        ("edits", "bigint", "letters to change, add or drop to make one title key the other"),
    ),
    table(
        "author_identity",
        "one row per author and other spelling, and one per author and suspect left apart",
        ("author", "varchar", "main spelling of an author"),
        ("name", "varchar", "another spelling; if not merged, another author's main spelling"),
        ("is_merged", "boolean", "whether the two are taken for one person"),
        ("basis", "varchar", "why, or why not"),
    ),
    table(
        "author_network",
        "one row per author",
        ("author", "varchar", "person or collective"),
        ("papers", "bigint", "papers"),
        ("is_owner", "boolean", "whether a page is theirs"),
        *_NETWORK_FIGURES,
    ),
    table(
        "data_quality",
        "one row per listing, and one per file that holds none",
        ("listing", "varchar", "the listing, or the file without one"),
        ("declared", "bigint", "papers that the page says it lists"),
        ("parsed", "bigint", "entries found"),
        ("papers", "bigint", "distinct papers among them"),
        ("duplicates", "bigint", "entries − papers"),
        ("truncated", "bigint", 'papers whose authors are cut by "et al." on every page'),
        ("inferred_years", "bigint", "entries whose year is inferred"),
        ("undated", "bigint", "entries whose year is unknown"),
        ("rejected_lines", "bigint", "lines left out, blank ones between them included"),
        ("papers_without_pairs", "bigint", "papers with more authors than data/limits.csv allows"),
    ),
)

TABLES = PARSED | REFERENCE | CORE | DERIVED
