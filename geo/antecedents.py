"""What "there", "the city", "it", "the two cities" or nothing at all stands for: places named before.

The nearest town in the same sentence comes first, then the subject of the last claim, then the town that a sentence
just before is about. Where no word stands for it ("the border is 5 km away"), the town that the article names by far
the most often so far comes before one named in passing. Countries, seas and nationalities are no antecedents: nothing
lies 50 km from "there" when "there" is Russia.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from geo.model import Kind, Located, Span
from geo.wordings import Words

__all__ = ["Antecedents"]

_LOOK_BACK = 2  # sentences in which an antecedent may have been named
_LEADERS = 3  # towns named most often that are kept in mind
_FAR_MORE = 2  # times as often named as another town
_TOWNS = frozenset({Kind.CITY, Kind.SITE, Kind.HISTORIC})
_OPENING = "\"'„“«‚‘( \n"
_MOST_BEHIND = 1  # words behind the place that "the latter" stands for: "... and the latter"
_SPOKEN = re.compile(r"\w+")
_NEXT_WORD = 24  # characters in which the word behind a name is looked for


class Antecedents:
    """The places of an article by sentence; claims are made known to it as they are found."""

    def __init__(self, text: str, sentences: Sequence[Span], located: Sequence[Located], lie: Words) -> None:
        """``lie``: the language's verbs of lying and being."""
        self.text, self.sentences, self.located, self.lie = text, sentences, located, lie
        self.starts = [place.mention.span.start for place in located]
        self.subjects: dict[int, Located] = {}  # of the last claim in a sentence
        self.counts: Counter[str] = Counter()  # how often each town was named before the sentence being read
        self.leaders: list[Located] = []
        self.counted = 0  # mentions

    def places_in(self, span: Span) -> Sequence[Located]:
        """The mentions that begin in a span."""
        return self.located[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def towns_in(self, span: Span) -> list[Located]:
        """The mentions of towns and sites in a span; what could not be placed counts as one."""
        named = [place for place in self.places_in(span) if place.mention.kind is None]
        return [place for place in named if place.place is None or place.place.kind in _TOWNS]

    def before(
        self, number: int, position: int, fits: Callable[[Located], bool], *, topic: bool = False
    ) -> Located | None:
        """The town that is meant at a position in a sentence, if it fits (is not the other end, say).

        ``topic``: no word stands for it. Sentences must be asked about in their order.
        """
        inside = [place for place in self.towns_in(Span(self.sentences[number].start, position)) if fits(place)]
        if inside:
            return inside[-1]
        near = self._near(number, fits)
        if topic:
            self._count(self.sentences[number].start)
            leader = next((place for place in self.leaders if fits(place)), None)
            if leader and self.counts[_name(leader)] >= _FAR_MORE * max(1, self.counts[_name(near)] if near else 1):
                return leader
        return near

    def speak_of(self, number: int, subject: Located) -> None:
        """A claim in a sentence was about this place; that counts as naming it once more."""
        self.subjects[number] = subject
        self._count(self.sentences[number].start)
        self._name_once_more(subject)

    def _near(self, number: int, fits: Callable[[Located], bool]) -> Located | None:
        """The town that one of the sentences just before is about."""
        for earlier in range(number - 1, max(-1, number - 1 - _LOOK_BACK), -1):
            subject = self.subjects.get(earlier)
            if subject is not None and fits(subject):
                return subject
            towns = [place for place in self.towns_in(self.sentences[earlier]) if fits(place)]
            if towns:
                return self._topic(earlier, towns)
        return None

    def _count(self, end: int) -> None:
        """Count the towns named before an index."""
        while self.counted < len(self.located) and self.starts[self.counted] < end:
            place = self.located[self.counted]
            self.counted += 1
            if place.mention.kind is None and place.place is not None and place.place.kind in _TOWNS:
                self._name_once_more(place)

    def _name_once_more(self, place: Located) -> None:
        self.counts[_name(place)] += 1
        self.leaders = [known for known in self.leaders if _name(known) != _name(place)]
        self.leaders.append(place)
        self.leaders.sort(key=lambda known: -self.counts[_name(known)])
        del self.leaders[_LEADERS:]

    def latter(self, number: int, position: int, fits: Callable[[Located], bool]) -> Located | None:
        """The place that "the latter" stands for at a position in a sentence: the one named last, if it fits.

        It is a town that ends the sentence before, or stands right before that word in the same one, and it is the
        latter of two: else a person or a thing may be meant.
        """
        towns = self.towns_in(Span(self.sentences[max(0, number - _LOOK_BACK)].start, position))
        here, before = self.sentences[number], self.sentences[max(0, number - 1)]
        inside = [place for place in self.places_in(Span(here.start, position)) if fits(place)]
        named = inside or self.places_in(Span(before.start, here.start))
        last = next((place for place in reversed(named) if place.mention.kind is None), None)
        if last not in towns or not fits(last) or all(_name(place) == _name(last) for place in towns):
            return None
        behind = self.text[last.mention.span.end : position if inside else here.start]
        return last if len(_SPOKEN.findall(behind)) <= _MOST_BEHIND else None

    def two_before(self, number: int, position: int, same: Callable[[Located, Located], bool]) -> list[Located]:
        """The two towns named last before a position, or an empty list."""
        first = self.sentences[max(0, number - _LOOK_BACK)].start
        towns = self.towns_in(Span(first, position))
        others = [place for place in towns if not same(place, towns[-1])]
        return [others[-1], towns[-1]] if others else []

    def country_before(self, number: int, position: int, home: str | None) -> list[Located]:
        """The last foreign country named in the sentence: "close to Austria: the border is 5 km away"."""
        found = []
        for place in self.places_in(Span(self.sentences[number].start, position)):
            country = place.place if place.mention.kind is None else None
            if country is not None and country.kind is Kind.COUNTRY and country.country != home:
                found.append(place)
        return found[-1:]

    def is_topic(self, place: Located, number: int) -> bool:
        """Whether "it" may stand for a place that this sentence or the last names.

        The place opens the sentence or, behind a comma, a statement ("For him, Hull is home."), is what something is
        said to be ("The nearest town is Hull."), or a claim was just made about it.
        """
        start = place.mention.span.start
        for near in (number, number - 1):
            if near >= 0 and self.sentences[near].start <= start < self.sentences[near].end:
                before = self.text[self.sentences[near].start : start].strip(_OPENING)
                if not before or (before.endswith(",") and self._lies(place)):
                    return True
                return before.lower().rsplit(None, 1)[-1] in self.lie or place is self.subjects.get(near)
        return False

    def _topic(self, number: int, towns: Sequence[Located]) -> Located:
        """What a sentence is about: the town it opens with and says to lie somewhere, else the town named last."""
        first = towns[0].mention.span
        opens = not self.text[self.sentences[number].start : first.start].strip(_OPENING)
        return towns[0] if opens and self._lies(towns[0]) else towns[-1]

    def _lies(self, place: Located) -> bool:
        """Whether a verb of lying or being follows the place right away."""
        end = place.mention.span.end
        following = self.text[end : end + _NEXT_WORD].lower().split()[:1]
        return bool(following) and following[0] in self.lie


def _name(place: Located) -> str:
    return place.place.id if place.place else place.mention.key
