"""The user's own places: a CSV file of names and coordinates, and a gazetteer that knows them beside the atlas's.

    name,lat,lon,alternates,kind,country,population,id
    Depot North,52.51,13.37,North Depot|Depot N,site,DE,,

Only name, lat and lon are needed; commas, semicolons or tabs part the columns. An own place comes before all others of
its name, and is found in a text wherever its name stands as it is written.
"""

import array
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ArticleError
from geo.fold import fold
from geo.gazetteer import KINDS, LOWER, SCALE, TYPECODES, Columns, Gazetteer, NameKind, Posting
from geo.model import Kind, Place, Position

__all__ = ["ExtendedGazetteer", "OwnPlace", "read_own_places"]

_COLUMNS = ("name", "lat", "lon", "alternates", "kind", "country", "population", "id")
_NEEDED = _COLUMNS[:3]
_KINDS = (Kind.SITE, Kind.CITY, Kind.WATER, Kind.LANDFORM, Kind.AREA)  # countries and regions have outlines
_WEIGHT = 1e15  # more than any place of the atlas has
_MOST = 200_000  # places; more belong into an atlas of their own
_MARKS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of the user's own, and every name that it bears."""

    place: Place
    names: tuple[str, ...]


class ExtendedGazetteer(Gazetteer):
    """A gazetteer with places of the user's own in it."""

    def __init__(self, path: Path, own: tuple[OwnPlace, ...]) -> None:
        """``path``: the compiled gazetteer; ``own``: what it shall know besides."""
        super().__init__(path)
        self._own_places = own
        self._first_own = int(self.meta["places"])
        self._own: dict[str, tuple[Posting, ...]] = {}
        for number, one in enumerate(own, self._first_own):
            for name in one.names:
                words = name.split()
                small = len(words) > 1 and (words[0][0].islower() or words[-1][0].islower())
                for key in (fold(name), LOWER + fold(name)) if small else (fold(name),):
                    self._own[key] = (*self._own.get(key, ()), Posting(number, NameKind.USUAL))
        self._heads = {key[: end + 1] for key in self._own for end, mark in enumerate(key) if mark == " "}

    def _read_columns(self) -> Columns:
        known, codes = super()._read_columns(), {code: number for number, code in enumerate(self.meta["codes"])}
        added = {name: array.array(typecode) for name, typecode in TYPECODES.items()}
        end = known.label_offsets[-1]
        for one in self._own_places:
            place, label = one.place, f"{one.place.id}\t{one.place.name}".encode()
            end += len(label)
            values: Mapping[str, int] = {
                "lat": round(place.position.lat / SCALE),
                "lon": round(place.position.lon / SCALE),
                "population": place.population,
                "geonameid": 0,
                "country": codes.get(place.country or "", 0),
                "admin1": 0,
                "kind": KINDS.index(place.kind),
                "extent_km": 0,
                "label_offsets": end,
            }
            for name, value in values.items():
                added[name].append(value)
            added["labels"].frombytes(label)
        return Columns(
            *(
                memoryview(getattr(known, name).tobytes() + added[name].tobytes()).cast(typecode)  # type: ignore[call-overload]
                for name, typecode in TYPECODES.items()
            )
        )

    def find(self, key: str) -> tuple[Posting, ...]:
        """The places of a folded name, the user's own first."""
        return (*self._own.get(key, ()), *super().find(key))

    def begins(self, start: str) -> bool:
        """Whether any known name begins with this."""
        return start in self._heads or super().begins(start)

    def is_small(self, key: str) -> bool:
        """Whether the first or last word of this name is written small in running text."""
        return LOWER + key in self._own or super().is_small(key)

    def is_own(self, posting: Posting) -> bool:
        """Whether it is one of the user's own places."""
        return posting.number >= self._first_own

    def weight(self, posting: Posting) -> float:
        """How much the bare name means this place; only ratios count."""
        return _WEIGHT if self.is_own(posting) else super().weight(posting)


def read_own_places(path: Path) -> tuple[OwnPlace, ...]:
    """The places of a CSV file. Raises ArticleError that names file, line and what is wrong, OSError as open() does."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: not UTF-8: byte {error.start}; save the table as UTF-8") from error
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    table = csv.DictReader(text.splitlines(), delimiter=delimiter, skipinitialspace=True)
    columns = [column.strip().lower() for column in table.fieldnames or ()]
    missing = [column for column in _NEEDED if column not in columns]
    unknown = [column for column in columns if column not in _COLUMNS]
    if missing or unknown:
        fault = f"the column {missing[0]!r} is missing" if missing else f"there is no column {unknown[0]!r}"
        raise ArticleError(f"{path}: {fault}; the first line names the columns: {', '.join(_COLUMNS)}")
    table.fieldnames = columns
    places = tuple(_own_places(path, table))
    if not places:
        raise ArticleError(f"{path}: no place in it; below the first line, each line is one")
    return places


def _own_places(path: Path, table: "csv.DictReader[str]") -> Iterator[OwnPlace]:
    seen = set[str]()
    for row in table:
        cells = {column: (row.get(column) or "").strip() for column in _COLUMNS}
        if not any(cells.values()):
            continue
        try:
            own = _own_place(cells, seen, whole=None not in row)
        except ValueError as error:
            raise ArticleError(f"{path}, line {table.line_num}: {error}") from error
        seen.add(own.place.id)
        if len(seen) > _MOST:
            raise ArticleError(f"{path}: more than {_MOST:,} places")
        yield own


def _own_place(cells: Mapping[str, str], seen: set[str], *, whole: bool) -> OwnPlace:
    """The place of a line; ``seen`` are the ids before, ``whole`` is false where the line has too many cells."""
    if not whole:
        raise ValueError("there are more cells than columns")
    name = cells["name"]
    names = tuple(dict.fromkeys(filter(None, (part.strip() for part in (name, *cells["alternates"].split("|"))))))
    if not fold(name):
        raise ValueError("the name is empty")
    kind = cells["kind"].lower() or Kind.SITE.value
    if kind not in {each.value for each in _KINDS}:
        raise ValueError(f"the kind is {kind!r}, not one of {', '.join(_KINDS)}")
    country = cells["country"].upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise ValueError(f"the country is {cells['country']!r}, not a code of two letters (ISO 3166-1: DE, US)")
    people = cells["population"]
    if people and not people.isdecimal():
        raise ValueError(f"the population is {people!r}, no whole number")
    position = Position(_degrees(cells, "lat"), _degrees(cells, "lon"))
    identity = cells["id"] or f"own:{_MARKS.sub('-', name.casefold()).strip('-')}"
    if identity in seen or not identity.isprintable():
        raise ValueError(f"the id {identity!r} stands for two places, or cannot be printed: give it another one")
    return OwnPlace(Place(identity, name, Kind(kind), position, country or None, population=int(people or 0)), names)


def _degrees(cells: Mapping[str, str], column: str) -> float:
    try:
        return float(cells[column])
    except ValueError:
        raise ValueError(f"{column} is {cells[column]!r}, no number of degrees (write 52.51)") from None
