-- Papers with the abstract of their latest entry. Grain: one row per paper.
with
described as (
    select
        papers.paper_id,
        papers.title,
        entries.abstract,
        papers.published,
        papers.category,
        papers.has_code,
        papers.truncated,
    from papers
    inner join entries
        on papers.latest_listing = entries.listing
        and papers.latest_entry = entries.entry
)

select
    paper_id,
    title,
    abstract,
    published,
    category,
    has_code,
    truncated,
from described
order by published nulls last, title, paper_id
