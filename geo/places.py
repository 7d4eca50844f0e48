"""Locate mentions: each gets its candidates, judged together by what the whole article says.

One name means one place throughout an article, so names are judged, not mentions. A candidate's prior is the share of
the gazetteer's weight that it has among its name's candidates, softened so that a famous namesake can be outvoted.
The other names of the article then vote, each with its own candidates by their shares: for their countries, for their
first-order divisions, and for what lies near. A region or country written right behind the name decides ("Paris,
Texas"). Votes change shares and shares change votes, so this is repeated a few times. A candidate's score is its share,
and a little less, for sometimes it is none of them: the probability that it is meant.

The few numbers were fitted on the development corpora, all with one setting: docs/quality.md.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from geo.atlas import Atlas
from geo.fold import fold_token
from geo.gazetteer import Gazetteer, NameKind, vector_of
from geo.model import Article, Candidate, Kind, Located, Mention, MentionKind, Place, Position

__all__ = ["Guidance", "Votes", "locate"]

_WEIGHED = 12  # candidates judged a name: some saints have two hundred villages
_KEPT, _LEAST_SCORE = 5, 0.001  # rivals that a mention keeps
_TRUST = 0.97  # share of places that are right where the votes leave no doubt (docs/quality.md)
_HEARD = 3  # mentions of one name from which on more add nothing
_RIVALS = 10  # candidates of a name, best first, whose neighbourhood is looked at
_WITNESSES, _WITNESS_SHARE = 2, 0.15  # candidates of another name that lie near or not, and the share they need
_MOST_WITNESSES = 100
_HORIZON = math.cos(1500 / 6371.0088)  # what lies 1500 km away or further says nothing
_LONGEST_GAP, _WORDS_BETWEEN = 40, 4  # characters and words between a name and what it lies in
_LEAST_WEIGHT = 1e-3  # for names that only a transliteration gives
_LONGEST_ARTICLE = 12  # characters before a name in which its article stands
_EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Votes:
    """How much the names of an article say about each other; logarithmic weights."""

    softening: float = 0.7  # exponent of the gazetteer's weight
    rounds: int = 3
    country: float = 1.0  # a vote for the candidate's country, ...
    division: float = 2.5  # ... for its first-order division, ...
    near: float = 1.0  # ... and for what lies within about ``near_km``
    near_km: float = 150.0
    country_name: float = 1.5  # how loud the name of a country is, a city's being 1
    division_name: float = 2.2
    own_country: float = 0.3  # a country's candidate hears its own country's votes only so far
    anywhere: float = 2.0  # what a sea or range, which lies in no country, has instead of such votes
    stated: float = 7.0  # a country or division written right behind the name, or told with "in" and a few words
    told_country: float = 30.0  # voices that the user's country has, ...
    told_near: tuple[float, float, float] = (20.0, 10.0, 2.0)  # ... and the user's point, its country and its division
    bare_water: float = 4.5  # against a water whose name never follows an article: "in Dnipro" is the city


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the user knows of an article beforehand.

    ``pins``: what a name means, by its folded form; nothing else is considered. ``country`` (ISO 3166-1 alpha-2) and
    ``near``: where the text is from or what it is about; its names lean that way, famous ones only a little.
    """

    pins: Mapping[str, Place] = field(default_factory=dict)
    country: str | None = None
    near: Position | None = None


_NONE = Guidance()
_VOTES = Votes()
_Vector = tuple[float, float, float]


def locate(
    mentions: Sequence[Mention],
    article: Article,
    atlas: Atlas,
    *,
    guidance: Guidance = _NONE,
    votes: Votes = _VOTES,
) -> tuple[Located, ...]:
    """Each mention with its candidates, best first; a name that nothing is known of gets none."""
    words = atlas.vocabulary(article.language).names
    names = _names(mentions, article, atlas.gazetteer, votes, words.within)
    for key, place in guidance.pins.items():
        if key in names:
            names[key].pin(place)
    told = _told(guidance, atlas.gazetteer, votes)
    if words.determiners:
        _mark_bare(names, mentions, article.text, words.determiners)
    for _ in range(votes.rounds):
        poll = _Poll(names, votes, told)
        for name in names.values():
            name.shares = poll.judge(name)
    ranked = {key: name.candidates() for key, name in names.items()}
    return tuple(Located(mention, ranked[mention.key]) for mention in mentions)


