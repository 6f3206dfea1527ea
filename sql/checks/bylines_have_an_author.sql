-- Each printed name stands for an author. Grain: one row per orphan.
with
orphans as (
    select
        bylines.listing,
        bylines.entry,
        bylines.position,
        bylines.name,
    from bylines
    left join author_names
        on bylines.name = author_names.name
    where author_names.name is null
)

select
    listing,
    entry,
    position,
    name,
from orphans
order by listing, entry, position, name
