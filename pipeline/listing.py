"""The grammar of listings: text in, records out; knows neither files nor data frames.

A *listing* is the page that a paper index prints for one author::

    Jane Roe                                owner
                                            (blank)
    LG                                      main category
    h-index74                               label and value glued together
    47papers
    141,660citations
    Novelty51%
    AI Score54
                                            (blank)
    47 Papers                               how many the index says it lists
                                            (blank)
    CLNov 7, 2024Code                       category, date and badge glued together
    A title on one line
                                            (blank)
    Jane Roe, Ann Poe, Al Doe et al. · lab  names; "et al." if cut; tags after a dot
                                            (blank)
    The abstract, of any number of paragraphs, or none.

Blocks are separated by blank lines. An entry is recognised by its whole shape (head line, title,
blank, names), so a line of an abstract that merely looks like a head line stays in the abstract.
Each non-blank line ends up in a header, in an entry or in a `Reject`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from pipeline.names import split_byline

if TYPE_CHECKING:
    from collections.abc import Iterator

AsOfBasis = Literal["given", "inferred", "none"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EARLIEST_YEAR, LATEST_YEAR = 1600, 2199  # what a paper index can mean; beyond it is a typing error

MONTH = (
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:(?<=Jan)uary|(?<=Feb)ruary|(?<=Mar)ch|(?<=Apr)il|(?<=Jun)e|(?<=Jul)y|(?<=Aug)ust"
    r"|(?<=Sep)t(?:ember)?|(?<=Oct)ober|(?<=Nov)ember|(?<=Dec)ember)?\.?"
)
CATEGORY = r"[A-Za-z]+(?:-[A-Za-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?"
# A badge starts like a label ("Code", "★ 12"), not like the rest of a sentence (" we found").
BADGES = r"(?P<badges>|\s?code|\s?[^\sa-z\d,.;:)][^.?!]{0,39})"
HEAD = re.compile(
    rf"(?P<category>(?:{CATEGORY})??){MONTH} +(?P<day>\d{{1,2}})(?:, ?(?P<year>\d{{4}}))?{BADGES}"
)
CATEGORY_LINE = re.compile(CATEGORY)

VALUE = r"(?i:[\d.,' ]*[km]?|null|none|nan|undefined|n/?a|[-–—?])"
GROUPED = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?")
GROUPED_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+")
STATISTIC = re.compile(
    rf"(?P<label>h-index|Novelty|AI Score)\s*:?\s*(?P<after>{VALUE})\s*%?"
    rf"|(?P<before>{VALUE})\s*(?P<unit>papers?|citations?)",
)
LIST_TITLE = re.compile(rf"(?P<count>{VALUE})\s+Papers?")

ET_AL = re.compile(r"(?:^|[ ,;~])et\.?[ ~]?al\.? ?,?$", re.IGNORECASE)
TAG_SEPARATOR = re.compile(r"(?:^| |(?<=[.,，]))·(?: |$)")
NO_NAME = " ,，·"  # what may stand behind the last name and says nothing
# No head, statistic or category is longer; testing no longer line keeps the cost linear.
LONGEST_FIXED_LINE = 120
LONGEST_SHORT_CODE = 3  # "LG"; a longer word in capitals may be an owner's name
# Words that stand in lower case inside names of persons and collectives.
LOWER_CASE_IN_NAMES = frozenset(
    "a af al ab ap at av bin ben bint binti binte ibn d da dal dalla das de degli dei del della den"
    " der des di do dos du e el en et for from i in la las le les lo los mac nic of on op oude"
    " s san st t te ten ter the to und van ver vom von vande vander y z zu zum zur and with behalf"
    " team group collaboration consortium".split()
)
ENDS_LIKE_A_NAME = re.compile(
    r"(?:\b(?:(?-i:[A-Z])\w?|[JS]r|Inc|Ltd|Co|Corp|Ph\.?\s?D|M\.?D|Dr|Prof|St|Esq|Bros|Univ|Dept|[IVX]+)\.)$",
    re.IGNORECASE,
)

ENDS_OF_SENTENCES = (".", "?", ":", ";")

HEADER_BLOCKS = [1, 6, 1]  # lines of the owner, of the statistics, and "N Papers"
HEAD_AND_TITLE = 2  # lines of an entry's first block
ENTRY_BLOCKS = 2  # head and title, then the names; what follows is the abstract
FEWEST_WORDS_OF_PROSE = 3  # "de facto standard" may be in a collective's name, a clause is longer

CUT_OFF = "cut off: an entry's first lines without the names"
IMPOSSIBLE_DATE = "a date that cannot exist"
NO_OWNER = "entries without an owner's name above them"
OUTSIDE = "outside of any entry"
NOT_UNDERSTOOD = "not understood in a header"
NO_TEXT = "no text"
NO_PAPERS = "a header without a paper"
NO_LISTING = "no listing: no head line such as 'LGFeb 5, 2024' with title, blank line and names"


@dataclass(slots=True)
class Block:
    """Consecutive non-blank lines; `first_line` counts from 1."""

    first_line: int
    lines: list[str]

    @property
    def last_line(self) -> int:
        """Line number of the block's last line."""
        return self.first_line + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Reject:
    """Lines that belong to no header and no entry, and why."""

    first_line: int
    last_line: int
    reason: str
    text: str


