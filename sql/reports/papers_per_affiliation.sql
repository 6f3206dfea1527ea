-- Papers per affiliation tag. Pages tag few entries, so this says little about the rest.
-- Grain: one row per affiliation.
with
tagged as (
    select distinct
        entry_affiliations.affiliation,
        entries.paper_id,
    from entry_affiliations
    inner join entries
        on entry_affiliations.listing = entries.listing
        and entry_affiliations.entry = entries.entry
),

dated as (
    select
        paper_id,
        extract(year from published) as year,
    from papers
),

counted as (
    select
        tagged.affiliation,
        count(*) as papers,
        cast(min(dated.year) as bigint) as first_year,
        cast(max(dated.year) as bigint) as last_year,
    from tagged
    inner join dated
        on tagged.paper_id = dated.paper_id
    group by tagged.affiliation
)

select
    affiliation,
    papers,
    first_year,
    last_year,
from counted
order by papers desc, affiliation
