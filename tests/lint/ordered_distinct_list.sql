select
    listing,
    list(distinct name order by name) as names,  -- bad
from bylines
group by listing
order by listing
