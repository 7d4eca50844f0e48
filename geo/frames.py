"""The pattern language of the language packs: parse a frame, match it around a stated length.

A frame describes the pieces of a sentence (:mod:`geo.sentences`) around one length:

    zwischen {A} und {B} <lie> {gap} {D}      words, slots, <word classes of the pack>
    {D} [away] (from|off) {B} !<noun>         [optional], (one|or another), !not followed by
    nördlich*  *küste  ^                      any ending, any beginning, the sentence's start

Slots:

    {D} {D-}               the length; one that is a part of another word ("450-mile")
    {A} {B}                subject and object: a place, border or coast in one of the pack's wordings (targets)
    {F} {P} {E}            {A} that no preposition governs; {A} that is a place; {B} that is a border or coast
    {S}                    the clause's subject, somewhere to the left
    {it} {pronoun} {both}  words that stand for a place, or two, named before
    {that_town}            words that stand for the object, named before
    {latter}               words for the place named last: an end that the frame does not name otherwise
    {dir}                  a compass point
    {place} {adj}          inside targets: a name, a nationality,
    {border} {coast} {capital}  and the words for border, coast and a country's capital

Fillers of up to n pieces, shortest first: {gap:n} words, none a verb of lying; {any:n} also names; {skip:n} also
commas and lengths; {modifiers:n} words that are no stop words; {adverbs:n} adverbs of the pack.

A statement without a length is described in the same way around the place that it is about:

    {X} <lie> {dir} of {Y}
    {adj} <town> of {X-}

    {X} {X-}               that place by its name; one that a preposition may govern
    {Y}                    the other place by its name; {adj}, {coast} and {dir} as above

A frame is matched outwards from its length or place, to the right and to the left: there is no search.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geo.model import Part
from geo.sentences import Piece, PieceKind, words_of
from geo.wordings import (
    Choice,
    Compass,
    Filler,
    Found,
    Government,
    Kind,
    Node,
    Not,
    Point,
    Start,
    Subject,
    Target,
    Word,
    Wording,
    Words,
    fits,
    turned,
)

__all__ = ["Frame", "Grammar", "Match", "match_frame"]

_EDGES = {Part.BORDER: "{border}", Part.COAST: "{coast}"}
_FILLER = 4  # pieces that a filler without a number may take
_TOKEN = re.compile(r"\{[^}]*\}|<[^>]*>|!|[()\[\]|]|[^\s()\[\]|<>{}!]+")
_SPOKEN = frozenset({PieceKind.WORD, PieceKind.ADJECTIVE})
_NAMED = _SPOKEN | {PieceKind.PLACE}


@dataclass(frozen=True, slots=True)
class Frame:
    """A parsed pattern; ``left`` is turned round, for it is matched from the length outwards.

    ``free``: no preposition may govern the place that a statement is about.
    """

    pattern: str
    left: Wording
    right: Wording
    attributive: bool
    free: bool
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


def match_frame(frame: Frame, row: Sequence[Piece], at: int, *, start: int | None = None) -> Iterator[Match]:
    """Every way in which the frame fits around the length or place at ``at``; ``start``: the left part ends there."""
    if start is None and row[at].attributive != frame.attributive:
        return
    for left, found in fits(frame.left, row, (at if start is None else start) - 1, -1):
        for right, more in fits(frame.right, row, at + 1, 1):
            yield Match(left + 1, right, found + more)


class Grammar:
    """What the patterns of one pack may refer to: its word classes, compass and targets; parses its patterns."""

    def __init__(
        self, classes: Mapping[str, tuple[str, ...]], compass: Compass, targets: Mapping[Part, Sequence[str]]
    ) -> None:
        """``targets``: the wordings of borders, coasts and places; their order is the order of trial.

        Raises ValueError where a target breaks the language's rules.
        """
        self.classes = classes
        self.nodes: dict[tuple[str, str], Node] = {}  # of word classes, by name and slot
        self.government = Government(*map(self.words, ("preposition", "settlement", "clause", "lie")))
        self.slots = self.plain_slots(compass)
        self.slots |= self.target_slots(
            tuple((part, self.target(pattern, part)) for part, rows in targets.items() for pattern in rows)
        )

    def frame(self, pattern: str) -> Frame:
        """Parse a frame. Raises ValueError with the reason where it breaks the language's rules."""
        return self.anchored(pattern, "D")

    def statement(self, pattern: str) -> Frame:
        """Parse a statement without a length; raises as :meth:`frame` does."""
        return self.anchored(pattern, "X")

    def anchored(self, pattern: str, anchor: str) -> Frame:
        """Parse a pattern and cut it at its one anchor."""
        wording = _Parser(pattern, self).row("")
        slots = {anchor, f"{anchor}-"}
        anchors = [(i, n.slot) for i, n in enumerate(wording) if isinstance(n, Kind) and n.slot in slots]
        if len(anchors) != 1:
            raise ValueError(
                f"a frame has one {{{anchor}}} or {{{anchor}-}} at its top level, this one has {len(anchors)}"
            )
        ((at, slot),) = anchors
        needs = tuple(need for node in wording if (need := node.needed))
        return Frame(pattern, turned(wording[:at]), wording[at + 1 :], slot == "D-", slot == "X", needs)

    def target(self, pattern: str, part: Part) -> Wording:
        """Parse the wording of a target."""
        if part in _EDGES and _EDGES[part] not in pattern:
            raise ValueError(f"{pattern!r} has no {_EDGES[part]}")
        if not any(slot in pattern for slot in ("{place}", "{adj}", "{border}", "{coast}", "{capital}")):
            raise ValueError(f"{pattern!r} names no place, border, coast or capital")
        return _Parser(pattern, self).row("")

    def words(self, name: str) -> Words:
        """The single words of a class."""
        return Words.of([phrase for phrase in self.classes.get(name, ()) if " " not in phrase])

    def word_class(self, name: str, slot: str = "") -> Node:
        """A word class: one node for its single words, a choice where it has phrases, the longest first."""
        if name not in self.classes:
            raise ValueError(f"there is no word class {name}")
        node = self.nodes.get((name, slot))
        if node is None:
            cut = {phrase: [phrase] if "*" in phrase else words_of(phrase) for phrase in self.classes[name]}
            one = Word(Words.of([words[0] for words in cut.values() if len(words) == 1]), slot)
            longer = sorted((_phrase(phrase) for phrase, words in cut.items() if len(words) > 1), key=len, reverse=True)
            node = Choice((*longer, (one,)), slot) if longer else one
            self.nodes[name, slot] = node
        return node

    def slot(self, text: str) -> Node:
        """The node for a slot."""
        name, _, size = text.partition(":")
        if name in {"it", "pronoun", "both", "border", "coast", "capital", "that_town", "latter"}:
            return self.word_class(name, name)
        node = self.slots.get(name)
        if node is None or bool(size) != (size.isdecimal() and isinstance(node, Filler)):
            raise ValueError(f"there is no slot {{{text}}}")
        return replace(node, most=int(size)) if isinstance(node, Filler) and size else node

    def plain_slots(self, compass: Compass) -> dict[str, Node]:
        """The slots that targets may have too."""
        return {
            "dir": Point(compass),
            "place": Kind(PieceKind.PLACE, "place"),
            "adj": Kind(PieceKind.ADJECTIVE, "adj"),
            "gap": Filler(_FILLER, _SPOKEN, never=self.words("lie")),
            "any": Filler(_FILLER, _NAMED),
            "skip": Filler(_FILLER, _NAMED | {PieceKind.LENGTH}, commas=True),
            "modifiers": Filler(_FILLER, _SPOKEN, never=self.words("stop")),
            "adverbs": Filler(_FILLER, _SPOKEN, only=self.words("adverb")),
        }

    def target_slots(self, targets: tuple[tuple[Part, Wording], ...]) -> dict[str, Node]:
        """The slots of frames alone."""
        return {
            "D": Kind(PieceKind.LENGTH, "D"),
            "D-": Kind(PieceKind.LENGTH, "D-"),
            **{slot: Kind(PieceKind.PLACE, slot) for slot in ("X", "X-", "Y")},
            "A": Target("A", targets),
            "B": Target("B", targets),
            "F": Target("A", targets, self.government),
            "P": Target("A", tuple(target for target in targets if target[0] is Part.CENTRE)),
            "E": Target("B", tuple(target for target in targets if target[0] is not Part.CENTRE)),
            "S": Subject(self.government),
        }


