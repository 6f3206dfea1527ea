-- The key of `listings` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        listing,
        count(*) as times,
    from listings
    group by listing
)

select
    listing,
    times,
from counted
where times > 1
order by listing
