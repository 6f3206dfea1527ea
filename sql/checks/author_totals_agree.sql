-- The papers of an author are their authorships, the names their spellings, one of them the main
-- one. Grain: one row per author.
with
counted_papers as (
    select
        author_id,
        count(*) as found_papers,
    from authorships
    group by author_id
),

counted_names as (
    select
        author_id,
        count(*) as found_names,
        count(case when basis = 'main spelling' then 1 end) as main_spellings,
    from author_names
    group by author_id
),

compared as (
    select
        authors.author_id,
        authors.name,
        authors.papers,
        coalesce(counted_papers.found_papers, 0) as found_papers,
        authors.names,
        coalesce(counted_names.found_names, 0) as found_names,
        coalesce(counted_names.main_spellings, 0) as main_spellings,
    from authors
    left join counted_papers
        on authors.author_id = counted_papers.author_id
    left join counted_names
        on authors.author_id = counted_names.author_id
)

select
    author_id,
    name,
    papers,
    found_papers,
    names,
    found_names,
    main_spellings,
from compared
where papers <> found_papers or names <> found_names or main_spellings <> 1
order by author_id
