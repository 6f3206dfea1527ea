select
    listing,
    round(ai_score, 1) as ai_score,  -- bad
from listings
order by listing