@dataclass(slots=True)
class _Name:
    """A name of the article: its candidates, how it is used, and the shares that change from round to round."""

    key: str
    places: list[Place]
    vectors: list[_Vector]  # the places on a sphere of radius 1
    priors: list[float]
    shares: list[float]
    stated: frozenset[str]  # ids of countries and divisions written right behind it
    loudness: float
    demonym: bool
    trust: float = _TRUST
    former: frozenset[int] = frozenset()  # places that the name meant once
    bare: bool = False  # in a language with articles, yet never behind one

    def pin(self, place: Place) -> None:
        """Let the name mean this place and no other."""
        self.places, self.vectors, self.priors, self.shares = [place], [vector_of(place.position)], [1.0], [1.0]
        self.trust, self.former = 1.0, frozenset()

    def candidates(self) -> tuple[Candidate, ...]:
        best = _best_first(self.shares)[:_KEPT]
        kept = [i for rank, i in enumerate(best) if not rank or self.shares[i] >= _LEAST_SCORE]
        return tuple(
            Candidate(self.places[i], round(self.trust * self.shares[i], 4), former=i in self.former) for i in kept
        )


def _names(
    mentions: Sequence[Mention], article: Article, gazetteer: Gazetteer, votes: Votes, within: frozenset[str]
) -> dict[str, _Name]:
    """The distinct names of an article; ``within`` are the language's words for "in"."""
    used = Counter(mention.key for mention in mentions)
    names = {}
    for mention in mentions:
        if mention.key in names:
            continue
        ranked = gazetteer.ranked(gazetteer.find(mention.key))[:_WEIGHED]
        places = [gazetteer.place_at(posting.number) for _, posting in ranked]
        vectors = [gazetteer.vector_at(posting.number) for _, posting in ranked]
        priors = _shares([max(weight, _LEAST_WEIGHT) ** votes.softening for weight, _ in ranked])
        loudness = math.sqrt(min(used[mention.key], _HEARD))
        demonym = mention.kind is MentionKind.DEMONYM
        own = bool(ranked) and gazetteer.is_own(ranked[0][1])
        trust = 1.0 if own else _TRUST
        former = frozenset(i for i, (_, posting) in enumerate(ranked) if posting.kind is NameKind.FORMER)
        names[mention.key] = _Name(
            mention.key, places, vectors, priors, priors, frozenset(), loudness, demonym, trust, former
        )
    stated: dict[str, set[str]] = defaultdict(set)
    for before, behind in pairwise(mentions):
        if behind.kind is None and _tells_where(article.text[before.span.end : behind.span.start], within):
            stated[before.key] |= {p.id for p in names[behind.key].places if p.kind in {Kind.COUNTRY, Kind.REGION}}
    for key, areas in stated.items():
        names[key].stated = frozenset(areas)
    return names


def _tells_where(gap: str, within: frozenset[str]) -> bool:
    """Whether what stands between two names makes the second tell where the first is: "Paris, Texas", "Paris in Texas".

    A few words may stand there, none with a capital: "Tripoli in the north of Lebanon".
    """
    if gap in {", ", " ("}:
        return True
    words = gap.removeprefix(",").split() if len(gap) <= _LONGEST_GAP and gap[:1] in {",", " "} else []
    small = 0 < len(words) <= _WORDS_BETWEEN and all(word.isalpha() and word.islower() for word in words)
    return small and fold_token(words[0]) in within


def _mark_bare(names: Mapping[str, _Name], mentions: Sequence[Mention], text: str, articles: frozenset[str]) -> None:
    """Mark the names of one word that no article precedes anywhere in the text; "Red Sea" says itself what it is."""
    for name in names.values():
        name.bare = " " not in name.key
    for mention in mentions:
        before = text[max(0, mention.span.start - _LONGEST_ARTICLE) : mention.span.start].split()
        if before and fold_token(before[-1]) in articles:
            names[mention.key].bare = False


_Division = tuple[str, str]  # a country's code and, inside it, a first-order division's


@dataclass(frozen=True, slots=True)
class _Told:
    """What the user's guidance says from the start, as the names of the article do."""

    countries: Mapping[str, float]
    divisions: Mapping[_Division, float]
    witnesses: tuple[tuple[str, _Vector, float], ...]


