-- The key of `author_names` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        name,
        count(*) as times,
    from author_names
    group by name
)

select
    name,
    times,
from counted
where times > 1
order by name
