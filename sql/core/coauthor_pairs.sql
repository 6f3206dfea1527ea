-- Who wrote with whom, how often, and how closely: a lower bound, since "et al." hides authors.
-- Papers with very many known authors (data/limits.csv) are left out: they say little about who
-- works with whom, and 3,000 authors would make 4.5 million pairs.
-- Fractional weight: Newman, Phys. Rev. E 64 (2001) 016132. Similarities: van Eck & Waltman,
-- JASIST 60 (2009) 1635.
-- Grain: one row per unordered pair of authors, author_a < author_b.
with
most as (
    select min(case when name = 'authors_for_pairs' then value end) as authors
    from limits
),

known as (
    select
        paper_id,
        author_id,
        evidence,
    from authorships
),

-- Shares of a paper, 1/(n-1), as whole trillionths: their sum does not depend on the order of rows.
dated as (
    select
        paper_id,
        cast(extract(year from published) as bigint) as year,
        truncated,
        cast(
            floor(1.0e12 / nullif(cast(min_authors - 1 as double), 0)) as bigint
        ) as trillionths,
    from papers
    cross join most
    where coalesce(papers.known_authors <= most.authors, true)
),

paired as (
    select
        known.paper_id,
        known.author_id,
        known.evidence,
    from known
    inner join dated
        on known.paper_id = dated.paper_id
),

work as (
    select
        author_id,
        cast(count(*) as double) as papers,
    from known
    group by author_id
),

together as (
    select
        a.author_id as author_a,
        b.author_id as author_b,
        a.paper_id,
        a.evidence = 'byline' and b.evidence = 'byline' as printed_together,
    from paired as a
    inner join paired as b
        on a.paper_id = b.paper_id and a.author_id < b.author_id
),

counted as (
    select
        together.author_a,
        together.author_b,
        count(*) as papers,
        count(case when together.printed_together then 1 end) as papers_printed_together,
        min(dated.year) as first_year,
        max(dated.year) as last_year,
        -- Of a cut list n has no upper bound, so it may add next to nothing.
        cast(
            sum(case when dated.truncated then 0 else dated.trillionths end) as bigint
        ) as trillionths_low,
        cast(sum(dated.trillionths) as bigint) as trillionths_high,
    from together
    inner join dated
        on together.paper_id = dated.paper_id
    group by together.author_a, together.author_b
),

compared as (
    select
        counted.author_a,
        counted.author_b,
        counted.papers,
        counted.papers_printed_together,
        counted.first_year,
        counted.last_year,
        case when counted.papers_printed_together > 0 then 'byline' else 'owner' end as evidence,
        cast(counted.trillionths_low as double) / 1.0e12 as fractional_weight_low,
        cast(counted.trillionths_high as double) / 1.0e12 as fractional_weight_high,
        cast(counted.papers as double) / sqrt(work_a.papers * work_b.papers) as salton,
        cast(counted.papers as double)
        / (work_a.papers + work_b.papers - cast(counted.papers as double)) as jaccard,
        cast(counted.papers as double) / (work_a.papers * work_b.papers) as association_strength,
    from counted
    inner join work as work_a
        on counted.author_a = work_a.author_id
    inner join work as work_b
        on counted.author_b = work_b.author_id
)

select
    author_a,
    author_b,
    papers,
    papers_printed_together,
    first_year,
    last_year,
    evidence,
    fractional_weight_low,
    fractional_weight_high,
    salton,
    jaccard,
    association_strength,
from compared
order by author_a, author_b
