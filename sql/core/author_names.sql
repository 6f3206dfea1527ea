-- Which author each printed name stands for, and why.
-- Grain: one row per printed name, of authors and of owners.
with
printed_names as (
    select
        name,
        name_key,
    from names
),

aliases as (
    select
        name_key,
        author_key,
    from author_aliases
),

appearances as (
    select name from bylines
    union all
    select owner as name from listings
),

counted as (
    select
        name,
        count(*) as appearances,
    from appearances
    group by name
),

keyed as (
    select
        printed_names.name,
        printed_names.name_key,
        coalesce(aliases.author_key, printed_names.name_key) as author_key,
        aliases.author_key is not null and aliases.author_key <> printed_names.name_key as overridden,
        counted.appearances,
    from printed_names
    inner join counted
        on printed_names.name = counted.name
    left join aliases
        on printed_names.name_key = aliases.name_key
),

-- The main spelling is the one that an override names, else the one printed most often.
ranked as (
    select
        name,
        overridden,
        dense_rank() over (order by author_key) as author_id,
        row_number() over (
            partition by author_key
            order by
                case when name_key = author_key then 0 else 1 end,
                appearances desc,
                name
        ) as spelling,
    from keyed
),

explained as (
    select
        name,
        cast(author_id as bigint) as author_id,
        case
            when spelling = 1 then 'main spelling'
            when overridden then 'override'
            else 'same after folding'
        end as basis,
    from ranked
)

select
    name,
    author_id,
    basis,
from explained
order by author_id, name
