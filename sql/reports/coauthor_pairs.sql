-- The co-author network by name: a lower bound, since "et al." hides authors.
-- Grain: one row per unordered pair of authors.
with
pairs as (
    select
        author_a,
        author_b,
        papers,
        first_year,
        last_year,
        evidence,
        fractional_weight_low,
        fractional_weight_high,
        salton,
        jaccard,
        association_strength,
    from coauthor_pairs
),

named as (
    select
        author_id,
        name,
    from authors
),

communities as (
    select
        author_id,
        community,
    from network
),

described as (
    select
        names_a.name as author_a,
        names_b.name as author_b,
        pairs.papers,
        pairs.first_year,
        pairs.last_year,
        pairs.evidence,
        pairs.fractional_weight_low,
        pairs.fractional_weight_high,
        pairs.salton,
        pairs.jaccard,
        pairs.association_strength,
        communities_a.community as community_a,
        communities_b.community as community_b,
    from pairs
    inner join named as names_a
        on pairs.author_a = names_a.author_id
    inner join named as names_b
        on pairs.author_b = names_b.author_id
    left join communities as communities_a
        on pairs.author_a = communities_a.author_id
    left join communities as communities_b
        on pairs.author_b = communities_b.author_id
)

select
    author_a,
    author_b,
    papers,
    first_year,
    last_year,
    evidence,
    fractional_weight_low,
    fractional_weight_high,
    salton,
    jaccard,
    association_strength,
    community_a,
    community_b,
from described
order by papers desc, author_a, author_b
