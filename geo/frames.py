"""The pattern language of the language packs: parse a frame, match it around a stated length.

A frame describes pieces of a sentence (:mod:`geo.sentences`) around one length:

    zwischen {A} und {B} <lie> {gap} {D}      words, slots, <word classes of the pack>
    {D} [away] (from|off) {B} !<noun>         [optional], (one|or another), !not followed by
    nördlich*  *küste                         any ending, any beginning

Slots: ``{D}`` the length (``{D-}``: one that is part of another word, "450-mile"); ``{A}`` and ``{B}`` a target, that is a
place, border or coast in one of the pack's wordings (``{E}``: only a border or coast, as
``{B}``; ``{P}``: only a place, as ``{A}``); ``{place}``, ``{adj}``, ``{border}``,
``{coast}``, ``{dir}``; ``{it}``, ``{pronoun}``, ``{both}`` words that stand for one or two places named before; ``{S}`` the clause's
subject, somewhere to the left; fillers, shortest first:
``{gap:n}`` up to n words, none a verb of lying, ``{any:n}`` also names, ``{skip:n}`` also commas, ``{modifiers:n}`` words that are no stop words,
``{adverbs:n}`` adverbs of the pack.

A frame is matched outwards from its length, to the right and to the left: no search, and every filler is bounded, so a
hostile sentence costs no more than a long one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.model import Part
from geo.sentences import Piece, PieceKind, words_of

__all__ = ["Compass", "Found", "Frame", "Lexicon", "Match", "Words", "match_frame", "parse_frame", "parse_targets"]

_FILLER = 4  # pieces that a filler without a number may take
_CLAUSE = 60  # pieces to the left in which a clause's subject is looked for
_TOKEN = re.compile(r"\{[^}]*\}|<[^>]*>|!|[()\[\]|]|[^\s()\[\]|<>{}!]+")
_SEPARATORS = frozenset(';:"(')  # marks that a clause does not reach across


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words, some by their beginning or end."""

    exact: frozenset[str]
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def __contains__(self, word: str) -> bool:
        """Whether the word is one of them."""
        return word in self.exact or word.startswith(self.starts) or word.endswith(self.ends)

    @classmethod
    def of(cls, words: Sequence[str]) -> "Words":
        """From words where ``*`` at one end stands for any letters."""
        plain = frozenset(w for w in words if "*" not in w)
        return cls(plain, tuple(w[:-1] for w in words if w.endswith("*")), tuple(w[1:] for w in words if w[0] == "*"))


NO_WORDS = Words(frozenset())


@dataclass(frozen=True, slots=True)
class Compass:
    """Words for the compass points."""

    points: tuple[tuple[str, Words], ...]

    def point(self, word: str) -> str | None:
        """The point that a word names."""
        return next((point for point, words in self.points if word in words), None)


class Found(NamedTuple):
    """What filled a slot: piece indices, and for a target its part and the pieces inside it."""

    slot: str
    pieces: tuple[int, ...]
    part: Part | None = None
    edge: int | None = None  # the border or coast word of a target
    point: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    words: Words
    slot: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: PieceKind
    slot: str


@dataclass(frozen=True, slots=True)
class _Fill:
    most: int
    kinds: frozenset[PieceKind]
    only: Words | None = None
    never: Words = NO_WORDS
    commas: bool = False


@dataclass(frozen=True, slots=True)
class _Point:
    compass: Compass


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple["Row", ...]
    slot: str = ""


