-- The calendar goes from the first dated paper to the last without gaps, and only its last year
-- may be incomplete. Grain: one row per fault.
with
dated as (
    select
        cast(min(extract(year from published)) as bigint) as first_paper_year,
        cast(max(extract(year from published)) as bigint) as last_paper_year,
    from papers
),

calendar as (
    select
        min(year) as first_year,
        max(year) as last_year,
        count(*) as years,
        min(case when not complete_year then year end) as incomplete_year,
    from years
),

compared as (
    select
        dated.first_paper_year,
        dated.last_paper_year,
        calendar.first_year,
        calendar.last_year,
        calendar.years,
        calendar.incomplete_year,
    from dated
    cross join calendar
)

select
    first_paper_year,
    last_paper_year,
    first_year,
    last_year,
    years,
    incomplete_year,
from compared
where
    first_paper_year is distinct from first_year
    or last_paper_year is distinct from last_year
    or last_year - first_year + 1 <> years
    or incomplete_year < last_year
order by first_year
