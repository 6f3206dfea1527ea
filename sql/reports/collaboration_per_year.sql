-- How much authors work together over time. Collaborative index (Lawani): authors per paper.
-- Collaborative coefficient: 1 less the mean of 1/n (Ajiferuke, Burrell & Tague, Scientometrics 14
-- (1988) 421); 0 if all wrote alone, near 1 if all in large groups. Of a cut list n has only a
-- lower bound: the low figure takes it, the high one lets n grow without end, so that 1/n goes
-- to 0 and the mean of n has no bound. Undated papers are the last row.
-- Grain: one row per year.
with
-- Shares of a paper, 1/n, as whole trillionths: their sum does not depend on the order of rows.
dated as (
    select
        cast(extract(year from published) as bigint) as year,
        truncated,
        min_authors,
        cast(floor(1.0e12 / nullif(cast(min_authors as double), 0)) as bigint) as trillionths,
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
        count(case when dated.truncated then 1 end) as truncated_papers,
        cast(sum(dated.min_authors) as bigint) as authors,
        cast(sum(dated.trillionths) as bigint) as trillionths_most,
        cast(
            sum(case when dated.truncated then 0 else dated.trillionths end) as bigint
        ) as trillionths_least,
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
        count(case when truncated then 1 end) as truncated_papers,
        cast(sum(min_authors) as bigint) as authors,
        cast(sum(trillionths) as bigint) as trillionths_most,
        cast(sum(case when truncated then 0 else trillionths end) as bigint) as trillionths_least,
    from dated
    where year is null
),

counted as (
    select
        year,
        complete_year,
        papers,
        truncated_papers,
        authors,
        trillionths_most,
        trillionths_least,
    from dated_counts
    union all
    select
        year,
        complete_year,
        papers,
        truncated_papers,
        authors,
        trillionths_most,
        trillionths_least,
    from undated_counts
    where papers > 0
),

averaged as (
    select
        year,
        complete_year,
        papers,
        truncated_papers,
        cast(truncated_papers as double) / nullif(cast(papers as double), 0) as truncated_share,
        cast(authors as double) / nullif(cast(papers as double), 0) as mean_authors,
        cast(trillionths_most as double)
        / nullif(1.0e12 * cast(papers as double), 0) as mean_part_most,
        cast(trillionths_least as double)
        / nullif(1.0e12 * cast(papers as double), 0) as mean_part_least,
    from counted
),

bounded as (
    select
        year,
        papers,
        truncated_papers,
        truncated_share,
        mean_authors as mean_authors_low,
        case when truncated_papers = 0 then mean_authors end as mean_authors_high,
        1 - mean_part_most as collaborative_coefficient_low,
        1 - mean_part_least as collaborative_coefficient_high,
        complete_year,
    from averaged
)

select
    year,
    papers,
    truncated_papers,
    truncated_share,
    mean_authors_low,
    mean_authors_high,
    collaborative_coefficient_low,
    collaborative_coefficient_high,
    complete_year,
from bounded
order by year nulls last
