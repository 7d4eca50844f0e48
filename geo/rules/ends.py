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
from geo.messages import ENGLISH, Figure, Messages, Name, Phrase
from geo.model import Kind, Measured, Mention, Part, Place, Position
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
    """One end: the place it stands for (None: none was named), which part of it, and how the article calls it."""

    place: Place | None
    part: Part
    mention: Mention


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
    how: Phrase
    source: str = OUTLINES
    extent_km: float = 0.0
    vague_km: float = 0.0
    error_km: float = 0.0
    doubt_km: tuple[float, float] = (math.inf, math.inf)
    doubt: Phrase | None = None
    also_km: tuple[float, ...] = ()

    @property
    def reach_km(self) -> float:
        """How far the true length may be from the measured one."""
        return self.extent_km + self.error_km

    @property
    def bearing_deg(self) -> float:
        """The bearing along the line, at the subject."""
        return inverse(*self.line)[1]

    def measured(self, messages: Messages = ENGLISH) -> Measured:
        """What a check reports of this line: its range holds the other lines that ``how`` mentions."""
        lengths = (self.distance_km, *self.also_km)
        low_km, high_km = max(0.0, min(lengths) - self.reach_km), max(lengths) + self.reach_km
        return Measured(
            self.distance_km, low_km, high_km, self.bearing_deg, self.source, self.line, messages.say(self.how)
        )


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Why there is nothing to measure, as a clause."""

    reason: Phrase


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is measured to one point; ``vague``: the point only stands for something large."""

    place: Place
    name: Name
    extent_km: float
    vague: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """An area's territory, border or coast; ``code`` None is the coast of any land.

    ``near``: only the coast within ``extent_km`` of that place, a sea for one, is meant.
    """

    code: str | None
    part: Part
    name: Name | Phrase
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
        return Edge(code, Part.TERRITORY if part is Part.CENTRE else part, Name.of(place, side.mention), place)
    if part is Part.BORDER:
        return Unmeasured(Phrase("the atlas has no border of {place}", place=Name.of(place, side.mention)))
    if part is Part.COAST:
        return _coast_at(side, place, world)
    pointlike = place.kind in _POINTLIKE
    city_km = math.sqrt(max(0, place.population) / tol.people_per_km2 / math.pi)
    return Spot(
        place,
        Name.of(place, side.mention),
        city_km if pointlike else place.extent_km or tol.district_km,
        vague=not pointlike,
    )


def _unnamed(side: Side, other: Side, world: World) -> Edge | Unmeasured:
    """A coast without a name is any coast, a border without one that of the other end's own country."""
    if side.part is Part.COAST:
        return Edge(None, Part.COAST, Phrase("any land"))
    home = other.place.country if other.place else None
    if side.part is Part.BORDER and home and world.outlines.has(home):
        return Edge(home, Part.BORDER, country_name(home, world))
    return Unmeasured(Phrase("“{word}” could not be placed", word=quoted(side.mention.text)))


def _coast_at(side: Side, place: Place, world: World) -> Spot | Edge:
    """The coast of a sea or a landform is any coast within its reach; a city's coast is the shore nearest to it."""
    if place.kind not in _POINTLIKE:
        return Edge(None, Part.COAST, Name.of(place, side.mention), near=place)
    shore = replace(place, position=world.outlines.nearest_coast(place.position).position)
    return Spot(shore, Name.of(place, side.mention), 0.0, vague=False)


def _straight(a: Spot, b: Spot) -> tuple[Reading, ...]:
    line = a.place.position, b.place.position
    vague = sum(spot.extent_km for spot in (a, b) if spot.vague)
    how = Phrase("between the two centres")
    if vague:
        how = Phrase("between reference points")
    elif all(spot.place.id.startswith("point:") for spot in (a, b)):
        how = Phrase("between the two points")
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
    inside = Phrase("to the territory of {area}, which it is in", area=edge.name)
    if edge.code in homes(spot.place):
        return _on_an_island(Reading((here, here), 0.0, inside), spot, world)
    nearest = world.outlines.nearest(here, edge.code, Part.TERRITORY)
    assert nearest is not None  # the outline exists
    where = inside if nearest.distance_km == 0 else Phrase("to the nearest point of {area}", area=edge.name)
    return Reading((here, nearest.position), nearest.distance_km, where)


def _to_border(spot: Spot, edge: Edge, world: World) -> list[Reading] | Unmeasured:
    """To the nearest point of the border, to the border with the spot's own country, or to a coast that is nearer."""
    here, lines = spot.place.position, world.outlines
    assert edge.code is not None
    home, country = spot.place.country, edge.code.partition(".")[0]
    readings = []
    nearest = lines.nearest(here, edge.code, Part.BORDER)
    if nearest is not None:
        there = country_name(nearest.neighbour, world) if nearest.neighbour else None
        readings = [Reading((here, nearest.position), nearest.distance_km, _at_border(edge.name, there))]
        common = lines.nearest(here, edge.code, Part.BORDER, neighbour=home) if home and home != country else None
        if home and common and common.distance_km - nearest.distance_km > _SAME_KM:
            both, also = _at_two_borders(
                edge.name, there, country_name(home, world), nearest.distance_km, common.distance_km
            )
            readings = [
                replace(readings[0], how=both, also_km=(common.distance_km,)),
                Reading((here, common.position), common.distance_km, also, also_km=(nearest.distance_km,)),
            ]
    land = lines.nearest(here, edge.code, Part.TERRITORY)
    if (
        land
        and land.distance_km > 0
        and (nearest is None or nearest.distance_km - land.distance_km > error_km(edge.code))
    ):
        how = Phrase("to the nearest point of {area}, a coast", area=edge.name)
        readings.append(Reading((here, land.position), land.distance_km, how))
    return readings or Unmeasured(Phrase("{area} has no land border in the atlas", area=edge.name))


