-- The key of `authorships` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        paper_id,
        author_id,
        count(*) as times,
    from authorships
    group by paper_id, author_id
)

select
    paper_id,
    author_id,
    times,
from counted
where times > 1
order by paper_id, author_id
