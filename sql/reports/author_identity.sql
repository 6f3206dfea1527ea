-- Who is who, and why: the spellings of each author that has several, and the authors who could
-- be the same person on their names but were left apart.
-- Grain: one row per author and other spelling, and one per author and suspect.
with
spellings as (
    select
        author_names.name,
        author_names.author_id,
        author_names.basis,
        names.name_key,
    from author_names
    inner join names
        on author_names.name = names.name
),

people as (
    select
        author_id,
        name,
    from authors
),

overrides as (
    select
        name_key,
        author_key,
    from author_aliases
),

keys as (
    select distinct
        coalesce(overrides.author_key, spellings.name_key) as spelling_key,
        spellings.author_id,
    from spellings
    left join overrides
        on spellings.name_key = overrides.name_key
),

other_spellings as (
    select
        people.name as author,
        spellings.name,
        true as is_merged,
        spellings.basis,
    from spellings
    inner join people
        on spellings.author_id = people.author_id
    where spellings.basis <> 'main spelling'
),

-- All keys are there; but after inner joins, DuckDB would look for the pairs of different authors
-- below first, among all with all.
linked as (
    select
        a.author_id as author_a,
        b.author_id as author_b,
        name_links.evidence || ', ' || name_links.reason as basis,
    from name_links
    left join keys as a
        on name_links.key_a = a.spelling_key
    left join keys as b
        on name_links.key_b = b.spelling_key
),

ranked as (
    select
        author_a,
        author_b,
        basis,
        row_number() over (partition by author_a, author_b order by basis) as place,
    from linked
    where author_a is distinct from author_b
),

suspects as (
    select
        author_a,
        author_b,
        basis,
    from ranked
    where place = 1
),

suspected as (
    select
        people_a.name as author,
        people_b.name,
        false as is_merged,
        suspects.basis,
    from suspects
    inner join people as people_a
        on suspects.author_a = people_a.author_id
    inner join people as people_b
        on suspects.author_b = people_b.author_id
),

combined as (
    select
        author,
        name,
        is_merged,
        basis,
    from other_spellings
    union all
    select
        author,
        name,
        is_merged,
        basis,
    from suspected
)

select
    author,
    name,
    is_merged,
    basis,
from combined
order by author, is_merged desc, name
