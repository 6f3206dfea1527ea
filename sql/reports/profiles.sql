-- Whose pages they are: what each page reports about its owner beside what it lists.
-- Grain: one row per listing.
with
pages as (
    select
        listing,
        owner,
        category,
        h_index,
        citations,
        novelty_percent,
        ai_score,
        declared_papers,
        as_of,
        as_of_basis,
    from listings
),

spellings as (
    select
        name,
        author_id,
    from author_names
),

named as (
    select
        author_id,
        name,
    from authors
),

listed as (
    select distinct
        listing,
        paper_id,
    from entries
),

described_papers as (
    select
        paper_id,
        published,
        has_code,
    from papers
),

pair_ends as (
    select author_a as author_id
    from coauthor_pairs
    union all
    select author_b as author_id
    from coauthor_pairs
),

partners as (
    select
        author_id,
        count(*) as coauthors,
    from pair_ends
    group by author_id
),

counted as (
    select
        listed.listing,
        count(*) as papers,
        count(case when described_papers.has_code then 1 end) as with_code,
        min(described_papers.published) as first_published,
        max(described_papers.published) as last_published,
    from listed
    inner join described_papers
        on listed.paper_id = described_papers.paper_id
    group by listed.listing
),

described as (
    select
        pages.listing,
        named.name as owner,
        pages.category,
        pages.h_index,
        pages.citations,
        pages.novelty_percent,
        pages.ai_score,
        pages.declared_papers,
        counted.papers,
        counted.with_code,
        coalesce(partners.coauthors, 0) as coauthors,
        counted.first_published,
        counted.last_published,
        pages.as_of,
        pages.as_of_basis,
    from pages
    inner join counted
        on pages.listing = counted.listing
    inner join spellings
        on pages.owner = spellings.name
    inner join named
        on spellings.author_id = named.author_id
    left join partners
        on named.author_id = partners.author_id
)

select
    listing,
    owner,
    category,
    h_index,
    citations,
    novelty_percent,
    ai_score,
    declared_papers,
    papers,
    with_code,
    coauthors,
    first_published,
    last_published,
    as_of,
    as_of_basis,
from described
order by listing
