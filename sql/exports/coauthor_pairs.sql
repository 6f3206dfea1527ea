-- The edges of the co-author network. Grain: one row per unordered pair of authors.
with
pairs as (
    select
        author_a,
        author_b,
        papers,
        first_year,
        last_year,
        evidence,
        association_strength,
    from coauthor_pairs
)

select
    author_a,
    author_b,
    papers,
    first_year,
    last_year,
    evidence,
    association_strength,
from pairs
order by author_a, author_b
