-- Each entry is a printing of a paper. Grain: one row per orphan.
with
orphans as (
    select
        entries.listing,
        entries.entry,
        entries.paper_id,
    from entries
    left join papers
        on entries.paper_id = papers.paper_id
    where papers.paper_id is null
)

select
    listing,
    entry,
    paper_id,
from orphans
order by listing, entry, paper_id
