select
    listing
    owner nobody,  -- bad
from listings
order by listing
