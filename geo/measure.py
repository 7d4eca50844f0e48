"""Distances, bearings, lines and nearest points on the WGS84 ellipsoid.

Degrees and kilometres; bearings are clockwise from north. Everything exact goes through GeographicLib (C. Karney,
"Algorithms for geodesics", J. Geodesy 87, 2013, doi 10.1007/s00190-012-0578-z), which is good to 15 nm between any two
points, antipodes included.

An *edge* between two vertices of an outline is the geodesic between them. Maps draw it as a straight line of their
projection; for the edges of our countries, none longer than 56 km and half shorter than 1.7 km, it is the same line
within tens of metres at worst, far below what the data knows.

To find the nearest of half a million edges, :func:`estimate_km` ranks them: the Andoyer-Lambert formula, which needs
two unit vectors and little trigonometry, and whose error is known.
"""

import math
from collections.abc import Sequence

from geographiclib.geodesic import Geodesic

from geo.model import Position

__all__ = [
    "destination",
    "distance_km",
    "estimate_error_km",
    "estimate_km",
    "geodesic",
    "inverse",
    "nearest_on_edge",
    "reduced_vector",
    "unwrap",
]

Vector = tuple[float, float, float]
LatLon = tuple[float, float]

_EARTH = Geodesic.WGS84
_KM = 1e-3  # kilometres in a metre
_EQUATOR_KM: float = _EARTH.a * _KM
_FLATTENING: float = _EARTH.f
_LENGTHS = Geodesic.DISTANCE | Geodesic.AZIMUTH
_POINT = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.AZIMUTH
_CLOSE_KM = 1e-7  # 0.1 mm: nearer than that a step along an edge is not worth taking
_STEPS = 60  # halving 20,000 km so often leaves less than a nanometre


def inverse(a: Position, b: Position) -> tuple[float, float]:
    """Distance in km, and the bearing at ``a`` of ``b`` in [0, 360); the bearing is 0 where both are one point.

    >>> inverse(Position(0, 179.5), Position(0, -179.5))
    (111.31949079327357, 90.0)
    >>> inverse(Position(90, 0), Position(90, 77))[0]
    0.0
    """
    found = _EARTH.Inverse(a.lat, a.lon, b.lat, b.lon, _LENGTHS)
    if found["s12"] == 0:
        return 0.0, 0.0
    return found["s12"] * _KM, found["azi1"] % 360.0


def distance_km(a: Position, b: Position) -> float:
    """Length of the geodesic between two points."""
    return float(_EARTH.Inverse(a.lat, a.lon, b.lat, b.lon, Geodesic.DISTANCE)["s12"]) * _KM


def destination(a: Position, bearing_deg: float, distance_km: float) -> Position:
    """The point that lies so far from ``a`` at this bearing. Raises ValueError where either is not finite.

    >>> destination(Position(90, 0), 180, 0)
    Position(lat=90.0, lon=0.0)
    """
    if not (math.isfinite(bearing_deg) and math.isfinite(distance_km)):
        raise ValueError(f"{distance_km} km at {bearing_deg} degrees leads nowhere")
    found = _EARTH.Direct(a.lat, a.lon, bearing_deg, distance_km / _KM, _POINT)
    return Position(found["lat2"], found["lon2"])


def geodesic(a: Position, b: Position, *, step_km: float = 50) -> tuple[Position, ...]:
    """Points along the geodesic from ``a`` to ``b``, both included, at most ``step_km`` apart.

    >>> [round(point.lon) for point in geodesic(Position(0, 179), Position(0, -179), step_km=120)]
    [179, -180, -179]
    """
    if not step_km > 0:
        raise ValueError(f"a step of {step_km} km never arrives")
    line = _EARTH.InverseLine(a.lat, a.lon, b.lat, b.lon)
    pieces = max(1, math.ceil(line.s13 * _KM / step_km))
    inner = (line.Position(line.s13 * i / pieces, _POINT) for i in range(1, pieces))
    return (a, *(Position(point["lat2"], point["lon2"]) for point in inner), b)


def unwrap(line: Sequence[Position]) -> tuple[LatLon, ...]:
    """The line as (lat, lon) whose longitudes run on beyond 180 degrees instead of jumping.

    >>> unwrap([Position(0, 179), Position(0, -179), Position(5, 179)])
    ((0, 179), (0, 181), (5, 179))
    """
    result: list[LatLon] = [(point.lat, point.lon) for point in line[:1]]
    for point in line[1:]:
        before = result[-1][1]
        result.append((point.lat, before + (point.lon - before + 180) % 360 - 180))
    return tuple(result)


