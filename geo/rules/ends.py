"""The two ends of a claim, measured: which line is meant, how long it is, and how well that is known.

Kilometres. An end is a :class:`Spot` (a city's centre, the reference point of a sea) or an :class:`Edge` (the
territory, border or coast of an area, or the coast of any land). An area is measured to its nearest point, never to
its centre. Where the words allow more than one line, each is a :class:`Reading`, the most literal first: "the border
with C" may be the nearest point of C's border, or the border that C shares with the other end's own country.
"""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from geo.measure import distance_km, inverse
from geo.model import Kind, Measured, Part, Place, Position
from geo.outlines import error_km
from geo.rules.areas import nearest_points
from geo.rules.islands import island_km
from geo.rules.tolerances import Tolerances
from geo.rules.world import World

__all__ = ["GEODESIC", "OUTLINES", "Reading", "Side", "Unmeasured", "country_name", "homes", "measure", "quoted"]

GEODESIC = "WGS84 geodesic"
OUTLINES = "Natural Earth 10m, version 4.1"
_POINTLIKE = frozenset({Kind.CITY, Kind.SITE, Kind.HISTORIC})
_SAME_KM = 0.05  # two readings that differ by less are one


class Side(NamedTuple):
    """One end: the place it stands for (None: none was named), which part of it, and the article's word for it."""

    place: Place | None
    part: Part
    word: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One line that the words may mean, subject first.

    ``extent_km`` is R and ``error_km`` is B of the rule; ``vague_km`` is the share of R that comes from reference
    points. Where the verdict fails and the stated figure lies in ``doubt_km``, another line than any that can be
    measured may be meant, for the reason in ``doubt``. ``also_km`` are the lengths of lines that ``how`` mentions
    beside this one.
    """

    line: tuple[Position, Position]
    distance_km: float
    how: str
    source: str = OUTLINES
    extent_km: float = 0.0
    vague_km: float = 0.0
    error_km: float = 0.0
    doubt_km: tuple[float, float] = (math.inf, math.inf)
    doubt: str = ""
    also_km: tuple[float, ...] = ()

    @property
    def reach_km(self) -> float:
        """How far the true length may be from the measured one."""
        return self.extent_km + self.error_km

    @property
    def bearing_deg(self) -> float:
        """The bearing along the line, at the subject."""
        return inverse(*self.line)[1]

    def measured(self) -> Measured:
        """What a check reports of this line: its range holds the other lines that ``how`` mentions."""
        lengths = (self.distance_km, *self.also_km)
        low_km, high_km = max(0.0, min(lengths) - self.reach_km), max(lengths) + self.reach_km
        return Measured(self.distance_km, low_km, high_km, self.bearing_deg, self.source, self.line, self.how)


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Why there is nothing to measure, as a clause."""

    reason: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is measured to one point; ``vague``: the point only stands for something large."""

    place: Place
    extent_km: float
    vague: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """An area's territory, border or coast; ``code`` None is the coast of any land.

    ``near``: only the coast within ``extent_km`` of that place, a sea for one, is meant.
    """

    code: str | None
    part: Part
    name: str
    place: Place | None = None
    near: Place | None = None


def measure(subject: Side, other: Side, world: World, *, tolerances: Tolerances) -> tuple[Reading, ...] | Unmeasured:
    """Every reading of the line between two ends, at least one; or why there is none."""
    a, b = _target(subject, other, world, tolerances), _target(other, subject, world, tolerances)
    if isinstance(a, Unmeasured):
        return a
    if isinstance(b, Unmeasured):
        return b
    if isinstance(a, Spot):
        return _straight(a, b) if isinstance(b, Spot) else _to_edge(a, b, world)
    if isinstance(b, Spot):
        found = _to_edge(b, a, world)
        return found if isinstance(found, Unmeasured) else tuple(map(_turned, found))
    return _between_areas(a, b, world)


def _target(side: Side, other: Side, world: World, tol: Tolerances) -> Spot | Edge | Unmeasured:
    place, part = side.place, side.part
    if place is None:
        return _unnamed(side, other, world)
    code = place.outline
    if code is not None and world.outlines.has(code):
        return Edge(code, Part.TERRITORY if part is Part.CENTRE else part, place.name, place)
    if part is Part.BORDER:
        return Unmeasured(f"the atlas has no border of {place.name}")
    if part is Part.COAST:
        return _coast_at(place, world)
    pointlike = place.kind in _POINTLIKE
    city_km = math.sqrt(max(0, place.population) / tol.people_per_km2 / math.pi)
    return Spot(place, city_km if pointlike else place.extent_km or tol.district_km, vague=not pointlike)


def _unnamed(side: Side, other: Side, world: World) -> Edge | Unmeasured:
    """A coast without a name is any coast, a border without one that of the other end's own country."""
    if side.part is Part.COAST:
        return Edge(None, Part.COAST, "any land")
    home = other.place.country if other.place else None
    if side.part is Part.BORDER and home and world.outlines.has(home):
        return Edge(home, Part.BORDER, country_name(home, world))
    return Unmeasured(f"“{quoted(side.word)}” could not be placed")


