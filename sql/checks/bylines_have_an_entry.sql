-- Each printed name stands in an entry. Grain: one row per orphan.
with
orphans as (
    select
        bylines.listing,
        bylines.entry,
        bylines.position,
        bylines.name,
    from bylines
    left join entries
        on bylines.listing = entries.listing and bylines.entry = entries.entry
    where entries.listing is null
)

select
    listing,
    entry,
    position,
    name,
from orphans
order by listing, entry, position, name
