select
    listing,
    current_date as today,  -- bad
from listings
order by listing
