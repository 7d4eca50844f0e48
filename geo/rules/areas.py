"""The nearest points of two areas, by going to and fro.

From a point the nearest one of the other area is found, from there the nearest one of the first, and so on: each step
is shorter, and where it stands still is a local minimum (alternating projections: Cheney & Goldstein 1959, for convex
sets). Areas are not convex, so the walk starts in many places: around each area's largest pieces, and between those
pieces of both whose boxes lie nearest to each other. A smaller minimum may be missed where two coasts are long and
ragged; the distance found is then a little too large.
"""

from itertools import product

from geo.measure import distance_km, estimate_km, reduced_vector
from geo.model import Part, Position
from geo.rules.world import Lines

__all__ = ["boxes_of", "nearest_points"]

AreaPart = tuple[str, Part]
Box = tuple[float, float, float, float]

_LARGEST = 3  # pieces of each area to start around, at the 4 corners of each
_PAIRS = 8  # pairs of boxes to start between
_BOXES = 300  # boxes of each area that are compared, the largest first: 90,000 estimates take 0.1 s
_WALKS = 4  # starts worth walking on from
_STEPS = 12
_STILL_KM = 0.01


def nearest_points(a: AreaPart, b: AreaPart, lines: Lines) -> tuple[Position, Position] | None:
    """A point of each, as near to each other as was found; None where one of them has no such part."""
    walks = []
    for start in _starts(a[0], b[0], lines):
        there = lines.nearest(start, *b)
        back = lines.nearest(there.position, *a) if there else None
        if there is None or back is None:
            return None
        walks.append((back.distance_km, back.position, there.position))
    walks.sort(key=lambda walk: walk[0])
    best = min((_walk(walk, a, b, lines) for walk in walks[:_WALKS]), key=lambda walk: walk[0], default=None)
    return best[1:] if best else None


def boxes_of(code: str, lines: Lines) -> list[Box]:
    """South, west, north, east around each polygon of an area; east may pass 180 degrees."""
    boxes = []
    for rings in lines.polygons(code):
        arcs = [lines.arc_box(max(ref, ~ref)) for ref in rings[0]]
        south, west, north, east = zip(*arcs, strict=True)
        boxes.append((min(south), min(west), max(north), max(east)))
    return boxes


def _walk(
    walk: tuple[float, Position, Position], a: AreaPart, b: AreaPart, lines: Lines
) -> tuple[float, Position, Position]:
    distance, here, there = walk
    for _ in range(_STEPS):
        nearest = lines.nearest(here, *b)
        back = lines.nearest(nearest.position, *a) if nearest else None
        if nearest is None or back is None or distance - back.distance_km < _STILL_KM:
            break
        distance, here, there = back.distance_km, back.position, nearest.position
    return distance_km(here, there), here, there


def _starts(a: str, b: str, lines: Lines) -> list[Position]:
    """Corners of the largest pieces of both, then middles of the pieces of ``a`` that lie nearest to those of ``b``."""
    boxes = [sorted(boxes_of(code, lines), key=_size, reverse=True)[:_BOXES] for code in (a, b)]
    starts = [
        Position(lat, lon)
        for largest in boxes
        for south, west, north, east in largest[:_LARGEST]
        for lat, lon in product((south, north), (west, east))
    ]
    middles = [[Position((s + n) / 2, (w + e) / 2) for s, w, n, e in area] for area in boxes]
    vectors = [[reduced_vector(middle.lat, middle.lon) for middle in area] for area in middles]
    pairs = sorted((estimate_km(one, other), i) for (i, one), other in product(enumerate(vectors[0]), vectors[1]))
    return starts + [middles[0][i] for i in dict.fromkeys(i for _, i in pairs[: 10 * _PAIRS])][:_PAIRS]


def _size(box: Box) -> float:
    south, west, north, east = box
    return (north - south) * (east - west)
