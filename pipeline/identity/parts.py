"""A printed name in parts: given, middle, particle, family, suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.names import is_collective, is_suffix_piece, suffix_key
from pipeline.tex import decode_tex


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


PARTICLES = word_set("""
    van von vom der den de del della dela degli delle dei di da das do dos du la le las los lo
    el al bin ibn bint ben abu ter ten te zu zum zur af av y e i 't 'd op het
    """)
# Written with a capital, the other ones are given names as often as particles.
CAPITAL_PARTICLES = word_set(
    "van von der den de del della dela di da das dos du la le al el bin ibn bint ter"
)
PREFIXED = re.compile(r"(?i:al|el)-(?=\w{2})")

# Common family names of those who romanise a given name of two syllables as "Xiao-Ming",
# "Xiao Ming" or "Xiaoming".  There, a syllable more or less makes another given name.
SYLLABIC_FAMILIES = word_set(
    """
    ai an bae baek bai ban bao bi bian bui byun cai cao cha chai chan chang chao chau che chen
    cheng cheong cheung chi chiang chien chin chiu cho choi chong chou chow choy chu chua chuang
    chui chun chung cui dai dang dao deng ding do doan dong dou du duan duong fan fang fei feng
    fu fung gan gao ge geng goh gong gou gu guan guo ha hahn han hang hao he heo ho hoang hong
    hou hsiao hsieh hsu hu hua huang hui hung huo huynh hwang im jang jeon jeong ji jia jian
    jiang jiao jie jin jing jo joo jun jung kang kao ke kim ko kong koo kuang kuk kuo kwak kwan
    kwok kwon kwong lai lam lan lang lau law le lee lei leung li lian liang liao lim lin ling
    liou liu lo loh long lou lu luo luong luu ly ma mai man mao mei meng mi miao min mo moon mu
    na nam nan ng ngo nguyen ni nie ning niu noh oh ong ou ouyang pan pang park pei peng pham
    phan pi pu qi qian qiao qin qiu qu quan ren rhee roh rong ruan ryu seo shan shang shao she
    shen sheng sheu shi shih shim shin shu si sim sin siu so son song suh sui sun sung tai tam
    tan tang tao teng teo tian tien ting to tong tran tsai tsang tsao tse tseng tso tsou tsui tu
    tung um vo vu wan wang wei wen weng wong woo wu xi xia xiang xiao xie xin xing xiong xu xue
    yan yang yao ye yeh yen yeo yeung yi yim yin ying yip yoo yoon you young yu yuan yue yuen
    yun zeng zha zhai zhan zhang zhao zheng zhong zhou zhu zhuang zhuo zong zou zuo
    """
)
# Among the Vietnamese ones a middle name is dropped as freely as anywhere else.
VIETNAMESE_FAMILIES = word_set("""
    bui dang dao do doan duong ha hoang huynh le luong luu ly mai ngo nguyen pham phan tran vo vu
    """)
# What may be one syllable of a Chinese, Korean or Vietnamese given name.
SYLLABLE = re.compile(
    r"(?:[czs]h|ph|th|kh|tr|n[gh]|[bghkmnr]y|[bcdfghjklmnpqrstvwxyz])?"
    r"(?:[aeiouw]{1,3}|y[aeiou]{1,3})(?:n[gh]|ch|[bghklmnprt])?"
)
TWO_INITIALS = 2  # of three letters in capitals, most are names
NICKNAME_SIGNS = '"()[]“”„«»'
# Longer words with a period behind them are taken for names.
LONGEST_ABBREVIATION = 3
# A longer one is compared as a whole: to take it apart would take a step for each pair of words.
LONGEST_NAME = 1_000
DOTTED_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
GLUED_SUFFIX = re.compile(r"-(?=(?:jr|sr|junior)\.?$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A printed name in parts; what a name lacks is empty, a collective has only a family."""

    given: str = ""
    middle: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    collective: bool = False
    # The family name was printed first: "Nguyen, Karina" or "Smith J".
    inverted: bool = False


