-- The key of `coauthor_pairs` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        author_a,
        author_b,
        count(*) as times,
    from coauthor_pairs
    group by author_a, author_b
)

select
    author_a,
    author_b,
    times,
from counted
where times > 1
order by author_a, author_b