@dataclass(slots=True)
class Header:
    """What stands above the entries; None where the page prints nothing or no number.

    `unknown_lines` are among its lines, but none of what is known of a header.
    `unread` holds number and text of the lines that print digits which are no number to keep.
    """

    first_line: int
    last_line: int
    owner: str
    category: str | None = None
    h_index: int | None = None
    declared_papers: int | None = None
    citations: int | None = None
    novelty_percent: float | None = None
    ai_score: float | None = None
    unknown_lines: list[int] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """One printed paper. `published` is None where the year is unknown."""

    line: int
    last_line: int
    category: str | None
    published: date | None
    year_inferred: bool
    has_code: bool
    title: str
    names: list[str]
    truncated: bool
    affiliations: list[str]
    abstract: str
    head_like_lines: list[int]  # lines of the abstract that look like an entry's head


@dataclass(slots=True)
class Listing:
    """One owner's page: the header and its entries in printed order."""

    header: Header
    last_line: int
    as_of: date | None
    as_of_basis: AsOfBasis
    entries: list[Entry]


@dataclass(slots=True)
class Page:
    """All that one file holds."""

    listings: list[Listing] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """An entry's blocks before its date is settled (that needs the whole listing)."""

    blocks: list[Block]
    head: re.Match[str]

    @property
    def printed_year(self) -> int | None:
        """The year on the head line, None where it is left out."""
        year = self.head["year"]
        return int(year) if year else None

    @property
    def has_possible_date(self) -> bool:
        """Whether there is such a day; a year that is left out counts as a leap year."""
        try:
            date_of(self.head, self.printed_year)
        except ValueError:
            return False
        return True


def parse(text: str, as_of: date | None = None) -> Page:
    r"""Read all listings of one file's text.

    Parameters
    ----------
    text
        Lines separated by ``\n``; a missing last newline is fine.
    as_of
        The day on which the page was taken, if known. Without it, a date that is printed without
        a year gets the year after the largest printed year of its listing.

    Returns
    -------
    Page
        Never raises for any text: what is not understood is in `Page.rejects`.
    """
    lines = text.split("\n")
    blocks = list(split_blocks(lines))
    page = Reader(lines, as_of).read(blocks)
    if page.listings:
        return in_order(page)
    return Page(rejects=[reject_whole(lines, blocks, page.rejects)])


def parse_stretch(text: str, as_of: date | None = None) -> Page:
    """Read a part of a file that holds listings in other parts.

    As `parse`, but text without any listing is not left out as a whole. Of a file that is cut where
    listings with all their statistics start (`starts_listing`), the parts hold what the file holds.
    """
    lines = text.split("\n")
    return in_order(Reader(lines, as_of).read(list(split_blocks(lines))))


def in_order(page: Page) -> Page:
    """The page with its rejects in the order of their lines."""
    page.rejects.sort(key=lambda reject: reject.first_line)
    return page


