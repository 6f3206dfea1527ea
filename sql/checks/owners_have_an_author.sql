-- Each owner of a page is an author. Grain: one row per orphan.
with
orphans as (
    select
        listings.listing,
        listings.owner,
    from listings
    left join author_names
        on listings.owner = author_names.name
    where author_names.name is null
)

select
    listing,
    owner,
from orphans
order by listing, owner
