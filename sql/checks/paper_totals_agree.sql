-- What papers count of their entries adds up to the entries there are, and no paper is published
-- for the last time before the first time. Grain: one row per paper.
with
counted as (
    select
        paper_id,
        count(*) as found_entries,
        count(distinct listing) as found_listings,
    from entries
    group by paper_id
),

compared as (
    select
        papers.paper_id,
        papers.entries,
        coalesce(counted.found_entries, 0) as found_entries,
        papers.listings,
        coalesce(counted.found_listings, 0) as found_listings,
        papers.published,
        papers.last_published,
    from papers
    left join counted
        on papers.paper_id = counted.paper_id
)

select
    paper_id,
    entries,
    found_entries,
    listings,
    found_listings,
    published,
    last_published,
from compared
where entries <> found_entries or listings <> found_listings or published > last_published
order by paper_id
