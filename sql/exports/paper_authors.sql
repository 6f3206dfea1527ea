-- The printed authors of papers in their order. Grain: one row per paper and printed author.
with
printed as (
    select
        authorships.paper_id,
        authorships.position,
        authors.author_id,
        authors.name,
        authors.kind,
    from authorships
    inner join authors
        on authorships.author_id = authors.author_id
    where authorships.position is not null
)

select
    paper_id,
    name,
    kind,
from printed
order by paper_id, position, author_id