def _coast_at(place: Place, world: World) -> Spot | Edge:
    """The coast of a sea or a landform is any coast within its reach; a city's coast is the shore nearest to it."""
    if place.kind not in _POINTLIKE:
        return Edge(None, Part.COAST, place.name, near=place)
    shore = replace(place, position=world.outlines.nearest_coast(place.position).position)
    return Spot(shore, 0.0, vague=False)


def _straight(a: Spot, b: Spot) -> tuple[Reading, ...]:
    line = a.place.position, b.place.position
    vague = sum(spot.extent_km for spot in (a, b) if spot.vague)
    points = all(spot.place.id.startswith("point:") for spot in (a, b))
    how = "between reference points" if vague else f"between the two {'points' if points else 'centres'}"
    return (Reading(line, distance_km(*line), how, GEODESIC, extent_km=a.extent_km + b.extent_km, vague_km=vague),)


def _to_edge(spot: Spot, edge: Edge, world: World) -> tuple[Reading, ...] | Unmeasured:
    """Readings that begin at the spot."""
    match edge.part:
        case Part.BORDER:
            found = _to_border(spot, edge, world)
        case Part.COAST:
            found = _to_coast(spot, edge, world)
        case _:
            found = [_to_territory(spot, edge, world)]
    if isinstance(found, Unmeasured):
        return found
    vague = spot.extent_km if spot.vague else 0.0
    error = error_km(edge.code)
    return tuple(replace(each, extent_km=spot.extent_km, vague_km=vague, error_km=error) for each in found)


def _to_territory(spot: Spot, edge: Edge, world: World) -> Reading:
    here = spot.place.position
    assert edge.code is not None
    if edge.code in homes(spot.place):
        return _on_an_island(
            Reading((here, here), 0.0, f"to the territory of {edge.name}, which it is in"), spot, world
        )
    nearest = world.outlines.nearest(here, edge.code, Part.TERRITORY)
    assert nearest is not None  # the outline exists
    where = (
        f"to the territory of {edge.name}, which it is in"
        if nearest.distance_km == 0
        else f"to the nearest point of {edge.name}"
    )
    return Reading((here, nearest.position), nearest.distance_km, where)


def _to_border(spot: Spot, edge: Edge, world: World) -> list[Reading] | Unmeasured:
    """To the nearest point of the border, to the border with the spot's own country, or to a coast that is nearer."""
    here, lines = spot.place.position, world.outlines
    assert edge.code is not None
    home, country = spot.place.country, edge.code.partition(".")[0]
    readings = []
    nearest = lines.nearest(here, edge.code, Part.BORDER)
    if nearest is not None:
        there = f", there with {country_name(nearest.neighbour, world)}" if nearest.neighbour else ""
        how = f"to the nearest point of the border of {edge.name}{there}"
        readings = [Reading((here, nearest.position), nearest.distance_km, how)]
        common = lines.nearest(here, edge.code, Part.BORDER, neighbour=home) if home and home != country else None
        if home and common and common.distance_km - nearest.distance_km > _SAME_KM:
            with_home = f"the border of {edge.name} with {country_name(home, world)}"
            readings = [
                replace(
                    readings[0],
                    how=f"{how} ({_km(common.distance_km)} to {with_home})",
                    also_km=(common.distance_km,),
                ),
                Reading(
                    (here, common.position),
                    common.distance_km,
                    f"to {with_home} ({_km(nearest.distance_km)} to the nearest point of its border{there})",
                    also_km=(nearest.distance_km,),
                ),
            ]
    land = lines.nearest(here, edge.code, Part.TERRITORY)
    if (
        land
        and land.distance_km > 0
        and (nearest is None or nearest.distance_km - land.distance_km > error_km(edge.code))
    ):
        readings.append(
            Reading((here, land.position), land.distance_km, f"to the nearest point of {edge.name}, a coast")
        )
    return readings or Unmeasured(f"{edge.name} has no land border in the atlas")


