"""Locate mentions: each gets its candidates, ranked by what the whole article says.

One name means one place throughout an article, so names are judged, not mentions. A candidate's score starts from how
much the bare name means it (the gazetteer's weight) and is multiplied by what the article adds: its country or region
is named (more where it is named often or right behind, "Paris, Texas"), and other places that are beyond doubt lie
near. Scores of a name's candidates sum to 1; they are shares of weight, not measured probabilities.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from geo.atlas import Atlas
from geo.gazetteer import Gazetteer, Posting
from geo.model import Article, Candidate, Kind, Located, Mention, MentionKind, Place

__all__ = ["locate"]

_KEPT = 5  # rivals that a mention keeps
_LEAST_SCORE = 0.001
_WEIGHED = 40  # candidates judged a name: some saints have two hundred villages
_SAME_COUNTRY, _SAME_REGION = 3.0, 30.0  # factor for a country or region that the article names
_ANYWHERE = 10.0  # factor for seas and ranges, which articles of any country name
_FREQUENT = 0.5  # how much each further naming of the country adds to its factor
_STATED = 1000.0  # factor for "City, Region" and "City (Country)"
_NEAR, _NEAR_KM = 4.0, 300.0  # factor at a place beyond doubt, and the distance at which it has fallen to its e-th part
_CERTAIN = 0.9  # share of weight from which a place is beyond doubt


def locate(mentions: Sequence[Mention], article: Article, atlas: Atlas) -> tuple[Located, ...]:
    """Each mention with its candidates, best first; a name that nothing is known of gets none."""
    names = _Names(mentions, article, atlas.gazetteer)
    ranked = {key: names.judge(key) for key in names.postings}
    return tuple(Located(mention, ranked[mention.key]) for mention in mentions)


@dataclass
class _Context:
    """What the article says about where it plays."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    certain: list[Place] = field(default_factory=list)


class _Names:
    """The distinct names of an article and their postings."""

    def __init__(self, mentions: Sequence[Mention], article: Article, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.postings: dict[str, list[tuple[float, Posting]]] = {}
        self.stated: dict[str, set[str]] = defaultdict(set)  # name -> ids of areas written right behind it
        for mention in mentions:
            if mention.key not in self.postings:
                self.postings[mention.key] = gazetteer.ranked(gazetteer.find(mention.key))[:_WEIGHED]
        for before, after in pairwise(mentions):
            gap = article.text[before.span.end : after.span.start]
            if gap in {", ", " ("} and after.kind is None:
                self.stated[before.key] |= self._areas(after.key)
        self.context = self._context(mentions)

    def judge(self, key: str) -> tuple[Candidate, ...]:
        """The candidates of a name, scores summing to at most 1."""
        weights: dict[int, float] = {}
        for weight, posting in self.postings[key]:
            place = self.gazetteer.place_at(posting.number)
            weights.setdefault(posting.number, weight * self._support(place, key))
        total = sum(weights.values())
        if not total:
            return ()
        best = sorted(weights, key=lambda number: (-weights[number], number))
        kept = [number for i, number in enumerate(best[:_KEPT]) if not i or weights[number] >= _LEAST_SCORE * total]
        return tuple(Candidate(self.gazetteer.place_at(n), round(weights[n] / total, 4)) for n in kept)

    def _areas(self, key: str) -> set[str]:
        """The ids of countries and regions that a name may stand for."""
        places = (self.gazetteer.place_at(posting.number) for _, posting in self.postings[key])
        return {place.id for place in places if place.kind in {Kind.COUNTRY, Kind.REGION}}

    def _context(self, mentions: Sequence[Mention]) -> _Context:
        """Countries and regions named, and places beyond doubt, all by the bare names' weights."""
        context = _Context()
        for mention in mentions:
            ranked = self.postings[mention.key]
            if not ranked:
                continue
            total, (weight, posting) = sum(w for w, _ in ranked), ranked[0]
            if not total or weight < _CERTAIN * total:
                continue
            place = self.gazetteer.place_at(posting.number)
            if place.country:
                context.countries[place.country] += 2 if place.kind is Kind.COUNTRY else 1
            if place.country and place.admin1 and place.kind in {Kind.REGION, Kind.CITY}:
                context.regions[place.country, place.admin1] += 1
            if place.kind is Kind.CITY and mention.kind is not MentionKind.DEMONYM and place not in context.certain:
                context.certain.append(place)
        return context

    def _support(self, place: Place, key: str) -> float:
        """The factor by which the article makes a candidate likelier."""
        if place.kind is Kind.COUNTRY:
            return 1.0
        if place.country is None:
            return _ANYWHERE
        factor = 1.0
        named = self.context.countries[place.country]
        if named:
            factor *= _SAME_COUNTRY + _FREQUENT * math.log2(1 + named)
        if place.admin1 and self.context.regions[place.country, place.admin1] and place.kind is Kind.CITY:
            factor *= _SAME_REGION
        inside = {f"country:{place.country}", f"region:{place.country}.{place.admin1}"}
        if self.stated[key] & (inside - {place.id}):
            factor *= _STATED
        near = [_apart_km(place, other) for other in self.context.certain if other.id != place.id]
        if near:
            factor *= 1 + _NEAR * math.exp(-min(near) / _NEAR_KM)
        return factor


def _apart_km(a: Place, b: Place) -> float:
    """Great-circle distance on the mean sphere, for weighing only."""
    lat_a, lat_b = math.radians(a.position.lat), math.radians(b.position.lat)
    cosine = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(
        math.radians(a.position.lon - b.position.lon)
    )
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))
