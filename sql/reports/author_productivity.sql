-- How unevenly papers spread over authors, beside Lotka's law p(x) = x^-alpha / zeta(alpha).
-- Owners of pages are left out, of the counts and of the fit: a page lists all papers of its owner,
-- but only a few of anyone else. Alpha has the greatest likelihood (Goldstein, Morris & Yen, Eur.
-- Phys. J. B 41 (2004) 255) among 1.01, 1.0101 … 10, found on a grid of hundredths, then on one of
-- ten-thousandths around the best. The Kolmogorov-Smirnov distance is taken over all x from 1 to
-- the largest, also those that no author has.
-- Grain: one row per number of papers that any author has who owns no page.
with
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

counted as (
    select
        authors.papers,
        count(*) as authors,
    from authors
    left join owners
        on authors.author_id = owners.author_id
    where owners.author_id is null
    group by authors.papers
),

-- Logarithms as whole trillionths: their sum does not depend on the order of rows.
totals as (
    select
        cast(sum(authors) as bigint) as fitted_authors,
        max(papers) as most_papers,
        cast(
            sum(authors * cast(floor(1.0e12 * ln(cast(papers as double))) as bigint)) as bigint
        ) as log_trillionths,
    from counted
),

fittable as (
    select
        fitted_authors,
        cast(log_trillionths as double)
        / nullif(1.0e12 * cast(fitted_authors as double), 0) as mean_log,
    from totals
    where fitted_authors >= 50
),

digits as (
    select digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as list (digit)
),

offsets as (
    select 100 * hundreds.digit + 10 * tens.digit + ones.digit as steps
    from digits as hundreds
    cross join digits as tens
    cross join digits as ones
),

-- Zeta(alpha, q) is the sum of (q + k)^-alpha over all k from 0; q = 1 gives zeta(alpha). Twenty
-- terms are added as whole quadrillionths, the others by the formula of Euler and Maclaurin.
terms as (
    select steps as k
    from offsets
    where steps < 20
),

coarse_grid as (
    select
        1 + steps as hundredths,
        cast(1 + steps as double) / 100 as alpha,
    from offsets
    where steps >= 100
),

coarse_sums as (
    select
        coarse_grid.hundredths,
        coarse_grid.alpha,
        cast(
            sum(cast(floor(1.0e15 * power(1 + terms.k, -coarse_grid.alpha)) as bigint)) as bigint
        ) as quadrillionths,
    from coarse_grid
    cross join terms
    group by coarse_grid.hundredths, coarse_grid.alpha
),

coarse_zetas as (
    select
        hundredths,
        alpha,
        cast(quadrillionths as double) / 1.0e15
        + power(21, 1 - alpha) / (alpha - 1)
        + power(21, -alpha) / 2
        + alpha * power(21, -alpha - 1) / 12
        - alpha * (alpha + 1) * (alpha + 2) * power(21, -alpha - 3) / 720 as zeta,
    from coarse_sums
),

-- The likelihood is greatest where alpha times the mean logarithm of x plus ln zeta is least.
coarse_losses as (
    select
        fittable.fitted_authors,
        fittable.mean_log,
        coarse_zetas.hundredths,
        coarse_zetas.alpha * fittable.mean_log + ln(coarse_zetas.zeta) as loss,
    from fittable
    cross join coarse_zetas
),

coarse_ranked as (
    select
        fitted_authors,
        mean_log,
        hundredths,
        row_number() over (order by loss nulls last, hundredths) as place,
    from coarse_losses
),

fine_grid as (
    select
        coarse_ranked.fitted_authors,
        coarse_ranked.mean_log,
        cast(100 * coarse_ranked.hundredths + offsets.steps - 100 as double) / 10000 as alpha,
    from coarse_ranked
    cross join offsets
    where
        coarse_ranked.place = 1
        and offsets.steps <= 200
        and 100 * coarse_ranked.hundredths + offsets.steps - 100 between 10100 and 100000
),

