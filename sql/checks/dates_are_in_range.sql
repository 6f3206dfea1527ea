-- Dates lie where a paper index can mean them; an inferred year has a date.
-- Grain: one row per entry.
with
outside as (
    select
        listing,
        entry,
        published,
        year_inferred,
    from entries
    where
        published < date '1600-01-01'
        or published > date '2199-12-31'
        or (published is null and year_inferred)
)

select
    listing,
    entry,
    published,
    year_inferred,
from outside
order by listing, entry
