"""The rule for coasts: does a town lie on a coast, on one of a named sea, or of a country?

Far inland it does not, whichever coast is meant; near a coast it lies on some coast. Whether that is the sea named, the
atlas tells from the sea's middle and reach: too far off it is another sea; and where the way to the middle does not
lead over the town's own country, it is this one. All else stays open: ports lie far up rivers, and seas have arms.
"""

import math

from geo.measure import destination, distance_km, geodesic, inverse
from geo.messages import ENGLISH, Figure, Messages, Name, Phrase
from geo.model import Check, Claim, Kind, Part, Place, Position, Verdict
from geo.rules.ends import OUTLINES
from geo.rules.judging import Finding, Line, check_statement, may_be_another, unclear
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.world import Lines, World
from geo.territories import sovereign

__all__ = ["check_coast"]

_FAR = 1.25  # times its reach, and as far as from a port to its sea: beyond that it is another sea
_SAMPLES = 12  # points of the way to the sea's middle
_OFFSHORE_KM, _HEADLAND_KM = 30, 40  # where the way begins, and land on it that is no obstacle
_MOST_LAND_AT_HOME, _MOST_LAND = 0.08, 0.2  # of the way: peninsulas and islands; over an ocean none
_OCEAN_KM = 3000  # a sea that reaches further


def check_coast(claim: Claim, world: World, tolerances: Tolerances = DEFAULT, messages: Messages = ENGLISH) -> Check:
    """The claim, judged."""

    def assess(town: Place, other: Place | None) -> Finding:
        if other is None:
            return _any_coast(town, world.outlines, tolerances)
        if other.kind is Kind.WATER:
            return _coast_of_sea(town, other, world.outlines, tolerances)
        return _coast_of_land(town, other, world.outlines, tolerances)

    return check_statement(claim, assess, tolerances, messages)


def _any_coast(town: Place, lines: Lines, tol: Tolerances) -> Finding:
    nearest = lines.nearest_coast(town.position)
    return _by_distance(town, nearest.position, nearest.distance_km, Phrase("the nearest coast"), tol)


def _by_distance(town: Place, shore: Position, away: float, coast: Phrase, tol: Tolerances) -> Finding:
    """What the distance to a coast says by itself."""
    measured = Line(town.position, shore, Phrase("to {coast}", coast=coast), OUTLINES)
    city_km = math.sqrt(max(0, town.population) / tol.people_per_km2 / math.pi)
    name = Name.of(town)
    where = Phrase("{town} lies {away} km from {coast}", town=name, away=Figure(away), coast=coast)
    if away <= city_km + tol.at_coast_km:
        return Finding(Verdict.ACCURATE, where, measured)
    if away <= city_km + tol.near_coast_km:
        return unclear(Phrase("{where}, as some ports do", where=where), measured)
    if may_be_another(town, away, tol):
        another = Phrase("{where}, but another {place} may be meant, which the atlas lacks", where=where, place=name)
        return unclear(another, measured)
    return Finding(Verdict.WRONG, where, measured)


def _coast_of_sea(town: Place, sea: Place, lines: Lines, tol: Tolerances) -> Finding:
    found = _any_coast(town, lines, tol)
    away = distance_km(town.position, sea.position)
    if found.verdict is Verdict.WRONG:
        if (
            away <= _FAR * sea.extent_km + tol.near_coast_km and lines.countries_at([sea.position])[0]
        ):  # the outlines count lakes as land
            return unclear(Phrase("{sea} has no coast in the atlas", sea=Name.of(sea)), found.measured)
        return found
    if away > _FAR * sea.extent_km + tol.near_coast_km and not may_be_another(town, away, tol):
        there = Line(town.position, sea.position, Phrase("to the middle of {area}", area=Name.of(sea)))
        far = Phrase(
            "{town} lies {away} km from the middle of {sea}",
            town=Name.of(town),
            away=Figure(away),
            sea=Name.of(sea),
        )
        return Finding(Verdict.WRONG, far, there)
    if found.verdict is Verdict.ACCURATE and found.measured and not _over_land(town, found.measured.end, sea, lines):
        own = Phrase("{where}, which is that of {sea}", where=found.clause, sea=Name.of(sea))
        return Finding(found.verdict, own, found.measured)
    open_ = Phrase("{where}, and whether that is {sea} cannot be told", where=found.clause, sea=Name.of(sea))
    return unclear(open_, found.measured)


def _over_land(town: Place, shore: Position, sea: Place, lines: Lines) -> bool:
    """Whether the way from off the shore to the sea's middle leads over land, the town's own country above all."""
    start = destination(shore, inverse(town.position, shore)[1], _OFFSHORE_KM)
    long_km = distance_km(start, sea.position)
    step_km = max(1.0, long_km / _SAMPLES)
    over = lines.countries_at(geodesic(start, sea.position, step_km=step_km)[1:])
    home_km, land_km = step_km * over.count(town.country), step_km * (len(over) - over.count(None))
    most = 0.0 if sea.extent_km > _OCEAN_KM else _MOST_LAND * long_km
    return home_km > max(_HEADLAND_KM, _MOST_LAND_AT_HOME * long_km) or land_km > max(_HEADLAND_KM, most)


def _coast_of_land(town: Place, land: Place, lines: Lines, tol: Tolerances) -> Finding:
    """A coast of a country or region; a town of another country stays open unless all coasts are far."""
    nearest = lines.nearest(town.position, land.outline, Part.COAST) if land.outline else None
    found = _any_coast(town, lines, tol)
    if nearest is None or found.verdict is not Verdict.ACCURATE:
        return (
            found
            if found.verdict is Verdict.WRONG
            else unclear(Phrase("the atlas has no such coast of {area}", area=Name.of(land)))
        )
    if land.country in {town.country, sovereign(town.country or "")}:
        there = _by_distance(
            town, nearest.position, nearest.distance_km, Phrase("the nearest coast of {area}", area=Name.of(land)), tol
        )
        return there if there.verdict is Verdict.ACCURATE else unclear(there.clause, there.measured)
    elsewhere = Phrase(
        "the atlas files {town} under another country than {area}", town=Name.of(town), area=Name.of(land)
    )
    return unclear(elsewhere, found.measured)
