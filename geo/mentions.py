"""Find the place names of an article: which spans, and by what form to look them up.

A span is a candidate where the gazetteer knows its folded words, or their uninflected form (:mod:`geo.names`); it
becomes a mention where the evidence says that a place is meant: how the word was used in annotated text of the
language, how much the place weighs in the world, and what stands around it, a preposition of place, an article, a
person's name (:mod:`geo.persons`), a hyphen that makes it a part of a compound.

The rules know no language: function words, titles and endings are data of the language packs (``[names]``).
"""

from collections.abc import Iterator

from geo.atlas import Atlas
from geo.fold import fold
from geo.gazetteer import NameKind
from geo.model import Article, Kind, Mention, Span
from geo.names import Match, demonym, known_names, unspaced_names
from geo.persons import Persons, find_persons
from geo.reading import KNOWN, Reading
from geo.tokens import Case, Token

__all__ = ["find_mentions", "read_mentions"]

_SHORT = 3  # letters: up to here a name needs capitals throughout, or to be known as a place
_LINKED = 2  # words before the last one of Sarpol-e Zahab
_FAMOUS = 100_000  # the weight of a place that may have a short name no text was seen with: Niš
_CREDIBLE = 500  # the weight of a place that nothing but a preposition of place speaks for
# A word is a place where the share of its uses as one, counted and believed beforehand, reaches a threshold; set on the
# development corpora (docs/quality.md), two sets of thresholds either side were no better.
_PRIOR, _AREA_PRIOR = 2.0, 4.0  # what is believed beforehand counts as much as a word seen twice; more for an area
_ACCEPT, _ACCEPT_WITH_CUE = 0.3, 0.1
_AREA, _CITY, _TOWN_WITH_CUE, _WITH_CUE, _VILLAGE = 1.0, 0.9, 0.6, 0.3, 0.1
_LARGE_TOWN = 15_000
_PART, _OTHER = 1 / 6, 1 / 5  # how much a use inside a longer place's name, or in another name, speaks against a place
_CERTAIN, _CERTAIN_SHARE = 10, 0.7  # times and share seen as a place: one that the gazetteer lacks
_GENERIC = 5  # times as often inside longer names as alone: "Airport", "Trail"
_LONGEST_ABBREVIATION = 5  # letters
_HYPHENS = frozenset("-\u2010\u2011")


def find_mentions(article: Article, atlas: Atlas) -> tuple[Mention, ...]:
    """The article's place names in order, none overlapping another; demonyms are marked as such."""
    return read_mentions(Reading(article, atlas.vocabulary(article.language)))


def read_mentions(reading: Reading) -> tuple[Mention, ...]:
    """The same of an article that is cut into words already."""
    mentions = tuple(_mentions(reading, find_persons(reading)))
    short = tuple(_abbreviations(reading, mentions))
    return tuple(sorted((*mentions, *short), key=lambda mention: mention.span.start)) if short else mentions


