-- Persons and collectives, with how much of their work is known.
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

counted_papers as (
    select
        authorships.author_id,
        count(*) as papers,
        min(extract(year from papers.published)) as first_year,
        max(extract(year from papers.published)) as last_year,
    from authorships
    inner join papers
        on authorships.paper_id = papers.paper_id
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
from described
order by author_id
