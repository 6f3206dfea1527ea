"""One sentence or two a report: what its figures say, for captions and alternative texts.

Each function takes a report's frame and has the report's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipeline.console import counted
from pipeline.wording import listed, percent, period

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_TIES = 3
MOST_TERMS = 3
MOST_LETTERS = 80
FITTED = "maximum likelihood"


def caption(name: str, frame: pl.DataFrame) -> str:
    """What the report of a name says."""
    write: Callable[[pl.DataFrame], str] = globals()[name]
    return write(frame)


def brief(name: str | None) -> str:
    """A name, cut if it is endless."""
    name = name or "no name"
    return name if len(name) <= MOST_LETTERS else f"{name[:MOST_LETTERS]}…"


def papers_per_year(frame: pl.DataFrame) -> str:
    """How many papers, when, and most of them when."""
    dated = frame.drop_nulls("year")
    undated = sum(frame.filter(pl.col("year").is_null())["papers"])
    if dated.is_empty():
        return f"{counted(undated, 'paper')} without a date." if undated else "No papers."
    most = max(dated["papers"])
    years = [str(year) for year in dated.filter(dated["papers"] == most)["year"]]
    text = f"{counted(sum(dated['papers']), 'paper')}, {period(dated['year'])}"
    if len(years) == 1 and len(dated) > 1:
        text += f"; busiest year {years[0]} with {most:,}"
    elif 1 < len(years) <= MOST_TIES:
        text += f"; busiest years {listed(years)} with {most:,} each"
    if undated:
        text += f"; {undated:,} more without a date"
    return f"{text}.{incomplete(dated)}"


def incomplete(frame: pl.DataFrame) -> str:
    """Which years were not over when the pages were taken."""
    years = sorted({str(year) for year in frame.filter(~frame["complete_year"])["year"]})
    return f" {listed(years)} is not complete." if years else ""


def owner_papers_per_year(frame: pl.DataFrame) -> str:
    """Who has most papers."""
    totals = frame.group_by("owner").agg(pl.sum("papers")).sort(-pl.col("papers"), "owner")
    if totals.is_empty():
        return "No papers."
    owner, papers = totals.row(0)
    return (
        f"{counted(len(totals), 'owner')}; {brief(owner)} has most papers, {papers:,}. "
        "A paper of two owners counts for both."
    )


def papers_per_category(frame: pl.DataFrame) -> str:
    """Which category holds most papers."""
    if frame.is_empty():
        return "No papers."
    first = frame.sort("papers", descending=True, maintain_order=True).row(0, named=True)
    category, name = brief(first["category"] or "no category"), first["category_name"]
    named = f"{category} ({name})" if name and name != first["category"] else category
    number = counted(len(frame), "category", "categories")
    papers, all_papers = first["papers"], sum(frame["papers"])
    share = percent(papers / max(all_papers, 1))
    return f"{number}; most papers in {named}: {papers:,} of {all_papers:,}, {share}."


def papers_per_category_year(frame: pl.DataFrame) -> str:
    """Which category had most papers in one year."""
    dated = frame.drop_nulls("year").sort("papers", descending=True, maintain_order=True)
    if dated.is_empty():
        return "No dated papers."
    first = dated.row(0, named=True)
    category = brief(first["category"] or "no category")
    return (
        f"Most papers of one category in one year: {category} in {first['year']}, "
        f"{first['papers']:,}. The darker a cell, the more papers."
    )


def coauthors(frame: pl.DataFrame) -> str:
    """How many co-authors, and who wrote most often."""
    if frame.is_empty():
        return "No co-authors are known."
    first = frame.sort("papers", descending=True, maintain_order=True).row(0, named=True)
    names = counted(frame["coauthor"].n_unique(), "co-author")
    several = frame["owner"].n_unique() > 1
    whose = f"{brief(first['coauthor'])} with {brief(first['owner'])}"
    who = whose if several else brief(first["coauthor"])
    return (
        f"At least {names}, since “et al.” hides some; most often {who}: "
        f"{counted(first['papers'], 'paper')}."
    )


def coauthors_per_year(frame: pl.DataFrame) -> str:
    """Which two wrote together over most years."""
    spans = (
        frame.drop_nulls("year")
        .group_by("owner", "coauthor")
        .agg(pl.min("year").alias("first"), pl.max("year").alias("last"), pl.sum("papers"))
    )
    if spans.is_empty():
        return "No dated papers with co-authors."
    years = pl.col("last") - pl.col("first")
    longest = spans.filter(years == years.max()).sort(-pl.col("papers"), "owner", "coauthor")
    owner, coauthor, first, last, papers = longest.row(0)
    if first == last:
        return "No two wrote together in more than one year, as far as the pages show."
    return (
        f"Most years between the first and the last paper: {brief(owner)} and {brief(coauthor)}, "
        f"{first}–{last}, {counted(papers, 'paper')}."
    )


def coauthor_pairs(frame: pl.DataFrame) -> str:
    """How many pairs, and which is the strongest."""
    if frame.is_empty():
        return "No two authors are known to have written together."
    printed = len(frame.filter(pl.col("evidence") == "byline"))
    first = frame.sort("papers", descending=True, maintain_order=True).row(0, named=True)
    return (
        f"{counted(len(frame), 'pair')} of authors, {printed:,} of them printed together; "
        f"most papers: {brief(first['author_a'])} and {brief(first['author_b'])}, "
        f"{first['papers']:,}."
    )


def author_network(frame: pl.DataFrame) -> str:
    """Who has most co-authors, with owners and without."""
    if frame.is_empty():
        return "No authors."
    hub = frame.sort(-pl.col("degree"), "author").row(0, named=True)
    others = frame.filter(~pl.col("is_owner")).drop_nulls("degree_without_owners")
    text = f"Most co-authors: {brief(hub['author'])}, {hub['degree']:,}"
    if not others.is_empty():
        most: int = others.sort("degree_without_owners")["degree_without_owners"][-1]
        first = others.filter(pl.col("degree_without_owners") == most)["author"].sort().to_list()
        named = listed([brief(author) for author in first[:MOST_TERMS]])
        text += (
            f"; with the owners of pages left out: {named}, {most:,}{' each' * (len(first) > 1)}"
        )
    groups = counted(frame["community"].drop_nulls().n_unique(), "community", "communities")
    return f"{text}. By modularity, they form {groups}."


def collaboration_per_year(frame: pl.DataFrame) -> str:
    """How many lists are cut, and how many authors a paper has at least."""
    known = frame.drop_nulls("mean_authors_low")
    papers, cut = sum(frame["papers"]), sum(frame["truncated_papers"])
    if known.is_empty() or not papers:
        return "No papers."
    mean = sum(known["papers"] * known["mean_authors_low"]) / sum(known["papers"])
    return (
        f"{cut:,} of {counted(papers, 'paper')} ({percent(cut / papers)}) print a list of authors "
        f"cut by “et al.”; on average a paper has at least {mean:.1f} authors."
    )


def author_productivity(frame: pl.DataFrame) -> str:
    """How many authors have one paper, and the law's exponent."""
    authors = sum(frame["authors"])
    if not authors:
        return "No authors but the owners of pages."
    once = sum(frame.filter(pl.col("papers") == 1)["authors"])
    fit = frame["fit"][0]
    law = f"Lotka’s α is {frame['lotka_alpha'][0]:.2f}" if fit == FITTED else f"no fit: {fit}"
    return (
        f"{once:,} of {counted(authors, 'author')} who own no page have a single paper here, "
        f"{percent(once / authors)}; {law}."
    )


