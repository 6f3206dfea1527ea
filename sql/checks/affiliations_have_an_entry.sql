-- Each affiliation stands in an entry. Grain: one row per orphan.
with
orphans as (
    select
        entry_affiliations.listing,
        entry_affiliations.entry,
        entry_affiliations.affiliation,
    from entry_affiliations
    left join entries
        on entry_affiliations.listing = entries.listing and entry_affiliations.entry = entries.entry
    where entries.listing is null
)

select
    listing,
    entry,
    affiliation,
from orphans
order by listing, entry, affiliation
