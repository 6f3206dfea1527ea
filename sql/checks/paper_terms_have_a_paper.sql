-- Each term is of a paper. Grain: one row per orphan.
with
orphans as (
    select
        paper_terms.paper_id,
        paper_terms.term,
    from paper_terms
    left join papers
        on paper_terms.paper_id = papers.paper_id
    where papers.paper_id is null
)

select
    paper_id,
    term,
from orphans
order by paper_id, term
