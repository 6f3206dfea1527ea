select
    cast(sum(ai_score) as double) as ai_score,  -- bad
from listings
order by ai_score
