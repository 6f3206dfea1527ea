-- Persons and collectives, with how much of their work is known. Fractional credit is the sum of
-- 1/n over papers of n authors (Lindsey, Social Studies of Science 10 (1980) 145); of a cut list n
-- is at least min_authors and has no upper bound, so the credit lies between two bounds.
-- Grain: one row per author.
with
spellings as (
    select
        name,
        author_id,
        basis,
    from author_names
),

kinds as (
    select
        name,
        is_collective,
    from names
),

main_spellings as (
    select
        spellings.author_id,
        spellings.name,
        case when kinds.is_collective then 'collective' else 'person' end as kind,
    from spellings
    inner join kinds
        on spellings.name = kinds.name
    where spellings.basis = 'main spelling'
),

counted_spellings as (
    select
        author_id,
        count(*) as names,
    from spellings
    group by author_id
),

-- Shares of a paper, 1/n, as whole trillionths: their sum does not depend on the order of rows.
dated as (
    select
        paper_id,
        extract(year from published) as year,
        truncated,
        cast(floor(1.0e12 / nullif(cast(min_authors as double), 0)) as bigint) as trillionths,
    from papers
),

counted_papers as (
    select
        authorships.author_id,
        count(*) as papers,
        min(dated.year) as first_year,
        max(dated.year) as last_year,
        cast(
            sum(case when dated.truncated then 0 else dated.trillionths end) as bigint
        ) as trillionths_low,
        cast(sum(dated.trillionths) as bigint) as trillionths_high,
    from authorships
    inner join dated
        on authorships.paper_id = dated.paper_id
    group by authorships.author_id
),

described as (
    select
        main_spellings.author_id,
        main_spellings.name,
        main_spellings.kind,
        counted_spellings.names,
        counted_papers.papers,
        cast(counted_papers.first_year as bigint) as first_year,
        cast(counted_papers.last_year as bigint) as last_year,
        cast(counted_papers.trillionths_low as double) / 1.0e12 as fractional_papers_low,
        cast(counted_papers.trillionths_high as double) / 1.0e12 as fractional_papers_high,
    from main_spellings
    inner join counted_spellings
        on main_spellings.author_id = counted_spellings.author_id
    inner join counted_papers
        on main_spellings.author_id = counted_papers.author_id
)

select
    author_id,
    name,
    kind,
    names,
    papers,
    first_year,
    last_year,
    fractional_papers_low,
    fractional_papers_high,
from described
order by author_id
