-- The known authors of a paper are its authorships, and the least possible number of authors is
-- that number where the list is whole, at least four where it is cut. Grain: one row per paper.
with
counted as (
    select
        paper_id,
        count(*) as found,
    from authorships
    group by paper_id
),

compared as (
    select
        papers.paper_id,
        papers.truncated,
        papers.known_authors,
        coalesce(counted.found, 0) as found,
        papers.min_authors,
    from papers
    left join counted
        on papers.paper_id = counted.paper_id
)

select
    paper_id,
    truncated,
    known_authors,
    found,
    min_authors,
from compared
where
    known_authors <> found
    or min_authors < known_authors
    or (truncated and min_authors < 4)
    or (not truncated and min_authors <> known_authors)
order by paper_id