@dataclass(frozen=True, slots=True)
class _Target:
    slot: str
    options: tuple[tuple[Part, "Row"], ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    prepositions: Words
    heads: Words
    clause: Words


@dataclass(frozen=True, slots=True)
class _Not:
    row: "Row"


@dataclass(frozen=True, slots=True)
class _Start:
    pass


Node = _Word | _Kind | _Fill | _Point | _Choice | _Target | _Subject | _Not | _Start
Row = tuple[Node, ...]
_Hit = tuple[int, tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a pack's patterns may refer to: word classes (phrases may have several words), the compass, targets."""

    classes: Mapping[str, tuple[str, ...]]
    compass: Compass
    targets: tuple[tuple[Part, Row], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A parsed pattern; ``left`` is reversed, for it is matched from the length outwards."""

    pattern: str
    left: Row
    right: Row
    attributive: bool
    slots: frozenset[str]
    needs: tuple[frozenset[str], ...]  # of each set, one word must stand in the sentence: a quick way to say no

    def may_fit(self, words: frozenset[str]) -> bool:
        """Whether a sentence of these words can fit at all."""
        return not any(need.isdisjoint(words) for need in self.needs)


class Match(NamedTuple):
    """Where a frame matched (half-open piece indices) and what filled its slots."""

    start: int
    end: int
    found: tuple[Found, ...]

    def slot(self, name: str) -> Found | None:
        """What filled a slot, None where the frame has none or left it out."""
        return next((found for found in self.found if found.slot == name), None)


def parse_frame(pattern: str, lexicon: Lexicon) -> Frame:
    """Parse a frame. Raises ValueError with the reason where it breaks the language's rules."""
    parser = _Parser(pattern, lexicon)
    before, after = parser.row(end=""), ()
    anchors = [i for i, node in enumerate(before) if isinstance(node, _Kind) and node.slot in {"D", "D-"}]
    if len(anchors) != 1:
        raise ValueError(f"a frame has one {{D}} or {{D-}} at its top level, this one has {len(anchors)}")
    anchor = before[anchors[0]]
    before, after = before[: anchors[0]], before[anchors[0] + 1 :]
    assert isinstance(anchor, _Kind)
    needs = tuple(need for node in (*before, *after) if (need := _needed(node)))
    return Frame(pattern, _reversed(before), after, anchor.slot == "D-", frozenset(parser.slots), needs)


def parse_targets(patterns: Mapping[Part, Sequence[str]], lexicon: Lexicon) -> tuple[tuple[Part, Row], ...]:
    """Parse the wordings of places, borders and coasts; the order of the mapping is the order of trial."""
    return tuple((part, _Parser(p, lexicon).row(end="")) for part, rows in patterns.items() for p in rows)


def match_frame(frame: Frame, row: Sequence[Piece], at: int, *, start: int | None = None) -> Iterator[Match]:
    """Every way in which the frame fits around the length at ``at``; ``start``: the left part ends there instead."""
    if row[at].attributive != frame.attributive and start is None:
        return
    begin = at if start is None else start
    for left, found in _match(frame.left, row, begin - 1, -1):
        for right, more in _match(frame.right, row, at + 1, 1):
            yield Match(left + 1, right, found + more)


class _Parser:
    """A recursive descent over the pattern's tokens."""

    def __init__(self, pattern: str, lexicon: Lexicon) -> None:
        self.tokens = _TOKEN.findall(pattern)
        self.lexicon = lexicon
        self.next = 0
        self.slots: set[str] = set()

    def row(self, *, end: str) -> Row:
        """Nodes up to one of the closing tokens ``end`` (left standing), or to the pattern's end."""
        nodes: list[Node] = []
        while self.next < len(self.tokens) and (not end or self.tokens[self.next] not in end):
            nodes += self.node()
        return tuple(nodes)

    def options(self, close: str) -> tuple[Row, ...]:
        """Alternatives up to the closing bracket."""
        rows = [self.row(end="|" + close)]
        while self.next < len(self.tokens) and self.tokens[self.next] == "|":
            self.next += 1
            rows.append(self.row(end="|" + close))
        if self.next == len(self.tokens):
            raise ValueError(f"a bracket is not closed with {close}")
        self.next += 1
        return tuple(rows)

    def node(self) -> Row:
        """The node or nodes that one token stands for."""
        token = self.tokens[self.next]
        self.next += 1
        if token == "(":
            return (_Choice(self.options(")")),)
        if token == "[":
            return (_Choice((*self.options("]"), ())),)
        if token == "!":
            if self.next == len(self.tokens):
                raise ValueError("nothing stands behind !")
            return (_Not(self.node()),)
        if token[0] == "<":
            return self.word_class(token[1:-1])
        if token[0] == "{":
            return (self.slot(token[1:-1]),)
        if token in "])|":
            raise ValueError(f"{token} has no opening bracket")
        return self.phrase(token)

    def phrase(self, words: str) -> Row:
        """Literal words."""
        if words == "^":
            return (_Start(),)
        if "*" in words:
            return (_Word(Words.of([words])),)
        return tuple(_Word(Words(frozenset({word}))) for word in words_of(words))

    def word_class(self, name: str, slot: str = "") -> Row:
        """A word class: one node for its single words, a choice where it has phrases."""
        try:
            phrases = self.lexicon.classes[name]
        except KeyError:
            raise ValueError(f"there is no word class {name}") from None
        single = [p for p in phrases if "*" in p or len(words_of(p)) == 1]
        longer = sorted((words_of(p) for p in phrases if p not in single), key=len, reverse=True)
        one = _Word(Words.of(single), slot)
        if not longer:
            return (one,)
        rows: list[Row] = [tuple(_Word(Words(frozenset({word}))) for word in phrase) for phrase in longer]
        return (_Choice((*rows, *([(one,)] if single else [])), slot),)

    def slot(self, text: str) -> Node:
        """The node for a slot."""
        name, _, size = text.partition(":")
        most = int(size) if size else _FILLER
        words = frozenset({PieceKind.WORD, PieceKind.ADJECTIVE})
        named = words | {PieceKind.PLACE}
        self.slots.add(name)
        if name in {"D", "D-"}:
            return _Kind(PieceKind.LENGTH, name)
        if name in {"A", "B"}:
            return _Target(name, self.lexicon.targets)
        if name in {"place", "adj"}:
            return _Kind(PieceKind.PLACE if name == "place" else PieceKind.ADJECTIVE, name)
        if name == "P":
            return _Target("A", tuple((part, row) for part, row in self.lexicon.targets if part is Part.CENTRE))
        if name == "E":
            edges = tuple((part, row) for part, row in self.lexicon.targets if part is not Part.CENTRE)
            return _Target("B", edges)
        if name in {"border", "coast", "it", "pronoun", "both"}:
            (node,) = self.word_class(name, name)
            return node
        if name == "dir":
            return _Point(self.lexicon.compass)
        if name == "S":
            return _Subject(self.all_words("preposition"), self.all_words("settlement"), self.all_words("clause"))
        fillers = {
            "gap": _Fill(most, words, never=self.all_words("lie")),
            "any": _Fill(most, named),
            "skip": _Fill(most, named, commas=True),
            "modifiers": _Fill(most, words, never=self.all_words("stop")),
            "adverbs": _Fill(most, words, only=self.all_words("adverb")),
        }
        if name not in fillers:
            raise ValueError(f"there is no slot {{{text}}}")
        return fillers[name]

    def all_words(self, name: str) -> Words:
        """The single words of a class."""
        return Words.of(self.lexicon.classes.get(name, ()))


def _needed(node: Node) -> frozenset[str] | None:
    """Words of which one must stand there, None where that cannot be said."""
    if isinstance(node, _Word):
        return None if node.words.starts or node.words.ends else node.words.exact
    if isinstance(node, _Choice):
        needs = [next((need for inner in row if (need := _needed(inner))), None) for row in node.options]
        if all(needs):
            return frozenset().union(*(need for need in needs if need))
    return None


def _reversed(row: Row) -> Row:
    """The row for matching from right to left."""
    return tuple(_reversed_node(node) for node in reversed(row))


def _reversed_node(node: Node) -> Node:
    if isinstance(node, _Choice):
        return _Choice(tuple(_reversed(option) for option in node.options), node.slot)
    if isinstance(node, _Target):
        return _Target(node.slot, tuple((part, _reversed(row)) for part, row in node.options))
    return node  # what may not follow is looked for to the right, whichever way the rest is matched


def _match(row: Row, pieces: Sequence[Piece], at: int, step: int) -> Iterator[_Hit]:
    """Every way to match the nodes in a row from the piece at ``at``, in the direction of ``step``."""
    if not row:
        yield at, ()
        return
    for here, found in _match_node(row[0], pieces, at, step):
        for end, more in _match(row[1:], pieces, here, step):
            yield end, found + more


def _match_node(node: Node, pieces: Sequence[Piece], at: int, step: int) -> Iterator[_Hit]:
    piece = pieces[at] if 0 <= at < len(pieces) else None
    match node:
        case _Word(words, slot):
            if piece and piece.kind in {PieceKind.WORD, PieceKind.MARK} and piece.text in words:
                yield at + step, (Found(slot, (at,)),) if slot else ()
        case _Kind(kind, slot):
            if piece and piece.kind is kind:
                yield at + step, (Found(slot, (at,)),)
        case _Fill():
            yield from _fill(node, pieces, at, step)
        case _Choice(options, slot):
            for option in options:
                for end, found in _match(option, pieces, at, step):
                    yield end, (*found, Found(slot, tuple(range(at, end, step)))) if slot else found
        case _Target():
            yield from _target(node, pieces, at, step)
        case _Point(compass):
            yield from _point(compass, pieces, at, step)
        case _Subject():
            yield from _subject(node, pieces, at)
        case _Not(inner):
            ahead = at if step > 0 else at + 1
            if not any(True for _ in _match(inner, pieces, ahead, 1)):
                yield at, ()
        case _Start():
            if at < 0:
                yield at, ()


def _fill(node: _Fill, pieces: Sequence[Piece], at: int, step: int) -> Iterator[_Hit]:
    """The filler at every length it can have, shortest first."""
    yield at, ()
    for _ in range(node.most):
        if not 0 <= at < len(pieces):
            return
        piece = pieces[at]
        comma = node.commas and piece.kind is PieceKind.MARK and piece.text not in _SEPARATORS
        if not comma and (piece.kind not in node.kinds or piece.text in node.never):
            return
        if node.only is not None and piece.text not in node.only:
            return
        at += step
        yield at, ()


def _target(node: _Target, pieces: Sequence[Piece], at: int, step: int) -> Iterator[_Hit]:
    for part, row in node.options:
        for end, inner in _match(row, pieces, at, step):
            places = tuple(f.pieces[0] for f in inner if f.slot in {"place", "adj"})
            edge = next((f.pieces[0] for f in inner if f.slot in {"border", "coast"}), None)
            yield end, (Found(node.slot, tuple(sorted(places)), part, edge),)


def _point(compass: Compass, pieces: Sequence[Piece], at: int, step: int) -> Iterator[_Hit]:
    """A compass point in one word, or in two ("north west")."""
    for size in (2, 1):
        last = at + (size - 1) * step
        if 0 <= min(at, last) and max(at, last) < len(pieces):
            words = [pieces[i].text for i in range(min(at, last), max(at, last) + 1)]
            if all(map(compass.point, words)) and (point := compass.point("-".join(words))):
                yield last + step, (Found("dir", (at,), point=point),)
                return


def _subject(node: _Subject, pieces: Sequence[Piece], at: int) -> Iterator[_Hit]:
    """The first place of the clause that no preposition governs; towns go before countries."""
    first = at
    while first >= 0 and at - first < _CLAUSE:
        piece = pieces[first]
        if piece.kind is PieceKind.MARK and piece.text in _SEPARATORS:
            break
        if piece.kind is PieceKind.WORD and piece.text in node.clause:
            break
        first -= 1
    free = [i for i in range(first + 1, at + 1) if pieces[i].kind is PieceKind.PLACE and _free(node, pieces, i)]
    if free:
        best = min(free, key=lambda i: (not pieces[i].is_point, i))
        yield best - 1, (Found("A", (best,), Part.CENTRE),)


def _free(node: _Subject, pieces: Sequence[Piece], at: int) -> bool:
    """Whether no preposition stands before a place, over at most three words; "the city of" is no such thing."""
    if at + 1 < len(pieces) and pieces[at + 1].text == "'":  # a genitive
        return False
    for i in range(at - 1, max(-1, at - 4), -1):
        piece = pieces[i]
        if piece.kind is not PieceKind.WORD and piece.kind is not PieceKind.ADJECTIVE:
            return True
        if piece.text in node.prepositions:
            return i > 0 and pieces[i - 1].text in node.heads
    return True
