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
_SHORTEST_ADJECTIVE = 3  # inside a name: Rotes (Meer)
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
    for after, heads in reversed(_openings(reading, first)):
        written = name = " ".join([token.key for token in reading.tokens[first:after]])
        postings = _fitting(reading, first, after, reading.gazetteer.find(written))
        for base, meant in _uninflected(reading, first, after, heads, written):
            if not postings or reading.heaviest(meant) > _INFLECTION_GAIN * reading.heaviest(postings):
                name, postings = base, meant
                break
        if postings:
            yield Match(first, after, name, postings)


def _openings(reading: Reading, first: int) -> list[tuple[int, list[str]]]:
    """How far a name that begins at a word may run: each end, with the ways that known names begin up to its last word.

    A word inside may stand in another form than in the gazetteer, where it is an adjective: Roten (Meer), Rotes (Meer).
    """
    openings, after, heads = [], first, [""]
    while heads and after - first < _LONGEST_NAME:
        openings.append((after + 1, heads))
        if after + 1 >= len(reading.tokens) or not joins(reading.text, reading.tokens, after):
            break
        if reading.tokens[after].key.isdigit() and reading.tokens[after + 1].key.isdigit():
            break
        forms = _adjective_forms(reading.tokens[after].key, reading.names.adjective_endings)
        longer = (f"{head}{form} " for head in heads for form in forms)
        heads = [head for head in longer if reading.gazetteer.begins(head)]
        after += 1
    return openings


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
        known = [
            name
            for name, number in names
            if len(name) > 1 and reading.heaviest(reading.gazetteer.posted(number)) >= KNOWN
        ]
        if known:
            yield token.start + position, known[-1]
        position += len(known[-1]) if known else 1


def _fitting(reading: Reading, first: int, after: int, postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Those postings whose kind of name fits the way that the words are written."""
    if not postings:
        return ()
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


def _uninflected(
    reading: Reading, first: int, after: int, heads: list[str], written: str
) -> Iterator[tuple[str, tuple[Posting, ...]]]:
    """The name without a case ending on its last word, or with other endings on the adjectives before it."""
    word = reading.tokens[after - 1].key
    datives = _stems(word, reading.names.dative_suffixes)
    lasts = [word, *_stems(word, reading.names.genitive_suffixes), *datives]
    for name, last in ((head + last, last) for head in heads for last in lasts):
        postings = _fitting(reading, first, after, reading.gazetteer.find(name)) if name != written else ()
        if last in datives:
            postings = tuple(posting for posting in postings if reading.kind(posting) is not Kind.CITY)
        if postings:
            yield name, postings


def _adjective_forms(word: str, endings: tuple[str, ...]) -> list[str]:
    """The word, and where it may be an adjective, the word with every other ending of one."""
    stem = next(iter(_stems(word, endings, _SHORTEST_ADJECTIVE)), None)
    return [word] if stem is None else list(dict.fromkeys([word, *(stem + ending for ending in endings)]))


def _stems(word: str, endings: tuple[str, ...], shortest: int = _SHORTEST_STEM) -> list[str]:
    return [word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= shortest]


def _short(token: Token) -> bool:
    return token.end - token.start <= _LONGEST_DOTTED
