select
    numbered.position,
from unnest(string_split('a b', ' ')) with ordinality as numbered (word, position)  -- bad
order by numbered.position
