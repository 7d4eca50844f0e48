"""The rule for distances: measures the line that a claim names, judges the figure, and says why.

Before the arithmetic of :mod:`geo.rules.verdict` comes what cannot be judged (``uncheckable``): an end that could not
be placed; nothing to measure (no border, no coast); a reference point of something so large that it says little; a
name that may well stand for another place with which the verdict would turn (those places are the check's
``rivals``).

Where the words allow two lines ("the border with C"), the one that the figure fits better is judged: an accusation
needs both to fail. A claim with ``negated`` denies its figure: it is accurate where the figure is off or wrong, wrong
where the figure is right within rounding, and uncheckable between; "not more than" turns the bound around.
"""

import math
from dataclasses import dataclass, replace
from itertools import islice

from geo.measure import inverse
from geo.model import Bound, Check, Claim, End, Kind, Part, Place, Quantity, Verdict
from geo.rules.direction import compass_point, points_there
from geo.rules.ends import Reading, Side, Unmeasured, measure
from geo.rules.rivals import MOST_RIVALS, doubtful, other_pairs
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.verdict import FAILS, HOLDS, Ground, Judgement, judge, nearer_end
from geo.rules.wording import Compared, ground, hint, length, should_read, statement
from geo.rules.world import World

__all__ = ["check_distance"]

_FROM_BEST = (Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD, Verdict.OFF, Verdict.WRONG)


def check_distance(claim: Claim, world: World, tolerances: Tolerances = DEFAULT) -> Check:
    """The claim, measured and judged."""
    stated = claim.length
    if not (0 <= stated.low_km <= stated.high_km < math.inf):
        return _uncheckable(claim, f"{stated.text.strip()[:40]} is no distance between places")
    found = _assess(claim, claim.subject.place, claim.object.place, world, tolerances)
    if isinstance(found, Unmeasured):
        return _uncheckable(claim, found.reason)
    rivals = _rivals(claim, found, world, tolerances)
    check = _explain(claim, found, tolerances)
    if rivals:
        return replace(
            check, verdict=Verdict.UNCHECKABLE, reason=doubtful(check.reason, rivals), rivals=rivals, should_read=None
        )
    return check


@dataclass(frozen=True, slots=True)
class _Found:
    """One choice of the two places, measured and judged; ``doubt`` says why an uncheckable one is that."""

    reading: Reading
    judged: Judgement
    verdict: Verdict
    doubt: str = ""


def _assess(
    claim: Claim, subject: Place | None, other: Place | None, world: World, tol: Tolerances
) -> _Found | Unmeasured:
    """The reading that the figure fits best, and what it gives."""
    sides = _side(claim.subject, subject), _side(claim.object, other)
    readings = measure(*sides, world, tolerances=tol)
    if isinstance(readings, Unmeasured):
        return readings
    stated = _affirmed(claim)
    judged = [
        judge(
            stated, each.distance_km, extent_km=each.extent_km, error_km=each.error_km, mode=claim.mode, tolerances=tol
        )
        for each in readings
    ]
    best = min(range(len(judged)), key=lambda i: _FROM_BEST.index(judged[i].verdict))
    return _weigh(claim, readings[best], judged[best], tol)


def _weigh(claim: Claim, reading: Reading, judged: Judgement, tol: Tolerances) -> _Found:
    """The verdict, where the line is known well enough to give one."""
    stated, t = claim.length, reading.distance_km
    s = nearer_end(stated, t)
    if reading.vague_km > tol.vague_share * max(s, t):
        doubt = f"one of the places reaches {length(reading.vague_km, stated.unit)} from the point that stands for it"
        return _Found(reading, judged, Verdict.UNCHECKABLE, doubt)
    doubt = reading.doubt if reading.doubt_km[0] < s <= reading.doubt_km[1] else _namesake(claim, s, t, tol)
    if judged.verdict in FAILS and doubt:
        return _Found(reading, judged, Verdict.UNCHECKABLE, doubt)
    if not claim.negated or stated.bound:
        return _Found(reading, judged, judged.verdict)
    if judged.verdict in FAILS:
        return _Found(reading, judged, Verdict.ACCURATE)
    if judged.ground is Ground.ROUNDING:
        return _Found(reading, judged, Verdict.WRONG)
    return _Found(reading, judged, Verdict.UNCHECKABLE, "the figure that is denied is neither right nor wrong")


