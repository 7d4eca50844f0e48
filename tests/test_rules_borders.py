"""Distances to borders, coasts and territories: in a made world, then in the atlas."""

from dataclasses import replace
from typing import Any

import pytest

from geo.atlas import Atlas
from geo.measure import distance_km
from geo.model import Kind, Part, Place, Verdict
from geo.outlines import ERROR_KM
from geo.rules.verdict import HOLDS

from .made import FakeLines, FakeWorld, area, check, claim, end, place, stated

BORDER, COAST, TERRITORY = Part.BORDER, Part.COAST, Part.TERRITORY


def beland(**more: Any) -> FakeWorld:
    """A city of AA: BB's border 100 km away with CC, 128 km away with AA, its land 100 km away, its coast 400 km."""
    away_km: dict[tuple[str | None, Part, str | None], float] = {
        ("BB", BORDER, None): 100,
        ("BB", BORDER, "AA"): 128,
        ("BB", TERRITORY, None): 100,
        ("BB", COAST, None): 400,
        ("AA", BORDER, None): 50,
        ("AA", COAST, None): 2,
        (None, COAST, None): 2,
    }
    return FakeWorld(FakeLines(away_km, **more))


CITY = replace(place("Ahausen", 48, 11), country="AA")
COUNTRY = area("BB", "Beland", 40, 11)


def test_the_border_of_another_country() -> None:
    found = check(claim(CITY, end(COUNTRY, BORDER), stated(100, rounding=5)), beland())
    assert found.verdict is Verdict.ACCURATE
    assert found.measured
    assert found.measured.how == (
        "to the nearest point of the border of Beland, there with Celand (128 km to the border of Beland with Aland)"
    )
    assert (found.measured.low_km, found.measured.high_km) == (100 - ERROR_KM, 128 + ERROR_KM)
    assert "Natural Earth 10m" in found.measured.source
    assert found.measured.line[0] == CITY.position
    assert found.measured.how in found.reason


def test_the_common_border_is_another_reading() -> None:
    found = check(claim(CITY, end(COUNTRY, BORDER), stated(150, rounding=5)), beland())
    assert found.verdict is Verdict.PLAUSIBLE_BY_ROAD
    found = check(claim(CITY, end(COUNTRY, BORDER), stated(130, rounding=5)), beland())
    assert found.verdict is Verdict.ACCURATE
    assert found.measured
    assert found.measured.distance_km == 128
    assert found.measured.how.startswith("to the border of Beland with Aland (100 km to the nearest point")
    assert check(claim(CITY, end(COUNTRY, BORDER), 1300.0), beland()).verdict is Verdict.WRONG


def test_the_border_may_be_the_subject() -> None:
    found = check(claim(end(COUNTRY, BORDER), end(CITY), 100.0), beland())
    assert found.verdict is Verdict.ACCURATE
    assert found.measured
    assert found.measured.line[1] == CITY.position
    assert found.measured.bearing_deg == pytest.approx(180, abs=1)


def test_an_unnamed_border_is_of_the_own_country() -> None:
    found = check(claim(end(CITY), end(None, BORDER), 50.0), beland())
    assert found.verdict is Verdict.ACCURATE
    assert "the border of Aland" in found.reason
    stateless = replace(CITY, country=None)
    assert check(claim(end(stateless), end(None, BORDER), 50.0), beland()).verdict is Verdict.UNCHECKABLE


def test_no_border_and_no_coast() -> None:
    island = FakeWorld(FakeLines({("BB", TERRITORY, None): 0.0}))
    for part, why in ((BORDER, "Beland has no land border"), (COAST, "Beland has no coast")):
        found = check(claim(end(CITY), end(COUNTRY, part), 50.0), island)
        assert found.verdict is Verdict.UNCHECKABLE
        assert why in found.reason
    over_water = FakeWorld(FakeLines({("BB", TERRITORY, None): 40.0}))
    assert check(claim(end(CITY), end(COUNTRY, BORDER), 40.0), over_water).verdict is Verdict.ACCURATE


def test_the_coast_of_a_country_and_of_any_land() -> None:
    assert check(claim(end(CITY), end(COUNTRY, COAST), 400.0), beland()).verdict is Verdict.ACCURATE
    assert check(claim(end(CITY), end(None, COAST), 2.0), beland()).verdict is Verdict.ACCURATE
    assert check(claim(end(CITY), end(None, COAST), 90.0), beland()).verdict is Verdict.WRONG


