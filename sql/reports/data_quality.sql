-- What was read, merged, inferred and left out, per listing; files without a listing count too.
-- Grain: one row per listing, and one per file that holds none.
with
pages as (
    select
        listing,
        source_file,
        first_line,
        declared_papers,
    from listings
),

left_out as (
    select
        source_file,
        first_line,
        last_line - first_line + 1 as lines,
    from rejects
),

most as (
    select min(case when name = 'authors_for_pairs' then value end) as authors
    from limits
),

printed as (
    select
        entries.listing,
        entries.paper_id,
        entries.year_inferred,
        entries.published,
        papers.truncated,
        papers.known_authors > most.authors as without_pairs,
    from entries
    inner join papers
        on entries.paper_id = papers.paper_id
    cross join most
),

counted as (
    select
        listing,
        count(*) as parsed,
        count(distinct paper_id) as papers,
        count(distinct case when truncated then paper_id end) as truncated,
        count(case when year_inferred then 1 end) as inferred_years,
        count(case when published is null then 1 end) as undated,
        count(distinct case when without_pairs then paper_id end) as papers_without_pairs,
    from printed
    group by listing
),

-- Left-out lines belong to the listing above them in their file, or to the file's first one.
candidates as (
    select
        pages.listing,
        left_out.lines,
        row_number() over (
            partition by left_out.source_file, left_out.first_line
            order by
                case
                    when pages.first_line <= left_out.first_line then pages.first_line
                    else -pages.first_line
                end desc
        ) as distance,
    from left_out
    inner join pages
        on left_out.source_file = pages.source_file
),

left_out_of_listings as (
    select
        listing,
        cast(sum(lines) as bigint) as rejected_lines,
    from candidates
    where distance = 1
    group by listing
),

of_listings as (
    select
        pages.listing,
        pages.declared_papers as declared,
        counted.parsed,
        counted.papers,
        counted.parsed - counted.papers as duplicates,
        counted.truncated,
        counted.inferred_years,
        counted.undated,
        coalesce(left_out_of_listings.rejected_lines, 0) as rejected_lines,
        counted.papers_without_pairs,
    from pages
    inner join counted
        on pages.listing = counted.listing
    left join left_out_of_listings
        on pages.listing = left_out_of_listings.listing
),

without_listing as (
    select
        left_out.source_file as listing,
        cast(null as bigint) as declared,
        cast(0 as bigint) as parsed,
        cast(0 as bigint) as papers,
        cast(0 as bigint) as duplicates,
        cast(0 as bigint) as truncated,
        cast(0 as bigint) as inferred_years,
        cast(0 as bigint) as undated,
        cast(sum(left_out.lines) as bigint) as rejected_lines,
        cast(0 as bigint) as papers_without_pairs,
    from left_out
    left join pages
        on left_out.source_file = pages.source_file
    where pages.source_file is null
    group by left_out.source_file
),

combined as (
    select
        listing,
        declared,
        parsed,
        papers,
        duplicates,
        truncated,
        inferred_years,
        undated,
        rejected_lines,
        papers_without_pairs,
    from of_listings
    union all
    select
        listing,
        declared,
        parsed,
        papers,
        duplicates,
        truncated,
        inferred_years,
        undated,
        rejected_lines,
        papers_without_pairs,
    from without_listing
)

select
    listing,
    declared,
    parsed,
    papers,
    duplicates,
    truncated,
    inferred_years,
    undated,
    rejected_lines,
    papers_without_pairs,
from combined
order by listing, declared nulls last, parsed
