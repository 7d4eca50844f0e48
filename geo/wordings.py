"""What frames are made of: nodes that fit pieces of a sentence (:mod:`geo.sentences`), forwards or backwards.

A wording is a row of nodes. A node yields every way in which it fits from one piece on, as the index that comes next
and what it found; fillers try the shortest way first and are bounded, so that a hostile sentence costs no more than a
long one. ``step`` is 1 to the right and -1 to the left; a wording for the left is turned round first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from geo.model import Part
from geo.sentences import Piece, PieceKind

__all__ = [
    "Choice",
    "Compass",
    "Filler",
    "Found",
    "Government",
    "Kind",
    "Node",
    "Not",
    "Point",
    "Start",
    "Subject",
    "Target",
    "Word",
    "Wording",
    "Words",
    "fits",
    "turned",
]

_CLAUSE = 60  # pieces to the left in which a clause's subject is looked for
_GOVERNED = 3  # words over which a preposition governs a place: "in the southern city Kherson"
_SEPARATORS = frozenset(';:"(')  # marks that a clause does not reach across


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words, some by their beginning or end."""

    exact: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def __contains__(self, word: str) -> bool:
        """Whether the word is one of them."""
        return word in self.exact or word.startswith(self.starts) or word.endswith(self.ends)

    def __bool__(self) -> bool:
        """Whether there is any word."""
        return bool(self.exact or self.starts or self.ends)

    @classmethod
    def of(cls, words: Sequence[str]) -> "Words":
        """From words where ``*`` at one end stands for any letters.

        >>> "ostseeküste" in Words.of(["strand", "*küste"])
        True
        """
        plain = frozenset(w for w in words if "*" not in w)
        return cls(plain, tuple(w[:-1] for w in words if w.endswith("*")), tuple(w[1:] for w in words if w[0] == "*"))


_NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Compass:
    """Words for the compass points."""

    points: tuple[tuple[str, Words], ...]

    def point(self, word: str) -> str | None:
        """The point that a word names."""
        return next((point for point, words in self.points if word in words), None)


class Found(NamedTuple):
    """What filled a slot: pieces by index; for a target its part and border, coast or capital word; a compass point."""

    slot: str
    pieces: tuple[int, ...]
    part: Part | None = None
    edge: int | None = None
    point: str | None = None


Fits = Iterator[tuple[int, tuple[Found, ...]]]


class Node(Protocol):
    """One part of a wording."""

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """Every way to fit from the piece at ``at`` on: the next index, and what filled the slots."""

    def turned(self) -> "Node":
        """The same node for matching from right to left."""

    @property
    def needed(self) -> frozenset[str] | None:
        """Words of which one must stand there, None where that cannot be said."""


Wording = tuple[Node, ...]


def fits(wording: Wording, row: Sequence[Piece], at: int, step: int) -> Fits:
    """Every way to fit the nodes one after the other."""
    if not wording:
        yield at, ()
        return
    for here, found in wording[0].fits(row, at, step):
        for end, more in fits(wording[1:], row, here, step):
            yield end, found + more


def turned(wording: Wording) -> Wording:
    """The wording for matching from right to left."""
    return tuple(node.turned() for node in reversed(wording))


@dataclass(frozen=True, slots=True)
class _Simple:
    """What most nodes have in common: they are the same from either side, and no word can be named that they need."""

    def turned(self) -> "Node":
        return self  # type: ignore[return-value]

    @property
    def needed(self) -> frozenset[str] | None:
        return None


@dataclass(frozen=True, slots=True)
class Word(_Simple):
    """One word of a set, or a mark."""

    words: Words
    slot: str = ""

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The piece, where it is one of the words."""
        if 0 <= at < len(row) and row[at].kind in {PieceKind.WORD, PieceKind.MARK} and row[at].text in self.words:
            yield at + step, (Found(self.slot, (at,)),) if self.slot else ()

    @property
    def needed(self) -> frozenset[str] | None:
        """The words themselves, where they can be counted up."""
        return None if self.words.starts or self.words.ends else self.words.exact


@dataclass(frozen=True, slots=True)
class Kind(_Simple):
    """A piece of one kind: a place, a nationality, a length."""

    kind: PieceKind
    slot: str

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The piece, where it is of the kind."""
        if 0 <= at < len(row) and row[at].kind is self.kind:
            yield at + step, (Found(self.slot, (at,)),)


@dataclass(frozen=True, slots=True)
class Filler(_Simple):
    """Up to ``most`` pieces of some kinds, ``only`` of some words, or ``never``; the shortest way first."""

    most: int
    kinds: frozenset[PieceKind]
    only: Words | None = None
    never: Words = _NO_WORDS
    commas: bool = False

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The filler at every length it can have."""
        yield at, ()
        for _ in range(self.most):
            if not (0 <= at < len(row) and self.takes(row[at])):
                return
            at += step
            yield at, ()

    def takes(self, piece: Piece) -> bool:
        """Whether the filler may run over a piece."""
        if piece.kind is PieceKind.MARK:
            return self.commas and piece.text not in _SEPARATORS
        if piece.kind not in self.kinds or piece.text in self.never:
            return False
        return self.only is None or piece.text in self.only


@dataclass(frozen=True, slots=True)
class Point(_Simple):
    """A compass point in one word, or in two ("north west")."""

    compass: Compass

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The point, of two words where two fit."""
        if not 0 <= at < len(row) or (point := self.compass.point(row[at].text)) is None:
            return
        other = at + step
        if 0 <= other < len(row) and self.compass.point(row[other].text):
            first, second = sorted((at, other))
            if both := self.compass.point(f"{row[first].text}-{row[second].text}"):
                yield other + step, (Found("dir", (at,), point=both),)
                return
        yield other, (Found("dir", (at,), point=point),)