def _at_border(area: Name | Phrase, neighbour: Name | None) -> Phrase:
    if neighbour is None:
        return Phrase("to the nearest point of the border of {area}", area=area)
    return Phrase(
        "to the nearest point of the border of {area}, there with {neighbour}", area=area, neighbour=neighbour
    )


def _at_two_borders(
    area: Name | Phrase, neighbour: Name | None, home: Name, nearest_km: float, common_km: float
) -> tuple[Phrase, Phrase]:
    """How the nearest border and the common one are measured, each with a word of the other."""
    nearest, common = _km(nearest_km), _km(common_km)
    if neighbour is None:
        return Phrase(
            "to the nearest point of the border of {area} ({common} km to the border of {area} with {home})",
            area=area,
            home=home,
            common=common,
        ), Phrase(
            "to the border of {area} with {home} ({nearest} km to the nearest point of its border)",
            area=area,
            home=home,
            nearest=nearest,
        )
    return Phrase(
        "to the nearest point of the border of {area}, there with {neighbour} "
        "({common} km to the border of {area} with {home})",
        area=area,
        neighbour=neighbour,
        home=home,
        common=common,
    ), Phrase(
        "to the border of {area} with {home} ({nearest} km to the nearest point of its border, there with {neighbour})",
        area=area,
        neighbour=neighbour,
        home=home,
        nearest=nearest,
    )


def _to_coast(spot: Spot, edge: Edge, world: World) -> list[Reading] | Unmeasured:
    here, lines = spot.place.position, world.outlines
    nearest = lines.nearest(here, edge.code, Part.COAST) if edge.code else lines.nearest_coast(here)
    if nearest is None:
        return Unmeasured(Phrase("{area} has no coast", area=edge.name))
    any_land = Phrase("to the nearest coast of any land")
    where = Phrase("to the nearest coast of {area}", area=edge.name) if edge.code or edge.near else any_land
    reading = Reading((here, nearest.position), nearest.distance_km, where)
    if edge.near and distance_km(nearest.position, edge.near.position) > edge.near.extent_km:
        doubt = Phrase(
            "the coast of {area} lies further away than the nearest coast, and the atlas does not know how far",
            area=edge.name,
        )
        return [replace(reading, how=any_land, doubt_km=(nearest.distance_km, math.inf), doubt=doubt)]
    return [_on_an_island(reading, spot, world)]


def _on_an_island(reading: Reading, spot: Spot, world: World) -> Reading:
    """The reading with a doubt where the spot's own shore cannot be the one that a long distance means."""
    across = island_km(spot.place, world.outlines)
    if math.isinf(across):
        return reading
    doubt = Phrase(
        "{place} lies on an island about {length} km long, so another shore must be meant",
        place=spot.name,
        length=_km(across),
    )
    return replace(reading, doubt_km=(across / 2, math.inf), doubt=doubt)


def _between_areas(a: Edge, b: Edge, world: World) -> tuple[Reading, ...] | Unmeasured:
    """Between the nearest points of two areas; whoever states more may mean other points of them."""
    if a.place and b.place and (a.code in homes(b.place) or b.code in homes(a.place)):
        return Unmeasured(Phrase("one of {one} and {other} is a part of the other", one=a.name, other=b.name))
    if not (a.code and b.code and a.place and b.place):
        large = a.name if a.place else b.name
        return Unmeasured(Phrase("{area} is too large to be measured to a line", area=large))
    found = nearest_points((a.code, a.part), (b.code, b.part), world.outlines)
    if found is None:
        return Unmeasured(Phrase("{one} and {other} have no such line in the atlas", one=a.name, other=b.name))
    far = distance_km(a.place.position, b.place.position)
    return (
        Reading(
            found,
            distance_km(*found),
            Phrase("between the nearest points of {one} and {other}", one=a.name, other=b.name),
            error_km=error_km(a.code) + error_km(b.code),
            doubt_km=(distance_km(*found), far),
            doubt=Phrase(
                "{one} and {other} are too large for it to be clear which points of them are meant",
                one=a.name,
                other=b.name,
            ),
        ),
    )


def _turned(reading: Reading) -> Reading:
    return replace(reading, line=(reading.line[1], reading.line[0]))


def homes(place: Place) -> set[str]:
    """The codes of the areas that a place belongs to: itself, its region, its country."""
    codes = {place.outline, place.country, f"{place.country}.{place.admin1}" if place.admin1 else None}
    return {code for code in codes if code}


def country_name(code: str, world: World) -> Name:
    """The name of a country, its code where the atlas lacks it."""
    place = world.gazetteer.place(f"country:{code}")
    return Name(place.name if place else code, country=code)


def _km(distance: float) -> Figure:
    return Figure(distance) if distance >= 10 else Figure(distance, 1, 1)


def quoted(word: str, *, most: int = 60) -> str:
    """An article's word on one line and not too long to quote."""
    plain = " ".join(word.split())
    return plain if len(plain) <= most else f"{plain[:most]}…"
