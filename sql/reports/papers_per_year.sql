-- Output over time. Years without papers are rows with 0; undated papers are the last row.
-- Grain: one row per year.
with
dated as (
    select
        cast(extract(year from published) as bigint) as year,
        has_code,
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
        calendar.year,
        calendar.complete_year,
        count(dated.year) as papers,
        count(case when dated.has_code then 1 end) as with_code,
    from calendar
    left join dated
        on calendar.year = dated.year
    group by calendar.year, calendar.complete_year
),

compared as (
    select
        year,
        papers,
        cast(sum(papers) over (order by year) as bigint) as cumulative_papers,
        with_code,
        complete_year,
        cast(papers as double) / nullif(cast(lag(papers) over (order by year) as double), 0)
        - 1.0e0 as growth_rate,
        year - min(year) over () as years_since_first,
        cast(papers as double) / nullif(cast(first_value(papers) over (order by year) as double), 0)
        as papers_per_first,
    from counted
),

compounded as (
    select
        year,
        papers,
        cumulative_papers,
        with_code,
        complete_year,
        growth_rate,
        case
            when complete_year and years_since_first > 0
                then power(papers_per_first, 1.0e0 / cast(years_since_first as double)) - 1.0e0
        end as compound_growth_rate,
    from compared
),

undated as (
    select
        cast(null as bigint) as year,
        count(*) as papers,
        cast(null as bigint) as cumulative_papers,
        count(case when has_code then 1 end) as with_code,
        cast(null as boolean) as complete_year,
        cast(null as double) as growth_rate,
        cast(null as double) as compound_growth_rate,
    from dated
    where year is null
),

combined as (
    select
        year,
        papers,
        cumulative_papers,
        with_code,
        complete_year,
        growth_rate,
        compound_growth_rate,
    from compounded
    union all
    select
        year,
        papers,
        cumulative_papers,
        with_code,
        complete_year,
        growth_rate,
        compound_growth_rate,
    from undated
    where papers > 0
)

select
    year,
    papers,
    cumulative_papers,
    with_code,
    complete_year,
    growth_rate,
    compound_growth_rate,
from combined
order by year nulls last
