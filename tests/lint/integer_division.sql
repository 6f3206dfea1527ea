select
    listing,
    h_index / entries as ratio,  -- bad
from listings
order by listing
