"""The words of a text, as the recogniser sees them: where they stand, how they are written, what lies between them."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from geo.fold import TOKEN, fold_token

__all__ = ["Case", "Token", "joins", "tokenise"]


class Case(Enum):
    """How a word is written."""

    LOWER = "lower"
    CAPITAL = "Capital"  # "Moskau", "McAllen"
    UPPER = "UPPER"  # "USA", "MOSKAU"; a single capital letter too
    NONE = "none"  # digits, and scripts that have no case
    UNSPACED = "unspaced"  # scripts that write no space between words either


class Token(NamedTuple):
    """A word: half-open indices into the text, the folded form, how it is written, whether it opens a sentence."""

    start: int
    end: int
    key: str
    case: Case
    opens: bool


# Han, Kana, Thai, Lao, Myanmar, Khmer, Tibetan
_UNSPACED = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff]")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# What ends a sentence between two words: a full stop is decided by what stands before it.
_ENDS = re.compile(r"[!?…:]|\.(?=\W*\s)|\n\s*\n|\n(?=\s*[-*•])|[\"»“„«][\s]*$|^\s*[„«“\"(]")
# A gap over which a name may run on: one space or line end, a hyphen, an apostrophe, a stop inside an abbreviation.
_JOINS = re.compile(r"[ \u00a0\u202f\u2009]|\r?\n[ \t]*|[ ]?[-\u2010\u2011\u2013'’ʼ‘`´./·][ ]?|[ ]\(|\. |, ")
_LONGEST_WORD = 160  # characters of a word that are looked at
_LONGEST_KEY = 80  # characters: no name in the gazetteer has a longer word


def tokenise(text: str) -> list[Token]:
    """Every word of a text, in order; time grows with the text's length only."""
    tokens: list[Token] = []
    add, make, spelled, previous = tokens.append, tuple.__new__, _spelled, 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        key, case, behind = spelled(match[0] if end - start <= _LONGEST_WORD else match[0][:_LONGEST_WORD])
        if start - previous == 1 and text[previous] == " ":  # as between most words
            opens = False
        else:
            opens = not tokens or _opens(text, previous, start, tokens[-1])
        previous = end - behind
        add(make(Token, (start, previous, key, case, opens)))  # Token(...) would take twice as long
    return tokens


@lru_cache(maxsize=20_000)  # an article, and the one after it, say the same words again and again
def _spelled(word: str) -> tuple[str, Case, int]:
    """A word's key, how it is written, and how many invisible characters are behind it."""
    return fold_token(word)[:_LONGEST_KEY], _case(word), len(word) - len(word.rstrip(_INVISIBLE))


def _case(word: str) -> Case:
    first = word[0]
    if first.islower():
        return Case.LOWER
    if first.isupper() or first.istitle():
        return Case.UPPER if word.isupper() else Case.CAPITAL
    return Case.UNSPACED if _UNSPACED.match(first) else Case.NONE


def _opens(text: str, previous: int, start: int, before: Token) -> bool:
    """Whether a sentence, heading or quotation begins between two words."""
    if start - previous == 1 and text[previous] in "-'’":
        return False
    gap = text[previous:start]
    if gap.startswith(". ") and (before.case is Case.NONE or _abbreviates(before)):
        return False  # "J. Sullivan", "St. Gallen", "am 3. Mai"
    return _ends_sentence(gap)


@lru_cache(maxsize=1_000)
def _ends_sentence(gap: str) -> bool:
    return _ENDS.search(gap) is not None


def _abbreviates(token: Token) -> bool:
    """Whether a stop behind a word is likely an abbreviation's: "J.", "St.", "Mt."; a guess, sentences end so too."""
    length = token.end - token.start
    return length == 1 or (length <= _LONGEST_ABBREVIATION and token.case is Case.CAPITAL)


def joins(text: str, tokens: Sequence[Token], first: int) -> bool:
    """Whether a name may run from the token at ``first`` on to the next one."""
    gap = text[tokens[first].end : tokens[first + 1].start]
    if gap.startswith(".") and len(gap) > 1:
        # Only an abbreviation's stop joins: "St. Gallen", "U. S.", not "in Paris. London"
        return gap in {". ", ".\u00a0", ".-"} and len(tokens[first].key) <= _LONGEST_ABBREVIATION
    return bool(gap) and _JOINS.fullmatch(gap) is not None and gap != ", "


_LONGEST_ABBREVIATION = 3  # letters: St., Ste., Mt.
