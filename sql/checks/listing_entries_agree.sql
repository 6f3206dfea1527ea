-- A listing's number of entries is that of its rows in `entries`. Grain: one row per listing.
with
counted as (
    select
        listing,
        count(*) as found,
    from entries
    group by listing
),

compared as (
    select
        listings.listing,
        listings.entries,
        coalesce(counted.found, 0) as found,
    from listings
    left join counted
        on listings.listing = counted.listing
)

select
    listing,
    entries,
    found,
from compared
where entries <> found
order by listing
