"""The gazetteer: from a name to the places that bear it, offline, a million names in mapped memory.

Names are looked up by their folded form (geo/fold.py). A place's ``weight`` is how often news means it when it says
that name and nothing else is known: people living there, more for countries and capitals, less for divisions that
share their city's name and for places that the name is only an alternate of. Positions of areas are the centroid of
their largest polygon.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from geo.blob import open_blob
from geo.fold import fold
from geo.model import Candidate, Kind, Place, Position

__all__ = [
    "ANY_LANGUAGE",
    "KINDS",
    "LOWER",
    "SCALE",
    "TYPECODES",
    "Columns",
    "Gazetteer",
    "NameKind",
    "Posting",
    "WordCounts",
    "open_gazetteer",
    "vector_of",
]

# The order is the file format: the compiler writes a kind's number here.
KINDS = (
    Kind.CITY,
    Kind.COUNTRY,
    Kind.REGION,
    Kind.CONTINENT,
    Kind.WATER,
    Kind.LANDFORM,
    Kind.AREA,
    Kind.SITE,
    Kind.HISTORIC,
)


LOWER = "_"  # before a second key of names that are partly written small; folding leaves no such mark in a name
ANY_LANGUAGE = "*"  # the lexicon's counts of all languages together


class NameKind(IntEnum):
    """What a name is to its place, best first; the numbers are the file format."""

    USUAL = 0
    ALTERNATE = 1
    CODE = 2  # "VVO", "USA", "Calif."
    AFTER_CITY = 3  # a code that is an ordinary word elsewhere: "Portland, OR"
    TRANSLITERATION = 4  # "hai shen wai": found when asked for, never in a text
    ADJECTIVE = 5
    INHABITANT = 6
    FORMER = 7  # "Stalingrad"


class Posting(NamedTuple):
    """A place that bears a name (its number in the gazetteer), and what the name is to it."""

    number: int
    kind: NameKind


class Columns(NamedTuple):
    """The places' fields, each an array over all places."""

    lat: memoryview
    lon: memoryview
    population: memoryview
    geonameid: memoryview
    country: memoryview
    admin1: memoryview
    kind: memoryview
    extent_km: memoryview
    label_offsets: memoryview
    labels: memoryview


TYPECODES = dict(zip(Columns._fields, "iiIIHHBHIB", strict=True))


class WordCounts(NamedTuple):
    """How often a capitalised word was seen, in annotated text of a language, as part of what."""

    place: int = 0  # the whole name of one
    place_part: int = 0  # one word of a longer name: "District"
    person_first: int = 0
    person_later: int = 0
    other_name: int = 0
    no_name: int = 0


# How much a bare name means a place, relative to a city of one inhabitant by its usual name. Set by what news means
# by Mexico, Luxembourg, Georgia, Washington, New York and their like when nothing else is said.
_COUNTRY, _CAPITAL, _DIVISION, _SUBDIVISION = 10.0, 5.0, 0.3, 0.03
_FOREIGN = 1e-3  # a country's name in a language far from news: Brasilia is Finnish for Brazil
_CITY_OF_COUNTRY = 1e-3
_NAMESAKE = 0.02  # a division named like a city inside it
# A feature counts like a city of this size, or of so many people for each kilometre that it may reach.
_FEATURE_PEOPLE, _PEOPLE_PER_KM = 500_000, 1_500
_BY_NAME_KIND = (1.0, 0.2, 0.1, 0.01, 0.02, 1.0, 1.0, 0.5)  # by NameKind
_SMALLEST = 300  # GeoNames knows no population for many small places
_REMEMBERED = 20_000  # names and weights kept at hand: an article says the same names again and again
_SUGGESTIONS = 5
_LONGEST_GUESS = 40  # characters: a longer name is no slip of the pen
SCALE = 1e-5  # degrees in the stored integers
_KM_PER_DEGREE_LAT = 110.5  # the shortest degree of latitude on WGS84 (110.57 km at the equator), rounded down