def papers_per_affiliation(frame: pl.DataFrame) -> str:
    """Which tag stands on most papers."""
    if frame.is_empty():
        return "No paper bears an affiliation tag."
    first = frame.sort("papers", descending=True, maintain_order=True).row(0, named=True)
    return (
        f"{counted(len(frame), 'affiliation tag')}; {brief(first['affiliation'])} on most papers, "
        f"{first['papers']:,}. Pages tag few of their entries."
    )


def code_per_year(frame: pl.DataFrame) -> str:
    """How many papers have code."""
    papers, code = sum(frame["papers"]), sum(frame["with_code"])
    if not papers:
        return "No papers."
    return (
        f"{code:,} of {counted(papers, 'paper')} bear the badge Code, {percent(code / papers)}. "
        "The lines are 95 % Wilson intervals."
    )


def term_trends(frame: pl.DataFrame) -> str:
    """How many terms rise and fall, and which most of all."""
    terms = frame.unique("term").sort("score", "term", descending=[True, False])
    rising = terms.filter(pl.col("direction") == "rising")["term"].to_list()
    falling = terms.filter(pl.col("direction") == "falling")["term"].to_list()[::-1]
    told = [
        f"{counted(len(found), 'term')} {'is' if len(found) == 1 else 'are'} {how}: "
        f"{'most of all ' if len(found) > MOST_TERMS else ''}"
        f"{listed([f'“{brief(term)}”' for term in found[:MOST_TERMS]])}"
        for how, found in (("rising", rising), ("falling", falling))
        if found
    ]
    return f"{'; '.join(told) or 'No term rises or falls by more than chance would explain'}."


def data_quality(frame: pl.DataFrame) -> str:
    """What was read, merged, cut, inferred and left out, in plain words."""
    twice, cut = sum(frame["duplicates"]), sum(frame["truncated"])
    inferred, undated = sum(frame["inferred_years"]), sum(frame["undated"])
    rejected = sum(frame["rejected_lines"].drop_nulls())
    return " ".join(
        [
            read_as_declared(frame),
            f"Merged: {counted(twice, 'repeated entry', 'repeated entries')}.",
            f"Cut by “et al.”: the authors of {counted(cut, 'paper')}.",
            f"Inferred: {counted(inferred, 'year')} that dates do not print.",
            f"Without a date: {counted(undated, 'entry', 'entries')}.",
            f"Rejected: {counted(rejected, 'line')} outside headers and entries.",
        ]
    )


def read_as_declared(frame: pl.DataFrame) -> str:
    """How many papers pages declare, and how many entries were read."""
    pages = len(frame.filter(pl.col("parsed") > 0))
    declare = "page declares" if pages == 1 else "pages declare"
    read, declared = sum(frame["parsed"]), sum(frame["declared"].drop_nulls())
    differ = len(frame.filter(pl.col("declared") != pl.col("parsed")))
    text = f"{pages:,} {declare} {counted(declared, 'paper')}, and {read:,} entries were read"
    if not differ:
        return f"{text}."
    from_it = "differs from what it declares" if differ == 1 else "differ from what they declare"
    return f"{text} ({counted(differ, 'page')} {from_it})."


def author_identity(frame: pl.DataFrame) -> str:
    """How many spellings were merged and how many left apart."""
    merged = len(frame.filter(pl.col("is_merged")))
    return (
        f"{counted(merged, 'further spelling')} taken for an author’s own; "
        f"{counted(len(frame) - merged, 'suspect')} left apart."
    )


def paper_suspects(frame: pl.DataFrame) -> str:
    """How many papers look alike."""
    if frame.is_empty():
        return "No two papers look so alike that they may be one."
    return f"{counted(len(frame), 'pair')} of papers that look alike and were left apart."
