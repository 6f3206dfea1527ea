-- The key of `entry_affiliations` stands for one row. Grain: one row per repeated key.
with
counted as (
    select
        listing,
        entry,
        affiliation,
        count(*) as times,
    from entry_affiliations
    group by listing, entry, affiliation
)

select
    listing,
    entry,
    affiliation,
    times,
from counted
where times > 1
order by listing, entry, affiliation
