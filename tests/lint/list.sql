select
    listing,
    list_sort(string_split(owner, ' ')) as words,  -- bad
from listings
order by listing