class Gazetteer:
    """Reads the compiled gazetteer; open one with :func:`open_gazetteer`."""

    def __init__(self, path: Path) -> None:
        """Map and verify the file; AtlasError where it cannot be used."""
        self._blob = blob = open_blob(path)
        self.meta = blob.meta
        self._names = marisa_trie.Trie()
        self._names.map(blob.section("names"))
        self._offsets, self._postings = blob.section("offsets", "I"), blob.section("postings", "I")
        self._capitals = frozenset(self.meta["capitals"])
        self._places: dict[int, Place] = {}
        self._read_names: dict[int, tuple[Posting, ...]] = {}
        self._weights: dict[Posting, float] = {}
        self._vectors: dict[int, tuple[float, float, float]] = {}
        self.ranked = lru_cache(maxsize=_REMEMBERED // 4)(self._rank)

    @cached_property
    def _columns(self) -> Columns:
        return self._read_columns()

    def _read_columns(self) -> Columns:
        columns = (self._blob.section(name, typecode) for name, typecode in TYPECODES.items())
        return Columns(*columns)

    @cached_property
    def _by_lat(self) -> memoryview:
        return self._blob.section("by_lat", "I")

    @cached_property
    def _lexicon(self) -> tuple[marisa_trie.Trie, memoryview]:
        trie = marisa_trie.Trie()
        trie.map(self._blob.section("lexicon"))
        return trie, self._blob.section("lexicon_counts")

    @cached_property
    def _common(self) -> marisa_trie.Trie:
        trie = marisa_trie.Trie()
        trie.map(self._blob.section("common"))
        return trie

    def __len__(self) -> int:
        """The number of places."""
        return len(self._columns.kind)

    @property
    def names(self) -> int:
        """The number of distinct folded names."""
        return len(self._names)

    def find(self, key: str) -> tuple[Posting, ...]:
        """The places of a folded name, best kinds of name first, then the larger place; empty where nobody bears it."""
        number = self._names.get(key)
        return () if number is None else self.posted(number)

    def prefixes(self, key: str) -> Iterator[tuple[str, int]]:
        """Every known name that ``key`` begins with, shortest first, with a number for :meth:`posted`."""
        return self._names.iter_prefixes_with_ids(key)  # type: ignore[no-any-return]

    def begins(self, start: str) -> bool:
        """Whether any known name begins with this."""
        return next(self._names.iterkeys(start), None) is not None

    def begins_small(self, start: str) -> bool:
        """Whether a name that is partly written small in running text ("mer Noire") begins with this."""
        return self.begins(LOWER + start)

    def is_small(self, key: str) -> bool:
        """Whether the first or last word of this name is written small in running text."""
        return LOWER + key in self._names

    def is_own(self, posting: Posting) -> bool:  # noqa: ARG002  geo/own_places.py has some
        """Whether it is one of the user's own places."""
        return False

    def posted(self, number: int) -> tuple[Posting, ...]:
        """The places of the name with this number."""
        found = self._read_names.get(number)
        if found is None:
            start, end = self._offsets[number], self._offsets[number + 1]
            found = tuple(Posting(item >> 4, NameKind(item & 15)) for item in self._postings[start:end])
            if len(self._read_names) >= _REMEMBERED:
                self._read_names.clear()
            self._read_names[number] = found
        return found

    def demonym(self, key: str, language: str) -> tuple[Posting, ...]:
        """The areas that a folded adjective or inhabitant's name belongs to in a language."""
        return self.find(f"{language}:{key}")

    def word(self, key: str, language: str) -> WordCounts:
        """What a folded word was seen as in annotated text of that language; zeros where it was not seen."""
        words, counts = self._lexicon
        number = words.get(f"{language}#{key}")
        return WordCounts() if number is None else WordCounts(*counts[6 * number : 6 * number + 6])

    def is_common(self, key: str, language: str) -> bool:
        """Whether a folded word, which is a place's name, is an ordinary word of that language as well."""
        return f"{language}#{key}" in self._common

    def kind_at(self, number: int) -> Kind:
        """What sort of place has this number, without reading it whole."""
        return KINDS[self._columns.kind[number]]

    def place_at(self, number: int) -> Place:
        """The place with this number."""
        place = self._places.get(number)
        if place is None:
            place = self._places[number] = self._read(number)
        return place

    def vector_at(self, number: int) -> tuple[float, float, float]:
        """Where the place with this number lies on a sphere of radius 1."""
        vector = self._vectors.get(number)
        if vector is None:
            vector = self._vectors[number] = vector_of(self.place_at(number).position)
        return vector

    def place(self, identity: str) -> Place | None:
        """The place of an id ("geonames:524901", "country:KP", "region:DE.02"), None where there is none; a scan."""
        prefix, _, rest = identity.partition(":")
        if prefix == "country":
            number = self.meta["countries"].get(rest)
            return None if number is None else self.place_at(number)
        if prefix == "geonames":
            if not rest.isdecimal():
                return None
            return next(
                (self.place_at(n) for n, known in enumerate(self._columns.geonameid) if known == int(rest)), None
            )
        wanted = f"{identity}\t".encode()
        at = bytes(self._columns.labels).find(wanted)
        return None if at < 0 else self.place_at(bisect_left(self._columns.label_offsets, at))

    def bearers(self, key: str) -> tuple[Place, ...]:
        """Every place that bears a folded name."""
        return tuple(self.place_at(posting.number) for posting in self.find(key))

    def capital(self, country: str) -> Place | None:
        """The capital of a country (ISO 3166-1 alpha-2), None where there is none."""
        number = self._capital_of.get(country)
        return None if number is None else self.place_at(number)

    @cached_property
    def _capital_of(self) -> dict[str, int]:
        return {place.country: n for n in sorted(self._capitals) if (place := self.place_at(n)).country}

    def weight(self, posting: Posting) -> float:
        """How much the bare name means this place (see the module's words); only ratios count."""
        weight = self._weights.get(posting)
        if weight is None:
            if len(self._weights) >= _REMEMBERED:
                self._weights.clear()
            weight = self._weights[posting] = self._weigh(posting)
        return weight

    def _weigh(self, posting: Posting) -> float:
        number, name_kind = posting
        kind, people = KINDS[self._columns.kind[number]], self._columns.population[number]
        weight = _BY_NAME_KIND[name_kind]
        if kind is Kind.CITY:
            return weight * max(people, _SMALLEST) * (_CAPITAL if number in self._capitals else 1)
        if kind is Kind.COUNTRY:
            foreign = _FOREIGN if name_kind is NameKind.ALTERNATE else 1
            return weight * max(people, _SMALLEST) * _COUNTRY * foreign
        if kind is Kind.REGION:
            return weight * people * (_SUBDIVISION if self._is_subdivision(number) else _DIVISION)
        return weight * max(
            _FEATURE_PEOPLE, _PEOPLE_PER_KM * (kind is not Kind.WATER) * self._columns.extent_km[number]
        )

    def _rank(self, postings: tuple[Posting, ...]) -> tuple[tuple[float, Posting], ...]:
        """Postings with their weights, heaviest first.

        A division steps back behind a city inside it of that name, and a city behind its country where only the country
        is usually called so (Mexico).
        """
        countries = {
            self._columns.country[n]
            for n, name_kind in postings
            if KINDS[self._columns.kind[n]] is Kind.COUNTRY and name_kind is NameKind.USUAL
        }
        cities = {
            (self._columns.country[n], self._columns.admin1[n])
            for n, name_kind in postings
            if KINDS[self._columns.kind[n]] is Kind.CITY and self._columns.population[n] > _SMALLEST
        }
        weighed = []
        for posting in postings:
            weight, number = self.weight(posting), posting.number
            alternate_city = KINDS[self._columns.kind[number]] is Kind.CITY and posting.kind is NameKind.ALTERNATE
            if (
                alternate_city
                and self._columns.country[number] in countries
                and not self._is_named_like_country(number)
            ):
                weight *= _CITY_OF_COUNTRY
            if (
                KINDS[self._columns.kind[number]] is Kind.REGION
                and (self._columns.country[number], self._columns.admin1[number]) in cities
                and self._shares_name(number, postings)
            ):
                weight *= _NAMESAKE
            weighed.append((weight, posting))
        return tuple(sorted(weighed, key=lambda pair: (-pair[0], pair[1].number)))

    def _shares_name(self, region: int, postings: tuple[Posting, ...]) -> bool:
        """Whether a region has a city's name; not where it is only an old name of the city, as Pará is of Belém."""
        name = fold(self.place_at(region).name)
        if not {number for number, _ in postings} <= {number for number, _ in self.find(name)}:
            return True
        return any(
            KINDS[self._columns.kind[n]] is Kind.CITY
            and self._within(n, region)
            and fold(self.place_at(n).name).startswith(name)
            for n, _ in postings
        )

    def _is_named_like_country(self, number: int) -> bool:
        """Whether a city's usual name is its country's too: Luxembourg, not Mexico City."""
        bearers = self.find(fold(self.place_at(number).name))
        country = self._columns.country[number]
        return any(
            self._columns.country[n] == country and KINDS[self._columns.kind[n]] is Kind.COUNTRY for n, _ in bearers
        )

    def candidates(self, name: str, *, country: str | None = None) -> tuple[Candidate, ...]:
        """Places that a name may mean, best first, scores summing to 1.

        What stands after a comma narrows the choice where it names a country or region that has such a place:
        "Paris, Texas", "Frankfurt, Germany", "Portland, OR".
        """
        head, *tail = [part for part in name.split(",") if part.strip()] or [name]
        postings = self.find(fold(name)) or self.find(fold(head))
        if country is not None:
            postings = tuple(p for p in postings if self.place_at(p.number).country == country)
        for qualifier in tail if fold(name) != fold(head) else ():
            inside = [
                area.number
                for area in self.find(fold(qualifier))
                if KINDS[self._columns.kind[area.number]] is not Kind.CITY
            ]
            postings = tuple(p for p in postings if any(self._within(p.number, area) for area in inside)) or postings
        ranked = self.ranked(postings)
        total = sum(weight for weight, _ in ranked) or 1.0
        best: dict[int, Candidate] = {}
        for weight, posting in ranked:
            best.setdefault(
                posting.number,
                Candidate(self.place_at(posting.number), weight / total, former=posting.kind is NameKind.FORMER),
            )
        return tuple(best.values())

    def _within(self, number: int, area: int) -> bool:
        """Whether a place lies in a country or first-order division, by their codes."""
        if self._columns.country[number] != self._columns.country[area] or number == area:
            return False
        return (
            KINDS[self._columns.kind[area]] is Kind.COUNTRY
            or self._columns.admin1[number] == self._columns.admin1[area]
        )

    def suggest(self, name: str) -> tuple[str, ...]:
        """Known names one slip away (a letter left out, added, changed, or two swapped), the largest place first."""
        key = fold(name)[:_LONGEST_GUESS]
        letters = sorted(set("abcdefghijklmnopqrstuvwxyz ") | set(key))
        splits = [(key[:i], key[i:]) for i in range(len(key) + 1)]
        slips = {a + b[1:] for a, b in splits if b} | {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
        slips |= {a + c + b[1:] for a, b in splits if b for c in letters} | {
            a + c + b for a, b in splits for c in letters
        }
        found: dict[int, float] = {}
        for slip in slips - {key}:
            for weight, posting in self.ranked(self.find(slip))[:1]:
                found[posting.number] = max(weight, found.get(posting.number, 0.0))
        best = sorted(found, key=lambda number: (-found[number], number))
        return tuple(dict.fromkeys(self.place_at(number).name for number in best[:_SUGGESTIONS]))

    def near(self, position: Position, limit: int = 1) -> tuple[tuple[float, Place], ...]:
        """The populated places nearest to a point, with their great-circle distance in km (within 0.6 % of WGS84's).

        Places are kept in order of latitude: the search widens a band until nothing outside it can be nearer.
        """
        by_lat = self._by_lat
        lats = _Mapped(by_lat, self._columns.lat)
        lat_key = round(position.lat / SCALE)
        above = bisect_left(lats, lat_key)
        below, best = above - 1, list[tuple[float, int]]()
        while below >= 0 or above < len(lats):
            gap_below = lat_key - lats[below] if below >= 0 else math.inf
            gap_above = lats[above] - lat_key if above < len(lats) else math.inf
            if len(best) == limit and min(gap_below, gap_above) * SCALE * _KM_PER_DEGREE_LAT > best[-1][0]:
                break
            if gap_below <= gap_above:
                number, below = by_lat[below], below - 1
            else:
                number, above = by_lat[above], above + 1
            away = _great_circle_km(
                position.lat, position.lon, self._columns.lat[number] * SCALE, self._columns.lon[number] * SCALE
            )
            if len(best) < limit or away < best[-1][0]:
                best = sorted([*best, (away, number)])[:limit]
        return tuple((away, self.place_at(number)) for away, number in best)

    def _is_subdivision(self, number: int) -> bool:
        return self._label(number).split("\t", 1)[0].count(".") > 1

    def _label(self, number: int) -> str:
        return str(
            self._columns.labels[self._columns.label_offsets[number] : self._columns.label_offsets[number + 1]], "utf-8"
        )

    def _read(self, number: int) -> Place:
        identity, _, name = self._label(number).rpartition("\t")
        geonameid, codes = self._columns.geonameid[number] or None, self.meta["codes"]
        return Place(
            id=identity or f"geonames:{geonameid}",
            name=name,
            kind=KINDS[self._columns.kind[number]],
            position=Position(round(self._columns.lat[number] * SCALE, 5), round(self._columns.lon[number] * SCALE, 5)),
            country=codes[self._columns.country[number]] or None,
            admin1=codes[self._columns.admin1[number]] or None,
            population=self._columns.population[number],
            geonameid=geonameid,
            extent_km=float(self._columns.extent_km[number]),
        )


def vector_of(position: Position) -> tuple[float, float, float]:
    """A position on a sphere of radius 1."""
    lat, lon = math.radians(position.lat), math.radians(position.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


class _Mapped:
    """A sequence seen through an index, for bisect."""

    __slots__ = ("_index", "_values")

    def __init__(self, index: memoryview, values: memoryview) -> None:
        self._index, self._values = index, values

    def __len__(self) -> int:
        return len(self._index)

    def __getitem__(self, item: int) -> int:
        return self._values[self._index[item]]


def _great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Haversine on a sphere of the mean radius: for ranking; what is reported is measured by geo/measure.py."""
    a, b, half = math.radians(lat_a), math.radians(lat_b), math.radians(lon_b - lon_a) / 2
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def open_gazetteer(path: Path) -> Gazetteer:
    """Open the compiled gazetteer; AtlasError where the file is missing, damaged or of another version."""
    return Gazetteer(path)
