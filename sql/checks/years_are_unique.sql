-- The key of `years` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        year,
        count(*) as times,
    from years
    group by year
)

select
    year,
    times,
from counted
where times > 1
order by year
