select
    listing,
    row_number() over (partition by owner) as place,  -- bad
from listings
order by listing