def test_from_an_island_another_shore_may_be_meant() -> None:
    boxes = {"AA": [(40.0, 0.0, 46.0, 20.0), (47.9, 10.9, 48.1, 11.1)]}
    found = check(claim(end(CITY), end(None, COAST), 90.0), beland(boxes=boxes))
    assert found.verdict is Verdict.UNCHECKABLE
    assert "island" in found.reason
    assert check(claim(end(CITY), end(None, COAST), 2.0), beland(boxes=boxes)).verdict is Verdict.ACCURATE
    mainland = {"AA": [(40.0, 0.0, 50.0, 20.0), (60.0, 10.9, 60.1, 11.1)]}
    assert check(claim(end(CITY), end(None, COAST), 90.0), beland(boxes=mainland)).verdict is Verdict.WRONG


def test_the_coast_of_a_sea_lies_within_it() -> None:
    near = place("Near Sea", 48, 12, kind=Kind.WATER, extent_km=200)
    far = place("Far Sea", 10, 11, kind=Kind.WATER, extent_km=900)
    assert check(claim(end(CITY), end(near, COAST), 2.0), beland()).verdict is Verdict.ACCURATE
    assert check(claim(end(CITY), end(near, COAST), 90.0), beland()).verdict is Verdict.WRONG
    assert check(claim(end(CITY), end(far, COAST), 3000.0), beland()).verdict is Verdict.UNCHECKABLE


def test_inside_it_is_zero_to_the_territory() -> None:
    home = area("AA", "Aland")
    found = check(claim(end(CITY), end(home, TERRITORY), 0.0), beland())
    assert found.verdict is Verdict.ACCURATE
    assert found.measured
    assert found.measured.distance_km == 0
    assert check(claim(end(CITY), end(home, TERRITORY), 50.0), beland()).verdict is Verdict.WRONG
    region = area("AA.07", "Some Shire")
    world = beland()
    world.outlines.away_km["AA.07", TERRITORY, None] = 30
    inside = replace(CITY, admin1="07")
    for part in (TERRITORY, Part.CENTRE):  # an area is never measured to its centre
        assert check(claim(end(inside), end(region, part), 0.0), world).verdict is Verdict.ACCURATE
        assert check(claim(end(CITY), end(region, part), 30.0), world).verdict is Verdict.ACCURATE


# --- and the real one ---


def country(atlas: Atlas, code: str) -> Place:
    found = atlas.gazetteer.place(f"country:{code}")
    assert found is not None
    return found


def test_a_border_of_the_atlas(atlas: Atlas) -> None:
    rzeszow = place("Rzeszów", 50.041, 21.999, country="PL", population=200_000)
    for figure, verdicts in ((75, {Verdict.ACCURATE}), (750, {Verdict.WRONG}), (7.5, {Verdict.WRONG})):
        made = claim(end(rzeszow), end(country(atlas, "UA"), BORDER), stated(figure))
        assert check(made, atlas).verdict in verdicts
    found = check(claim(end(rzeszow), end(country(atlas, "UA"), BORDER), 75.0), atlas)
    assert "there with Poland" in found.reason


def test_no_common_border_in_the_atlas(atlas: Atlas) -> None:
    calais = place("Calais", 50.954, 1.857, country="FR")
    assert check(claim(end(calais), end(country(atlas, "GB"), BORDER), 40.0), atlas).verdict in HOLDS
    nagoya = place("Nagoya", 35.18, 136.9, country="JP")
    assert check(claim(end(nagoya), end(None, BORDER), 40.0), atlas).verdict is Verdict.UNCHECKABLE


@pytest.mark.parametrize(
    ("a", "b", "figure", "verdict"),
    [
        ("ES", "MA", 0, Verdict.ACCURATE),  # they touch at Ceuta
        ("CU", "HT", 80, Verdict.ACCURATE),
        ("CU", "HT", 8000, Verdict.WRONG),
        ("CU", "HT", 300, Verdict.UNCHECKABLE),  # from which point to which?
        ("RU", "US", 4, Verdict.ACCURATE),  # the Diomede Islands, either side of 180 degrees
    ],
)
def test_two_areas(atlas: Atlas, a: str, b: str, figure: float, verdict: Verdict) -> None:
    ends = end(country(atlas, a), TERRITORY), end(country(atlas, b), TERRITORY)
    one, other = (check(claim(*pair, figure), atlas) for pair in (ends, ends[::-1]))
    assert one.verdict is other.verdict is verdict
    assert one.measured
    assert other.measured
    assert one.measured.distance_km == pytest.approx(other.measured.distance_km, abs=ERROR_KM)
    assert distance_km(*one.measured.line) == pytest.approx(one.measured.distance_km)


def test_a_part_of_it_is_no_distance_away(atlas: Atlas) -> None:
    bavaria = area("DE.02", "Bavaria", 49, 11.5)
    made = claim(end(bavaria, TERRITORY), end(country(atlas, "DE"), TERRITORY), 60.0)
    assert check(made, atlas).verdict is Verdict.UNCHECKABLE
