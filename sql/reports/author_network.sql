-- Where each author stands in the network of co-authors: a lower bound, since "et al." hides
-- authors. The figures without owners are empty for the owners of pages.
-- Grain: one row per author.
with
people as (
    select
        author_id,
        name,
        papers,
    from authors
),

spellings as (
    select
        name,
        author_id,
    from author_names
),

owners as (
    select distinct spellings.author_id
    from listings
    inner join spellings
        on listings.owner = spellings.name
),

figures as (
    select
        author_id,
        degree,
        betweenness,
        closeness,
        community,
        degree_without_owners,
        betweenness_without_owners,
        closeness_without_owners,
        community_without_owners,
    from network
),

described as (
    select
        people.name as author,
        people.papers,
        owners.author_id is not null as is_owner,
        figures.degree,
        figures.betweenness,
        figures.closeness,
        figures.community,
        figures.degree_without_owners,
        figures.betweenness_without_owners,
        figures.closeness_without_owners,
        figures.community_without_owners,
    from figures
    inner join people
        on figures.author_id = people.author_id
    left join owners
        on figures.author_id = owners.author_id
)

select
    author,
    papers,
    is_owner,
    degree,
    betweenness,
    closeness,
    community,
    degree_without_owners,
    betweenness_without_owners,
    closeness_without_owners,
    community_without_owners,
from described
order by degree desc, author
