"""The gazetteer as a geopy geocoder, for programs that use geopy: same calls, same Location objects, no network.

>>> from geo.geocoder import Dateline
>>> geocoder = Dateline()
>>> location = geocoder.geocode("Wladiwostok")
>>> location.address, round(location.latitude, 2), round(location.longitude, 2)
('Vladivostok, RU', 43.11, 131.87)
>>> geocoder.reverse((52.52, 13.4)).raw["country"]
'DE'
"""

from collections.abc import Iterable
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.atlas import Atlas, open_atlas
from geo.model import Place, Position

__all__ = ["Dateline"]

_NEAREST = 1


class Dateline(Geocoder):  # type: ignore[misc]
    """Geocodes place names in any language with the compiled gazetteer; never asks the network."""

    def __init__(self, atlas: Atlas | None = None) -> None:
        """``atlas``: an open one to share, else the package's own is opened."""
        super().__init__()
        self.atlas = atlas or open_atlas()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        timeout: float | None = None,
    ) -> Location | list[Location] | None:
        """The place that a name most likely means, or with ``exactly_one=False`` all of them, best first; else None.

        ``country_codes`` (ISO 3166-1 alpha-2) keeps places of these countries only. ``timeout`` is taken for geopy's
        sake: nothing here waits.
        """
        del timeout
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or ())
        allowed = {code.upper() for code in codes}
        found = self.atlas.gazetteer.candidates(query)
        places = [candidate.place for candidate in found if not allowed or candidate.place.country in allowed]
        return _answer(places[:limit], exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        limit: int = _NEAREST,
        timeout: float | None = None,
    ) -> Location | list[Location] | None:
        """The populated place nearest to a point; ValueError where the point is none."""
        del timeout
        point = Point(query)
        near = self.atlas.gazetteer.near(Position(point.latitude, point.longitude), limit)
        return _answer([place for _, place in near], exactly_one=exactly_one)


def _answer(places: list[Place], *, exactly_one: bool) -> Location | list[Location] | None:
    """What geopy's geocoders give: one location, a list of them, or None."""
    if not places:
        return None
    locations = [_location(place) for place in places]
    return locations[0] if exactly_one else locations


def _location(place: Place) -> Location:
    address = f"{place.name}, {place.country}" if place.country and place.country != place.name else place.name
    raw: dict[str, Any] = {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "country": place.country,
        "population": place.population,
        "geonameid": place.geonameid,
    }
    return Location(address, (place.position.lat, place.position.lon), raw)
