-- Papers, with what all their printings say together. The title and the category are those of
-- the latest entry, since a later version corrects an earlier one.
-- Grain: one row per paper.
with
printed as (
    select
        paper_id,
        listing,
        entry,
        published,
        category,
        has_code,
        title,
        byline_truncated,
        printed_authors,
    from entries
),

known as (
    select
        paper_id,
        count(*) as known_authors,
    from authorships
    group by paper_id
),

ranked as (
    select
        paper_id,
        listing,
        entry,
        title,
        category,
        row_number() over (
            partition by paper_id
            order by published desc nulls last, listing, entry
        ) as recency,
    from printed
),

latest as (
    select
        paper_id,
        listing,
        entry,
        title,
        category,
    from ranked
    where recency = 1
),

merged as (
    select
        paper_id,
        min(published) as published,
        max(published) as last_published,
        bool_or(has_code) as has_code,
        bool_and(byline_truncated) as truncated,
        max(printed_authors) as printed_authors,
        count(*) as entries,
        count(distinct listing) as listings,
    from printed
    group by paper_id
),

described as (
    select
        merged.paper_id,
        latest.title,
        merged.published,
        merged.last_published,
        latest.category,
        merged.has_code,
        merged.truncated,
        merged.printed_authors,
        coalesce(known.known_authors, 0) as known_authors,
        -- A cut list prints three names of at least four.
        case
            when merged.truncated then greatest(4, coalesce(known.known_authors, 0))
            else coalesce(known.known_authors, 0)
        end as min_authors,
        merged.entries,
        merged.listings,
        latest.listing as latest_listing,
        latest.entry as latest_entry,
    from merged
    inner join latest
        on merged.paper_id = latest.paper_id
    left join known
        on merged.paper_id = known.paper_id
)

select
    paper_id,
    title,
    published,
    last_published,
    category,
    has_code,
    truncated,
    printed_authors,
    known_authors,
    min_authors,
    entries,
    listings,
    latest_listing,
    latest_entry,
from described
order by published nulls last, title, paper_id
