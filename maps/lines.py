"""Geodesics as dense lines, and one run of longitudes in which nothing is cut at 180 degrees.

Degrees on WGS84, latitude first. A *track* is a list of points whose longitudes run on without a jump, so that they
may leave -180..180: Tokyo to San Francisco goes from 139.8 to 237.6. A map holds many tracks and places; its *frame* is
the run of 360 degrees, from a western edge that crosses none of them, into which all are moved by whole turns.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from geo.measure import distance_km, geodesic, unwrap
from geo.model import Position

__all__ = ["Point", "into_frame", "track", "western_edge"]

Point = tuple[float, float]

_STEP_KM = 50  # between two points of a track: a chord of 50 km is nowhere a pixel from its geodesic before zoom 10
_DECIMALS = 4  # 11 m
# A frame other than -180..180 shows the world in an unfamiliar place; it must make the map at least this much narrower.
_WORTH_MOVING = 0.8


def track(line: Sequence[Position], *, most: int = 400) -> list[Point]:
    """The geodesic through the positions, a point about every 50 km but no more than ``most`` steps a leg.

    >>> pacific = track([Position(35.68, 139.77), Position(37.77, -122.42)])
    >>> pacific[0], pacific[-1], len(pacific)
    ((35.68, 139.77), (37.77, 237.58), 167)
    >>> track([Position(1, 2), Position(1, 2)])
    [(1, 2), (1, 2)]
    """
    dense = [line[0]]
    for one, other in pairwise(line):
        dense += geodesic(one, other, step_km=max(_STEP_KM, distance_km(one, other) / most))[1:]
    return [(round(lat, _DECIMALS), round(lon, _DECIMALS)) for lat, lon in unwrap(dense)]


def western_edge(tracks: Iterable[Sequence[Point]], points: Iterable[Point]) -> float:
    """The longitude where the map's frame begins: -180 where that does, else in the middle of the widest gap.

    >>> western_edge([], [(43.1, 131.9), (55.8, 37.6), (38.9, -77.0)])
    -180
    >>> western_edge([], [(-17.8, 177.4), (-16.8, -179.9)])  # Fiji
    358.75
    >>> western_edge([[(35.7, 139.8), (37.8, 237.6)]], [])
    8.7
    """
    spans = [(min(lon for _, lon in line), max(lon for _, lon in line)) for line in tracks if line]
    spans += [(lon, lon) for _, lon in points]
    if not spans:
        return -180
    starts = sorted(((west + 180) % 360 - 180, east - west) for west, east in spans)
    reach = max(west + width for west, width in starts) - 360
    edge, widest, familiar = -180.0, 0.0, reach <= -180
    first_gap = starts[0][0] - reach
    for west, width in starts:
        if west - reach > widest:
            edge, widest = (west + reach) / 2, west - reach
        reach = max(reach, west + width)
    if widest == 0 or (familiar and 360 - widest > _WORTH_MOVING * (360 - first_gap)):
        return -180
    return round(edge % 360, _DECIMALS)


def into_frame(line: Sequence[Point], edge: float) -> list[Point]:
    """The track moved by whole turns so that its western end lies in the frame that begins at ``edge``.

    >>> into_frame([(0, -179), (0, -181)], 0)
    [(0, 181), (0, 179)]
    """
    west = min(lon for _, lon in line)
    turn = round((west - edge) % 360 + edge - west)
    return [(lat, round(lon + turn, _DECIMALS)) for lat, lon in line]
