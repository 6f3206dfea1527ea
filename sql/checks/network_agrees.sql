-- Each author has one row in `network`, with as many co-authors as there are pairs of theirs.
-- Grain: one row per author with none, several or another number.
with
ends as (
    select author_a as author_id
    from coauthor_pairs
    union all
    select author_b as author_id
    from coauthor_pairs
),

paired as (
    select
        author_id,
        count(*) as coauthors,
    from ends
    group by author_id
),

measured as (
    select
        author_id,
        count(*) as times,
        max(degree) as degree,
    from network
    group by author_id
),

compared as (
    select
        coalesce(authors.author_id, measured.author_id) as author_id,
        coalesce(measured.times, 0) as times,
        measured.degree,
        case
            when authors.author_id is null then null
            else coalesce(paired.coauthors, 0)
        end as coauthors,
    from authors
    full join measured
        on authors.author_id = measured.author_id
    left join paired
        on authors.author_id = paired.author_id
),

wrong as (
    select
        author_id,
        times,
        degree,
        coauthors,
    from compared
    where
        times <> 1
        or degree is distinct from coauthors
)

select
    author_id,
    times,
    degree,
    coauthors,
from wrong
order by author_id