fine_sums as (
    select
        fine_grid.fitted_authors,
        fine_grid.mean_log,
        fine_grid.alpha,
        cast(
            sum(cast(floor(1.0e15 * power(1 + terms.k, -fine_grid.alpha)) as bigint)) as bigint
        ) as quadrillionths,
    from fine_grid
    cross join terms
    group by fine_grid.fitted_authors, fine_grid.mean_log, fine_grid.alpha
),

fine_zetas as (
    select
        fitted_authors,
        mean_log,
        alpha,
        cast(quadrillionths as double) / 1.0e15
        + power(21, 1 - alpha) / (alpha - 1)
        + power(21, -alpha) / 2
        + alpha * power(21, -alpha - 1) / 12
        - alpha * (alpha + 1) * (alpha + 2) * power(21, -alpha - 3) / 720 as zeta,
    from fine_sums
),

fine_losses as (
    select
        fitted_authors,
        alpha,
        zeta,
        alpha * mean_log + ln(zeta) as loss,
    from fine_zetas
),

fine_ranked as (
    select
        fitted_authors,
        alpha,
        zeta,
        row_number() over (order by loss nulls last, alpha) as place,
    from fine_losses
),

-- At the end of the grid the likelihood still grows; if all have one paper, it does so for ever.
fitted as (
    select
        fitted_authors,
        alpha,
        zeta,
    from fine_ranked
    where place = 1 and alpha < 10
),

tail_sums as (
    select
        counted.papers,
        counted.authors,
        fitted.fitted_authors,
        fitted.alpha,
        fitted.zeta,
        cast(counted.papers + 20 as double) as rest,
        cast(
            sum(
                cast(floor(1.0e15 * power(counted.papers + terms.k, -fitted.alpha)) as bigint)
            ) as bigint
        ) as quadrillionths,
    from counted
    cross join fitted
    cross join terms
    group by counted.papers, counted.authors, fitted.fitted_authors, fitted.alpha, fitted.zeta
),

-- What share has x papers, and what share fewer: by the law and by the count.
shares as (
    select
        papers,
        fitted_authors,
        alpha,
        power(papers, -alpha) / zeta as lotka_share,
        1
        - (
            cast(quadrillionths as double) / 1.0e15
            + power(rest, 1 - alpha) / (alpha - 1)
            + power(rest, -alpha) / 2
            + alpha * power(rest, -alpha - 1) / 12
            - alpha * (alpha + 1) * (alpha + 2) * power(rest, -alpha - 3) / 720
        ) / zeta as lotka_share_below,
        cast(authors as double) / cast(fitted_authors as double) as share,
        cast(cast(sum(authors) over (order by papers) as bigint) - authors as double)
        / cast(fitted_authors as double) as share_below,
    from tail_sums
),

-- Where no author has x papers the count stands still and the law rises, so their distance is
-- greatest at the ends of a gap: at an x that is counted, or just below one.
distances as (
    select
        fitted_authors,
        max(
            greatest(
                abs(share_below - lotka_share_below),
                abs(share_below + share - lotka_share_below - lotka_share)
            )
        ) as ks_distance,
    from shares
    group by fitted_authors
),

described as (
    select
        counted.papers,
        counted.authors,
        cast(counted.authors as double)
        / nullif(cast(totals.fitted_authors as double), 0) as share,
        shares.lotka_share,
        shares.alpha as lotka_alpha,
        distances.ks_distance,
        totals.fitted_authors,
        case
            when shares.alpha is not null then 'maximum likelihood'
            when totals.fitted_authors < 50 then 'too few authors'
            when totals.most_papers = 1 then 'one paper each'
            else 'alpha above 10'
        end as fit,
    from counted
    cross join totals
    left join shares
        on counted.papers = shares.papers
    left join distances
        on totals.fitted_authors = distances.fitted_authors
)

select
    papers,
    authors,
    share,
    lotka_share,
    lotka_alpha,
    ks_distance,
    fitted_authors,
    fit,
from described
order by papers
