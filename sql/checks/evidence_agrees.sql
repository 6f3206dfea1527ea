-- A printed name has a position, a hidden owner has none, and there is no other evidence.
-- Grain: one row per authorship.
with
wrong as (
    select
        paper_id,
        author_id,
        position,
        evidence,
    from authorships
    where
        (evidence = 'byline' and position is null)
        or (evidence = 'owner' and position is not null)
        or evidence not in ('byline', 'owner')
)

select
    paper_id,
    author_id,
    position,
    evidence,
from wrong
order by paper_id, author_id
