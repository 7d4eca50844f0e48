"""Find what an article says of two places without a length: a direction, what lies in what, borders, coasts.

Each frame of the pack's ``statements`` is tried around each place that a sentence names (:mod:`geo.frames`). Only what
the words say outright becomes a claim: places by their names, no questions, nothing that is denied, nothing that is
told of the past where borders may have moved. Of the same two places a sentence states a relation once, and a direction
that comes with a length is the distance's own.

Nothing is looked up but seas inside a word ("Ostseeküste"); no word of any language is known here.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from geo.frames import Match, match_frame
from geo.languages import LanguagePack, StatementEntry
from geo.model import (
    Article,
    Candidate,
    Claim,
    End,
    Kind,
    Located,
    Mention,
    Part,
    Passage,
    Relation,
    Span,
)
from geo.sentences import Piece, PieceKind, pieces, split_sentences, words_of

__all__ = ["Candidates", "StatementReading", "find_statements", "read_statements"]

Candidates = Callable[[str], Sequence[Candidate]]  # the places of a name

_REACH = 60  # characters between the names of two places of which a statement can be made
_MOST_PLACES = 30  # named in one sentence; one with more is a list
_MOST_FITS = 16  # ways in which one frame may fit around one place
_GOVERNED = 8  # pieces to the left in which a preposition that governs a place is looked for, lists included ...
_GOVERNED_WORDS = 3  # ... and words: "in the southern city Kherson"
_DENIED = 3  # pieces before a statement in which "not" turns it around
_LONG_AGO = 1992  # a year before which a sentence may speak of other borders
_AREAS = frozenset({Kind.COUNTRY, Kind.REGION})
_TOWNS = frozenset({Kind.CITY, Kind.SITE})
_SUBJECTS = {
    Relation.DIRECTION: _TOWNS | _AREAS,
    Relation.CONTAINMENT: _TOWNS | {Kind.REGION},
    Relation.BORDER: _AREAS,
    Relation.COAST: _TOWNS,
}
_OBJECTS = {
    Relation.DIRECTION: _TOWNS | _AREAS,
    Relation.CONTAINMENT: _AREAS,
    Relation.BORDER: _AREAS,
    Relation.COAST: _AREAS | {Kind.WATER},
}
_OF_THE_DAY = frozenset({Relation.CONTAINMENT, Relation.BORDER})  # what may have been otherwise once


@dataclass(frozen=True, slots=True)
class StatementReading:
    """A claim and the entry of the pack that read it."""

    claim: Claim
    entry: StatementEntry


def _no_candidates(_: str) -> Sequence[Candidate]:
    """Knows no name."""
    return ()


def find_statements(
    article: Article,
    located: Sequence[Located],
    pack: LanguagePack,
    distances: Sequence[Claim] = (),
    candidates: Candidates = _no_candidates,
) -> tuple[Claim, ...]:
    """The claims without a length, in text order; ``distances`` are those with one, whose directions are theirs.

    ``candidates`` tells what a sea's name inside a word stands for: such an end has a mention of its own.
    """
    told = {(claim.sentence.start, _ends(claim)) for claim in distances if claim.direction}
    claims = (reading.claim for reading in read_statements(article, located, pack, candidates))
    return tuple(
        claim
        for claim in claims
        if claim.relation is not Relation.DIRECTION or (claim.sentence.start, _ends(claim)) not in told
    )


def read_statements(
    article: Article, located: Sequence[Located], pack: LanguagePack, candidates: Candidates = _no_candidates
) -> Iterator[StatementReading]:
    """Each statement with the entry that read it, in text order."""
    if not located or not pack.statements:
        return
    text, starts = article.text, [place.mention.span.start for place in located]
    whole = [place.mention.span for place in located]
    for sentence in split_sentences(text, pack.abbreviations, ordinal_stop=pack.ordinal_stop, whole=whole):
        here = located[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if not 0 < len(here) <= _MOST_PLACES:
            continue
        end = sentence.start + len(text[sentence.start : sentence.end].rstrip())
        apart = min((b.mention.span.start - a.mention.span.end for a, b in pairwise(here)), default=_REACH)
        if text[end - 1] != "?" and _may_state(text[sentence.start : end], pack, alone=apart >= _REACH):
            row = pieces(text, sentence, here, ())
            yield from _Sentence(text, Span(sentence.start, end), row, pack, candidates).read()


def _may_state(sentence: str, pack: LanguagePack, *, alone: bool) -> bool:
    """Whether any frame's words are there, to say no quickly. Of a place ``alone`` only a coast can be stated."""
    words = frozenset(words_of(sentence))
    return any(entry.frame.may_fit(words) for entry in pack.statements if not alone or entry.relation is Relation.COAST)


