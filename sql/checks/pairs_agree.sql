-- Pairs are ordered, no pair has more papers than one of its authors, evidence follows from the
-- papers that print both, and weights lie within their bounds. Grain: one row per pair.
with
compared as (
    select
        coauthor_pairs.author_a,
        coauthor_pairs.author_b,
        coauthor_pairs.papers,
        coauthor_pairs.papers_printed_together,
        coauthor_pairs.evidence,
        coauthor_pairs.fractional_weight_low,
        coauthor_pairs.fractional_weight_high,
        coauthor_pairs.salton,
        coauthor_pairs.jaccard,
        case when a.papers is not null and b.papers is not null then least(a.papers, b.papers) end
            as most_papers,
    from coauthor_pairs
    left join authors as a
        on coauthor_pairs.author_a = a.author_id
    left join authors as b
        on coauthor_pairs.author_b = b.author_id
)

select
    author_a,
    author_b,
    papers,
    papers_printed_together,
    evidence,
    fractional_weight_low,
    fractional_weight_high,
    salton,
    jaccard,
    most_papers,
from compared
where
    author_a >= author_b
    or most_papers is null
    or papers > most_papers
    or papers_printed_together > papers
    or evidence <> case when papers_printed_together > 0 then 'byline' else 'owner' end
    or fractional_weight_low > fractional_weight_high
    or fractional_weight_high > papers
    or jaccard > salton
    or salton > 1.000001e0
order by author_a, author_b
