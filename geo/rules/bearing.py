"""The rule for directions without a length: does one place lie where the text says, as seen from the other?

Nobody who says "north of" has measured: the sector is wider than that of a distance's direction, and a line of constant
bearing counts as well as the shortest one. What holds literally ("north of": nearer to the pole) is never accused. An
area is seen where its middle is, and from a town also where its nearest point is; its size widens the sector.
"""

import math

from geo.measure import inverse
from geo.messages import ENGLISH, Figure, Messages, Name, Phrase
from geo.model import Check, Claim, Part, Place, Position, Verdict
from geo.rules.direction import POINT_NAMES, POINTS, compass_point
from geo.rules.ends import homes
from geo.rules.judging import Finding, Line, check_statement, may_be_another, unclear
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.world import Lines, World

__all__ = ["check_direction"]

_STEP_DEG = 360 / len(POINTS)
_POLE = 89.9  # degrees of latitude: Mercator's map ends before the pole


def check_direction(
    claim: Claim, world: World, tolerances: Tolerances = DEFAULT, messages: Messages = ENGLISH
) -> Check:
    """The claim, judged."""

    def assess(subject: Place, other: Place | None) -> Finding:
        if other is None or claim.direction not in POINTS:
            return unclear(Phrase("it names no direction from a place"))
        return _assess(claim.direction, subject, other, world.outlines, tolerances)

    return check_statement(claim, assess, tolerances, messages)


def _assess(point: str, subject: Place, other: Place, lines: Lines, tol: Tolerances) -> Finding:
    names = {"subject": Name.of(subject), "other": Name.of(other)}
    if subject.outline in homes(other) or other.outline in homes(subject):
        return unclear(
            Phrase("one of {one} and {other} is a part of the other", one=names["subject"], other=names["other"])
        )
    measured = Line(subject.position, other.position, Phrase("between the two centres"))
    away_km, bearing = measured.distance_km, inverse(other.position, subject.position)[1]
    off = min(_turn(point, seen) for seen in (bearing, *_other_bearings(subject, other, lines)))
    there = Phrase(
        "{subject} lies {away} km to the {point} of {other}",
        **names,
        away=Figure(away_km),
        point=POINT_NAMES[compass_point(bearing)],
    )
    if off <= tol.loose_deg[len(point) - 1]:
        return Finding(Verdict.ACCURATE, there, measured)
    if any(may_be_another(place, away_km, tol) for place in (subject, other)):
        return unclear(Phrase("{there}, but a namesake may be meant, which the atlas lacks", there=there), measured)
    reach = _reach_km(subject, lines, tol) + _reach_km(other, lines, tol)
    if reach >= away_km:
        return unclear(
            Phrase("{subject} and {other} are too large, or too near to each other, for it", **names), measured
        )
    stated = POINT_NAMES[point]
    if _literally(point, subject.position, other.position):
        return unclear(Phrase("{there}, and only a little to the {stated}", there=there, stated=stated), measured)
    off -= math.degrees(math.asin(reach / away_km))
    verdict = _verdict(off, len(point) - 1, tol, area=bool(subject.outline or other.outline))
    turned = {
        Verdict.WRONG: Phrase("{there}, not to the {stated}", there=there, stated=stated),
        Verdict.OFF: Phrase("{there}, not quite to the {stated}", there=there, stated=stated),
    }
    depends = Phrase("{there}, which depends on where in them one stands", there=there)
    return Finding(verdict, turned.get(verdict, depends), measured)


def _verdict(off_deg: float, order: int, tol: Tolerances, *, area: bool) -> Verdict:
    """What is left of the angle, with the size of the places taken off, says."""
    if off_deg > tol.contrary_deg[order]:
        return Verdict.WRONG
    return Verdict.UNCHECKABLE if area or off_deg <= tol.loose_deg[order] else Verdict.OFF


def _other_bearings(subject: Place, other: Place, lines: Lines) -> list[float]:
    """Other answers to where the subject is: at constant bearing, and from or to the nearest point of an area."""
    seen = [_rhumb_deg(other.position, subject.position)]
    if other.outline and not subject.outline:
        nearest = lines.nearest(subject.position, other.outline, Part.TERRITORY)
        seen += [inverse(nearest.position, subject.position)[1]] if nearest and nearest.distance_km else []
    elif subject.outline and not other.outline:
        nearest = lines.nearest(other.position, subject.outline, Part.TERRITORY)
        seen += [inverse(other.position, nearest.position)[1]] if nearest and nearest.distance_km else []
    return seen


def _turn(point: str, bearing_deg: float) -> float:
    return abs((bearing_deg - POINTS.index(point) * _STEP_DEG + 180) % 360 - 180)


def _rhumb_deg(a: Position, b: Position) -> float:
    """The constant bearing from one point to another, the shorter way around (on a sphere)."""
    east = math.radians((b.lon - a.lon + 180) % 360 - 180)
    return math.degrees(math.atan2(east, _mercator(b.lat) - _mercator(a.lat))) % 360


def _mercator(lat: float) -> float:
    return math.asinh(math.tan(math.radians(max(-_POLE, min(_POLE, lat)))))


def _literally(point: str, here: Position, there: Position) -> bool:
    """Whether each of a point's letters holds: further north, further east."""
    north, east = here.lat - there.lat, (here.lon - there.lon + 180) % 360 - 180
    holds = {"N": north > 0, "S": north < 0, "E": east > 0, "W": east < 0}
    return all(holds[letter] for letter in set(point))


def _reach_km(place: Place, lines: Lines, tol: Tolerances) -> float:
    """How far a place reaches from its position: a city by its people, an area by the box around it."""
    if place.outline is None:
        return place.extent_km or math.sqrt(max(0, place.population) / tol.people_per_km2 / math.pi)
    reach = tol.district_km
    for rings in lines.polygons(place.outline):
        for south, west, north, east in (lines.arc_box(max(ref, ~ref)) for ref in rings[0]):
            near = abs((west + east) / 2 - place.position.lon) < 180
            corners = ((south, west), (south, east), (north, west), (north, east)) if near else ()
            reach = max(reach, *(_flat_km(place.position, *corner) for corner in corners), 0.0)
    return reach


def _flat_km(here: Position, lat: float, lon: float) -> float:
    """About how far a corner is: enough to tell how large a country is."""
    shrink = math.cos(math.radians((here.lat + lat) / 2))
    return 111.2 * math.hypot(lat - here.lat, (lon - here.lon) * shrink)