@dataclass(frozen=True, slots=True)
class Choice:
    """One wording or another."""

    options: tuple[Wording, ...]
    slot: str = ""

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The options in their order."""
        for option in self.options:
            for end, found in fits(option, row, at, step):
                yield end, (*found, Found(self.slot, tuple(range(at, end, step)))) if self.slot else found

    def turned(self) -> "Choice":
        """Every option turned round."""
        return Choice(tuple(turned(option) for option in self.options), self.slot)

    @property
    def needed(self) -> frozenset[str] | None:
        """A word of each option, where each has one."""
        first = [next((need for node in option if (need := node.needed)), None) for option in self.options]
        return frozenset().union(*(need for need in first if need)) if all(first) else None


@dataclass(frozen=True, slots=True)
class Government:
    """Words that tell whether a preposition governs a place; ``heads`` keep it free: "the city of Kherson"."""

    prepositions: Words
    heads: Words
    clause: Words  # words that open a clause
    lie: Words

    def leaves_free(self, row: Sequence[Piece], at: int) -> bool:
        """Whether no preposition stands before the piece, nor a genitive mark behind it."""
        if at + 1 < len(row) and row[at + 1].text == "'":
            return False
        for i in range(at - 1, max(-1, at - 1 - _GOVERNED), -1):
            piece = row[i]
            if piece.text == "'" and i > 0 and row[i - 1].text in self.prepositions:  # d'Alger
                continue
            if piece.kind not in {PieceKind.WORD, PieceKind.ADJECTIVE}:
                return True
            if piece.text in self.lie or piece.text in self.clause:
                return True
            if piece.text in self.prepositions:
                head = i - 1 - (i > 1 and row[i - 1].kind is PieceKind.ADJECTIVE)  # la ville libyenne de Syrte
                return not row[at].is_water and i > 0 and row[head].text in self.heads
        return True


@dataclass(frozen=True, slots=True)
class Target:
    """A place, border or coast in one of the pack's wordings; with ``free`` only one that no preposition governs."""

    slot: str
    options: tuple[tuple[Part, Wording], ...]
    free: Government | None = None

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The wordings in their order."""
        for part, option in self.options:
            for end, inner in fits(option, row, at, step):
                places = tuple(sorted(f.pieces[0] for f in inner if f.slot in {"place", "adj"}))
                edge = next((f.pieces[0] for f in inner if f.slot in {"border", "coast", "capital"}), None)
                first = min(places if edge is None else (*places, edge))
                if self.free is None or self.free.leaves_free(row, first):
                    yield end, (Found(self.slot, places, part, edge),)

    def turned(self) -> "Target":
        """Every wording turned round."""
        return Target(self.slot, tuple((part, turned(option)) for part, option in self.options), self.free)

    @property
    def needed(self) -> frozenset[str] | None:
        """Nothing that could be said in words."""
        return None


@dataclass(frozen=True, slots=True)
class Subject(_Simple):
    """The clause's subject, somewhere to the left: its first free place; towns go before countries."""

    government: Government

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The one place, and the index left of it."""
        first = at
        while first >= 0 and at - first < _CLAUSE and not self.opens_clause(row[first]):
            first -= 1
        named = [i for i in range(first + 1, at + 1) if row[i].kind is PieceKind.PLACE]
        free = [i for i in named if self.government.leaves_free(row, i)]
        if free and step < 0:
            best = min(free, key=lambda i: (not row[i].is_point, i))
            yield best - 1, (Found("A", (best,), Part.CENTRE),)

    def opens_clause(self, piece: Piece) -> bool:
        """Whether the clause does not reach beyond a piece."""
        if piece.kind is PieceKind.MARK:
            return piece.text in _SEPARATORS
        return piece.kind is PieceKind.WORD and piece.text in self.government.clause


@dataclass(frozen=True, slots=True)
class Not(_Simple):
    """What must not follow, to the right, whichever way the rest is matched."""

    wording: Wording

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The same index, where the wording does not follow there."""
        ahead = at if step > 0 else at + 1
        if next(fits(self.wording, row, ahead, 1), None) is None:
            yield at, ()


@dataclass(frozen=True, slots=True)
class Start(_Simple):
    """The beginning of the sentence."""

    def fits(self, row: Sequence[Piece], at: int, step: int) -> Fits:
        """The same index, where nothing stands before."""
        del row
        if at < 0 and step < 0:
            yield at, ()
