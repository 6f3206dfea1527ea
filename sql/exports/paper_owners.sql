-- On whose pages papers stand. Grain: one row per paper and owner of a page.
with
owned as (
    select distinct
        entries.paper_id,
        authors.name,
    from entries
    inner join listings
        on entries.listing = listings.listing
    inner join author_names
        on listings.owner = author_names.name
    inner join authors
        on author_names.author_id = authors.author_id
)

select
    paper_id,
    name,
from owned
order by paper_id, name
