-- The key of `authors` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        author_id,
        count(*) as times,
    from authors
    group by author_id
)

select
    author_id,
    times,
from counted
where times > 1
order by author_id