def _to_coast(spot: Spot, edge: Edge, world: World) -> list[Reading] | Unmeasured:
    here, lines = spot.place.position, world.outlines
    nearest = lines.nearest(here, edge.code, Part.COAST) if edge.code else lines.nearest_coast(here)
    if nearest is None:
        return Unmeasured(f"{edge.name} has no coast")
    reading = Reading((here, nearest.position), nearest.distance_km, f"to the nearest coast of {edge.name}")
    if edge.near and distance_km(nearest.position, edge.near.position) > edge.near.extent_km:
        doubt = (
            f"the coast of {edge.name} lies further away than the nearest coast, and the atlas does not know how far"
        )
        return [
            replace(
                reading, how="to the nearest coast of any land", doubt_km=(nearest.distance_km, math.inf), doubt=doubt
            )
        ]
    return [_on_an_island(reading, spot, world)]


def _on_an_island(reading: Reading, spot: Spot, world: World) -> Reading:
    """The reading with a doubt where the spot's own shore cannot be the one that a long distance means."""
    across = island_km(spot.place, world.outlines)
    doubt = f"{spot.place.name} lies on an island about {_km(across)} long, so another shore must be meant"
    return reading if math.isinf(across) else replace(reading, doubt_km=(across / 2, math.inf), doubt=doubt)


def _between_areas(a: Edge, b: Edge, world: World) -> tuple[Reading, ...] | Unmeasured:
    """Between the nearest points of two areas; whoever states more may mean other points of them."""
    if a.place and b.place and (a.code in homes(b.place) or b.code in homes(a.place)):
        return Unmeasured(f"one of {a.name} and {b.name} is a part of the other")
    if not (a.code and b.code and a.place and b.place):
        return Unmeasured(f"{a.name if a.place else b.name} is too large to be measured to a line")
    found = nearest_points((a.code, a.part), (b.code, b.part), world.outlines)
    if found is None:
        return Unmeasured(f"{a.name} and {b.name} have no such line in the atlas")
    far = distance_km(a.place.position, b.place.position)
    return (
        Reading(
            found,
            distance_km(*found),
            f"between the nearest points of {a.name} and {b.name}",
            error_km=error_km(a.code) + error_km(b.code),
            doubt_km=(distance_km(*found), far),
            doubt=f"{a.name} and {b.name} are too large for it to be clear which points of them are meant",
        ),
    )


def _turned(reading: Reading) -> Reading:
    return replace(reading, line=(reading.line[1], reading.line[0]))


def homes(place: Place) -> set[str]:
    """The codes of the areas that a place belongs to: itself, its region, its country."""
    codes = {place.outline, place.country, f"{place.country}.{place.admin1}" if place.admin1 else None}
    return {code for code in codes if code}


def country_name(code: str, world: World) -> str:
    """The name of a country, its code where the atlas lacks it."""
    place = world.gazetteer.place(f"country:{code}")
    return place.name if place else code


def _km(distance: float) -> str:
    return f"{distance:,.0f} km" if distance >= 10 else f"{distance:,.1f} km"


def quoted(word: str, *, most: int = 60) -> str:
    """An article's word on one line and not too long to quote."""
    plain = " ".join(word.split())
    return plain if len(plain) <= most else f"{plain[:most]}…"
