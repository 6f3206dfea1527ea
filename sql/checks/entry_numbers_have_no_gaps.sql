-- The entries of a listing are numbered from 1 without gaps. Grain: one row per listing.
with
counted as (
    select
        listing,
        min(entry) as first_entry,
        max(entry) as last_entry,
        count(distinct entry) as entries,
    from entries
    group by listing
)

select
    listing,
    first_entry,
    last_entry,
    entries,
from counted
where first_entry <> 1 or last_entry <> entries
order by listing
