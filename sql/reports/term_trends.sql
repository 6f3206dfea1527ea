-- Terms of titles and abstracts by year, and whether they rise or fall. The score is the yearly
-- change of a term's log-odds: the first Newton step of a logistic regression of "has the term" on
-- the year, with a normal prior of mean 0 and standard deviation 0.1 (docs/terms.md). The prior
-- keeps the score of a few papers near 0. Shares are compared, so an incomplete year weighs what
-- its papers weigh. Undated papers and terms in fewer than three dated papers are left out.
-- Grain: one row per term and year with papers.
with
dated as (
    select
        paper_id,
        cast(extract(year from published) as bigint) as year,
    from papers
    where published is not null
),

used as (
    select
        paper_id,
        term,
    from paper_terms
),

calendar as (
    select
        year,
        complete_year,
    from years
),

papers_of_years as (
    select
        year,
        count(*) as year_papers,
    from dated
    group by year
),

-- Years count from 2000, so that the sums of squares stay exact.
corpus as (
    select
        cast(sum(year_papers) as double) as n,
        cast(sum(year_papers * (year - 2000)) as double) as sum_years,
        cast(sum(year_papers * (year - 2000) * (year - 2000)) as double) as sum_squares,
    from papers_of_years
),

-- The middle of all papers' years, and the squared distances from it, summed.
centred as (
    select
        n,
        sum_years / nullif(n, 0) as mean_year,
        sum_squares - sum_years * sum_years / nullif(n, 0) as spread,
    from corpus
),

term_years as (
    select
        dated.year,
        used.term,
        count(*) as papers,
    from used
    inner join dated
        on used.paper_id = dated.paper_id
    group by dated.year, used.term
),

terms as (
    select
        term,
        cast(sum(papers) as bigint) as term_papers,
        cast(sum(papers * (year - 2000)) as bigint) as term_sum_years,
    from term_years
    group by term
),

measured as (
    select
        terms.term,
        terms.term_papers,
        cast(terms.term_sum_years as double)
        - cast(terms.term_papers as double) * centred.mean_year as slant,
        cast(terms.term_papers as double) / nullif(centred.n, 0)
        * (1 - cast(terms.term_papers as double) / nullif(centred.n, 0))
        * centred.spread as information,
        1.0e0 / (0.1e0 * 0.1e0) as prior_information,
    from terms
    cross join centred
    where terms.term_papers >= 3
),

scored as (
    select
        term,
        term_papers,
        slant / nullif(information + prior_information, 0) as score,
        1.0e0 / nullif(sqrt(information + prior_information), 0) as deviation,
    from measured
),

-- The score's 95 % interval lies on one side of 0, or does not.
judged as (
    select
        term,
        term_papers,
        score,
        case
            when score > 1.959963984540054e0 * deviation then 'rising'
            when score < -1.959963984540054e0 * deviation then 'falling'
            else 'unclear'
        end as direction,
    from scored
),

described as (
    select
        term_years.year,
        term_years.term,
        term_years.papers,
        cast(term_years.papers as double)
        / nullif(cast(papers_of_years.year_papers as double), 0) as share,
        judged.term_papers,
        judged.score,
        judged.direction,
        calendar.complete_year,
    from term_years
    inner join judged
        on term_years.term = judged.term
    inner join papers_of_years
        on term_years.year = papers_of_years.year
    inner join calendar
        on term_years.year = calendar.year
)

select
    year,
    term,
    papers,
    share,
    term_papers,
    score,
    direction,
    complete_year,
from described
order by score desc, term, year
