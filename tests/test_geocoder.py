"""The gazetteer where geopy is used."""

import pytest
from geopy.distance import geodesic
from geopy.location import Location
from geopy.point import Point

from geo.atlas import Atlas
from geo.geocoder import Dateline


@pytest.fixture
def geocoder(atlas: Atlas) -> Dateline:
    return Dateline(atlas)


def test_geocode_gives_geopys_location(geocoder: Dateline) -> None:
    location = geocoder.geocode("Lissabon")
    assert isinstance(location, Location)
    assert location.raw["geonameid"] == 2267057
    assert geodesic((38.72, -9.14), location.point).km < 5


def test_all_of_them(geocoder: Dateline) -> None:
    locations = geocoder.geocode("Alexandria", exactly_one=False, limit=4)
    assert isinstance(locations, list)
    assert len(locations) == 4
    assert locations[0].raw["country"] == "EG"


def test_country_codes(geocoder: Dateline) -> None:
    location = geocoder.geocode("Alexandria", country_codes="us")
    assert isinstance(location, Location)
    assert location.raw["country"] == "US"
    assert geocoder.geocode("Alexandria", country_codes=["JP"]) is None


def test_nobody(geocoder: Dateline) -> None:
    assert geocoder.geocode("Hintertupfingen") is None
    assert geocoder.geocode("Hintertupfingen", exactly_one=False) is None


@pytest.mark.parametrize("query", [(48.14, 11.58), Point(48.14, 11.58), "48.14, 11.58"])
def test_reverse(geocoder: Dateline, query: object) -> None:
    location = geocoder.reverse(query)
    assert isinstance(location, Location)
    assert location.raw["country"] == "DE"


def test_reverse_many(geocoder: Dateline) -> None:
    locations = geocoder.reverse((48.14, 11.58), exactly_one=False, limit=3)
    assert isinstance(locations, list)
    assert len(locations) == 3
