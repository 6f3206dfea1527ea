-- When each owner of a page wrote with whom; undated papers last. Counts are lower bounds, since
-- "et al." hides authors.
-- Grain: one row per owner, co-author and year with common papers.
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

owned as (
    select
        authorships.paper_id,
        authorships.author_id as owner_id,
    from authorships
    inner join owners
        on authorships.author_id = owners.author_id
),

counted as (
    select
        owned.owner_id,
        authorships.author_id as coauthor_id,
        dated.year,
        count(*) as papers,
    from owned
    inner join authorships
        on owned.paper_id = authorships.paper_id
        and owned.owner_id <> authorships.author_id
    inner join dated
        on owned.paper_id = dated.paper_id
    group by owned.owner_id, authorships.author_id, dated.year
),

described as (
    select
        owner_names.name as owner,
        coauthor_names.name as coauthor,
        counted.year,
        counted.papers,
        calendar.complete_year,
    from counted
    inner join named as owner_names
        on counted.owner_id = owner_names.author_id
    inner join named as coauthor_names
        on counted.coauthor_id = coauthor_names.author_id
    left join calendar
        on counted.year = calendar.year
)

select
    owner,
    coauthor,
    year,
    papers,
    complete_year,
from described
order by owner, coauthor, year nulls last
