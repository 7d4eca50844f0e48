"""Find what an article claims about distances: which length lies between which two places.

Each stated length is read on its own. First the pack's ``not_distances`` may rule it out (a width, a range, a journey).
Then its frames are tried, the most specific first: a frame names the object ("... from the border with C") and
sometimes the subject. Where it does not, the subject is looked for in this order: the claim before, continued ("40 km
from B and 60 km from C"); the pack's ``subjects`` to the left ("A, which lies ..."), some of which are words that stand
for a place named before ("the city lies ..."). A length whose two ends cannot be told gives no claim: silence is better
than a claim nobody made.

Nothing is measured here; no word of any language is known here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from geo.antecedents import Antecedents
from geo.fold import fold
from geo.frames import Match, match_frame
from geo.languages import Entry, LanguagePack
from geo.model import (
    Article,
    Candidate,
    Claim,
    End,
    Kind,
    Located,
    Mention,
    Mode,
    Part,
    Place,
    Relation,
    Span,
    Unit,
)
from geo.pairs import taken_apart
from geo.quantities import Stated, find_stated, find_twin
from geo.sentences import Piece, PieceKind, drop_denied, pieces, split_sentences, take_modes, words_of
from geo.wordings import Found

__all__ = ["Capitals", "Reading", "find_claims", "read_claims"]

Capitals = Callable[[str], Place | None]  # from a country's code to its capital

_MOST_LENGTHS = 40  # lengths in one sentence; one with more is a table
_MOST_FITS = 16  # ways in which one frame may fit around one length
_TOO_SMALL = {Unit.CENTIMETRE, Unit.MILLIMETRE, Unit.INCH}  # units that no distance between places is stated in
_POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_CLOSING = " \n\"'”“»’)]"
_EDGES = {Part.BORDER, Part.COAST}
_AREAS = {Kind.COUNTRY, Kind.REGION}
_WIDE = {Kind.COUNTRY, Kind.REGION, Kind.CONTINENT, Kind.AREA, Kind.WATER}


@dataclass(frozen=True, slots=True)
class Reading:
    """A length as read: the claim, or None; ``entries`` are the entries of the pack that decided."""

    claim: Claim | None
    entries: tuple[Entry, ...]


def _no_capital(_: str) -> None:
    """Knows no country's capital."""


def find_claims(
    article: Article, located: Sequence[Located], pack: LanguagePack, capitals: Capitals = _no_capital
) -> tuple[Claim, ...]:
    """The distances that an article states between its places, in text order.

    ``located`` are the article's place mentions in text order. A place that is named but could not be placed may be an
    end too; such a claim cannot be checked. ``capitals`` tells what "the capital" is: such an end has a mention of its
    own, which is not among ``located``.
    """
    readings = read_claims(article, located, pack, capitals)
    return tuple(reading.claim for reading in readings if reading.claim is not None)


def read_claims(
    article: Article, located: Sequence[Located], pack: LanguagePack, capitals: Capitals = _no_capital
) -> Iterator[Reading]:
    """Each length that some entry of the pack had a say in, in text order."""
    stated = find_stated(article.text, pack) if located else []
    if not stated:
        return
    reader = _Reader(article.text, located, pack, capitals)
    first = 0
    for number, sentence in enumerate(reader.sentences):
        last = first
        while last < len(stated) and stated[last].quantity.span.start < sentence.end:
            last += 1
        if 0 < last - first <= _MOST_LENGTHS:
            yield from reader.read(number, stated[first:last])
        first = last


