-- Each spelling belongs to an author. Grain: one row per orphan.
with
orphans as (
    select
        author_names.name,
        author_names.author_id,
    from author_names
    left join authors
        on author_names.author_id = authors.author_id
    where authors.author_id is null
)

select
    name,
    author_id,
from orphans
order by name, author_id
