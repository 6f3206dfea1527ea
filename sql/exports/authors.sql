-- The nodes of the co-author network. Grain: one row per author.
with
owners as (
    select distinct author_names.author_id
    from listings
    inner join author_names
        on listings.owner = author_names.name
),

described as (
    select
        authors.author_id,
        authors.name,
        authors.kind,
        authors.papers,
        authors.first_year,
        authors.last_year,
        network.community,
        owners.author_id is not null as owns_page,
    from authors
    left join network
        on authors.author_id = network.author_id
    left join owners
        on authors.author_id = owners.author_id
)

select
    author_id,
    name,
    kind,
    papers,
    first_year,
    last_year,
    community,
    owns_page,
from described
order by author_id
