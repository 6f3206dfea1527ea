-- The key of `bylines` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        listing,
        entry,
        position,
        count(*) as times,
    from bylines
    group by listing, entry, position
)

select
    listing,
    entry,
    position,
    times,
from counted
where times > 1
order by listing, entry, position