class _Sentence:
    """One sentence as a row of pieces."""

    def __init__(self, text: str, span: Span, row: Sequence[Piece], pack: LanguagePack, candidates: Candidates) -> None:
        self.text, self.span, self.row, self.pack, self.candidates = text, span, row, pack, candidates

    def read(self) -> Iterator[StatementReading]:
        """The statements, by the place that they are about."""
        words = frozenset(piece.text for piece in self.row)
        entries = [entry for entry in self.pack.statements if entry.frame.may_fit(words)]
        if entries and self.speaks_of_the_past(words):
            entries = [entry for entry in entries if entry.relation not in _OF_THE_DAY]
        if not entries:
            return
        seen = set()
        for at, piece in enumerate(self.row):
            if piece.kind is not PieceKind.PLACE:
                continue
            free = self.is_free(at)
            for entry in entries:
                if entry.frame.free and not free:
                    continue
                claim = self.claim(entry, at, free=free)
                if claim and (key := (claim.relation, _ends(claim))) not in seen:
                    seen.add(key)
                    yield StatementReading(claim, entry)

    def is_free(self, at: int) -> bool:
        """Whether no preposition governs the place at an index, nor a list that it is in, nor a genitive mark follows.

        "The city of Kherson", "the region of Kherson" are free, "a town in Kherson" is not.
        """
        classes, before = self.pack.classes, ""
        if at + 1 < len(self.row) and self.row[at + 1].text == "'":
            return False
        spoken = 0
        for i in range(at - 1, max(-1, at - 1 - _GOVERNED), -1):
            piece = self.row[i]
            if piece.text in classes["lie"] or piece.text in classes["clause"] or spoken == _GOVERNED_WORDS:
                return True
            if piece.text in classes["preposition"] or piece.text in classes["governing"]:
                head = self.row[i - 1].text if i else ""
                return (
                    before == ""
                    and piece.text in classes["of"]
                    and (head in classes["towns"] or head in classes["province"])
                )
            listed = piece.text == "," or (
                piece.kind is PieceKind.PLACE and (before in classes["and"] or before == ",")
            )
            if piece.kind not in {PieceKind.WORD, PieceKind.ADJECTIVE} and not listed:
                return True
            if piece.kind is PieceKind.WORD or listed:
                before = piece.text
            spoken = 0 if listed else spoken + 1
        return True

    def speaks_of_the_past(self, words: frozenset[str]) -> bool:
        """Whether a word or a year says that it is told how things were."""
        once = self.pack.classes["once"]
        return any(word in once or (len(word) == 4 and word.isdecimal() and int(word) < _LONG_AGO) for word in words)

    def claim(self, entry: StatementEntry, at: int, *, free: bool) -> Claim | None:
        """What a frame says of the place at an index, None where it does not fit or says nothing of it."""
        relation = entry.relation
        about = self.row[at].located
        if about is None or about.place is None or about.place.kind not in _SUBJECTS[relation]:
            return None
        if relation is Relation.DIRECTION and not free and about.place.kind in _AREAS:
            return None  # "troops in Belarus, north of Kyiv": not all of Belarus
        for match in islice(match_frame(entry.frame, self.row, at), _MOST_FITS):
            other = self.other(relation, match)
            if other is None or self.denied(match) or other.place == about.place:
                continue
            point = match.slot("dir")
            return Claim(
                relation,
                End(about, _part(about), about.mention),
                other,
                self.phrase(match, at),
                self.span,
                direction=point.point if point and relation is Relation.DIRECTION else None,
            )
        return None

    def other(self, relation: Relation, match: Match) -> End | None:
        """The other end: the place or nationality that the frame names, or a coast word."""
        coast = match.slot("coast")
        named = match.slot("Y") or match.slot("adj")
        if coast and (sea := self.sea_in(self.row[coast.pieces[0]])):
            return End(sea, Part.COAST, sea.mention)
        if named:
            place = self.row[named.pieces[0]].located
            if place is None or place.place is None or place.place.kind not in _OBJECTS[relation]:
                return None
            if relation is not Relation.COAST:
                return End(place, _part(place), place.mention)
            is_sea = place.place.kind is Kind.WATER and self.is_sea(place.mention.text)
            return End(place, Part.COAST, place.mention) if is_sea or coast else None
        if coast and self.row[coast.pieces[0]].text in self.pack.classes["coast"].exact:
            return End(None, Part.COAST, self.mention(coast.pieces[0]))
        return None

    def sea_in(self, piece: Piece) -> Located | None:
        """The sea that a word for its coast begins with, None where it is no such word."""
        for ending in self.pack.classes["coast"].ends:
            name = piece.text.removesuffix(ending)
            if name not in {piece.text, ""}:
                seas = tuple(each for each in self.candidates(name) if each.place.kind is Kind.WATER)
                mention = Mention(piece.span, self.text[piece.span.start : piece.span.end], name)
                return Located(mention, seas[:1]) if seas else None
        return None

    def is_sea(self, name: str) -> bool:
        """Whether a water is a sea, by the words of its name."""
        return any(word in self.pack.classes["sea"] for word in name.lower().replace("-", " ").split())

    def mention(self, at: int) -> Mention:
        """A coast word as a mention of its own."""
        span = self.row[at].span
        text = self.text[span.start : span.end]
        return Mention(span, text, text)

    def denied(self, match: Match) -> bool:
        """Whether "not" stands in the statement or right before it."""
        words = tuple(piece.text for piece in self.row[max(0, match.start - _DENIED) : match.end])
        return any(
            words[i : i + len(phrase)] == phrase for phrase in self.pack.phrases["not"] for i in range(len(words))
        )

    def phrase(self, match: Match, at: int) -> Passage:
        """The words of a match without the names and marks at its edges, nor what stands before its place."""
        slots = [found.pieces[0] for found in match.found if found.slot]
        start = match.start if any(i < at for i in slots) else at
        said = self.row[start : match.end]
        telling = [i for i, piece in enumerate(said) if piece.kind in {PieceKind.WORD, PieceKind.ADJECTIVE}]
        first, last = (said[telling[0]], said[telling[-1]]) if telling else (said[0], said[-1])
        span = Span(first.span.start, last.span.end)
        return Passage(span, self.text[span.start : span.end])


def _part(place: Located) -> Part:
    area = place.place is not None and place.place.kind in _AREAS
    return Part.TERRITORY if area else Part.CENTRE


def _ends(claim: Claim) -> frozenset[Span]:
    """Which two mentions a claim is about."""
    return frozenset({claim.subject.mention.span, claim.object.mention.span})
