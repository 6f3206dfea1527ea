-- The output of each owner of a page over time; undated papers last.
-- Grain: one row per owner and year with papers.
with
spellings as (
    select
        name,
        author_id,
    from author_names
),

owners as (
    select distinct spellings.author_id
    from listings
    inner join spellings
        on listings.owner = spellings.name
),

named as (
    select
        author_id,
        name,
    from authors
),

dated as (
    select
        paper_id,
        cast(extract(year from published) as bigint) as year,
    from papers
),

calendar as (
    select
        year,
        complete_year,
    from years
),

counted as (
    select
        named.name as owner,
        dated.year,
        count(*) as papers,
    from owners
    inner join named
        on owners.author_id = named.author_id
    inner join authorships
        on owners.author_id = authorships.author_id
    inner join dated
        on authorships.paper_id = dated.paper_id
    group by named.name, dated.year
),

marked as (
    select
        counted.owner,
        counted.year,
        counted.papers,
        calendar.complete_year,
    from counted
    left join calendar
        on counted.year = calendar.year
)

select
    owner,
    year,
    papers,
    complete_year,
from marked
order by owner, year nulls last
