"""Find the names of persons, so that no place is seen in them: Wladimir Putin is no town, nor is Kim Jong-un.

A person's name begins with a given name or behind a title, and runs on over capitalised words. What a word is, is known
from counts in annotated text. A name told once in full is remembered by its words for the rest of the article.
"""

import math
from dataclasses import dataclass

from geo.gazetteer import NameKind, WordCounts
from geo.model import Kind
from geo.names import known_names
from geo.reading import TOWN, Reading
from geo.tokens import Case

__all__ = ["Persons", "find_persons"]

_LONGEST = 4  # words of a person's name
_SURE_PLACE = 3  # times that a word must have been seen as a place to end a person's name
_BEFORE_SURNAME, _BEFORE_UNKNOWN = 0.06, 0.25  # Paris Hilton; Florence Gaub, but not Iran and an unknown noun
_WITHIN = frozenset({" ", "\u00a0", "-", "’", "'", ". "})


@dataclass(frozen=True, slots=True)
class Persons:
    """The positions of the words of full names, and the words that mean a person when they stand alone."""

    positions: frozenset[int]
    words: frozenset[str]


def find_persons(reading: Reading) -> Persons:
    """The persons that an article names."""
    positions: set[int] = set()
    words: set[str] = set()
    after, may_be_given, titles = 0, reading.vocabulary.may_be_given, reading.names.titles
    before, full_names = "", set[tuple[str, str]]()
    for position, (_, _, key, case, _) in enumerate(reading.tokens):
        titled, before = before in titles, key
        if (case is not Case.CAPITAL and case is not Case.UPPER) or position < after:
            continue
        if not may_be_given(key) and not (titled and reading.follows(position, titles)):
            continue
        known = (key, *(token.key for token in reading.tokens[position + 1 : position + 2])) in full_names
        length = 2 if known else _length(reading, position)
        after = position + length
        if length > 1 or (length and reading.follows(position, reading.names.titles)):
            positions.update(range(position, after))
            full_names.add((key, reading.tokens[after - 1].key))
            for word in reading.tokens[position:after]:
                counts = reading.counts(word.key)
                if counts.place <= counts.person_first + counts.person_later or not reading.gazetteer.find(word.key):
                    words |= {word.key, *(word.key + ending for ending in reading.names.genitive_suffixes)}
    return Persons(frozenset(positions), frozenset(words))


def _length(reading: Reading, first: int) -> int:
    """How many words from a capitalised one on are one person's name; 0 where none begins."""
    titled = reading.follows(first, reading.names.titles) and _may_be_titled(reading, first)
    if not (titled or _is_given(reading, first)):
        return 0
    after = first + 1
    while after < len(reading.tokens) and after - first < _LONGEST and _continues(reading, after, first):
        after += 1
    alone = after == first + 1 and not titled
    return 0 if alone or _begins_long_place(reading, first) else after - first


def _is_given(reading: Reading, first: int) -> bool:
    """Whether a word is a given name here: it is one most of the time, or it can be one and a surname follows."""
    key, anywhere = reading.tokens[first].key, reading.counts_anywhere(reading.tokens[first].key)
    counts = reading.counts(key) if sum(reading.counts(key)) else anywhere
    if counts.person_first > 2 * counts.place and 2 * counts.person_first >= counts.no_name + counts.other_name:
        return True
    following = first + 1
    if not anywhere.person_first or counts.no_name > counts.person_first or following >= len(reading.tokens):
        return False
    if reading.follows(first, reading.names.place_cues | reading.names.determiners):
        return False  # "im Iran Drohnen", "in Florence Hotels": a place, and a noun behind it
    if not _continues(reading, following, first):
        return False
    return anywhere.person_first >= _needed_share(reading, following) * anywhere.place


def _needed_share(reading: Reading, position: int) -> float:
    """How often a word must be a given name, for each time that it is a place, to make this one its surname."""
    key = reading.tokens[position].key
    counts: WordCounts = reading.counts_anywhere(key)
    if counts.person_later > counts.place + counts.no_name:
        return _BEFORE_SURNAME
    known = counts.place or counts.no_name or reading.heaviest(reading.gazetteer.find(key)) >= TOWN
    return math.inf if known else _BEFORE_UNKNOWN


def _may_be_titled(reading: Reading, first: int) -> bool:
    """Whether the word behind a title can be a person: "President Houston", but not "Präsident Kenias"."""
    if reading.gap(first) == ". " and not reading.tokens[first].opens:
        return True  # "Mr. Washington": no country has a shortened title before it
    anywhere = reading.counts_anywhere(reading.tokens[first].key)
    if anywhere.person_first > anywhere.place:
        return True
    names = [match for match in known_names(reading, first) if match.after == first + 1]
    if any(match.key != reading.tokens[first].key for match in names):
        return False  # inflected: of a place
    areas = (p for match in names for p in match.postings if p.kind is NameKind.USUAL)
    return all(reading.kind(posting) is Kind.CITY for posting in areas)


def _begins_long_place(reading: Reading, first: int) -> bool:
    """Whether a town's name of several words begins here: Clermont-Ferrand."""
    names = known_names(reading, first)
    return any(match.after - first > 1 and reading.heaviest(match.postings) >= TOWN for match in names)


def _continues(reading: Reading, position: int, first: int) -> bool:
    """Whether the person's name that began at ``first`` runs on to the word at ``position``."""
    token, before, gap = reading.tokens[position], reading.tokens[position - 1], reading.gap(position)
    if gap not in _WITHIN or (token.opens and gap != ". "):
        return False
    if gap == ". " and before.end - before.start > 1 + len("r"):  # an initial, or Dr., Jr.
        return False
    if token.case is Case.LOWER:
        beyond = reading.tokens[position + 1 : position + 2]
        particle = token.key in reading.names.name_particles and bool(beyond) and beyond[0].case is Case.CAPITAL
        return gap == "-" or particle
    if token.case is not Case.CAPITAL and token.case is not Case.UPPER:
        return False
    counts, given = reading.counts(token.key), reading.counts_anywhere(before.key)
    after_given = position == first + 1 or given.person_first > given.person_later
    return counts.person_first + counts.person_later >= counts.place or counts.place < _SURE_PLACE or after_given
