-- Where the papers are filed. A printed code that several archives use for different subjects
-- (GR: Graphics, or Group Theory) keeps the code as its name.
-- Grain: one row per category.
with
filed as (
    select
        category,
        extract(year from published) as year,
    from papers
),

taxonomy as (
    select
        archive,
        code,
        name,
    from category_names
),

short_names as (
    select
        code as category,
        min(name) as category_name,
    from taxonomy
    group by code
    having min(name) = max(name)
),

full_names as (
    select
        archive || '.' || code as category,
        name as category_name,
    from taxonomy
    where archive <> code
),

category_titles as (
    select
        category,
        category_name,
    from short_names
    union all
    select
        category,
        category_name,
    from full_names
),

counted as (
    select
        category,
        count(*) as papers,
        min(year) as first_year,
        max(year) as last_year,
    from filed
    group by category
),

shared as (
    select
        counted.category,
        coalesce(category_titles.category_name, counted.category) as category_name,
        counted.papers,
        cast(counted.papers as double)
        / nullif(cast(sum(counted.papers) over () as double), 0) as share,
        cast(counted.first_year as bigint) as first_year,
        cast(counted.last_year as bigint) as last_year,
    from counted
    left join category_titles
        on counted.category = category_titles.category
)

select
    category,
    category_name,
    papers,
    share,
    first_year,
    last_year,
from shared
order by papers desc, category nulls last
