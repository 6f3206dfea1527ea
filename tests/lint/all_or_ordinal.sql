select
    owner,
    count(*) as listings,
from listings
group by owner
order by 2  -- bad
