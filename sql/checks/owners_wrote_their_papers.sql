-- The owner of a page is an author of each paper on it. Grain: one row per entry.
with
owned as (
    select
        entries.listing,
        entries.entry,
        entries.paper_id,
        author_names.author_id,
    from listings
    inner join entries
        on listings.listing = entries.listing
    inner join author_names
        on listings.owner = author_names.name
),

missing as (
    select
        owned.listing,
        owned.entry,
        owned.paper_id,
        owned.author_id,
    from owned
    left join authorships
        on owned.paper_id = authorships.paper_id and owned.author_id = authorships.author_id
    where authorships.paper_id is null
)

select
    listing,
    entry,
    paper_id,
    author_id,
from missing
order by listing, entry
