-- Each entry stands in a listing. Grain: one row per orphan.
with
orphans as (
    select
        entries.listing,
        entries.entry,
    from entries
    left join listings
        on entries.listing = listings.listing
    where listings.listing is null
)

select
    listing,
    entry,
from orphans
order by listing, entry
