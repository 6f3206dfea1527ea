-- Which author each printed name stands for, and why. Spellings are joined along the merged pairs
-- of `name_links`, each to the fullest spelling it is merged with, sixteen steps far. A group in
-- which two spellings could not be one person falls apart again: no chain of weak links joins
-- people who contradict each other.
-- Grain: one row per printed name, of authors and of owners.
with
overrides as (
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

spellings as (
    select
        names.name,
        names.name_key,
        coalesce(overrides.author_key, names.name_key) as spelling_key,
        coalesce(overrides.author_key <> names.name_key, false) as overridden,
        counted.appearances,
    from names
    inner join counted
        on names.name = counted.name
    left join overrides
        on names.name_key = overrides.name_key
),

keys as (
    select distinct spelling_key
    from spellings
),

links as (
    select
        key_a,
        key_b,
        is_merged,
        reason,
    from name_links
),

-- The longer spelling says more; of equally long ones the alphabetically last is taken, key_b.
fuller as (
    select
        case when length(key_a) <= length(key_b) then key_a else key_b end as spelling_key,
        case when length(key_a) <= length(key_b) then key_b else key_a end as fuller_key,
    from links
    where is_merged
),

ranked as (
    select
        spelling_key,
        fuller_key,
        row_number() over (
            partition by spelling_key
            order by length(fuller_key) desc, fuller_key desc
        ) as place,
    from fuller
),

parents as (
    select
        spelling_key,
        fuller_key,
    from ranked
    where place = 1
),

steps_1 as (
    select
        keys.spelling_key,
        coalesce(parents.fuller_key, keys.spelling_key) as root_key,
    from keys
    left join parents
        on keys.spelling_key = parents.spelling_key
),

steps_2 as (
    select
        steps_1.spelling_key,
        further.root_key,
    from steps_1
    inner join steps_1 as further
        on steps_1.root_key = further.spelling_key
),

steps_4 as (
    select
        steps_2.spelling_key,
        further.root_key,
    from steps_2
    inner join steps_2 as further
        on steps_2.root_key = further.spelling_key
),

steps_8 as (
    select
        steps_4.spelling_key,
        further.root_key,
    from steps_4
    inner join steps_4 as further
        on steps_4.root_key = further.spelling_key
),

grouped as (
    select
        steps_8.spelling_key,
        further.root_key,
    from steps_8
    inner join steps_8 as further
        on steps_8.root_key = further.spelling_key
),

sized as (
    select
        spelling_key,
        root_key,
        count(*) over (partition by root_key) as members,
    from grouped
),

-- Pairs within a group that could be one person: all of them, or the group falls apart.
possible_pairs as (
    select
        a.root_key,
        a.members,
        count(*) as pairs,
    from links
    inner join sized as a
        on links.key_a = a.spelling_key
    inner join grouped as b
        on links.key_b = b.spelling_key and a.root_key = b.root_key
    where links.reason not in ('left apart: override', 'left apart: printed on one paper')
    group by a.root_key, a.members
),

sound_groups as (
    select root_key
    from possible_pairs
    where 2 * pairs = members * (members - 1)
),

-- Why a spelling is one with another of its group.
reasons as (
    select
        key_a as spelling_key,
        key_b as other_key,
        reason,
    from links
    where is_merged
    union all
    select
        key_b as spelling_key,
        key_a as other_key,
        reason,
    from links
    where is_merged
),

joined as (
    select
        spellings.name,
        spellings.name_key,
        spellings.overridden,
        spellings.appearances,
        spellings.spelling_key,
        coalesce(sound_groups.root_key, spellings.spelling_key) as author_key,
    from spellings
    inner join grouped
        on spellings.spelling_key = grouped.spelling_key
    left join sound_groups
        on grouped.root_key = sound_groups.root_key
),

-- The main spelling is the one that an override names, else the one printed most often.
placed as (
    select
        name,
        name_key,
        overridden,
        spelling_key,
        author_key,
        dense_rank() over (order by author_key) as author_id,
        row_number() over (
            partition by author_key
            order by
                case when overridden then 1 else 0 end,
                appearances desc,
                length(name) desc,
                name
        ) as place,
    from joined
),

-- Each beside the main one of its author.
compared as (
    select
        name,
        name_key,
        overridden,
        spelling_key,
        author_id,
        place,
        max(case when place = 1 then name_key end) over (partition by author_key) as main_key,
        max(case when place = 1 then spelling_key end) over (
            partition by author_key
        ) as main_spelling_key,
    from placed
),

explained as (
    select
        compared.name,
        cast(compared.author_id as bigint) as author_id,
        case
            when compared.place = 1 then 'main spelling'
            when compared.overridden then 'override'
            when compared.name_key = compared.main_key then 'same after folding'
            else coalesce(reasons.reason, 'by way of another spelling')
        end as basis,
    from compared
    left join reasons
        on compared.spelling_key = reasons.spelling_key
        and compared.main_spelling_key = reasons.other_key
)

select
    name,
    author_id,
    basis,
from explained
order by author_id, name
