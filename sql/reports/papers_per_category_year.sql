-- How the categories change over time; undated papers last.
-- Grain: one row per year and category with papers.
with
filed as (
    select
        cast(extract(year from published) as bigint) as year,
        category,
    from papers
),

calendar as (
    select
        year,
        complete_year,
    from years
),

counted as (
    select
        year,
        category,
        count(*) as papers,
    from filed
    group by year, category
),

marked as (
    select
        counted.year,
        counted.category,
        counted.papers,
        calendar.complete_year,
    from counted
    left join calendar
        on counted.year = calendar.year
)

select
    year,
    category,
    papers,
    complete_year,
from marked
order by year nulls last, papers desc, category nulls last
