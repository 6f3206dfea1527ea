-- Each authorship is of an author. Grain: one row per orphan.
with
orphans as (
    select
        authorships.paper_id,
        authorships.author_id,
    from authorships
    left join authors
        on authorships.author_id = authors.author_id
    where authors.author_id is null
)

select
    paper_id,
    author_id,
from orphans
order by paper_id, author_id