def nearest_on_edge(point: LatLon, start: LatLon, end: LatLon) -> tuple[float, LatLon]:
    """Distance in km to the nearest point of the geodesic from ``start`` to ``end``, and that point.

    Along an edge the distance grows at the cosine of the angle between the geodesic that arrives and the edge. There is
    a minimum inside the edge only where that slope turns from negative to positive; in the right-angled triangle of
    point, foot and where we are, Napier's rule gives the step to the foot, exact on a sphere, so two or three steps do.
    """
    line = _EARTH.InverseLine(*start, *end)
    length = line.s13 * _KM

    def look(along: float) -> tuple[float, float, LatLon]:
        there = line.Position(along / _KM, _POINT)
        seen = _EARTH.Inverse(*point, there["lat2"], there["lon2"], _LENGTHS)
        return seen["s12"] * _KM, math.cos(math.radians(seen["azi2"] - there["azi2"])), (there["lat2"], there["lon2"])

    first, last = look(0.0), look(length)
    if first[0] == 0 or first[1] >= 0 or last[1] <= 0:
        nearer = min(first, last)
        return nearer[0], start if nearer is first else end
    low, high, along, (distance, slope, spot) = 0.0, length, 0.0, first
    for _ in range(_STEPS):
        angle = distance / _EQUATOR_KM
        new = along - _EQUATOR_KM * math.atan(slope * math.tan(angle)) if angle < math.pi / 2 else math.nan
        if not low < new < high:  # also where it is NaN: a quarter of the globe away the rule points the wrong way
            new = (low + high) / 2
        step, along = abs(new - along), new
        distance, slope, spot = look(along)
        if step < _CLOSE_KM or distance < _CLOSE_KM:
            break
        low, high = (along, high) if slope < 0 else (low, along)
    return distance, spot


def reduced_vector(lat: float, lon: float) -> Vector:
    """The point on the auxiliary sphere: a unit vector at the reduced latitude (tan b = (1 - f) tan lat)."""
    phi, lam = math.radians(lat), math.radians(lon)
    x, z = math.cos(phi), (1 - _FLATTENING) * math.sin(phi)
    norm = math.hypot(x, z)
    x /= norm
    return x * math.cos(lam), x * math.sin(lam), z / norm


def estimate_km(a: Vector, b: Vector) -> float:
    """Distance between two :func:`reduced_vector` points, wrong by less than :func:`estimate_error_km`.

    Andoyer-Lambert: W. D. Lambert, J. Washington Academy of Sciences 32, 1942; first order in the flattening.
    """
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    square = x * x + y * y + z * z  # of the chord: 2 - 2 cos(angle), without its cancellation near 0
    if square < _TINY:
        return 0.0
    if square > _ANTIPODAL:
        return math.pi * _EQUATOR_KM
    sine = math.sqrt(square * (1 - square / 4))
    angle = 2 * math.asin(math.sqrt(square) / 2)
    total = a[2] + b[2]
    flat = (angle - sine) * total * total / (2 - square / 2) + (angle + sine) * z * z / (square / 2)
    return _EQUATOR_KM * (angle - _FLATTENING / 4 * flat)


def estimate_error_km(estimate: float) -> float:
    """A bound for the error of an estimate; tests/test_measure.py compares it with GeographicLib.

    The terms of second order, which the formula leaves out, grow towards the antipode, where it is a guess.

    >>> estimate_error_km(6500), estimate_error_km(12_000), estimate_error_km(20_000)
    (0.02, 0.5, 70.0)
    """
    for reach, error in _ERRORS_KM:
        if estimate < reach:
            return error
    return _ANTIPODAL_ERROR_KM


_TINY = 1e-24  # a chord of 6 micrometres
_ANTIPODAL = 4 - 1e-9  # within 200 m of the antipode: no division by nearly zero
# In 120,000 random pairs, half of them around antipodes, no error reached 14 m, 0.31 km, 1.7 km; beyond that, 13 km.
_ERRORS_KM = ((10_000.0, 0.02), (18_000.0, 0.5), (19_700.0, 5.0))
_ANTIPODAL_ERROR_KM = 70.0
