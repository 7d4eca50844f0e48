"""The rule for what lies in what: is a town or region a part of the country or region named?

The atlas files every place under a country and a first-order division; an outline that goes around the place counts as
well. Land that another country claims or holds, dependencies, towns at the border, regions that history had elsewhere
and names that another place inside the area bears too are no ground to accuse anybody.
"""

from geo.messages import ENGLISH, Figure, Messages, Name, Phrase
from geo.model import Check, Claim, Kind, Part, Place, Verdict
from geo.rules.ends import GEODESIC, OUTLINES, country_name
from geo.rules.judging import Finding, Line, check_statement, may_be_another, unclear
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.world import World
from geo.territories import claimants, sovereign

__all__ = ["check_containment"]


def check_containment(
    claim: Claim, world: World, tolerances: Tolerances = DEFAULT, messages: Messages = ENGLISH
) -> Check:
    """The claim, judged."""
    located = claim.subject.located
    former = bool(located and located.candidates and located.candidates[0].former)
    key = claim.subject.mention.key

    def assess(subject: Place, area: Place | None) -> Finding:
        if area is None or area.country is None or subject.country is None:
            return unclear(Phrase("the atlas files one of the places under no country"))
        if _inside(subject, area, world):
            return Finding(Verdict.ACCURATE, _in(subject, Name.of(area)))
        where = _in(subject, _home(subject, world))
        if former:
            return unclear(Phrase("{where}, but the name is one that it had once", where=where))
        if _is_disputed(subject, area):
            return unclear(Phrase("{where}, but the land is disputed", where=where))
        if any(_inside(other, area, world) for other in world.gazetteer.bearers(key) if other.country):
            also = Phrase("{where}, but a place in {area} has that name too", where=where, area=Name.of(area))
            return unclear(also)
        return _outside(subject, area, where, world, tolerances)

    return check_statement(claim, assess, tolerances, messages)


def _inside(subject: Place, area: Place, world: World) -> bool:
    """Whether a place belongs to an area, by its codes or by the outline; a district's own place belongs to it."""
    if subject.country and area.kind is Kind.COUNTRY:
        if area.country in {subject.country, sovereign(subject.country)}:
            return True
    elif area.outline == f"{subject.country}.{subject.admin1}":
        return True
    point = subject.kind is not Kind.REGION
    return point and area.outline is not None and world.outlines.contains(area.outline, subject.position)


def _in(subject: Place, home: Name | Phrase) -> Phrase:
    return Phrase("the atlas has {place} in {home}", place=Name.of(subject), home=home)


def _is_disputed(subject: Place, area: Place) -> bool:
    """Whether the pair is nobody's to judge."""
    assert subject.country is not None
    mine = {subject.country, f"{subject.country}.{subject.admin1}"}
    theirs = {area.country, area.outline} - {None}
    return area.country in claimants(mine) or subject.country in claimants(code for code in theirs if code)


def _outside(subject: Place, area: Place, where: Phrase, world: World, tol: Tolerances) -> Finding:
    """How far outside; near the border, and for small towns, it stays open."""
    nearest = world.outlines.nearest(subject.position, area.outline, Part.TERRITORY) if area.outline else None
    if nearest is None and (area.admin1 is None or area.admin1 == subject.admin1):
        return unclear(Phrase("the atlas has no outline of {area}", area=Name.of(area)))
    there = nearest.position if nearest else area.position  # a district has no outline, but lies in another region
    name = Name.of(area)
    how = Phrase("to the nearest point of {area}" if nearest else "to the middle of {area}", area=name)
    measured = Line(subject.position, there, how, OUTLINES if nearest else GEODESIC)
    away = measured.distance_km
    if may_be_another(subject, away, tol):
        another = Phrase(
            "{where}, but another {place} may be meant, which the atlas lacks", where=where, place=Name.of(subject)
        )
        return unclear(another, measured)
    abroad = area.kind is Kind.REGION and area.country != subject.country
    spread = abroad or subject.kind is Kind.REGION or nearest is None
    if away <= (tol.old_region_km if spread else tol.near_border_km):
        near = Phrase("{where}, only {away} km from {area}", where=where, away=Figure(away), area=name)
        return unclear(near, measured)
    return Finding(
        Verdict.WRONG, Phrase("{where}, {away} km from {area}", where=where, away=Figure(away), area=name), measured
    )


def _home(place: Place, world: World) -> Name | Phrase:
    """Where the atlas files a place, in words."""
    assert place.country is not None
    country = country_name(place.country, world)
    region = world.gazetteer.place(f"region:{place.country}.{place.admin1}") if place.admin1 else None
    if region and region.id != place.id and region.name != place.name:
        return Phrase("{region}, {country}", region=Name.of(region), country=country)
    return country