class Reader:
    """Goes through a file's blocks once and gathers the listing that is open."""

    def __init__(self, lines: list[str], as_of: date | None) -> None:
        self.lines = lines
        self.as_of = as_of
        self.page = Page()
        self.open(None)

    def open(self, header: Header | None) -> None:
        """Start a listing, or the stretch before the first one."""
        self.header = header
        self.drafts: list[Draft] = []
        self.pending: list[Block] = []  # blocks above the first entry, perhaps a header

    def read(self, blocks: list[Block]) -> Page:
        """All listings and rejects of the blocks."""
        index = 0
        while index < len(blocks):
            found = read_header(blocks, index)
            if found:
                self.close()
                header, index = found
                self.open(header)
            elif head := entry_head(blocks, index):
                self.start_entry(blocks[index : index + ENTRY_BLOCKS], head)
                index += ENTRY_BLOCKS
            else:
                (self.drafts[-1].blocks if self.drafts else self.pending).append(blocks[index])
                index += 1
        self.close()
        return self.page

    def start_entry(self, blocks: list[Block], head: re.Match[str]) -> None:
        """Begin an entry with its head, title and names."""
        if self.header is None and not self.drafts:
            self.header, self.pending = implicit_header(self.pending)
        self.drafts.append(Draft(blocks, head))

    def close(self) -> None:
        """Move what was gathered for one listing to the page's listings and rejects."""
        for block in self.pending:
            reason = CUT_OFF if fixed(HEAD, block.lines[0]) else OUTSIDE
            self.reject(block.first_line, block.last_line, reason)
        if self.header is None:
            if self.drafts:
                first, last = self.drafts[0].blocks[0], self.drafts[-1].blocks[-1]
                self.reject(first.first_line, last.last_line, NO_OWNER)
            return
        listing, rejects = finish_listing(self.lines, self.header, self.drafts, self.as_of)
        self.page.rejects += rejects
        if listing.entries:
            self.page.listings.append(listing)
            for line in self.header.unknown_lines:
                self.reject(line, line, NOT_UNDERSTOOD)
        else:
            reason = f"{NO_PAPERS}: {self.header.owner!r}"
            self.reject(self.header.first_line, self.header.last_line, reason)

    def reject(self, first_line: int, last_line: int, reason: str) -> None:
        """Leave lines out."""
        self.page.rejects.append(reject(self.lines, first_line, last_line, reason))


def split_blocks(lines: list[str]) -> Iterator[Block]:
    """Runs of non-blank lines, each line without blanks at its ends."""
    block: Block | None = None
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if not stripped:
            if block:
                yield block
            block = None
        elif block:
            block.lines.append(stripped)
        else:
            block = Block(number, [stripped])
    if block:
        yield block


