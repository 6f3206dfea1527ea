select
    listing,
    h_index / 1.5 as scaled,  -- bad
from listings
order by listing
