-- How often papers come with code, with the uncertainty of a share of few papers: Wilson's
-- score interval, JASA 22 (1927) 209, at 95 % (z = 1.959964). Undated papers are the last row.
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

dated_counts as (
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

undated_counts as (
    select
        cast(null as bigint) as year,
        cast(null as boolean) as complete_year,
        count(*) as papers,
        count(case when has_code then 1 end) as with_code,
    from dated
    where year is null
),

counted as (
    select
        year,
        complete_year,
        papers,
        with_code,
    from dated_counts
    union all
    select
        year,
        complete_year,
        papers,
        with_code,
    from undated_counts
    where papers > 0
),

shared as (
    select
        year,
        complete_year,
        papers,
        with_code,
        nullif(cast(papers as double), 0) as n,
        cast(with_code as double) / nullif(cast(papers as double), 0) as share,
        1.959963984540054e0 as z,
    from counted
),

centred as (
    select
        year,
        complete_year,
        papers,
        with_code,
        share,
        (share + z * z / (2 * n)) / (1 + z * z / n) as centre,
        z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) as half_width,
    from shared
),

-- The interval ends at 0 and 1 exactly where no paper or every paper has code.
bounded as (
    select
        year,
        complete_year,
        papers,
        with_code,
        share,
        case when with_code = 0 then share else centre - half_width end as share_low,
        case when with_code = papers then share else centre + half_width end as share_high,
    from centred
)

select
    year,
    papers,
    with_code,
    share,
    share_low,
    share_high,
    complete_year,
from bounded
order by year nulls last
