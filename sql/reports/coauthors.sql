-- With whom each owner of a page wrote: a lower bound, since "et al." hides authors.
-- Grain: one row per owner and co-author.
with
spellings as (
    select
        name,
        author_id,
    from author_names
),

named as (
    select
        author_id,
        name,
    from authors
),

owners as (
    select distinct spellings.author_id
    from listings
    inner join spellings
        on listings.owner = spellings.name
),

pairs as (
    select
        author_a as owner_id,
        author_b as coauthor_id,
        papers,
        papers_printed_together,
        first_year,
        last_year,
    from coauthor_pairs
    union all
    select
        author_b as owner_id,
        author_a as coauthor_id,
        papers,
        papers_printed_together,
        first_year,
        last_year,
    from coauthor_pairs
),

described as (
    select
        owner_names.name as owner,
        coauthor_names.name as coauthor,
        pairs.papers,
        pairs.papers_printed_together,
        pairs.papers - pairs.papers_printed_together as papers_by_ownership,
        pairs.first_year,
        pairs.last_year,
    from pairs
    inner join owners
        on pairs.owner_id = owners.author_id
    inner join named as owner_names
        on pairs.owner_id = owner_names.author_id
    inner join named as coauthor_names
        on pairs.coauthor_id = coauthor_names.author_id
)

select
    owner,
    coauthor,
    papers,
    papers_printed_together,
    papers_by_ownership,
    first_year,
    last_year,
from described
order by owner, papers desc, coauthor
