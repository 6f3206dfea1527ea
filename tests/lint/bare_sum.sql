select
    owner,
    sum(entries) as entries,  -- bad
from listings
group by owner
order by owner
