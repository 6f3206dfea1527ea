-- How the categories change over time; undated papers last.
-- Grain: one row per year and category with papers.
with
filed as (
    select
        cast(extract(year from published) as bigint) as year,
        category,
    from papers
),

counted as (
    select
        year,
        category,
        count(*) as papers,
    from filed
    group by year, category
)

select
    year,
    category,
    papers,
from counted
order by year nulls last, papers desc, category nulls last
