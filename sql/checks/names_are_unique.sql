-- The key of `names` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        name,
        count(*) as times,
    from names
    group by name
)

select
    name,
    times,
from counted
where times > 1
order by name
