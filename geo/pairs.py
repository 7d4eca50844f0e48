"""Take apart statements that say two things at once: "A and B lie 20 and 50 km from C", "20 and 50 km from A and B".

Where a sentence joins two lengths and, somewhere else, two places, the first length belongs to the first place and the
second to the second: the sentence is read twice, each time with one of either.
"""

from collections.abc import Sequence

from geo.sentences import Piece, PieceKind
from geo.wordings import Words

__all__ = ["taken_apart"]


def taken_apart(row: Sequence[Piece], and_words: Words, respectively: Sequence[tuple[str, ...]]) -> list[list[Piece]]:
    """The sentence as it is, or its two readings where it joins one pair of lengths and one pair of places.

    ``respectively``: the phrases that say so, which are dropped; none is needed.
    """
    lengths, places = _pairs(row, PieceKind.LENGTH, and_words), _pairs(row, PieceKind.PLACE, and_words)
    if len(lengths) != 1 or len(places) != 1:
        return [list(row)]
    readings = []
    for kept in (0, 1):
        dropped = set[int]()
        for first, second in (lengths[0], places[0]):
            end = (first, second)[kept]
            dropped |= {i for i in range(first, second + 1) if i != end}
        readings.append(_without([piece for i, piece in enumerate(row) if i not in dropped], respectively))
    return readings


def _pairs(row: Sequence[Piece], kind: PieceKind, and_words: Words) -> list[tuple[int, int]]:
    """Where two pieces of a kind stand side by side, joined by "and"."""
    return [
        (i, i + 2)
        for i in range(len(row) - 2)
        if row[i].kind is kind is row[i + 2].kind and row[i + 1].text in and_words
    ]


def _without(row: list[Piece], phrases: Sequence[tuple[str, ...]]) -> list[Piece]:
    """The row without a phrase, and without the comma before it."""
    texts = [piece.text for piece in row]
    for phrase in phrases:
        for at in range(len(row) - len(phrase) + 1):
            if tuple(texts[at : at + len(phrase)]) == phrase:
                first = at - (at > 0 and texts[at - 1] == ",")
                return row[:first] + row[at + len(phrase) :]
    return row
