"""The base map: country outlines, cut down to what the page needs and packed.

Degrees on WGS84. What the map shows is its *focus*: places and the ends of lines, and the lines between. Outlines keep
every point near the focus and lose more of them the farther away they are, in zones. Each arc (a stretch of border or
coast that rings share) is simplified once, alone and with its end points kept, so that neighbours still meet without a
gap (the idea of TopoJSON). Simplifying is done in Mercator degrees, because that is what the page draws: the same
tolerance is the same number of pixels everywhere. Small far islands go.

The packed form, read by ``assets/land.js``: gzip, then base64, of int32 values, little-endian, zigzag, with all first
bytes before all second bytes and so on (which gzip likes): number of arcs, number of points in each, all latitudes, all
longitudes, each in thousandths of a degree as the difference from the value before. Rings hold arc numbers, ``~i`` for
arc i read backwards, as in TopoJSON.
"""

import base64
import gzip
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.outlines import Outlines
from maps.lines import Point

__all__ = ["base_map"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Zones by distance from the focus, and the tolerance in each, in Mercator degrees. A line of a few hundred kilometres
# fits a screen at 0.003 degrees a pixel, so the data's own grid (0.002-0.004 degrees) is kept within 3 degrees of its
# ends; the whole world on a screen has 0.3 degrees a pixel.
_ZONE_EDGES_DEG = np.array([3.0, 7.0, 15.0, 40.0])
_TOLERANCES_DEG = np.array([0.0, 0.006, 0.02, 0.05, 0.12])
_BETWEEN_DEG = 4.0  # between its ends a line counts as this much farther away: readers zoom in on ends
_SMALLEST_RING = 4.0  # an island smaller than this many tolerances goes
_POINT_BUDGET = 90_000  # packs to about 260 KB; a focus of hundreds of places gets smaller zones until it fits
_SHRINK = 0.7
_MERCATOR_MAX_DEG = 85.0511  # where the square Mercator map ends
_GRID = 1000  # packed values in a degree: 110 m, finer than the data's own grid
_TURN = 360


def base_map(
    outlines: Outlines, *, ends: Sequence[Point], between: Sequence[Point] = (), regions: Sequence[str] = ()
) -> dict[str, Any]:
    """All countries around a focus, and some regions, for ``assets/land.js``.

    Gives ``{"arcs": base64, "shapes": [[code, polygons], ...], "disputed": [arc, ...]}``.
    """
    countries = [code for code in outlines.codes if "." not in code]
    shapes = [(code, outlines.polygons(code)) for code in (*countries, *regions)]
    rings = [ring for _, polygons in shapes for polygon in polygons for ring in polygon]
    islands = {max(arc, ~arc) for ring in rings if len(ring) == 1 for arc in ring}
    islands -= {max(arc, ~arc) for ring in rings if len(ring) > 1 for arc in ring}
    numbers = sorted({*outlines.disputed, *(max(arc, ~arc) for ring in rings for arc in ring)})
    arcs = [np.array(outlines.arcs[number].points) for number in numbers]
    points, sizes = np.concatenate(arcs), np.array([len(arc) for arc in arcs])
    distance = _distance_deg(points, ends, between)
    alone = np.array([number in islands for number in numbers])
    scale = 1.0
    while True:
        zone = np.searchsorted(_ZONE_EDGES_DEG * scale, distance, side="right")
        tolerance = _TOLERANCES_DEG / scale
        kept = _simplified(points, sizes, zone, tolerance)
        kept &= np.repeat(~(alone & _is_small(points, sizes, tolerance[zone])), sizes)
        if kept.sum() <= _POINT_BUDGET:
            break
        scale *= _SHRINK
    arc_of_point = np.repeat(np.arange(len(sizes)), sizes)
    left = np.bincount(arc_of_point[kept], minlength=len(sizes))
    new = {numbers[arc]: index for index, arc in enumerate(np.flatnonzero(left).tolist())}
    return {
        "arcs": _packed(points[kept], left[left > 0]),
        "shapes": _renumbered(shapes, new),
        "disputed": [new[arc] for arc in outlines.disputed if arc in new],
    }


def _distance_deg(points: Floats, ends: Sequence[Point], between: Sequence[Point]) -> Floats:
    """How far each point is from the focus, in degrees of arc, taken at the middle of its one-degree cell."""
    rows, columns = np.floor(points[:, 0] + 90).astype(int), np.floor(points[:, 1] % _TURN).astype(int)
    cells, cell_of_point = np.unique(rows * _TURN + columns, return_inverse=True)
    middles = np.stack((cells // _TURN - 89.5, cells % _TURN + 0.5), axis=-1)
    nearest = np.full(len(cells), 180.0)
    for focus, penalty in ((ends, 0.0), (between, _BETWEEN_DEG)):
        if focus:
            cosines = (_on_sphere(middles) @ _on_sphere(np.array(focus)).T).max(axis=1)
            nearest = np.minimum(nearest, np.degrees(np.arccos(np.clip(cosines, -1, 1))) + penalty)
    return nearest[cell_of_point]


def _on_sphere(points: Floats) -> Floats:
    lat, lon = np.radians(points).T
    return np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=-1)


def _simplified(points: Floats, sizes: Ints, zone: Ints, tolerance: Floats) -> Bools:
    """Which points stay: Douglas and Peucker's (1973) choice, each arc cut into pieces where its zone changes.

    A piece runs on to the first point of the next one, so the points where pieces meet stay, and both ends of the arc.
    """
    arc = np.repeat(np.arange(len(sizes)), sizes)
    first = np.flatnonzero(np.diff(arc, prepend=-1) | np.diff(zone, prepend=-1))
    after = np.append(first[1:], len(points))
    runs_on = np.append(arc[first[1:]] == arc[first[:-1]], False)  # the last piece ends with the data
    lengths = after - first + runs_on
    first, lengths, runs_on = first[lengths > 1], lengths[lengths > 1], runs_on[lengths > 1]
    piece = np.repeat(np.arange(len(first)), lengths)
    index = np.arange(len(piece)) + np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
    lat = np.clip(points[index, 0], -_MERCATOR_MAX_DEG, _MERCATOR_MAX_DEG)
    y = np.degrees(np.arcsinh(np.tan(np.radians(lat))))
    lines = shapely.linestrings(np.stack((points[index, 1], y, index), axis=-1), indices=piece)  # z: the index
    simple = shapely.simplify(lines, tolerance[zone[first]], preserve_topology=False)
    kept = np.zeros(len(points), dtype=bool)
    kept[shapely.get_coordinates(simple, include_z=True)[:, 2].astype(int)] = True
    ends = np.cumsum(sizes)
    kept[ends - 1] = kept[ends - sizes] = True
    return kept


def _is_small(points: Floats, sizes: Ints, tolerance: Floats) -> Bools:
    """Which arcs are too small to see: within a few tolerances across, wherever they are."""
    starts = np.cumsum(sizes) - sizes
    across = np.max(np.maximum.reduceat(points, starts) - np.minimum.reduceat(points, starts), axis=1)
    small: Bools = across < _SMALLEST_RING * np.minimum.reduceat(tolerance, starts)
    return small


def _renumbered(shapes: Iterable[tuple[str, Any]], new: dict[int, int]) -> list[list[Any]]:
    """The shapes with the arcs that are left, by their new numbers; a ring that went takes its polygon along."""
    result = []
    for code, polygons in shapes:
        rings = [
            [[new[arc] if arc >= 0 else ~new[~arc] for arc in ring] for ring in polygon if _is_left(ring, new)]
            for polygon in polygons
            if _is_left(polygon[0], new)
        ]
        if rings:
            result.append([code, rings])
    return result


def _is_left(ring: Iterable[int], new: dict[int, int]) -> bool:
    return all(max(arc, ~arc) in new for arc in ring)


def _packed(points: Floats, sizes: Ints) -> str:
    """Arcs in the form that the module's docstring describes."""
    steps = np.diff(np.round(points * _GRID).astype(np.int64), axis=0, prepend=0)
    values = np.concatenate(([len(sizes)], sizes, steps[:, 0], steps[:, 1]))
    zigzag = ((values << 1) ^ (values >> 63)).astype("<i4")
    planes = zigzag.view(np.uint8).reshape(-1, zigzag.itemsize).T
    return base64.b64encode(gzip.compress(planes.tobytes(), mtime=0)).decode("ascii")
