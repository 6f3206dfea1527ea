select
    paper_id,
    arg_max(title, published) as title,  -- bad
from entries
group by paper_id
order by paper_id
