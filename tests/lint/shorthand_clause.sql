select
    listing,
from listings
qualify row_number() over (partition by owner order by listing) = 1  -- bad
order by listing
