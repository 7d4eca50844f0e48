"""Finds the nearest point of an outline the slow way, to compare geo.outlines with.

It shares nothing with what it checks but the outlines themselves, their polygons and arcs: what is border and what is
coast it counts anew, edges are ruled out by the haversine formula with a margin for the ellipsoid, and what is left is
searched by golden section along geodesics, from several starts, with geographiclib.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

from geographiclib.geodesic import Geodesic

Point = tuple[float, float]
Edge = tuple[Point, Point]

SPHERE_KM = 6371.0088
ELLIPSOID = 0.006  # haversine is wrong by up to 0.56 % (geopy's documentation says 0.5)
GOLDEN = (math.sqrt(5) - 1) / 2
PIECES = 4  # an edge is searched in so many pieces, in case the distance has more than one valley along it
SHORT_KM = 1e-5  # 1 cm


class Line(Protocol):
    @property
    def points(self) -> tuple[Point, ...]: ...


class Shapes(Protocol):
    def __hash__(self) -> int: ...
    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def arcs(self) -> Sequence[Line]: ...
    def polygons(self, code: str) -> tuple[tuple[tuple[int, ...], ...], ...]: ...


@cache
def users(shapes: Shapes) -> dict[int, set[str]]:
    """Which outlines use an arc an odd number of times."""
    found: dict[int, set[str]] = {}
    for code in shapes.codes:
        for arc, times in Counter(uses(shapes, code)).items():
            if times % 2:
                found.setdefault(arc, set()).add(code)
    return found


def uses(shapes: Shapes, code: str) -> list[int]:
    return [max(ref, ~ref) for polygon in shapes.polygons(code) for ring in polygon for ref in ring]


def edges(shapes: Shapes, arcs: Iterable[int]) -> list[Edge]:
    return [edge for arc in arcs for edge in pairwise(shapes.arcs[arc].points)]


def outline(shapes: Shapes, code: str) -> list[Edge]:
    return edges(shapes, uses(shapes, code))


def border(shapes: Shapes, code: str, neighbour: str | None = None) -> list[Edge]:
    found = users(shapes)
    arcs = [arc for arc in uses(shapes, code) if any(neighbour in (None, other) for other in found[arc] - {code})]
    return edges(shapes, arcs)


def coast(shapes: Shapes, code: str) -> list[Edge]:
    found = users(shapes)
    return edges(shapes, [arc for arc in uses(shapes, code) if found[arc] == {code}])


def nearest_km(point: Point, candidates: Sequence[Edge]) -> float:
    """The distance of the nearest point of all edges, in km."""
    rough = [
        (min(haversine_km(point, start), haversine_km(point, end)), haversine_km(start, end), start, end)
        for start, end in candidates
    ]
    reach = min(distance for distance, *_ in rough) * (1 + 2 * ELLIPSOID)
    left = [(start, end) for distance, length, start, end in rough if distance * (1 - ELLIPSOID) - length <= reach]
    measured = sorted((distance_km(point, start), start, end) for start, end in left)
    best = measured[0][0]
    for distance, start, end in measured:
        if distance - 1.01 * haversine_km(start, end) <= best:
            best = min(best, search_km(point, start, end))
    return best


def search_km(point: Point, start: Point, end: Point) -> float:
    """Golden section (J. Kiefer, 1953) on pieces of one edge."""
    line = Geodesic.WGS84.InverseLine(*start, *end)

    def at(along: float) -> float:
        there = line.Position(along)
        return distance_km(point, (there["lat2"], there["lon2"]))

    best = min(at(0), at(line.s13))
    for piece in range(PIECES):
        low, high = line.s13 * piece / PIECES, line.s13 * (piece + 1) / PIECES
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        at_left, at_right = at(left), at(right)
        while high - low > SHORT_KM * 1000:
            if at_left < at_right:
                high, right, at_right = right, left, at_left
                left = high - GOLDEN * (high - low)
                at_left = at(left)
            else:
                low, left, at_left = left, right, at_right
                right = low + GOLDEN * (high - low)
                at_right = at(right)
        best = min(best, at_left, at_right)
    return best


def inside(point: Point, shapes: Shapes, code: str) -> bool:
    """Whether the outline winds around the point; holds where its antipode does not lie in the outline as well."""
    turns = sum(turn(point, edge) for edge in outline_in_order(shapes, code))
    return round(abs(turns) / 360) % 2 == 1


def outline_in_order(shapes: Shapes, code: str) -> list[Edge]:
    found: list[Edge] = []
    for ref in (ref for polygon in shapes.polygons(code) for ring in polygon for ref in ring):
        points = shapes.arcs[max(ref, ~ref)].points
        found.extend(pairwise(points if ref >= 0 else points[::-1]))
    return found


def turn(point: Point, edge: Edge) -> float:
    """By how much the bearing at the point turns along the edge."""
    return (bearing_deg(point, edge[1]) - bearing_deg(point, edge[0]) + 180) % 360 - 180


def bearing_deg(a: Point, b: Point) -> float:
    lat1, lat2, step = math.radians(a[0]), math.radians(b[0]), math.radians(b[1] - a[1])
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(step)
    return math.degrees(math.atan2(math.sin(step) * math.cos(lat2), north))


def haversine_km(a: Point, b: Point) -> float:
    lat1, lat2, step = math.radians(a[0]), math.radians(b[0]), math.radians(b[1] - a[1])
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(step / 2) ** 2
    return 2 * SPHERE_KM * math.asin(min(1.0, math.sqrt(half)))


def distance_km(a: Point, b: Point) -> float:
    return float(Geodesic.WGS84.Inverse(*a, *b)["s12"]) / 1000
