"""Whether a place lies on an island of its country, and how long that is.

Whoever lives on a small island does not mean its own shore by "100 km off the coast". The box around each piece of the
country tells: the smallest one that holds the place, unless that is the country's largest piece.
"""

import math

from geo.measure import distance_km
from geo.model import Place, Position
from geo.rules.world import Lines

__all__ = ["island_km"]

_WIDE_DEG = 90  # a box wider than that holds no island


def island_km(place: Place, lines: Lines) -> float:
    """The length of the island that a place lies on, by the box around it; infinite on its country's largest land."""
    here, islands = place.position, []
    for south, west, north, east in _boxes(place.country, lines) if place.country else ():
        inside = south <= here.lat <= north and (here.lon - west) % 360 <= east - west
        across = math.inf if east - west > _WIDE_DEG else distance_km(Position(south, west), Position(north, east))
        islands.append((across, inside))
    largest = max(islands, default=(math.inf, False))[0]
    return min((across for across, inside in islands if inside and across < largest), default=math.inf)


def _boxes(code: str, lines: Lines) -> list[tuple[float, float, float, float]]:
    """South, west, north, east around each piece of an area; east may pass 180 degrees."""
    boxes = []
    for rings in lines.polygons(code):
        south, west, north, east = zip(*(lines.arc_box(max(ref, ~ref)) for ref in rings[0]), strict=True)
        boxes.append((min(south), min(west), max(north), max(east)))
    return boxes
