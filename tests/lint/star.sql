select
    *,  -- bad
from listings
order by listing
