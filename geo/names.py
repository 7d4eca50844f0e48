"""Names of the gazetteer in a text: which words spell one, as written or without the endings that a language puts on.

Here nothing is decided: :mod:`geo.mentions` weighs the evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.gazetteer import NameKind, Posting
from geo.model import Kind, MentionKind
from geo.reading import KNOWN, Reading
from geo.tokens import Case, Token, joins

__all__ = ["Match", "demonym", "known_names", "unspaced_names"]

_LONGEST_NAME = 8  # words; one name in a thousand is longer
_LONGEST_RUN = 12  # characters of a name in a script without spaces
_SHORTEST_STEM = 4  # letters that must be left when an ending is taken off
_LONGEST_DOTTED = 5  # letters of an abbreviation that takes the stop behind it along: "Calif."
_INFLECTION_GAIN = 20  # an uninflected form is meant where its place weighs so many times more than the form as written


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` up to, not including, ``after`` are a name; ``key`` is its form in the gazetteer."""

    first: int
    after: int
    key: str
    postings: tuple[Posting, ...]
    kind: MentionKind | None = None

    def span(self, reading: Reading) -> tuple[int, int]:
        """Where the name stands, with the stop of an abbreviation and the bracket that closes one inside."""
        words = reading.tokens[self.first : self.after]
        start, end = words[0].start, words[-1].end
        beyond = reading.text[end : end + 1]
        letters = len(words) > 1 and all(token.end - token.start == 1 for token in words)
        code = {posting.kind for posting in self.postings} <= {NameKind.CODE, NameKind.AFTER_CITY}
        if beyond == "." and self.kind is None and (letters or (code and _short(words[-1]))):
            end += 1
        if beyond == ")" and "(" in reading.text[start:end]:
            end += 1
        return start, end


def known_names(reading: Reading, first: int) -> Iterator[Match]:
    """Names that begin at a word, longest first, in the form whose places weigh more: as written, or uninflected."""
    tokens, after, key = reading.tokens, first + 1, reading.tokens[first].key
    ends = {len(key): after}
    while after < len(tokens) and after - first < _LONGEST_NAME and joins(reading.text, tokens, after - 1):
        key = f"{key} {tokens[after].key}"
        after += 1
        ends[len(key)] = after
    written = {ends[len(name)]: name for name, _ in reading.gazetteer.prefixes(key) if len(name) in ends}
    for end in sorted(ends.values(), reverse=True):
        name = written.get(end, "")
        postings = _fitting(reading, first, end, reading.gazetteer.find(name)) if name else ()
        for base, meant in _uninflected(reading, first, end):
            if not postings or reading.heaviest(meant) > _INFLECTION_GAIN * reading.heaviest(postings):
                name, postings = base, meant
                break
        if postings:
            yield Match(first, end, name, postings)


def demonym(reading: Reading, position: int) -> Match | None:
    """The word as an adjective or an inhabitant's name: "polnische", "Swedes"."""
    key = reading.tokens[position].key
    if len(key) < _SHORTEST_STEM:
        return None
    endings = (*reading.names.adjective_endings, *reading.names.plural_suffixes)
    for form in (key, *_stems(key, endings)):
        postings = reading.gazetteer.demonym(form, reading.language)
        if postings:
            return Match(position, position + 1, f"{reading.language}:{form}", postings, MentionKind.DEMONYM)
    return None


def unspaced_names(reading: Reading, token: Token) -> Iterator[tuple[int, str]]:
    """Where well-known names stand in a run of a script that leaves no spaces, the longest one at each character."""
    run, position = reading.text[token.start : token.end], 0
    while position < len(run):
        names = reading.gazetteer.prefixes(run[position : position + _LONGEST_RUN])
        known = [name for name, number in names if len(name) > 1 and reading.heaviest(reading.gazetteer.posted(number)) >= KNOWN]
        if known:
            yield token.start + position, known[-1]
        position += len(known[-1]) if known else 1


def _fitting(reading: Reading, first: int, after: int, postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Those postings whose kind of name fits the way that the words are written."""
    words = reading.tokens[first:after]
    dotted = reading.text[words[-1].end : words[-1].end + 1] == "." and _short(words[-1])
    written_as_code = dotted or all(token.case is not Case.CAPITAL for token in words)

    def fits(posting: Posting) -> bool:
        match posting.kind:
            case NameKind.TRANSLITERATION:
                return False
            case NameKind.AFTER_CITY:
                return first > 0 and reading.gap(first) == ", " and reading.tokens[first - 1].case is not Case.LOWER
            case NameKind.CODE:  # not an airport's
                return written_as_code and reading.kind(posting) is not Kind.CITY
        return True

    return tuple(filter(fits, postings))


def _uninflected(reading: Reading, first: int, after: int) -> Iterator[tuple[str, tuple[Posting, ...]]]:
    """The name without a case ending on its last word, and with other endings on the adjectives before it."""
    names, words = reading.names, [token.key for token in reading.tokens[first:after]]
    datives = _stems(words[-1], names.dative_suffixes)
    lasts = [words[-1], *_stems(words[-1], names.genitive_suffixes), *datives]
    heads = [" ".join(words[:-1]), *_adjective_forms(words[:-1], names.adjective_endings)]
    for head in heads:
        for last in lasts:
            name = f"{head} {last}" if head else last
            if head == heads[0] and last == words[-1]:
                continue
            postings = _fitting(reading, first, after, reading.gazetteer.find(name))
            if last in datives:
                postings = tuple(posting for posting in postings if reading.kind(posting) is not Kind.CITY)
            if postings:
                yield name, postings


def _adjective_forms(words: list[str], endings: tuple[str, ...]) -> list[str]:
    """The words before a name's noun with every ending of an adjective in turn: Roten (Meer), Rotes, Rote, ..."""
    stems = [next(iter(_stems(word, endings)), None) for word in words]
    if not any(stems):
        return []
    pairs = list(zip(words, stems, strict=True))
    return [" ".join(word if stem is None else stem + ending for word, stem in pairs) for ending in endings]


def _stems(word: str, endings: tuple[str, ...]) -> list[str]:
    return [word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM]


def _short(token: Token) -> bool:
    return token.end - token.start <= _LONGEST_DOTTED
