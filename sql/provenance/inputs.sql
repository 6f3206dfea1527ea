-- What became of each page file: listings, entries, and lines left out.
-- Grain: one row per file that holds a listing or lines left out.
with
held as (
    select
        source_file,
        entries,
        cast(0 as bigint) as lines,
        cast(1 as bigint) as listings,
    from listings
),

left_out as (
    select
        source_file,
        cast(0 as bigint) as entries,
        last_line - first_line + 1 as lines,
        cast(0 as bigint) as listings,
    from rejects
),

combined as (
    select
        source_file,
        entries,
        lines,
        listings,
    from held
    union all
    select
        source_file,
        entries,
        lines,
        listings,
    from left_out
)

select
    source_file,
    cast(sum(listings) as bigint) as listings,
    cast(sum(entries) as bigint) as entries,
    cast(sum(lines) as bigint) as rejected_lines,
from combined
group by source_file
order by source_file
