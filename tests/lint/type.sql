select
    listing,
    cast(h_index as integer) as h_index,  -- bad
from listings
order by listing
