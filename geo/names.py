"""Names of the gazetteer in a text: which words spell one, as written or without the endings that a language puts on.

Here nothing is decided: :mod:`geo.mentions` weighs the evidence.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from geo.gazetteer import NameKind, Posting
from geo.model import Kind, MentionKind
from geo.reading import KNOWN, Reading
from geo.tokens import Case, Token, joins
from geo.vocabulary import ALONE

__all__ = ["Match", "demonym", "known_names", "unspaced_names"]

_LONGEST_NAME = 8  # words; one name in a thousand is longer
_LONGEST_RUN = 12  # characters of a name in a script without spaces
_LONGEST_DOTTED = 5  # letters of an abbreviation that takes the stop behind it along: "Calif."


class Match(NamedTuple):
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
        kinds = {posting.kind for posting in self.postings}
        code = bool(kinds) and kinds <= {NameKind.CODE, NameKind.AFTER_CITY}
        if beyond == "." and self.kind is None and (letters or (code and _short(words[-1]))):
            end += 1
        if beyond == ")" and "(" in reading.text[start:end]:
            end += 1
        return start, end


def known_names(reading: Reading, first: int) -> Iterator[Match]:
    """Names that begin at a word, longest first, in the form whose places weigh more: as written, or uninflected.

    At a word written small, only those whose first word is: mer Noire.
    """
    vocabulary, key = reading.vocabulary, reading.tokens[first].key
    lower = reading.tokens[first].case is Case.LOWER
    only = None if lower else vocabulary.only(key)
    if only is not None:
        if only[1]:
            yield Match(first, first + 1, *only)
        return
    for after, heads in reversed(_openings(reading, first, lower=lower)):
        form = vocabulary.alone(key) if after == first + 1 else None
        if form is None:
            form = vocabulary.best_form(
                " ".join([token.key for token in reading.tokens[first:after]]),
                heads,
                reading.tokens[after - 1].key,
                partial(_fitting, reading, first, after),
            )
        name, postings = form
        if postings and not (lower and not reading.gazetteer.is_small(name)):
            yield Match(first, after, name, postings)


def _openings(reading: Reading, first: int, *, lower: bool) -> list[tuple[int, Sequence[str]]]:
    """How far a name that begins at a word may run: each end, with the ways that known names begin up to its last word.

    A word inside may stand in another form than in the gazetteer: Roten (Meer), Rotes (Meer).
    """
    tokens, vocabulary = reading.tokens, reading.vocabulary
    openings: list[tuple[int, Sequence[str]]] = [] if lower else [(first + 1, ALONE)]
    after, heads = first + 1, (vocabulary.small_heads if lower else vocabulary.heads)(tokens[first].key)
    while heads and after - first < _LONGEST_NAME and after < len(tokens) and joins(reading.text, tokens, after - 1):
        if tokens[after - 1].key.isdigit() and tokens[after].key.isdigit():
            break
        openings.append((after + 1, heads))
        longer = (f"{head}{form} " for head in heads for form in vocabulary.forms(tokens[after].key))
        heads = tuple(head for head in longer if reading.gazetteer.begins(head))
        after += 1
    return openings


def demonym(reading: Reading, position: int) -> Match | None:
    """The word as an adjective or an inhabitant's name: "polnische", "Swedes"."""
    tokens, vocabulary = reading.tokens, reading.vocabulary
    key, after, known = tokens[position].key, position + 1, None
    if after < len(tokens) and vocabulary.begins_demonym(key) and joins(reading.text, tokens, position):
        known = vocabulary.demonym(f"{key} {tokens[after].key}")  # Noord-Koreaanse, North Korean
    after, known = (after + 1, known) if known else (after, vocabulary.demonym(key))
    if known is None:
        return None
    form, postings = known
    return Match(position, after, f"{reading.language}:{form}", postings, MentionKind.DEMONYM)


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


def _short(token: Token) -> bool:
    return token.end - token.start <= _LONGEST_DOTTED
