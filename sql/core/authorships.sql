-- Who wrote what, and how that is known: a printed name, or only that the paper stands on the
-- author's own page with the name hidden behind "et al.". The position is that in the most
-- complete printed list.
-- Grain: one row per paper and author.
with
printed_entries as (
    select
        listing,
        entry,
        paper_id,
        row_number() over (
            partition by paper_id
            order by byline_truncated, printed_authors desc, listing, entry
        ) as completeness,
    from entries
),

spellings as (
    select
        name,
        author_id,
    from author_names
),

printed as (
    select
        printed_entries.paper_id,
        spellings.author_id,
        bylines.position,
        printed_entries.completeness,
    from bylines
    inner join printed_entries
        on bylines.listing = printed_entries.listing and bylines.entry = printed_entries.entry
    inner join spellings
        on bylines.name = spellings.name
),

owned as (
    select
        printed_entries.paper_id,
        spellings.author_id,
        cast(null as bigint) as position,
        printed_entries.completeness,
    from listings
    inner join printed_entries
        on listings.listing = printed_entries.listing
    inner join spellings
        on listings.owner = spellings.name
),

known as (
    select
        paper_id,
        author_id,
        position,
        completeness,
    from printed
    union all
    select
        paper_id,
        author_id,
        position,
        completeness,
    from owned
),

merged as (
    select
        paper_id,
        author_id,
        coalesce(min(case when completeness = 1 then position end), min(position)) as position,
        case when count(position) > 0 then 'byline' else 'owner' end as evidence,
    from known
    group by paper_id, author_id
)

select
    paper_id,
    author_id,
    position,
    evidence,
from merged
order by paper_id, position nulls last, author_id
