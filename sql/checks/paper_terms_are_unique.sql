-- The key of `paper_terms` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        paper_id,
        term,
        count(*) as times,
    from paper_terms
    group by paper_id, term
)

select
    paper_id,
    term,
    times,
from counted
where times > 1
order by paper_id, term
