-- The years from the first dated paper to the last, so that years without papers can be shown.
-- The last year counts as over only if a page was taken, or a later version dated, after it.
-- Grain: one row per year.
with
published_years as (
    select
        extract(year from published) as year,
        extract(year from last_published) as seen_year,
    from papers
),

bounds as (
    select
        min(year) as first_year,
        max(year) as last_year,
        max(seen_year) as last_seen_year,
    from published_years
),

taken as (
    select max(extract(year from as_of)) as last_taken_year
    from listings
),

digits as (
    select digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as list (digit)
),

offsets as (
    select 100 * hundreds.digit + 10 * tens.digit + ones.digit as years
    from digits as hundreds
    cross join digits as tens
    cross join digits as ones
),

spanned as (
    select
        cast(bounds.first_year + offsets.years as bigint) as year,
        greatest(
            bounds.last_seen_year, coalesce(taken.last_taken_year, bounds.last_seen_year)
        ) as last_seen_year,
    from bounds
    cross join offsets
    cross join taken
    where bounds.first_year + offsets.years <= bounds.last_year
),

marked as (
    select
        year,
        year < last_seen_year as complete_year,
    from spanned
)

select
    year,
    complete_year,
from marked
order by year
