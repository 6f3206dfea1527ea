-- Pairs of spellings are ordered, and the reason says whether they are merged.
-- Grain: one row per pair.
with
wrong as (
    select
        key_a,
        key_b,
        is_merged,
        reason,
    from name_links
    where key_a >= key_b or is_merged = (reason like 'left apart%')
)

select
    key_a,
    key_b,
    is_merged,
    reason,
from wrong
order by key_a, key_b
