-- The key of `author_distinctions` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        key_a,
        key_b,
        count(*) as times,
    from author_distinctions
    group by key_a, key_b
)

select
    key_a,
    key_b,
    times,
from counted
where times > 1
order by key_a, key_b