def fixed(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The match of a whole line with one of the fixed forms."""
    return pattern.fullmatch(line) if len(line) <= LONGEST_FIXED_LINE else None


# --- headers ---------------------------------------------------------------------------------


def starts_listing(text: str) -> Header | None:
    """The header that a text is, if a listing starts there whatever stands above and below.

    That takes an owner of several words on a line alone (one word may be a category, which ends
    the header of another listing), all statistics and "N Papers". Behind a blank line, the parts
    of a file before and from such a header can be read each by itself.
    """
    blocks = list(split_blocks(text.split("\n")))
    if [len(block.lines) for block in blocks] != HEADER_BLOCKS or " " not in blocks[0].lines[0]:
        return None
    found = read_header(blocks, 0)
    return found[0] if found and found[1] == len(blocks) else None


def read_header(blocks: list[Block], index: int) -> tuple[Header, int] | None:
    """The header that starts at a block, with the index of the block after it.

    It takes an owner's line, then statistics, or "N Papers", or both. Inside a file it takes two
    such signs, or one and an entry behind it, or none listed: a lone "12 papers" in an abstract
    starts no new listing.
    """
    # Asked first: of many statistics below each other, each would be tried as an owner of the rest.
    if is_label(blocks[index].lines[0]):
        return None
    header, after, signs = header_signs(blocks, index)
    if not signs or reads_like_prose(header.owner):
        return None
    certain = signs > 1 or index == 0 or header.declared_papers == 0
    if not certain and not (after < len(blocks) and entry_head(blocks, after)):
        return None
    header.last_line = blocks[after - 1].last_line
    return header, after


def header_signs(blocks: list[Block], index: int) -> tuple[Header, int, int]:
    """A block read as an owner's: the header, the index after it, and how much speaks for it."""
    owner, *below = blocks[index].lines
    first_line = blocks[index].first_line
    header = Header(first_line, first_line, owner)
    signs = read_statistics(header, Block(first_line + 1, below))
    after = index + 1
    has_category = not signs and is_category(below)
    if has_category:
        header.category = category_of(below[0])
    elif len(below) == 1 and not signs:
        header.unknown_lines.append(first_line + 1)
    elif below and not signs:
        return header, after, 0
    while after < len(blocks):
        block = blocks[after]
        found = read_statistics(header, block) or int(read_list_title(header, block))
        if not found:
            if signs or has_category or not is_category(block.lines):
                break
            has_category = True
            header.category = category_of(block.lines[0])
        signs += found
        after += 1
    return header, after, signs


def category_of(line: str) -> str | None:
    """The category on a line; None for "null"."""
    return None if line.casefold() == "null" else line


def is_category(lines: list[str]) -> bool:
    """Whether a block is a category alone."""
    return len(lines) == 1 and fixed(CATEGORY_LINE, lines[0]) is not None


def is_label(line: str) -> bool:
    """Whether a line is a statistic, "N Papers" or a category, which no owner is called."""
    if fixed(STATISTIC, line) or fixed(LIST_TITLE, line):
        return True
    short_code = line.isupper() and len(line) <= LONGEST_SHORT_CODE
    full_code = line.islower() and "-" in line
    return bool(fixed(CATEGORY_LINE, line)) and (short_code or full_code or "." in line)


def read_statistics(header: Header, block: Block) -> int:
    """Fill the header from a block of statistics; how many were found (0: it is no such block)."""
    statistics: list[tuple[int, re.Match[str]]] = []
    category = None
    unknown: list[int] = []
    for number_of_line, line in enumerate(block.lines, start=block.first_line):
        statistic = fixed(STATISTIC, line)
        if statistic:
            statistics.append((number_of_line, statistic))
        elif fixed(CATEGORY_LINE, line) and not (statistics or unknown or category):
            category = line
        else:
            unknown.append(number_of_line)
    if len(unknown) >= len(statistics):
        return 0
    header.unknown_lines += unknown
    if category and header.category is None:
        header.category = category_of(category)
    elif category:
        header.unknown_lines.append(block.first_line)
    for number_of_line, statistic in statistics:
        if set_statistic(header, statistic) is None:
            note_unread(header, number_of_line, statistic[0])
    return len(statistics)


def set_statistic(header: Header, statistic: re.Match[str]) -> float | None:
    """Put one labelled value into the header; give it."""
    value: float | None = None
    match statistic["label"] or statistic["unit"].rstrip("s"):
        case "h-index":
            header.h_index = value = whole_number(statistic["after"])
        case "Novelty":
            header.novelty_percent = value = number(statistic["after"])
        case "AI Score":
            header.ai_score = value = number(statistic["after"])
        case "paper":
            header.declared_papers = value = whole_number(statistic["before"])
        case "citation":
            header.citations = value = whole_number(statistic["before"])
    return value


def note_unread(header: Header, line: int, text: str) -> None:
    """Keep a line for a warning if it prints digits; "null" and the like need none."""
    if any(map(str.isdigit, text)):
        header.unread.append((line, text))


def read_list_title(header: Header, block: Block) -> bool:
    """Whether the block is "N Papers"; its count is what the index says it lists."""
    title = fixed(LIST_TITLE, block.lines[0]) if len(block.lines) == 1 else None
    if not title:
        return False
    count = whole_number(title["count"])
    if count is not None:
        header.declared_papers = count
    else:
        note_unread(header, block.first_line, block.lines[0])
    return True


def implicit_header(pending: list[Block]) -> tuple[Header | None, list[Block]]:
    """The header of a page that prints no statistics: its first line alone is the owner.

    Returns the header, None if nothing can be one, and the blocks that are not part of it.
    """
    if not pending or len(pending[0].lines) != 1:
        return None, pending
    owner = pending[0].lines[0]
    if is_label(owner) or reads_like_prose(owner):
        return None, pending
    header = Header(pending[0].first_line, pending[0].last_line, owner)
    rest = pending[1:]
    if rest and is_category(rest[0].lines):
        category = rest.pop(0)
        header.category = category_of(category.lines[0])
        header.last_line = category.last_line
    return header, rest


def number(text: str) -> float | None:
    """A printed number ("141,660", "12.5k", "51,5"); None for "null" and beyond 64 bits."""
    digits = text.strip()
    factor = {"k": 1_000, "m": 1_000_000}.get(digits[-1:].lower(), 1)
    if factor > 1:
        digits = digits[:-1]
    if GROUPED.fullmatch(digits):
        digits = re.sub(r"[,' ]", "", digits)
    try:
        value = float(digits.replace(",", ".")) * factor
    except ValueError:
        return None
    return value if value < 2**62 else None


def whole_number(text: str) -> int | None:
    """A printed count."""
    grouped = GROUPED_BY_DOTS.fullmatch(text.strip())
    value = number(text.replace(".", "") if grouped else text)
    return None if value is None else round(value)


# --- entries ---------------------------------------------------------------------------------


def entry_head(blocks: list[Block], index: int) -> re.Match[str] | None:
    """The head line's match if a whole entry starts here: head and title, blank, names."""
    block = blocks[index]
    if len(block.lines) != HEAD_AND_TITLE or index + 1 >= len(blocks):
        return None
    head = fixed(HEAD, block.lines[0])
    byline = blocks[index + 1].lines
    if not head or len(byline) != 1 or reads_like_prose(byline[0]):
        return None
    # A page that ends within an entry, and another listing behind it: that is the next owner.
    _, _, signs = header_signs(blocks, index + 1)
    return None if signs else head


def reads_like_prose(line: str) -> bool:
    """Whether a line is a sentence rather than names: how it ends, and its lower-case words."""
    printed = TAG_SEPARATOR.split(single_blanks(line), maxsplit=1)[0]
    names = ET_AL.sub("", printed)
    ends_sentence = names == printed and names.endswith(ENDS_OF_SENTENCES)
    if ends_sentence and not ENDS_LIKE_A_NAME.search(names):
        return True
    for part in names.split(","):
        words = part.split()
        lower = sum(word.islower() and word not in LOWER_CASE_IN_NAMES for word in words)
        if lower >= FEWEST_WORDS_OF_PROSE and 2 * lower > len(words):
            return True
    return False


def single_blanks(line: str) -> str:
    """The line with runs of blanks as one, so that no pattern has to try them one by one."""
    return " ".join(line.split())


def read_byline(line: str) -> tuple[list[str], bool, list[str]]:
    """Names in printed order, whether "et al." cuts them off, and the tags behind the dot."""
    printed, *tags = TAG_SEPARATOR.split(single_blanks(line))
    printed = printed.rstrip(NO_NAME)
    cut = ET_AL.search(printed)
    names = split_byline(printed[: cut.start()] if cut else printed)
    affiliations = [tag.strip() for group in tags for tag in group.split(",") if tag.strip()]
    return names, cut is not None, list(dict.fromkeys(affiliations))


def finish_entry(draft: Draft, as_of_year: int | None) -> Entry | None:
    """The entry with its date settled; None if that date cannot exist."""
    printed_year = draft.printed_year
    year = printed_year if printed_year is not None else as_of_year
    try:
        published = date_of(draft.head, year)
    except ValueError:
        return None
    head_block, byline_block, *abstract = draft.blocks
    names, truncated, affiliations = read_byline(byline_block.lines[0])
    return Entry(
        line=head_block.first_line,
        last_line=draft.blocks[-1].last_line,
        category=draft.head["category"] or None,
        published=published,
        year_inferred=published is not None and printed_year is None,
        has_code="code" in draft.head["badges"].casefold(),
        title=head_block.lines[1],
        names=names,
        truncated=truncated,
        affiliations=affiliations,
        abstract="\n\n".join("\n".join(block.lines) for block in abstract),
        head_like_lines=[line for block in abstract for line in head_like_lines(block)],
    )


def head_like_lines(block: Block) -> Iterator[int]:
    """Numbers of the lines that look like an entry's head."""
    for number_of_line, line in enumerate(block.lines, start=block.first_line):
        if fixed(HEAD, line):
            yield number_of_line


def date_of(head: re.Match[str], year: int | None) -> date | None:
    """The head line's date in a year; None without a year.

    Raises
    ------
    ValueError
        If there is no such day, whatever the year, or the year is out of range.
    """
    month, day = MONTHS.index(head["month"]) + 1, int(head["day"])
    if year is None:
        date(2000, month, day)  # a leap year: only a day that never exists fails
        return None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(year)
    return date(year, month, day)


# --- closing a listing -----------------------------------------------------------------------


def finish_listing(
    lines: list[str], header: Header, drafts: list[Draft], as_of: date | None
) -> tuple[Listing, list[Reject]]:
    """Settle the dates of a listing; what is no whole entry or no date becomes a reject."""
    rejects = []
    cut_off = take_cut_off_entry(drafts[-1]) if drafts else None
    if cut_off:
        rejects.append(reject(lines, cut_off.first_line, cut_off.last_line, CUT_OFF))
    page_day, basis = page_date(drafts, as_of)
    entries = []
    for draft in drafts:
        entry = finish_entry(draft, page_day.year if page_day else None)
        if entry:
            entries.append(entry)
            continue
        first, last = draft.blocks[0].first_line, draft.blocks[-1].last_line
        rejects.append(reject(lines, first, last, f"{IMPOSSIBLE_DATE}: {draft.head[0]!r}"))
    if basis == "inferred":
        # Only the year was inferred; the latest day that it gives is a day the page had seen.
        days = [entry.published for entry in entries if entry.published and entry.year_inferred]
        page_day, basis = (max(days), basis) if days else (None, "none")
    last_line = entries[-1].last_line if entries else header.last_line
    return Listing(header, last_line, page_day, basis, entries), rejects


def page_date(drafts: list[Draft], as_of: date | None) -> tuple[date | None, AsOfBasis]:
    """The day that settles dates without a year, and how it is known.

    Where it is inferred, only its year counts: the year after the largest printed one.
    """
    if as_of:
        return as_of, "given"
    years = {draft.printed_year for draft in drafts if draft.has_possible_date}
    printed = [year for year in years if year is not None and year < LATEST_YEAR]
    if None not in years or not printed:
        return None, "none"
    return date(max(printed) + 1, 12, 31), "inferred"


def take_cut_off_entry(draft: Draft) -> Block | None:
    """Remove and return a last block that starts an entry which the page's end cuts off."""
    _, _, *abstract = draft.blocks
    if not abstract or len(abstract[-1].lines) > HEAD_AND_TITLE:
        return None
    return draft.blocks.pop() if fixed(HEAD, abstract[-1].lines[0]) else None


def reject(lines: list[str], first_line: int, last_line: int, reason: str) -> Reject:
    """A reject of all lines from the first to the last, counted from 1."""
    return Reject(first_line, last_line, reason, "\n".join(lines[first_line - 1 : last_line]))


def reject_whole(lines: list[str], blocks: list[Block], rejects: list[Reject]) -> Reject:
    """One reject for a file without any listing; its reason is the most telling one."""
    if not blocks:
        return Reject(1, max(1, len(lines) - (not lines[-1])), NO_TEXT, "")
    reasons = [reject.reason for reject in rejects if reject.reason != OUTSIDE]
    reasons.sort(key=lambda reason: reason.startswith(NO_PAPERS))
    reason = reasons[0] if reasons else NO_LISTING
    return reject(lines, blocks[0].first_line, blocks[-1].last_line, reason)


# --- parts of a file -------------------------------------------------------------------------


def shifted(page: Page, lines: int) -> Page:
    """The page as it is where so many lines stand above it in its file."""
    for listing in page.listings if lines else []:
        listing.last_line += lines
        header = listing.header
        header.first_line += lines
        header.last_line += lines
        header.unknown_lines = [line + lines for line in header.unknown_lines]
        header.unread = [(line + lines, text) for line, text in header.unread]
        for entry in listing.entries:
            entry.line += lines
            entry.last_line += lines
            entry.head_like_lines = [line + lines for line in entry.head_like_lines]
    page.rejects = [
        replace(reject, first_line=reject.first_line + lines, last_line=reject.last_line + lines)
        for reject in page.rejects
    ]
    return page
