-- The key of `entries` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        listing,
        entry,
        count(*) as times,
    from entries
    group by listing, entry
)

select
    listing,
    entry,
    times,
from counted
where times > 1
order by listing, entry
