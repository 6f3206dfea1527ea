-- Which spellings are one person's. The strings alone settle it where they say enough; weak
-- evidence (initials, nicknames, common family names) needs context: the owner's own page, a
-- shared co-author, or one page that shows both. Names printed side by side are two people, and
-- so are those that `data/author_aliases.csv` keeps apart. Where two candidates of a name exclude
-- each other, neither is merged.
-- Grain: one row per pair of spellings that could be one person's.
with
pairs as (
    select
        key_a,
        key_b,
        evidence,
        strength,
        is_weak,
        is_common,
    from name_pairs
),

overrides as (
    select
        name_key,
        author_key,
    from author_aliases
),

distinctions as (
    select
        coalesce(overrides_a.author_key, author_distinctions.key_a) as key_a,
        coalesce(overrides_b.author_key, author_distinctions.key_b) as key_b,
    from author_distinctions
    left join overrides as overrides_a
        on author_distinctions.key_a = overrides_a.name_key
    left join overrides as overrides_b
        on author_distinctions.key_b = overrides_b.name_key
),

spellings as (
    select
        names.name,
        coalesce(overrides.author_key, names.name_key) as author_key,
    from names
    left join overrides
        on names.name_key = overrides.name_key
),

overridden_pairs as (
    select
        coalesce(overrides_a.author_key, pairs.key_a) as key_1,
        coalesce(overrides_b.author_key, pairs.key_b) as key_2,
        pairs.evidence,
        pairs.strength,
        pairs.is_weak,
        pairs.is_common,
    from pairs
    left join overrides as overrides_a
        on pairs.key_a = overrides_a.name_key
    left join overrides as overrides_b
        on pairs.key_b = overrides_b.name_key
),

ranked as (
    select
        least(key_1, key_2) as key_a,
        greatest(key_1, key_2) as key_b,
        evidence,
        is_weak,
        is_common,
        row_number() over (
            partition by least(key_1, key_2), greatest(key_1, key_2)
            order by strength desc, evidence, is_common desc
        ) as place,
    from overridden_pairs
    where key_1 <> key_2
),

candidates as (
    select
        key_a,
        key_b,
        evidence,
        is_weak,
        is_common,
        is_weak or is_common as needs_context,
    from ranked
    where place = 1
),

candidate_keys as (
    select key_a as author_key from candidates
    union
    select key_b as author_key from candidates
),

-- Where each name stands: printed in an entry, or as the owner of the page.
printed as (
    select distinct
        bylines.listing,
        bylines.entry,
        spellings.author_key,
    from bylines
    inner join spellings
        on bylines.name = spellings.name
),

printed_candidates as (
    select
        printed.listing,
        printed.entry,
        printed.author_key,
        entries.published,
        entries.byline_truncated,
    from printed
    inner join candidate_keys
        on printed.author_key = candidate_keys.author_key
    inner join entries
        on printed.listing = entries.listing and printed.entry = entries.entry
),

owners as (
    select
        listings.listing,
        spellings.author_key,
    from listings
    inner join spellings
        on listings.owner = spellings.name
),

presence as (
    select
        listing,
        author_key,
    from printed_candidates
    union
    select
        listing,
        author_key,
    from owners
),

same_pages as (
    select distinct
        candidates.key_a,
        candidates.key_b,
    from candidates
    inner join presence as a
        on candidates.key_a = a.author_key
    inner join presence as b
        on candidates.key_b = b.author_key and a.listing = b.listing
),

printed_together as (
    select distinct
        candidates.key_a,
        candidates.key_b,
    from candidates
    inner join printed_candidates as a
        on candidates.key_a = a.author_key
    inner join printed_candidates as b
        on candidates.key_b = b.author_key and a.listing = b.listing and a.entry = b.entry
),

-- A complete list on the owner's page without the owner's name: one of the printed is the owner.
-- (Lists with both names are here too, but were already judged as printed together.)
owner_pairs as (
    select
        key_a as owner_key,
        key_b as printed_key,
        key_a,
        key_b,
    from candidates
    union all
    select
        key_b as owner_key,
        key_a as printed_key,
        key_a,
        key_b,
    from candidates
),

own_pages as (
    select distinct
        owner_pairs.key_a,
        owner_pairs.key_b,
    from owner_pairs
    inner join owners
        on owner_pairs.owner_key = owners.author_key
    inner join printed_candidates
        on owner_pairs.printed_key = printed_candidates.author_key
        and owners.listing = printed_candidates.listing
    where not printed_candidates.byline_truncated
),

neighbours as (
    select distinct
        printed_candidates.author_key,
        printed.author_key as neighbour,
    from printed_candidates
    inner join printed
        on printed_candidates.listing = printed.listing
        and printed_candidates.entry = printed.entry
        and printed_candidates.author_key <> printed.author_key
),

