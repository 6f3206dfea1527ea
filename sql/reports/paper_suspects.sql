-- Papers that may be one, printed under titles that differ by a few letters: same first printed
-- author, at least two printed authors in common (or no other printed on either), at most two
-- years apart if both are dated, and title keys at most an eighth of the longer one's length (at
-- least one letter) apart in Levenshtein's distance. Digits count: titles that differ in them alone
-- ("… 2", "… 2020" and "… 2021") or that both have digits, but other ones, are of different papers.
-- Letters of other scripts must agree: the distance is one of Latin letters, since engines differ
-- on whether it counts letters or bytes.
-- Grain: one row per pair of papers, paper_a < paper_b.
with
keys as (
    select
        paper_id,
        min(title_key) as title_key,
    from entries
    group by paper_id
),

stripped_keys as (
    select
        paper_id,
        title_key,
        length(title_key) as letters,
        translate(title_key, '0123456789', '') as without_digits,
        translate(title_key, 'abcdefghijklmnopqrstuvwxyz0123456789 ', '') as other_letters,
    from keys
),

split_keys as (
    select
        paper_id,
        title_key,
        letters,
        without_digits,
        other_letters,
        translate(title_key, other_letters, '') as latin_key,
        translate(title_key, without_digits, '') as digits,
    from stripped_keys
),

printed as (
    select
        paper_id,
        author_id,
        position,
    from authorships
    where evidence = 'byline'
),

printed_counts as (
    select
        paper_id,
        count(*) as printed_authors,
    from printed
    group by paper_id
),

described as (
    select
        papers.paper_id,
        papers.title,
        papers.published,
        split_keys.title_key,
        split_keys.letters,
        split_keys.without_digits,
        split_keys.other_letters,
        split_keys.latin_key,
        split_keys.digits,
        printed.author_id as first_author_id,
        printed_counts.printed_authors,
    from papers
    inner join split_keys
        on papers.paper_id = split_keys.paper_id
    inner join printed
        on papers.paper_id = printed.paper_id and printed.position = 1
    inner join printed_counts
        on papers.paper_id = printed_counts.paper_id
),

-- Titles of very different length are never compared letter by letter.
candidates as (
    select
        a.paper_id as paper_a,
        b.paper_id as paper_b,
        a.title as title_a,
        b.title as title_b,
        a.published as published_a,
        b.published as published_b,
        a.latin_key as key_a,
        b.latin_key as key_b,
        a.first_author_id,
        greatest(a.printed_authors, b.printed_authors) as printed_authors,
        greatest(8, a.letters, b.letters) as letters,
    from described as a
    inner join described as b
        on a.first_author_id = b.first_author_id and a.paper_id < b.paper_id
    where
        8 * abs(a.letters - b.letters) <= greatest(8, a.letters, b.letters)
        and (
            a.title_key = b.title_key
            or (
                a.other_letters = b.other_letters
                and a.without_digits <> b.without_digits
                and (a.digits = b.digits or a.digits = '' or b.digits = '')
            )
        )
        and coalesce(a.published <= b.published + interval 2 years, true)
        and coalesce(b.published <= a.published + interval 2 years, true)
),

measured as (
    select
        paper_a,
        paper_b,
        title_a,
        title_b,
        published_a,
        published_b,
        first_author_id,
        printed_authors,
        letters,
        cast(levenshtein(key_a, key_b) as bigint) as edits,
    from candidates
),

alike as (
    select
        paper_a,
        paper_b,
        title_a,
        title_b,
        published_a,
        published_b,
        first_author_id,
        printed_authors,
        edits,
    from measured
    where 8 * edits <= letters
),

-- One more author printed on both, if there is one.
further_authors as (
    select
        alike.paper_a,
        alike.paper_b,
        alike.title_a,
        alike.title_b,
        alike.published_a,
        alike.published_b,
        alike.first_author_id,
        alike.printed_authors,
        alike.edits,
        b.author_id as further_author_id,
        row_number() over (
            partition by alike.paper_a, alike.paper_b
            order by b.author_id nulls last, a.author_id nulls last
        ) as place,
    from alike
    left join printed as a
        on alike.paper_a = a.paper_id and alike.first_author_id <> a.author_id
    left join printed as b
        on alike.paper_b = b.paper_id and a.author_id = b.author_id
),

named as (
    select
        author_id,
        name,
    from authors
),

suspected as (
    select
        further_authors.paper_a,
        further_authors.paper_b,
        further_authors.title_a,
        further_authors.title_b,
        further_authors.published_a,
        further_authors.published_b,
        named.name as first_author,
        further_authors.edits,
    from further_authors
    inner join named
        on further_authors.first_author_id = named.author_id
    where
        further_authors.place = 1
        and (further_authors.printed_authors = 1 or further_authors.further_author_id is not null)
)

select
    paper_a,
    paper_b,
    title_a,
    title_b,
    published_a,
    published_b,
    first_author,
    edits,
from suspected
order by edits, first_author, paper_a, paper_b