def _told(guidance: Guidance, gazetteer: Gazetteer, votes: Votes) -> _Told:
    countries, divisions = defaultdict[str, float](float), dict[_Division, float]()
    witnesses: list[tuple[str, _Vector, float]] = []
    if guidance.country:
        countries[guidance.country] += votes.told_country
    if guidance.near:
        here, country, division = votes.told_near
        witnesses = [("", vector_of(guidance.near), here)]
        for _, nearest in gazetteer.near(guidance.near):
            if nearest.country and nearest.admin1:
                countries[nearest.country] += country
                divisions[nearest.country, nearest.admin1] = division
    return _Told(countries, divisions, tuple(witnesses))


class _Poll:
    """One round: what all names together say, from which each name's own voice is taken out again."""

    def __init__(self, names: Mapping[str, _Name], votes: Votes, told: _Told) -> None:
        self.votes = votes
        self.voices = {key: self._voice(name) for key, name in names.items()}
        self.countries = defaultdict[str, float](float, told.countries)
        self.divisions = defaultdict[_Division, float](float, told.divisions)
        for countries, divisions in self.voices.values():
            for country, voice in countries.items():
                self.countries[country] += voice
            for division, voice in divisions.items():
                self.divisions[division] += voice
        self.witnesses = [
            (name.key, name.vectors[i], name.shares[i])
            for name in names.values()
            if not name.demonym
            for i in _best_first(name.shares)[:_WITNESSES]
            if name.places[i].kind is Kind.CITY and name.shares[i] > _WITNESS_SHARE
        ]
        # In a text of hundreds of names the clearest are enough: the time must not grow with the square of them.
        self.witnesses = sorted(self.witnesses, key=lambda witness: -witness[2])[:_MOST_WITNESSES]
        self.witnesses += told.witnesses

    def judge(self, name: _Name) -> list[float]:
        """The new shares of a name's candidates."""
        if len(name.places) <= 1:
            return name.shares
        heard = set(_best_first(name.shares)[:_RIVALS])
        pairs = enumerate(zip(name.places, name.priors, strict=True))
        return _shares(
            [prior * math.exp(self._support(name, place, i, near=i in heard)) for i, (place, prior) in pairs]
        )

    def _voice(self, name: _Name) -> tuple[dict[str, float], dict[_Division, float]]:
        """What a name says for countries and for divisions, by the shares of its candidates."""
        countries: dict[str, float] = defaultdict(float)
        divisions: dict[_Division, float] = defaultdict(float)
        for place, share in zip(name.places, name.shares, strict=True):
            voice = share * name.loudness
            if place.country:
                loud = place.kind is Kind.COUNTRY and not name.demonym
                countries[place.country] += voice * (self.votes.country_name if loud else 1)
                if place.admin1:
                    loud = place.kind is Kind.REGION
                    divisions[place.country, place.admin1] += voice * (self.votes.division_name if loud else 1)
        return countries, divisions

    def _support(self, name: _Name, place: Place, number: int, *, near: bool) -> float:
        """What the other names say for a candidate."""
        against = self.votes.bare_water if name.bare and place.kind is Kind.WATER else 0.0
        if place.country is None:
            return self.votes.anywhere - against
        own_countries, own_divisions = self.voices[name.key]
        support = self.votes.country * math.log1p(self.countries[place.country] - own_countries[place.country])
        if place.kind is Kind.COUNTRY:
            return support * self.votes.own_country
        around = {f"country:{place.country}"}
        if place.admin1:
            division = (place.country, place.admin1)
            support += self.votes.division * math.log1p(self.divisions[division] - own_divisions[division])
            around.add(f"region:{place.country}.{place.admin1}")
        if name.stated & (around - {place.id}):
            support += self.votes.stated
        support -= against
        if near and place.kind is Kind.CITY:
            closeness = sum(self._closeness(name, name.vectors[number]))
            support += self.votes.near * math.log1p(closeness)
        return support

    def _closeness(self, name: _Name, here: _Vector) -> Iterator[float]:
        """The shares of the other names' cities, each less the further it lies."""
        x, y, z = here
        for key, there, share in self.witnesses:
            cosine = x * there[0] + y * there[1] + z * there[2]
            if cosine > _HORIZON and key != name.key:
                yield share * math.exp(-_EARTH_RADIUS_KM * math.acos(min(1.0, cosine)) / self.votes.near_km)


def _shares(weights: list[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total else weights


def _best_first(shares: list[float]) -> list[int]:
    return sorted(range(len(shares)), key=lambda i: (-shares[i], i))
