-- The key of `papers` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        paper_id,
        count(*) as times,
    from papers
    group by paper_id
)

select
    paper_id,
    times,
from counted
where times > 1
order by paper_id
