-- Printed names are numbered from 1 without gaps, and the entry counts as many.
-- Grain: one row per entry.
with
counted as (
    select
        listing,
        entry,
        min(position) as first_position,
        max(position) as last_position,
        count(distinct position) as positions,
    from bylines
    group by listing, entry
),

compared as (
    select
        entries.listing,
        entries.entry,
        entries.printed_authors,
        coalesce(counted.first_position, 1) as first_position,
        coalesce(counted.last_position, 0) as last_position,
        coalesce(counted.positions, 0) as positions,
    from entries
    left join counted
        on entries.listing = counted.listing and entries.entry = counted.entry
)

select
    listing,
    entry,
    printed_authors,
    first_position,
    last_position,
    positions,
from compared
where first_position <> 1 or last_position <> positions or positions <> printed_authors
order by listing, entry
