"""The nearest points of two areas.

The distance to an area changes by no more than one moves. So where a vertex of one outline lies d from the other area,
and the best so far is b, nothing within d - b of that vertex is better: far away, long stretches need not be measured.
First a few walks to and fro between the areas, each step to the nearest point of the other one, find a good b; a last
one goes from the best vertex to the points, which may lie on edges.
"""

import math
from collections.abc import Sequence

from geo.measure import estimate_km, reduced_vector
from geo.model import Part, Position
from geo.rules.world import Lines

__all__ = ["nearest_points"]

AreaPart = tuple[str, Part]
Pair = tuple[Position, Position]
Vector = tuple[float, float, float]

_FINE_KM = 1.0  # what may be missed between vertices; the outlines themselves are less exact
_WALKS = 12  # from so many arcs of an area, evenly
_STEPS = 12
_STILL_KM = 0.01


def nearest_points(a: AreaPart, b: AreaPart, lines: Lines) -> Pair | None:
    """A point of each, as near to each other as can be; None where one of them has no such part."""
    arcs = {
        code: {max(ref, ~ref) for rings in lines.polygons(code) for ring in rings for ref in ring} for code, _ in (a, b)
    }
    # The vertices of an outline are those of its territory; of the two, the one with fewer arcs is shorter.
    if (b[1] is Part.TERRITORY, -len(arcs[b[0]])) > (a[1] is Part.TERRITORY, -len(arcs[a[0]])):
        found = nearest_points(b, a, lines)
        return found[::-1] if found else None
    mine = sorted(arcs[a[0]])
    walks = []
    for arc in mine[:: len(mine) // _WALKS + 1]:
        walk = _walk(Position(*lines.arc(arc).points[0]), a, b, lines)
        if walk is None:
            return None
        walks.append(walk)
    best, pair = min(walks, key=lambda walk: walk[0], default=(0.0, None))
    vertex = _nearer_vertex(mine, b, best, lines) if best >= _FINE_KM else None
    if vertex:
        best, pair = min(_walk(vertex, a, b, lines) or (best, pair), (best, pair), key=lambda walk: walk[0])
    return pair


def _nearer_vertex(arcs: Sequence[int], area: AreaPart, best: float, lines: Lines) -> Position | None:
    """The vertex nearest to an area, if it is nearer than the best so far."""
    found = None
    seen: list[tuple[Vector, float]] = []
    for arc in arcs:
        cover = None
        for point in lines.arc(arc).points:
            here = reduced_vector(*point)
            if cover and estimate_km(here, cover[0]) < cover[1] - best + _FINE_KM:
                continue
            cover = next((one for one in seen if estimate_km(here, one[0]) < one[1] - best + _FINE_KM), None)
            if cover:
                continue
            nearest = lines.nearest(Position(*point), *area)
            if nearest is None:
                return None
            cover = here, nearest.distance_km
            seen.append(cover)
            if nearest.distance_km < best:
                best, found = nearest.distance_km, Position(*point)
    return found


def _walk(start: Position, a: AreaPart, b: AreaPart, lines: Lines) -> tuple[float, Pair] | None:
    """To and fro between the areas while that brings the two nearer; None where one has no such part."""
    best, pair = math.inf, (start, start)
    there = start
    for _ in range(_STEPS):
        back = lines.nearest(there, *a)
        again = lines.nearest(back.position, *b) if back else None
        if back is None or again is None:
            return None
        if best - again.distance_km < _STILL_KM:
            break
        best, pair, there = again.distance_km, (back.position, again.position), again.position
    return best, pair
