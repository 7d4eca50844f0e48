"""Does a place lie where the text says, as seen from the other? Bearings in degrees clockwise from north.

A point of the compass stands for a sector: 45 degrees to either side for N, 22.5 for NE, 11.25 for NNE. The sector
widens by atan(reach / distance): neither a city nor a border known to a few km is a point.
"""

import math

from geo.messages import Phrase
from geo.rules.tolerances import DEFAULT, Tolerances

__all__ = ["POINTS", "POINT_NAMES", "compass_point", "points_there"]

POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
POINT_NAMES = {
    "N": Phrase("N"),
    "NNE": Phrase("NNE"),
    "NE": Phrase("NE"),
    "ENE": Phrase("ENE"),
    "E": Phrase("E"),
    "ESE": Phrase("ESE"),
    "SE": Phrase("SE"),
    "SSE": Phrase("SSE"),
    "S": Phrase("S"),
    "SSW": Phrase("SSW"),
    "SW": Phrase("SW"),
    "WSW": Phrase("WSW"),
    "W": Phrase("W"),
    "WNW": Phrase("WNW"),
    "NW": Phrase("NW"),
    "NNW": Phrase("NNW"),
}
_STEP_DEG = 360 / len(POINTS)


def points_there(
    direction: str, bearing_deg: float, distance_km: float, reach_km: float, *, tolerances: Tolerances = DEFAULT
) -> bool | None:
    """Whether a bearing is what the compass point means; None where there is no direction to judge.

    >>> points_there("N", 44, 100, 0), points_there("NE", 20, 100, 0), points_there("NE", 20, 100, 10)
    (True, False, True)
    >>> points_there("NORTH", 0, 100, 0), points_there("N", 0, 0, 5)
    (None, None)
    """
    if direction not in POINTS or not distance_km > 0:
        return None
    allowed = tolerances.direction_deg[len(direction) - 1] + math.degrees(math.atan2(reach_km, distance_km))
    turn = abs((bearing_deg - POINTS.index(direction) * _STEP_DEG + 180) % 360 - 180)
    return turn <= allowed


def compass_point(bearing_deg: float, *, of: int = 8) -> str:
    """The nearest of the 4, 8 or 16 points of the compass.

    >>> compass_point(359), compass_point(44), compass_point(202, of=16), compass_point(-90)
    ('N', 'NE', 'SSW', 'W')
    """
    step = 360 / of
    return POINTS[round(bearing_deg / step) % of * (len(POINTS) // of)]
