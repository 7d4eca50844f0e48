"""Geodesics against GeographicLib's published figures, and what must hold for any two points (FAULTS 25-31)."""

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measure import (
    destination,
    distance_km,
    estimate_error_km,
    estimate_km,
    geodesic,
    inverse,
    nearest_on_edge,
    reduced_vector,
    unwrap,
)
from geo.model import Position

from . import minimiser

NANOMETRES_15 = 15e-12  # km
# The WGS84 quarter meridian is 10001.965729 km; the equator a circle of radius 6378.137 km.
QUARTER_KM = 10_001.965729
# lat1, lon1, azi1, lat2, lon2, s12 in m: from GeodTest.dat's sample in geographiclib's own test suite.
PUBLISHED = [
    (35.60777, -139.44815, 111.098748429560326, -11.17491, -69.95921, 8935244.5604818305),
    (55.52454, 106.05087, 22.020059880982801, 77.03196, 197.18234, 4105086.1713924406),
    (-21.97856, 142.59065, -32.44456876433189, 41.84138, 98.56635, 8394328.894657671),
    (-66.99028, 112.2363, 173.73491240878403, -12.70631, 285.90344, 11150344.2312080241),
]

positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(("lat1", "lon1", "bearing", "lat2", "lon2", "metres"), PUBLISHED)
def test_published(lat1: float, lon1: float, bearing: float, lat2: float, lon2: float, metres: float) -> None:
    found_km, found_deg = inverse(Position(lat1, lon1), Position(lat2, lon2))
    assert found_km == pytest.approx(metres / 1000, abs=1e-10)
    assert found_deg == pytest.approx(bearing % 360, abs=1e-11)
    there = destination(Position(lat1, lon1), bearing, metres / 1000)
    assert there.lat == pytest.approx(lat2, abs=1e-11)
    assert there.lon == pytest.approx(Position(0, lon2).lon, abs=1e-11)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (90, 0), QUARTER_KM),
        ((90, 0), (-90, 0), 2 * QUARTER_KM),
        ((90, 10), (90, -150), 0),
        ((0, 0), (0, 180), 2 * QUARTER_KM),  # antipodes on the equator: over a pole, which is shorter
        ((0, 179), (0, -179), math.radians(2) * 6378.137),
        ((12.5, -180), (12.5, 180), 0),
        ((48, 11), (48, 11), 0),
        ((41.3, 36.2), (-41.3, -143.8), 2 * QUARTER_KM),
    ],
)
def test_awkward_pairs(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert distance_km(Position(*a), Position(*b)) == pytest.approx(km, abs=1e-6)
    assert inverse(Position(*a), Position(*b))[0] == distance_km(Position(*a), Position(*b))


def test_identical_points_have_no_distance_and_no_wild_bearing() -> None:
    assert inverse(Position(48, 11), Position(48, 11)) == (0.0, 0.0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_nothing_is_measured_to_nowhere(bad: float) -> None:
    for lat, lon in ((bad, 0), (0, bad), (91, 0), (-90.0001, 0)):
        with pytest.raises(ValueError, match="itude"):
            Position(lat, lon)
    for bearing, length in ((bad, 1), (1, bad)):
        with pytest.raises(ValueError, match="nowhere"):
            destination(Position(0, 0), bearing, length)
    with pytest.raises(ValueError, match="never arrives"):
        geodesic(Position(0, 0), Position(1, 1), step_km=0)


@given(positions, positions)
def test_symmetric(a: Position, b: Position) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=2 * NANOMETRES_15)


@given(positions, positions, st.integers(-720, 720))
def test_turning_the_earth_changes_nothing(a: Position, b: Position, turn: int) -> None:
    turned = [Position(point.lat, point.lon + turn) for point in (a, b)]
    assert distance_km(*turned) == pytest.approx(distance_km(a, b), abs=1e-9)  # adding degrees rounds at 0.03 um


@given(positions, positions, st.floats(20, 3000))
def test_a_line_is_as_long_as_it_says_and_never_jumps(a: Position, b: Position, step_km: float) -> None:
    line = geodesic(a, b, step_km=step_km)
    assert (line[0], line[-1]) == (a, b)
    steps = [distance_km(*pair) for pair in itertools.pairwise(line)]
    assert max(steps) <= step_km * (1 + 1e-9)
    assert sum(steps) == pytest.approx(distance_km(a, b), abs=1e-6)
    unwrapped = unwrap(line)
    assert all(abs(lon - before) <= 180 for (_, before), (_, lon) in itertools.pairwise(unwrapped))
    assert [lat for lat, _ in unwrapped] == [point.lat for point in line]
    assert all(
        (lon - point.lon) % 360 in (0, pytest.approx(0), pytest.approx(360))
        for (_, lon), point in zip(unwrapped, line, strict=True)
    )


def test_a_line_over_the_pacific_runs_on() -> None:
    lons = [lon for _, lon in unwrap(geodesic(Position(43.1, 131.9), Position(37.8, -122.4)))]
    assert lons == sorted(lons)
    assert lons[-1] == pytest.approx(237.6)


def test_unwrapping_nothing() -> None:
    assert unwrap(()) == ()


def test_estimates_err_by_less_than_they_say() -> None:
    rand = random.Random(20)  # noqa: S311 - a fixed sample
    worst = 0.0
    for number in range(3000):
        a = math.degrees(math.asin(rand.uniform(-1, 1))), rand.uniform(-180, 180)
        spread = (0.01, 1, 30, 180)[number % 4]
        b = a[0] + rand.uniform(-spread, spread), a[1] + rand.uniform(-spread, spread)
        if number % 7 == 0:
            b = -a[0] + rand.gauss(0, 1), a[1] + 180 + rand.gauss(0, 1)
        b = max(-90.0, min(90.0, b[0])), b[1]
        estimate = estimate_km(reduced_vector(*a), reduced_vector(*b))
        worst = max(worst, abs(estimate - distance_km(Position(*a), Position(*b))) / estimate_error_km(estimate))
    assert 0.1 < worst < 1  # a bound that is never nearly met would be no bound worth having


@pytest.mark.parametrize("point", [(0, 0), (90, 0), (-33, 180)])
def test_estimates_at_the_same_and_the_opposite_point(point: tuple[float, float]) -> None:
    here, there = reduced_vector(*point), reduced_vector(-point[0], point[1] + 180)
    assert estimate_km(here, here) == 0
    assert estimate_km(here, there) == pytest.approx(2 * QUARTER_KM, abs=40)


@pytest.mark.parametrize(
    ("point", "start", "end", "foot"),
    [
        ((1, 5), (0, 0), (0, 10), (0, 5)),
        ((0, -3), (0, 0), (0, 10), (0, 0)),
        ((0, 14), (0, 0), (0, 10), (0, 10)),
        ((0, 4), (0, 0), (0, 10), (0, 4)),  # on the edge
        ((5, 5), (5, 5), (6, 6), (5, 5)),  # on a vertex
        ((5, 5), (6, 6), (6, 6), (6, 6)),  # an edge without length
        ((0, 180), (-10, 175), (-10, 175.5), (-10, 175.5)),
        ((1, -179.5), (0, 179), (0, -179), (0, -179.5)),
        ((89, 0), (80, 90), (80, -90), (90, 0)),  # the geodesic runs over the pole
    ],
)
def test_nearest_on_edge(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float], foot: tuple[float, float]
) -> None:
    distance, spot = nearest_on_edge(point, start, end)
    assert distance_km(Position(*spot), Position(*foot)) < 1e-6
    assert distance == pytest.approx(distance_km(Position(*point), Position(*foot)), abs=1e-9)


degrees = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@given(degrees, degrees, st.floats(-5, 5), st.floats(-5, 5))
def test_nearest_on_edge_is_the_nearest(
    point: tuple[float, float], start: tuple[float, float], north: float, east: float
) -> None:
    end = max(-89.0, min(89.0, start[0] + north)), start[1] + east
    distance, spot = nearest_on_edge(point, start, end)
    assert distance == pytest.approx(distance_km(Position(*point), Position(*spot)), abs=1e-9)
    assert distance == pytest.approx(minimiser.search_km(point, start, end), abs=0.001)
