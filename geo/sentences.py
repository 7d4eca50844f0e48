"""Split a text into sentences, and a sentence into the pieces that a claim is read from.

A piece is a word, a mark, a place's name, a nationality ("Mexican") or a stated length with its hedges: what a sentence
says about places and lengths is then a short row of pieces, whatever the names and numbers are.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo.model import Kind, Located, MentionKind, Mode, Quantity, Span

__all__ = ["Piece", "PieceKind", "drop_denied", "pieces", "split_sentences", "take_modes", "words_of"]

# A stop with the quotation marks that close behind it and the white space that follows, or a line's end.
_BREAK = re.compile(r"[.!?…][\"'”“»’)\]]{0,3}\s+|\n\s*")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-\u2010\u2011]\w+)*|[^\w\s]")
_LONGEST_ABBREVIATION = 20  # characters looked at before a stop
_LONGEST_HEADING = 120  # characters; a line that is longer is text
_HEADING_SHARE = 0.75  # of the next line's length: a heading is shorter than what follows, a wrapped line is not
_LONGEST_ORDINAL = 3  # digits: "11. September" is no end, "im Jahr 1991. Danach" is one
_POINTS = frozenset({Kind.CITY, Kind.SITE, Kind.HISTORIC, Kind.LANDFORM})
_MARKS = str.maketrans("—–‒―’‘ʼ“”„«»‟", "––––'''" + '"' * 6)


class PieceKind(StrEnum):
    """What a piece is."""

    WORD = "word"
    MARK = "mark"
    PLACE = "place"
    ADJECTIVE = "adjective"  # a demonym: "polnische", "Mexican"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; ``text`` is in lower case, ``span`` counts in the article."""

    kind: PieceKind
    text: str
    span: Span
    located: Located | None = None
    quantity: Quantity | None = None
    attributive: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it names a point on the map (a town, a site) and no area; what could not be placed counts as one."""
        if self.located is None or self.kind is not PieceKind.PLACE:
            return False
        return self.located.place is None or self.located.place.kind in _POINTS

    @property
    def is_water(self) -> bool:
        """Whether it names a sea, a lake or a river."""
        place = self.located.place if self.located else None
        return place is not None and place.kind is Kind.WATER


def split_sentences(
    text: str,
    abbreviations: frozenset[str],
    *,
    ordinal_stop: bool,
    whole: Sequence[Span] = (),
) -> list[Span]:
    """The sentences of a text as spans, in order; ``whole`` are spans (sorted) in which no sentence may end.

    >>> [tuple(s) for s in split_sentences("Am 3. Mai. In St. Gallen.", frozenset({"st."}), ordinal_stop=True)]
    [(0, 11), (11, 25)]
    """
    spans = []
    start = 0
    starts = [span.start for span in whole]
    for match in _BREAK.finditer(text):
        end = match.end()
        inside = bisect_left(starts, match.start() + 1) - 1
        if inside >= 0 and match.start() < whole[inside].end - 1:
            continue
        if match.group()[0] == "\n" and not _parts_lines(text, match.start(), end):
            continue
        if match.group()[0] == "." and _goes_on(text, match.start(), end, abbreviations, ordinal_stop=ordinal_stop):
            continue
        spans.append(Span(start, end))
        start = end
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


def _parts_lines(text: str, start: int, end: int) -> bool:
    """Whether the white space at a line's end parts two sentences: a blank line does, and so does a heading's end."""
    if text.count("\n", start, end) > 1:
        return True
    line = start - 1 - text.rfind("\n", max(0, start - _LONGEST_HEADING), start)
    if not 0 < line < _LONGEST_HEADING or text[end : end + 1].islower():
        return False
    following = text.find("\n", end, end + 2 * _LONGEST_HEADING)
    return line < _HEADING_SHARE * ((following if following >= 0 else len(text)) - end)


def _goes_on(text: str, stop: int, after: int, abbreviations: frozenset[str], *, ordinal_stop: bool) -> bool:
    """Whether the full stop at ``stop`` ends no sentence."""
    if "\n" in text[stop:after] and text[stop:after].count("\n") > 1:
        return False
    following = text[after : after + 2].lstrip("\"'„“«‚‘([")
    if following[:1].islower():
        return True
    words = text[max(0, stop - _LONGEST_ABBREVIATION) : stop].split()
    word = words[-1].lstrip("\"'„“«‚‘([") if words else ""
    if word.isdecimal():
        return ordinal_stop and len(word) <= _LONGEST_ORDINAL
    return len(word) == 1 or f"{word.lower()}." in abbreviations or (len(word) > 1 and word[-2] == ".")


def pieces(
    text: str, span: Span, located: Iterable[Located], lengths: Iterable[tuple[Quantity, Span, bool]]
) -> list[Piece]:
    """The pieces of one sentence; ``located`` and ``lengths`` (quantity, reach, attributive) are those inside it."""
    fixed: list[Piece] = []
    for place in located:
        kind = PieceKind.ADJECTIVE if place.mention.kind is MentionKind.DEMONYM else PieceKind.PLACE
        fixed.append(Piece(kind, place.mention.text.lower(), place.mention.span, located=place))
    for quantity, reach, attributive in lengths:
        fixed.append(Piece(PieceKind.LENGTH, quantity.text, reach, quantity=quantity, attributive=attributive))
    fixed.sort(key=lambda piece: (piece.span.start, piece.kind is not PieceKind.LENGTH))
    row: list[Piece] = []
    position = span.start
    for piece in fixed:
        if piece.span.start < position:  # a name inside a stated length, or two names in one place
            continue
        row += _plain(text, position, piece.span.start)
        row.append(piece)
        position = piece.span.end
    row += _plain(text, position, span.end)
    return row


def drop_denied(row: Sequence[Piece], nots: frozenset[str], buts: frozenset[str]) -> list[Piece]:
    """The sentence without figures that are denied for a stated length: "lies (not 30, but) 60 km from"."""
    kept: list[Piece] = []
    for piece in row:
        kept.append(piece)
        if piece.kind is PieceKind.LENGTH and (denied := _denied(kept, nots, buts)):
            del kept[denied]
    return kept


def _denied(row: Sequence[Piece], nots: frozenset[str], buts: frozenset[str]) -> slice | None:
    """From "not" to "but" before the last piece; a word may stand before either figure: "not by 30, but by 60"."""
    end = next((i + 1 for i in range(len(row) - 2, max(-1, len(row) - 4), -1) if row[i].text in buts), 0)
    at = end - 3 if end > 1 and row[end - 2].text == "," else end - 2
    if end == 0 or at < 0 or not (row[at].kind is PieceKind.LENGTH or row[at].text[0].isdigit()):
        return None
    start = next((i for i in range(at - 1, max(-1, at - 3), -1) if row[i].text in nots), None)
    return None if start is None else slice(start, end)


def take_modes(
    row: Sequence[Piece], phrases: Sequence[tuple[Mode, tuple[str, ...]]]
) -> tuple[list[Piece], dict[int, Mode]]:
    """The sentence without "as the crow flies" and "by road", and along what each length runs (by its new index).

    Such a phrase may stand anywhere in a statement; commas or brackets around it go too.
    """
    kept: list[Piece] = []
    modes: list[tuple[int, Mode]] = []
    at = 0
    while at < len(row):
        mode, size = _mode_at(row, at, phrases)
        if mode is None:
            kept.append(row[at])
            at += 1
            continue
        modes.append((len(kept), mode))
        at += size
        around = (kept[-1].text, row[at].text) if kept and at < len(row) else ("", "")
        if around in {(",", ","), ("(", ")")}:
            kept.pop()
            at += 1
    lengths = [i for i, piece in enumerate(kept) if piece.kind is PieceKind.LENGTH]
    return kept, {min(lengths, key=lambda i: abs(i - position)): mode for position, mode in reversed(modes) if lengths}


def _mode_at(row: Sequence[Piece], at: int, phrases: Sequence[tuple[Mode, tuple[str, ...]]]) -> tuple[Mode | None, int]:
    """The mode that a phrase beginning here names, and the phrase's length in pieces."""
    for mode, phrase in phrases:
        if row[at].text == phrase[0] and tuple(piece.text for piece in row[at : at + len(phrase)]) == phrase:
            return mode, len(phrase)
    return None, 0


def _plain(text: str, start: int, end: int) -> list[Piece]:
    """Words and marks between two fixed pieces; a hyphen that hung a word on a name is dropped."""
    row = []
    for match in _WORD.finditer(text, start, end):
        word = match.group().lower()
        if word[0].isalnum() or word[0] == "_":
            row.append(Piece(PieceKind.WORD, word, Span(*match.span())))
        elif not (word in "-\u2010\u2011" and not _spaced(text, match.start())):
            row.append(Piece(PieceKind.MARK, word.translate(_MARKS), Span(*match.span())))
    return row


def _spaced(text: str, position: int) -> bool:
    """Whether the hyphen there stands free, as a dash does."""
    return text[position - 1 : position].isspace() or position == 0


def words_of(pattern: str) -> list[str]:
    """The words and marks of a pattern's text, cut as a sentence is.

    >>> words_of("so weit, z. B. d'Alger")
    ['so', 'weit', ',', 'z', '.', 'b', '.', 'd', "'", 'alger']
    """
    return [word.lower().translate(_MARKS) for word in _WORD.findall(pattern)]