class _Parser:
    """A recursive descent over a pattern's tokens."""

    def __init__(self, pattern: str, grammar: Grammar) -> None:
        self.tokens = _TOKEN.findall(pattern)
        self.grammar = grammar
        self.next = 0

    def row(self, closing: str) -> Wording:
        """Nodes up to one of the closing tokens (left standing), or to the pattern's end."""
        nodes: list[Node] = []
        while self.next < len(self.tokens) and (not closing or self.tokens[self.next] not in closing):
            nodes += self.node()
        return tuple(nodes)

    def options(self, close: str) -> tuple[Wording, ...]:
        """Alternatives up to the closing bracket."""
        rows = [self.row(f"|{close}")]
        while self.next < len(self.tokens) and self.tokens[self.next] == "|":
            self.next += 1
            rows.append(self.row(f"|{close}"))
        if self.next == len(self.tokens):
            raise ValueError(f"a bracket is not closed with {close}")
        self.next += 1
        return tuple(rows)

    def node(self) -> Wording:
        """The node or nodes that one token stands for."""
        text = self.tokens[self.next]
        self.next += 1
        node: Node
        match text[0]:
            case "(":
                node = Choice(self.options(")"))
            case "[":
                node = Choice((*self.options("]"), ()))
            case "!":
                if self.next == len(self.tokens):
                    raise ValueError("nothing stands behind !")
                node = Not(self.node())
            case "<":
                node = self.grammar.word_class(text[1:-1])
            case "{":
                node = self.grammar.slot(text[1:-1])
            case "]" | ")" | "|":
                raise ValueError(f"{text} has no opening bracket")
            case "^":
                node = Start()
            case _:
                return (Word(Words.of([text])),) if "*" in text else _phrase(text)
        return (node,)


def _phrase(text: str) -> Wording:
    """The words of a phrase, one node each."""
    return tuple(Word(Words(frozenset({word}))) for word in words_of(text))
