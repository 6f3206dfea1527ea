-- The key of `author_aliases` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        name_key,
        count(*) as times,
    from author_aliases
    group by name_key
)

select
    name_key,
    times,
from counted
where times > 1
order by name_key
