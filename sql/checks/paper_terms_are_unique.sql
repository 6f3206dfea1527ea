-- The key of `paper_terms` stands for one row. Grain: one row per row too many. It is the longest
-- table, so terms are compared as numbers, and with the one before instead of counting each.
with
terms as (
    select distinct
        term,
    from paper_terms
),

vocabulary as (
    select
        term,
        row_number() over (order by term) as number,
    from terms
),

numbered as (
    select
        paper_terms.paper_id,
        vocabulary.number,
    from paper_terms
    inner join vocabulary
        on paper_terms.term = vocabulary.term
),

neighbours as (
    select
        paper_id,
        number,
        lag(number) over (partition by paper_id order by number) as number_before,
    from numbered
)

select
    neighbours.paper_id,
    vocabulary.term,
from neighbours
inner join vocabulary
    on neighbours.number = vocabulary.number
where neighbours.number = neighbours.number_before
order by neighbours.paper_id, vocabulary.term
