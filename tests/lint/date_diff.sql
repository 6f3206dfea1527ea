select
    listing,
    date_diff('month', as_of, date '2026-07-02') as months,  -- bad
from listings
order by listing