def _namesake(claim: Claim, s: float, t: float, tol: Tolerances) -> str:
    """Why an end that is a little place is not the one meant, where it lies absurdly far; "" where it may be."""
    if t <= max(tol.namesake_km, tol.namesake_ratio * s):
        return ""
    little = (p.name for p in _ends(claim) if p and p.kind is Kind.CITY and p.population < tol.namesake_people)
    name = next(little, "")
    return name and f"it is so much further that another {name} may be meant, which the atlas lacks"


def _rivals(claim: Claim, found: _Found, world: World, tol: Tolerances) -> tuple[Place, ...]:
    """The places of other readings of the names with which the verdict would turn, likeliest first."""
    if found.verdict is Verdict.UNCHECKABLE:
        return ()
    holds = found.verdict in HOLDS
    turned_by, share = (FAILS, tol.rival_acquitted) if holds else (HOLDS, tol.rival_accused)
    rivals: dict[str, Place] = {}
    for subject, other in islice(other_pairs(claim, share, tol), MOST_RIVALS):
        rival = _assess(claim, subject, other, world, tol)
        if isinstance(rival, _Found) and rival.verdict in turned_by:
            rivals |= {place.id: place for place in (subject, other) if place and place not in _ends(claim)}
    return tuple(rivals.values())


def _explain(claim: Claim, found: _Found, tol: Tolerances) -> Check:
    """The check, with its reason in one sentence."""
    reading, stated = found.reading, claim.length
    compared = Compared(_affirmed(claim), reading.distance_km, reading.extent_km, reading.error_km, claim.mode)
    direction, sense = _direction(claim, found, tol)
    right = should_read(reading.distance_km, stated) if found.verdict in FAILS else None
    clauses = [found.doubt or ground(found.judged, compared, tol)]
    if claim.negated and not found.doubt and not stated.bound:
        clauses[0] = f"{clauses[0]}, and the article denies the figure"
    if right:
        clauses.append(f"it should read {right}")
    if found.verdict in FAILS and not claim.negated:
        clauses.append(hint(compared, tol))
    clauses.append(sense)
    denied = "not " if claim.negated and not stated.bound else ""
    said = f"Stated {denied}{statement(compared.stated)}"
    seen = f"measured {length(reading.distance_km, stated.unit)} {reading.how}"
    reason = f"{said}, {seen}: {'; '.join(clause for clause in clauses if clause)}."
    return Check(claim, found.verdict, reading.measured(), reason, direction, should_read=right)


def _direction(claim: Claim, found: _Found, tol: Tolerances) -> tuple[Verdict | None, str]:
    """The verdict on the direction, and a clause where it is wrong.

    An area lies in a direction where its nearest point does, or the point that stands for it.
    """
    reading = found.reading
    if claim.direction is None or claim.negated or found.verdict is Verdict.UNCHECKABLE:
        return None, ""
    distance, bearing = inverse(reading.line[1], reading.line[0])
    seen = [(bearing, distance)]
    subject, other = _ends(claim)
    if subject and other and claim.object.part in {Part.TERRITORY, Part.CENTRE} and reading.error_km:
        apart, between = inverse(other.position, subject.position)
        seen.append((between, apart))
    answers = [points_there(claim.direction, deg, km, reading.reach_km, tolerances=tol) for deg, km in seen]
    if answers[0] is None:
        return None, ""
    if any(answers):
        return Verdict.ACCURATE, ""
    there = compass_point(bearing, of=16 if len(claim.direction) == 3 else 8)
    return Verdict.WRONG, f"it lies to the {there}, not to the {claim.direction}"


def _affirmed(claim: Claim) -> Quantity:
    """What is said of the distance: "not more than" is "at most"."""
    if not claim.negated or claim.length.bound is None:
        return claim.length
    turned = {Bound.MIN: Bound.MAX, Bound.MAX: Bound.MIN}
    return replace(claim.length, bound=turned[claim.length.bound])


def _side(end: End, place: Place | None) -> Side:
    return Side(place, end.part, end.mention.text)


def _ends(claim: Claim) -> tuple[Place | None, Place | None]:
    return claim.subject.place, claim.object.place


def _uncheckable(claim: Claim, why: str) -> Check:
    return Check(claim, Verdict.UNCHECKABLE, None, f"Stated {statement(claim.length)}, not measured: {why}.")
