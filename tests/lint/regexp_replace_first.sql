select
    listing,
    regexp_replace(owner, ' +', ' ') as owner,  -- bad
from listings
order by listing
