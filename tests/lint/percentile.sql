select
    percentile_cont(0.5e0) within group (order by papers) as middle,  -- bad
from authors
order by middle
