select
    listing,
    log(ai_score) as magnitude,  -- bad
from listings
order by listing
