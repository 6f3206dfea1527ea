-- A term stands in three papers or more, and in one of a thousand or more.
-- Grain: one row per term that is too rare.
with
terms as (
    select
        term,
        count(*) as papers,
    from paper_terms
    group by term
),

corpus as (
    select count(*) as papers
    from papers
),

rare as (
    select
        terms.term,
        terms.papers,
    from terms
    cross join corpus
    where terms.papers < 3 or 1000 * terms.papers < corpus.papers
)

select
    term,
    papers,
from rare
order by term