def parse_name(name: str) -> NameParts:
    """Return the parts of a printed name; a name of one word is a family name."""
    text = " ".join(decode_tex(name).split())
    if len(text) > LONGEST_NAME or is_collective(text):
        return NameParts(family=text, collective=True)
    pieces, suffix = without_suffix(text)
    words = lettered_words(pieces[0])
    initials = trailing_initials(words)
    if len(pieces) > 1:
        family, given = words, lettered_words(" ".join(pieces[1:]))
    elif initials:
        family, given = words[:-initials], words[-initials:]
    else:
        start = family_start(words)
        family, given = words[start:], words[:start]
    return assembled(given, family, suffix, inverted=len(pieces) > 1 or initials > 0)


def without_suffix(text: str) -> tuple[list[str], str]:
    """The comma-separated pieces of a name, and the suffixes taken off its end."""
    if "-" in text:
        text = GLUED_SUFFIX.sub(" ", text)
    pieces = [piece.strip() for piece in text.split(",") if has_letter(piece)] or [text]
    suffixes: list[str] = []
    while len(pieces) > 1 and is_suffix_piece(pieces[-1]):
        suffixes.insert(0, pieces.pop())
    words = pieces[-1].split()
    while len(words) > 1 and suffix_key(words[-1]):
        suffixes.insert(0, words.pop())
        pieces[-1] = " ".join(words)
    return pieces, " ".join(suffixes)


def lettered_words(text: str) -> list[str]:
    """The words of a name; a dash or a sign standing alone is none, if there is any other."""
    words = text.split()
    return [word for word in words if has_letter(word)] or words


def has_letter(text: str) -> bool:
    """Whether a letter or a digit stands in the text."""
    return any(map(str.isalnum, text))


def trailing_initials(words: list[str]) -> int:
    """How many initials end a name that starts with a whole word, as in "Smith J. A."."""
    count = 0
    while count < len(words) and is_initials(words[-1 - count], words):
        count += 1
    if count == len(words) or is_initials(words[0], words):
        return 0
    return count


def is_initials(word: str, words: list[str]) -> bool:
    """Whether a word is one initial or several."""
    if len(word) == 1:
        return word.isupper()
    return DOTTED_INITIALS.fullmatch(word) is not None or is_glued_initials(word, words)


def is_glued_initials(word: str, words: list[str]) -> bool:
    """Whether a word is initials without dots ("JS"), not a short family name in capitals."""
    return (
        len(word) == TWO_INITIALS
        and word.isascii()
        and word.isupper()
        and word.isalpha()
        and word.lower() not in SYLLABIC_FAMILIES
        and not all(other.isupper() for other in words)
    )


def family_start(words: list[str]) -> int:
    """Where the family name starts, its particles included."""
    start = max(len(words) - 1, 0)
    syllabic = words[-1].casefold() in SYLLABIC_FAMILIES if words else False
    while start > 0 and is_particle(words[start - 1], start == 1 or syllabic):
        start -= 1
    return start


def is_particle(word: str, small_only: bool) -> bool:
    """Whether a word is a particle such as "van", in small letters or as a capital one."""
    if word.islower():
        return word in PARTICLES
    return not small_only and word.casefold() in CAPITAL_PARTICLES


def assembled(given: list[str], family: list[str], suffix: str, *, inverted: bool) -> NameParts:
    """The parts from given and family words, particles moved to their place."""
    particles: list[str] = []
    while inverted and len(given) > 1 and is_particle(given[-1], small_only=True):
        particles.insert(0, given.pop())
    while len(family) > 1 and is_particle(family[0], small_only=not (given or inverted)):
        particles.append(family.pop(0))
    if family and (prefix := PREFIXED.match(family[-1])):
        particles.append(prefix[0])
        family = [*family[:-1], family[-1][prefix.end() :]]
    names = [part for word in given for part in given_parts(word, [*given, *family])]
    return NameParts(
        given=names[0] if names else "",
        middle=" ".join(names[1:]),
        particle=" ".join(particles),
        family=" ".join(family),
        suffix=suffix,
        inverted=inverted,
    )


def given_parts(word: str, words: list[str]) -> list[str]:
    """The given names in one printed word: `J.S.` and `JS` are two, `(Sam)` is one."""
    word = word.strip(NICKNAME_SIGNS)
    if "." in word[1:-1] and "-" not in word:
        return [f"{part}." for part in word.split(".") if part]
    if is_glued_initials(word, words):
        return list(word)
    return [word] if word else []
