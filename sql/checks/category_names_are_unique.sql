-- The key of `category_names` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        archive,
        code,
        count(*) as times,
    from category_names
    group by archive, code
)

select
    archive,
    code,
    times,
from counted
where times > 1
order by archive, code
