-- The key of `name_links` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        key_a,
        key_b,
        count(*) as times,
    from name_links
    group by key_a, key_b
)

select
    key_a,
    key_b,
    times,
from counted
where times > 1
order by key_a, key_b
