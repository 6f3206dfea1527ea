select
    tagged.listing,
from tagged
left join unnest(tagged.tags) as tags (tag)  -- bad
    on true
order by tagged.listing
