-- Columns that every row needs are filled: a comparison with null finds nothing wrong, so the
-- other checks rely on this one. Grain: one row per table with incomplete rows.
with
counted as (
    select
        'listings' as table_name,
        count(*) as incomplete_rows,
    from listings
    where
        listing is null
        or source_file is null
        or first_line is null
        or last_line is null
        or owner is null
        or entries is null
        or as_of_basis is null
    union all
    select
        'entries' as table_name,
        count(*) as incomplete_rows,
    from entries
    where
        listing is null
        or entry is null
        or line is null
        or year_inferred is null
        or has_code is null
        or title is null
        or title_key is null
        or byline_truncated is null
        or printed_authors is null
        or abstract is null
        or paper_id is null
    union all
    select
        'bylines' as table_name,
        count(*) as incomplete_rows,
    from bylines
    where
        listing is null
        or entry is null
        or position is null
        or name is null
    union all
    select
        'entry_affiliations' as table_name,
        count(*) as incomplete_rows,
    from entry_affiliations
    where
        listing is null
        or entry is null
        or affiliation is null
    union all
    select
        'names' as table_name,
        count(*) as incomplete_rows,
    from names
    where
        name is null
        or name_key is null
        or is_collective is null
    union all
    select
        'rejects' as table_name,
        count(*) as incomplete_rows,
    from rejects
    where
        source_file is null
        or first_line is null
        or last_line is null
        or reason is null
        or text is null
    union all
    select
        'author_aliases' as table_name,
        count(*) as incomplete_rows,
    from author_aliases
    where
        name_key is null
        or author_key is null
    union all
    select
        'category_names' as table_name,
        count(*) as incomplete_rows,
    from category_names
    where
        archive is null
        or code is null
        or name is null
    union all
    select
        'papers' as table_name,
        count(*) as incomplete_rows,
    from papers
    where
        paper_id is null
        or title is null
        or has_code is null
        or truncated is null
        or printed_authors is null
        or known_authors is null
        or min_authors is null
        or entries is null
        or listings is null
    union all
    select
        'authors' as table_name,
        count(*) as incomplete_rows,
    from authors
    where
        author_id is null
        or name is null
        or kind is null
        or names is null
        or papers is null
    union all
    select
        'author_names' as table_name,
        count(*) as incomplete_rows,
    from author_names
    where
        name is null
        or author_id is null
        or basis is null
    union all
    select
        'authorships' as table_name,
        count(*) as incomplete_rows,
    from authorships
    where
        paper_id is null
        or author_id is null
        or evidence is null
    union all
    select
        'coauthor_pairs' as table_name,
        count(*) as incomplete_rows,
    from coauthor_pairs
    where
        author_a is null
        or author_b is null
        or papers is null
        or papers_printed_together is null
        or evidence is null
        or fractional_weight_low is null
        or fractional_weight_high is null
        or salton is null
        or jaccard is null
        or association_strength is null
    union all
    select
        'years' as table_name,
        count(*) as incomplete_rows,
    from years
    where
        year is null
        or complete_year is null
    union all
    select
        'network' as table_name,
        count(*) as incomplete_rows,
    from network
    where
        author_id is null
        or degree is null
    union all
    select
        'paper_terms' as table_name,
        count(*) as incomplete_rows,
    from paper_terms
    where
        paper_id is null
        or term is null
    union all
    select
        'name_pairs' as table_name,
        count(*) as incomplete_rows,
    from name_pairs
    where
        key_a is null
        or key_b is null
        or evidence is null
        or strength is null
        or is_weak is null
        or is_common is null
    union all
    select
        'name_links' as table_name,
        count(*) as incomplete_rows,
    from name_links
    where
        key_a is null
        or key_b is null
        or evidence is null
        or same_page is null
        or shared_coauthors is null
        or is_merged is null
        or reason is null
    union all
    select
        'author_distinctions' as table_name,
        count(*) as incomplete_rows,
    from author_distinctions
    where
        key_a is null
        or key_b is null
)

select
    table_name,
    incomplete_rows,
from counted
where incomplete_rows > 0
order by table_name