class _Before(NamedTuple):
    """The statement before in the same sentence: its ends (None: no name) and the index behind its frame."""

    subject: End | None
    end: int
    other: End | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a length is being read: the sentence's number, its pieces and words, the length's index."""

    number: int
    row: Sequence[Piece]
    at: int
    words: frozenset[str]
    before: _Before | None


@dataclass(frozen=True, slots=True)
class _Ends:
    """What a frame says of its ends; ``entry``: the entry that found the subject, or that found it to have no name."""

    subject: End | None
    other: End | None = None
    entry: Entry | None = None


class _Reader:
    """One pass over one article; remembers the last subject of each sentence."""

    def __init__(self, text: str, located: Sequence[Located], pack: LanguagePack, capitals: Capitals) -> None:
        self.text, self.pack, self.capitals = text, pack, capitals
        self.sentences = split_sentences(
            text, pack.abbreviations, ordinal_stop=pack.ordinal_stop, whole=[place.mention.span for place in located]
        )
        self.nots = frozenset(phrase[-1] for phrase in pack.phrases["not"])
        self.antecedents = Antecedents(text, self.sentences, located, pack.classes["lie"])

    def read(self, number: int, stated: Sequence[Stated]) -> Iterator[Reading]:
        """Read the lengths of one sentence."""
        sentence = self.sentences[number]
        twins = [twin for one in stated if (twin := find_twin(self.text, one, self.pack))]
        places = self.antecedents.places_in(sentence)
        modes = [(mode, phrase) for mode in Mode for phrase in self.pack.phrases[mode.value]]
        rows = [pieces(self.text, sentence, places, stated)]
        if len(stated) + len(twins) > 1:
            both = sorted((*twins, *stated), key=lambda one: one.quantity.span)
            apart = taken_apart(
                pieces(self.text, sentence, places, both), self.pack.classes["and"], self.pack.phrases["respectively"]
            )
            rows = apart if len(apart) > 1 else rows
        for row in rows:
            told = drop_denied(row, self.nots, self.pack.classes["but"].exact)
            yield from self.read_row(number, *take_modes(told, modes))

    def read_row(self, number: int, row: Sequence[Piece], modes: Mapping[int, Mode]) -> Iterator[Reading]:
        """Read the lengths of a sentence's pieces."""
        words = frozenset(piece.text for piece in row)
        before: _Before | None = None
        for at, piece in enumerate(row):
            if piece.quantity is None or piece.quantity.unit in _TOO_SMALL:
                continue
            reading, statement = self.read_length(_Context(number, row, at, words, before), modes.get(at))
            before = statement or before
            if reading and reading.claim and reading.claim.subject.located:
                self.antecedents.speak_of(number, reading.claim.subject.located)
            if reading:
                yield reading

    def read_length(self, here: _Context, mode: Mode | None) -> tuple[Reading | None, _Before | None]:
        """What one length says, and what another that continues it needs to know."""
        for entry in self.pack.not_distances:
            if entry.frame.may_fit(here.words) and next(match_frame(entry.frame, here.row, here.at), None):
                return Reading(None, (entry,)), None
        left_open: _Before | None = None
        for entry in self.pack.frames:
            if not entry.frame.may_fit(here.words) or (entry.answers and not self.is_asked(here.number)):
                continue
            for match in islice(match_frame(entry.frame, here.row, here.at), _MOST_FITS):
                ends = self.ends(entry, match, here)
                decided = (entry, ends.entry) if ends.entry else (entry,)
                if ends.subject and ends.other:
                    claim = self.claim(here, match, ends.subject, ends.other, mode)
                    return Reading(claim, decided), _Before(ends.subject, match.end, ends.other)
                if match.slot("B"):
                    left_open = _Before(None, max(match.end, left_open.end if left_open else 0))
                if ends.entry and ends.entry.unnamed:
                    return Reading(None, decided), left_open
        return None, left_open

    def claim(self, here: _Context, match: Match, subject: End, other: End, mode: Mode | None) -> Claim:
        """The claim with its ends in order: a border or coast is the object."""
        found = match.slot("dir")
        direction = found.point if found else None
        if subject.part in _EDGES and other.part not in _EDGES:
            subject, other = other, subject
            direction = _opposite(direction)
        quantity = here.row[here.at].quantity
        assert quantity is not None
        sentence = self.sentences[here.number]
        end = sentence.start + len(self.text[sentence.start : sentence.end].rstrip())
        return Claim(
            Relation.DISTANCE,
            subject,
            other,
            quantity,
            Span(sentence.start, end),
            mode,
            direction,
            negated=self.negated(here),
        )

    def ends(self, entry: Entry, match: Match, here: _Context) -> _Ends:
        """Subject and object of a fitting frame, as far as they can be told."""
        by: Entry | None = None
        a, b = match.slot("A"), match.slot("B")
        if entry.subject == "again":
            known = here.before if here.before and self.continues(match, here) else None
            return _Ends(known.subject, known.other) if known else _Ends(None)
        if entry.pair:
            position = here.row[match.start].span.start
            two = self.antecedents.two_before(here.number, position, lambda p, q: _same(_end(p), _end(q)))
            if two and entry.answers and two[0].mention.span.start < self.sentences[here.number - 1].start:
                return _Ends(None)
            return _Ends(_end(two[0]), _end(two[1])) if two else _Ends(None)
        named = self.target(b, here, None) if b else None
        latter = match.slot("latter")
        if a:
            subject = self.target(a, here, named)
        elif b and latter:
            subject = self.latter(latter, here, named)
        else:
            subject, by = self.subject(entry, match, here, named)
        if subject is None:
            return _Ends(None, entry=by)
        other: End | None
        if b:
            other = self.target(b, here, subject, guess=entry.subject in {"before", "topic"} and a is None)
        elif latter:
            other = self.latter(latter, here, subject)
        else:
            position = min(subject.mention.span.start, here.row[match.start].span.start)
            governed = by is not None and by.near and not self.is_free(subject, here)
            topic = match.slot("that_town") is None
            told = here.before.subject if here.before and topic and not governed else None
            if told is not None and not _same(told, subject):
                other = told  # "A is 300 km from B, and C is 200 km away": from A
            else:
                place = self.place_before(here, position, subject, near=governed, topic=topic)
                other = _end(place) if place else None
        return _Ends(subject, None if other and _same(subject, other) else other, by)

    def subject(self, entry: Entry, match: Match, here: _Context, other: End | None) -> tuple[End | None, Entry | None]:
        """The subject of a frame that does not name it."""
        if entry.subject not in {"before", "topic"} and here.before and self.continues(match, here):
            return here.before.subject, None
        if entry.subject == "clause":
            return self.clause_subject(match, here, other)
        if entry.subject == "topic" and (told := self.still_told(match, here)) and not (other and _same(told, other)):
            return told, None
        if entry.subject in {"before", "topic"}:
            position = here.row[match.start].span.start
            place = self.place_before(here, position, other, topic=entry.subject == "topic")
            if place and match.slot("pronoun") and not self.antecedents.is_topic(place, here.number):
                place = None
            return (_end(place) if place else None), None
        return None, None

    def still_told(self, match: Match, here: _Context) -> End | None:
        """What the statement before in the sentence is about, where no town was named since.

        "A is 300 km from B and close to France: the border is 5 km away": from A.
        """
        between = here.row[here.before.end : match.start] if here.before else ()
        return here.before.subject if here.before and not any(piece.is_point for piece in between) else None

    def clause_subject(self, match: Match, here: _Context, other: End | None) -> tuple[End | None, Entry | None]:
        """The subject to the left of a frame, by the pack's subjects in their order."""
        area: tuple[End | None, Entry | None] = None, None  # "a town in Wales, 40 miles from" is about the town
        for candidate in self.pack.subjects:
            if not candidate.frame.may_fit(here.words):
                continue
            if candidate.unnamed and next(match_frame(candidate.frame, here.row, here.at, start=match.start), None):
                return None, candidate
            for left in islice(match_frame(candidate.frame, here.row, here.at, start=match.start), _MOST_FITS):
                subject = self.subject_of(left, here, other)
                if subject is None or (other and _same(subject, other)):
                    continue
                if subject.part in _EDGES or subject.place is None or subject.place.kind not in _WIDE:
                    return subject, candidate
                if area[0] is None and self.is_free(subject, here):
                    area = subject, candidate
        return area

    def is_free(self, subject: End, here: _Context) -> bool:
        """Whether a subject stands on its own: "in Wales, 40 miles from", "Hull, England, 40 miles from" do not."""
        at = next((i for i, piece in enumerate(here.row) if piece.span == subject.mention.span), None)
        if at is None:
            return True
        after_comma = at > 0 and here.row[at - 1].text == ","
        return not after_comma and self.pack.government.leaves_free(here.row, at)

    def subject_of(self, left: Match, here: _Context, other: End | None) -> End | None:
        """The subject that a pack's subject pattern found, by name or by a word that stands for it."""
        if found := left.slot("A"):
            end = self.target(found, here, other)
            at_sea = end is not None and end.part is Part.COAST and any(here.row[i].is_water for i in found.pieces)
            free = not at_sea or self.pack.government.leaves_free(here.row, found.pieces[0])
            return end if free else None  # "on the Baltic, 40 miles from": whatever lies there is no coast
        if found := left.slot("latter"):
            return self.latter(found, here, other)
        position = here.row[left.start].span.start
        place = self.place_before(here, position, other)
        if place is not None and left.slot("pronoun") and not self.antecedents.is_topic(place, here.number):
            return None
        return _end(place) if place else None

    def latter(self, found: Found, here: _Context, other: End | None) -> End | None:
        """The place that "the latter" stands for; not the other end."""
        position = here.row[min(found.pieces)].span.start
        place = self.antecedents.latter(here.number, position, lambda p: other is None or not _same(_end(p), other))
        return _end(place) if place else None

    def place_before(
        self, here: _Context, position: int, other: End | None, *, near: bool = False, topic: bool = False
    ) -> Located | None:
        """The town that is meant where none is named; not the other end; ``near``: of this sentence."""
        place = self.antecedents.before(
            here.number, position, lambda p: other is None or not _same(_end(p), other), topic=topic
        )
        return None if place and near and place.mention.span.start < self.sentences[here.number].start else place

    def continues(self, match: Match, here: _Context) -> bool:
        """Whether only commas, "and" and adverbs stand between the last claim's frame and this one."""
        assert here.before is not None
        classes = self.pack.classes
        between = here.row[here.before.end : match.start]
        return here.before.end <= match.start and all(
            piece.text == "," or piece.text in classes["and"] or piece.text in classes["adverb"] for piece in between
        )

    def target(self, found: Found, here: _Context, other: End | None, *, guess: bool = False) -> End | None:
        """The end that a target of a frame stands for; ``other``: the other end, as far as it is known."""
        places = [here.row[i].located for i in found.pieces]
        named = [place for place in places if place is not None]
        if found.part is Part.BORDER or found.part is Part.COAST:
            assert found.edge is not None
            return self.edge(found.part, named, found.edge, here, other, guess=guess)
        if found.edge is not None:
            return self.capital(named, here.row[found.edge], other) if named or found.slot == "B" else None
        if not named:
            return None
        place = named[0]
        if found.slot == "B" and self.owns_what_follows(here.row, found.pieces[0]):
            return None
        if place.place is not None and place.place.kind is Kind.WATER and self.is_sea(place):
            return End(None, Part.COAST, place.mention)
        return _end(place)

    def edge(
        self, part: Part, named: list[Located], at: int, here: _Context, other: End | None, *, guess: bool
    ) -> End | None:
        """A border or coast: of the country named; where two are named, of the one that is not the other end's own."""
        home = other.place.country if other and other.place else None
        word = here.row[at]
        if part is Part.BORDER and self.has_strange_owner(here.row, at, named):
            return None
        if part is Part.COAST:
            lands = [p for p in named if p.place is None or p.place.kind is not Kind.WATER]
            if lands:
                return End(lands[0], part, lands[0].mention)
            return End(None, part, named[0].mention if named else self.mention(word))
        if not named and guess:
            named = self.antecedents.country_before(here.number, word.span.start, home)
        if not named:
            return End(None, part, self.mention(word))
        named = self.with_twin(here.row, named)
        abroad = [p for p in named if p.place is None or p.place.country != home]
        place = (abroad or named)[-1]
        if place.place is not None and place.place.kind in {Kind.CITY, Kind.SITE}:
            return None
        return End(place, part, place.mention)

    def has_strange_owner(self, row: Sequence[Piece], at: int, named: list[Located]) -> bool:
        """Whether words beside a border say whose it is, and were not understood: "the border with X", Ruritanian."""
        if named:
            return False
        behind = row[at + 1 : at + 3]
        owners = self.pack.classes["owner"] or self.pack.classes["preposition"]
        if behind and behind[0].text in owners and behind[-1].located:
            return True
        beside = [piece for piece in (*row[max(0, at - 1) : at], *behind[:1]) if piece.kind is PieceKind.WORD]
        words = [self.text[piece.span.start : piece.span.end] for piece in beside]
        capital = any(word[0].isupper() and piece is not row[0] for word, piece in zip(words, beside, strict=True))
        return capital or any("-" in word.strip("-") for word in words)

    def with_twin(self, row: Sequence[Piece], named: list[Located]) -> list[Located]:
        """With the other nationality of "deutsch-polnisch", which stands right before or behind."""
        at = next((i for i, piece in enumerate(row) if piece.located is named[0]), None)
        if at is None or row[at].kind is not PieceKind.ADJECTIVE or len(named) > 1:
            return named
        twins = (*row[max(0, at - 1) : at], *row[at + 1 : at + 2])
        return [*(p.located for p in twins if p.kind is PieceKind.ADJECTIVE and p.located), *named]

    def capital(self, named: list[Located], word: Piece, other: End | None) -> End | None:
        """The capital of the country named ("the Cuban capital"), or named itself; else of the other end's country."""
        if named and named[0].place is not None and named[0].place.kind is Kind.CITY:
            return _end(named[0])
        if named and (named[0].place is None or named[0].place.kind is not Kind.COUNTRY):
            return None  # of a region
        home = named[0].place if named else other and other.place
        place = self.capitals(home.country) if home and home.country else None
        if place is None:
            return None
        mention = self.mention(word)
        return End(Located(mention, (Candidate(place, 1.0),)), Part.CENTRE, mention)

    def mention(self, word: Piece) -> Mention:
        """A border or coast word as a mention of its own."""
        text = self.text[word.span.start : word.span.end]
        return Mention(word.span, text, text)

    def owns_what_follows(self, row: Sequence[Piece], at: int) -> bool:
        """Whether a name in the genitive only says whose the thing is that follows: "Europas größtem Kraftwerk"."""
        located, behind = row[at].located, row[at + 1 : at + 2]
        if located is None or not behind or behind[0].kind not in {PieceKind.WORD, PieceKind.ADJECTIVE}:
            return False
        written, key = fold(located.mention.text), located.mention.key
        genitive = any(written == key + suffix for suffix in self.pack.names.genitive_suffixes)
        return genitive and behind[0].text not in self.pack.classes["stop"]

    def is_sea(self, place: Located) -> bool:
        """Whether a water is a sea, by the words of its name: its shore is a coast, a river's is not."""
        words = place.mention.text.lower().replace("-", " ").split()
        return any(word in self.pack.classes["sea"] for word in words)

    def is_asked(self, number: int) -> bool:
        """Whether the sentence before asks for a distance."""
        if number == 0:
            return False
        before = self.sentences[number - 1]
        question = self.text[before.start : before.end].rstrip(_CLOSING)
        return question.endswith("?") and any(word in self.pack.classes["asks"] for word in words_of(question))

    def negated(self, here: _Context) -> bool:
        """Whether "not" stands right before the length."""
        before = tuple(piece.text for piece in here.row[max(0, here.at - 4) : here.at])
        return any(before[-len(phrase) :] == phrase for phrase in self.pack.phrases["not"])


def _end(place: Located) -> End:
    """A place as an end: an area is measured to its nearest point, anything else to its centre."""
    area = place.place is not None and place.place.kind in _AREAS
    return End(place, Part.TERRITORY if area else Part.CENTRE, place.mention)


def _same(a: End, b: End) -> bool:
    """Whether both ends are the same part of the same place."""
    if a.mention.span == b.mention.span:
        return True
    if a.place is None or b.place is None:
        return a.part == b.part and a.mention.text.lower() == b.mention.text.lower()
    return a.part == b.part and a.place.id == b.place.id


def _opposite(direction: str | None) -> str | None:
    """The point on the other side of the compass.

    >>> _opposite("NNE"), _opposite(None)
    ('SSW', None)
    """
    return _POINTS[(_POINTS.index(direction) + 8) % len(_POINTS)] if direction else None