-- Whom the one and the other were printed with, one below the other: DuckDB 2.0 would take a join
-- of the two sides, with groups over it, for all rows against all.
sides as (
    select
        candidates.key_a,
        candidates.key_b,
        neighbours.neighbour,
    from candidates
    inner join neighbours
        on candidates.key_a = neighbours.author_key
    union all
    select
        candidates.key_a,
        candidates.key_b,
        neighbours.neighbour,
    from candidates
    inner join neighbours
        on candidates.key_b = neighbours.author_key
),

of_both as (
    select
        key_a,
        key_b,
        neighbour,
    from sides
    group by key_a, key_b, neighbour
    having count(*) = 2
),

shared as (
    select
        key_a,
        key_b,
        count(*) as shared_coauthors,
    from of_both
    group by key_a, key_b
),

periods as (
    select
        author_key,
        min(extract(year from published)) as first_year,
        max(extract(year from published)) as last_year,
    from printed_candidates
    group by author_key
),

described as (
    select
        candidates.key_a,
        candidates.key_b,
        candidates.evidence,
        candidates.is_weak,
        candidates.is_common,
        candidates.needs_context,
        same_pages.key_a is not null as same_page,
        printed_together.key_a is not null as printed_together,
        own_pages.key_a is not null as own_page,
        distinctions.key_a is not null as kept_apart,
        coalesce(shared.shared_coauthors, 0) as shared_coauthors,
        case
            when a.first_year is not null and b.first_year is not null
                then cast(
                    greatest(0, a.first_year - b.last_year, b.first_year - a.last_year) as bigint
                )
        end as years_apart,
    from candidates
    left join same_pages
        on candidates.key_a = same_pages.key_a and candidates.key_b = same_pages.key_b
    left join printed_together
        on candidates.key_a = printed_together.key_a and candidates.key_b = printed_together.key_b
    left join own_pages
        on candidates.key_a = own_pages.key_a and candidates.key_b = own_pages.key_b
    left join distinctions
        on candidates.key_a = least(distinctions.key_a, distinctions.key_b)
        and candidates.key_b = greatest(distinctions.key_a, distinctions.key_b)
    left join shared
        on candidates.key_a = shared.key_a and candidates.key_b = shared.key_b
    left join periods as a
        on candidates.key_a = a.author_key
    left join periods as b
        on candidates.key_b = b.author_key
),

-- Up to ten years between two periods are one career; initials of common family names are those
-- of too many people for a page to connect.
judged as (
    select
        key_a,
        key_b,
        evidence,
        needs_context,
        same_page,
        shared_coauthors,
        years_apart,
        case
            when kept_apart then 'left apart: override'
            when printed_together then 'left apart: printed on one paper'
            when evidence = 'word order' then 'left apart: possibly inverted'
            when not needs_context then evidence
            when own_page then evidence || ', the owner''s own page'
            when years_apart > 10 then 'left apart: too many years between'
            when shared_coauthors > 0 then evidence || ', shared co-author'
            when same_page and not (is_common and evidence = 'initial')
                then evidence || ', same page'
            else 'left apart: no context'
        end as reason,
    from described
),

accepted as (
    select
        key_a as author_key,
        key_b as candidate,
        needs_context,
    from judged
    where reason not like 'left apart%'
    union all
    select
        key_b as author_key,
        key_a as candidate,
        needs_context,
    from judged
    where reason not like 'left apart%'
),

-- Two candidates of one name that could not be one person themselves. The one that needs no
-- context stays if the other needs it.
contradicted as (
    select distinct
        least(one.author_key, one.candidate) as key_a,
        greatest(one.author_key, one.candidate) as key_b,
    from accepted as one
    inner join accepted as other
        on one.author_key = other.author_key and one.candidate <> other.candidate
    left join candidates
        on least(one.candidate, other.candidate) = candidates.key_a
        and greatest(one.candidate, other.candidate) = candidates.key_b
    where candidates.key_a is null and (one.needs_context or not other.needs_context)
),

decided as (
    select
        judged.key_a,
        judged.key_b,
        judged.evidence,
        judged.same_page,
        judged.shared_coauthors,
        judged.years_apart,
        judged.reason not like 'left apart%' and contradicted.key_a is null as is_merged,
        case
            when contradicted.key_a is not null
                then 'left apart: candidates exclude each other'
            else judged.reason
        end as reason,
    from judged
    left join contradicted
        on judged.key_a = contradicted.key_a and judged.key_b = contradicted.key_b
)

select
    key_a,
    key_b,
    evidence,
    same_page,
    shared_coauthors,
    years_apart,
    is_merged,
    reason,
from decided
order by key_a, key_b