def _abbreviations(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Words in capitals that are no mention by themselves, but short for a country that the article names in full."""
    letters = [t for t in reading.tokens if t.case is Case.UPPER and 1 < t.end - t.start <= _LONGEST_ABBREVIATION]
    if not letters:
        return
    gazetteer, taken = reading.gazetteer, {mention.span.start for mention in mentions}
    full = (posting for mention in mentions if " " in mention.key for posting in gazetteer.find(mention.key))
    named = {posting.number for posting in full if reading.kind(posting) is Kind.COUNTRY}
    for token in letters:
        if token.start not in taken and any(p.number in named for p in gazetteer.find(token.key)):
            yield Mention(Span(token.start, token.end), reading.text[token.start : token.end], token.key)


def _mentions(reading: Reading, persons: Persons) -> Iterator[Mention]:
    after = 0
    for position in reading.starts:
        if position < after:
            continue
        token = reading.tokens[position]
        match = None
        if token.case is Case.LOWER:
            match = _match_lower(reading, persons, position)
        elif token.case is not Case.UNSPACED:
            match = _match(reading, persons, position)
        else:
            for start, name in unspaced_names(reading, token):
                yield Mention(Span(start, start + len(name)), name, name)
        if match:
            start, end = match.span(reading)
            yield Mention(Span(start, end), reading.text[start:end], match.key, match.kind)
            after = match.after


def _match(reading: Reading, persons: Persons, first: int) -> Match | None:
    """The longest name at a word that the evidence speaks for."""
    adjective = demonym(reading, first)
    for match in known_names(reading, first):
        if adjective and match.after == adjective.after and _is_foreign(match):
            break
        if not _is_other(reading, persons, match) and _is_place(reading, match) and not _cuts(reading, match):
            return match
    last_resort = _inflected_name(reading, first) or adjective or _missing_name(reading, first)
    return last_resort if last_resort and not _is_other(reading, persons, last_resort) else None


def _match_lower(reading: Reading, persons: Persons, first: int) -> Match | None:
    """A name at a word written small: of a sea or the like, mer Noire, or an adjective."""
    for match in known_names(reading, first):
        if reading.tokens[match.after - 1].case is not Case.LOWER and not _is_other(reading, persons, match):
            return match
    adjective = demonym(reading, first)
    return adjective if adjective and not _is_other(reading, persons, adjective) else None


def _is_foreign(match: Match) -> bool:
    """Whether only other languages call the place so: in Dutch and Swedish, Franse and Danska are adjectives."""
    return all(posting.kind is NameKind.ALTERNATE for posting in match.postings)


def _cuts(reading: Reading, match: Match) -> bool:
    """Whether the name ends inside a weightier one: La Côte and Côte d'Ivoire."""
    weight = reading.heaviest(match.postings)
    return any(
        longer.after > match.after and reading.heaviest(longer.postings) > weight
        for first in range(match.first + 1, match.after)
        for longer in known_names(reading, first)
    )


def _missing_name(reading: Reading, first: int) -> Match | None:
    """A word that annotated text knows as a place and the gazetteer does not: a mention that stays unresolved."""
    key = reading.tokens[first].key
    counts = reading.counts(key)
    if counts.place < _CERTAIN or counts.place < _CERTAIN_SHARE * sum(counts):
        return None
    if reading.vocabulary.find(key):
        return None
    return Match(first, first + 1, reading.vocabulary.key_of(key), ())


def _inflected_name(reading: Reading, first: int) -> Match | None:
    """A country or, beside a distance, a place that everyone knows, in another case behind a preposition of place."""
    if not reading.follows(first, reading.names.place_cues):
        return None
    known = reading.vocabulary.inflected(reading.tokens[first].key)
    if known is None:
        return None
    best = reading.gazetteer.ranked(known[1])[0][1]
    country = reading.kind(best) is Kind.COUNTRY
    well_known = reading.beside_distance(first) and reading.heaviest(known[1]) >= KNOWN
    return Match(first, first + 1, *known) if country or well_known else None


def _is_other(reading: Reading, persons: Persons, match: Match) -> bool:
    """Whether the words belong to a person's name or a compound."""
    alone = match.after == match.first + 1 and reading.tokens[match.first].key in persons.words
    person = alone or any(position in persons.positions for position in range(match.first, match.after))
    return person or _in_compound(reading, match)


def _is_place(reading: Reading, match: Match) -> bool:
    """Whether the evidence says that a place is meant; of the user's own places it always does."""
    if any(map(reading.gazetteer.is_own, match.postings)):
        return True
    token = reading.tokens[match.first]
    if match.after - match.first > 1:
        return _holds_together(reading, match)
    if token.case is Case.NONE:
        return not token.key.isdigit() and reading.heaviest(match.postings) >= KNOWN
    if token.key in reading.names.not_places or reading.is_unit(match.first) or reading.is_ordinary(match.first):
        return False
    return not _has_more_marks(reading, match) and _is_likely(reading, match, token)


def _has_more_marks(reading: Reading, match: Match) -> bool:
    """Whether the word has an accent or umlaut that the little place does not have: Dämme (dams) is not Damme."""
    token = reading.tokens[match.first]
    if reading.text[token.start : token.end].isascii() or reading.heaviest(match.postings) >= KNOWN:
        return False
    best = reading.gazetteer.place_at(reading.gazetteer.ranked(match.postings)[0][1].number).name
    return best.isascii() and fold(best) == match.key


def _holds_together(reading: Reading, match: Match) -> bool:
    """Whether several words are one name: its last is written as one, its first is no function word by chance."""
    words = reading.tokens[match.first : match.after]
    if words[-1].case is Case.LOWER:
        return reading.gazetteer.is_small(match.key)
    if reading.opens_by_chance(match.first, match.after):
        return False
    counts = reading.counts(words[0].key)
    function_word = words[0].opens and counts.no_name > 5 * (sum(counts) - counts.no_name + 1)
    return not function_word or reading.heaviest(match.postings) >= KNOWN


def _is_likely(reading: Reading, match: Match, token: Token) -> bool:
    """Whether a single capitalised word is a place here."""
    names, counts = reading.names, reading.counts(match.key)
    if not sum(counts):
        counts = reading.counts(token.key)
    city = reading.kind(reading.gazetteer.ranked(match.postings)[0][1]) is Kind.CITY
    in_names = counts.place_part + counts.other_name
    generic = city and in_names > _GENERIC * (counts.place + 1)
    near_distance = not generic and reading.beside_distance(match.first)
    cue = near_distance or reading.follows(match.first, names.place_cues)
    weight = reading.heaviest(match.postings)
    short = len(token.key) <= _SHORT and token.case is not Case.UPPER
    famous = _FAMOUS if reading.text[token.start : token.end].isascii() else KNOWN
    if short and not counts.place and (counts.no_name > 0 or weight < famous):
        return False
    if city and reading.follows(match.first, names.determiners) and counts.place <= sum(counts) / 2:
        return False
    persons = counts.person_first + counts.person_later
    firm = not cue and reading.vocabulary.is_other_name(token.key)
    other = reading.counts_anywhere(token.key).other_name if firm else _OTHER * counts.other_name
    against = _PART * counts.place_part + other + persons + counts.no_name
    if city and cue and not counts.place + against and weight >= _CREDIBLE:
        return True
    prior = _PRIOR if city else _AREA_PRIOR
    share = (counts.place + prior * _believed(weight, city=city, cue=cue)) / (counts.place + against + prior)
    return share >= (_ACCEPT_WITH_CUE if cue and not token.opens else _ACCEPT)


def _believed(weight: float, *, city: bool, cue: bool) -> float:
    """How likely a capitalised word of that name means the place, before any use of it was seen."""
    if not city:
        return _AREA
    if weight >= KNOWN:
        return _CITY
    if cue:
        return _TOWN_WITH_CUE if weight >= _LARGE_TOWN else _WITH_CUE
    return _VILLAGE


def _in_compound(reading: Reading, match: Match) -> bool:
    """Whether a hyphen ties the words to a noun: Korea-Krieg, not "Berlin-based", "Hamburg-Berlin", "Kiew-Stadt"."""
    tokens = reading.tokens
    before, beyond = tokens[match.first - 1 : match.first], tokens[match.after : match.after + 1]
    start, end = tokens[match.first].start, tokens[match.after - 1].end
    behind = bool(beyond) and beyond[0].start == end + 1 and reading.text[end] in _HYPHENS
    front = bool(before) and before[0].end == start - 1 and reading.text[start - 1] in _HYPHENS
    if (behind and _is_noun(reading, beyond[0])) or (front and _is_noun(reading, before[0])):
        return True
    if front and match.after == match.first + 1 and _is_noun(reading, reading.tokens[match.first]):
        return True  # Iran-Deal is not Deal
    return _ends_linked_name(reading, match.first)


def _ends_linked_name(reading: Reading, first: int) -> bool:
    """Whether the word ends a name that a small word on a hyphen links, Sarpol-e Zahab: it is no name of its own."""
    if first < _LINKED or reading.gap(first) != " " or reading.gap(first - 1) not in _HYPHENS:
        return False
    link, head = reading.tokens[first - 1], reading.tokens[first - 2]
    return link.case is Case.LOWER and link.end - link.start <= _SHORT and head.case is Case.CAPITAL


def _is_noun(reading: Reading, token: Token) -> bool:
    """Whether a word tied on by a hyphen is a noun rather than another place or a participle."""
    if reading.vocabulary.demonym(token.key) is not None:  # Pools-Litouwse
        return False
    counts = reading.counts(token.key) if sum(reading.counts(token.key)) else reading.counts_anywhere(token.key)
    place = reading.heaviest(reading.gazetteer.find(token.key)) >= KNOWN and counts.place >= counts.no_name
    return token.case is not Case.LOWER and not place and token.key not in reading.names.place_cues
