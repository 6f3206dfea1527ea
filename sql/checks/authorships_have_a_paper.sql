-- Each authorship is of a paper. Grain: one row per orphan.
with
orphans as (
    select
        authorships.paper_id,
        authorships.author_id,
    from authorships
    left join papers
        on authorships.paper_id = papers.paper_id
    where papers.paper_id is null
)

select
    paper_id,
    author_id,
from orphans
order by paper_id, author_id
