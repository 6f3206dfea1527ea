select
    owner,
    row_number() over (order by owner) as place,  -- bad
from listings
group by owner
order by owner
