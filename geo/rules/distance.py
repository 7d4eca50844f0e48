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
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from geo.measure import inverse
from geo.messages import ENGLISH, Messages, Name, Phrase
from geo.model import Bound, Check, Claim, End, Kind, Part, Place, Quantity, Verdict
from geo.rules.direction import POINT_NAMES, compass_point, points_there
from geo.rules.ends import Reading, Side, Unmeasured, measure
from geo.rules.rivals import MOST_RIVALS, other_pairs, turning
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.verdict import FAILS, HOLDS, Ground, Judgement, judge, nearer_end
from geo.rules.wording import Compared, ground, hint, length, should_read, statement
from geo.rules.world import World

__all__ = ["check_distance"]

_STATED = Phrase("Stated {stated}, measured {measured} {how}: {why}.")
_DENIED = Phrase("Stated not {stated}, measured {measured} {how}: {why}.")
_FROM_BEST = (Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD, Verdict.OFF, Verdict.WRONG)


def check_distance(claim: Claim, world: World, tolerances: Tolerances = DEFAULT, messages: Messages = ENGLISH) -> Check:
    """The claim, measured and judged; ``messages`` say why."""
    stated = claim.length
    if not (0 <= stated.low_km <= stated.high_km < math.inf):
        nothing = Phrase("{words} is no distance between places", words=stated.text.strip()[:40])
        return _uncheckable(claim, nothing, messages)
    found = _assess(claim, claim.subject.place, claim.object.place, world, tolerances)
    if isinstance(found, Unmeasured):
        return _uncheckable(claim, found.reason, messages)
    return _explain(claim, found, _rivals(claim, found, world, tolerances), tolerances, messages)


@dataclass(frozen=True, slots=True)
class _Found:
    """One choice of the two places, measured and judged; ``doubt`` says why an uncheckable one is that."""

    reading: Reading
    judged: Judgement
    verdict: Verdict
    doubt: Phrase | None = None


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
        return _Found(
            reading,
            judged,
            Verdict.UNCHECKABLE,
            Phrase("one of the places reaches {reach} from the point that stands for it"),
        )
    doubt = reading.doubt if reading.doubt_km[0] < s <= reading.doubt_km[1] else _namesake(claim, s, t, tol)
    if judged.verdict in FAILS and doubt:
        return _Found(reading, judged, Verdict.UNCHECKABLE, doubt)
    if not claim.negated or stated.bound:
        return _Found(reading, judged, judged.verdict)
    if judged.verdict in FAILS:
        return _Found(reading, judged, Verdict.ACCURATE)
    if judged.ground is Ground.ROUNDING:
        return _Found(reading, judged, Verdict.WRONG)
    unclear = Phrase("the figure that is denied is neither right nor wrong")
    return _Found(reading, judged, Verdict.UNCHECKABLE, unclear)


def _namesake(claim: Claim, s: float, t: float, tol: Tolerances) -> Phrase | None:
    """Why an end that is a little place is not the one meant, where it lies absurdly far; None where it may be."""
    if t <= max(tol.namesake_km, tol.namesake_ratio * s):
        return None
    for end in (claim.subject, claim.object):
        place = end.place
        if place and place.kind is Kind.CITY and place.population < tol.namesake_people:
            little = Name.of(place, end.mention)
            return Phrase(
                "it is so much further that another {place} may be meant, which the atlas lacks", place=little
            )
    return None


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


def _explain(claim: Claim, found: _Found, rivals: tuple[Place, ...], tol: Tolerances, messages: Messages) -> Check:
    """The check, with its reason in one sentence."""
    reading, stated = found.reading, claim.length
    direction, there = _direction(claim, found, tol)
    right = should_read(reading.distance_km, stated, messages=messages) if found.verdict in FAILS else None
    clauses = list(_clauses(claim, found, right, tol, messages))
    if there:
        clauses.append(messages.say(there))
    if rivals:
        clauses.append(turning(rivals, messages))
    denied = claim.negated and not stated.bound
    reason = messages.say(
        _DENIED if denied else _STATED,
        stated=statement(_affirmed(claim), messages=messages),
        measured=length(reading.distance_km, stated.unit, messages=messages),
        how=reading.how,
        why=messages.clauses(clauses),
    )
    measured = reading.measured(messages)
    if rivals:
        return Check(claim, Verdict.UNCHECKABLE, measured, reason, direction, rivals)
    return Check(claim, found.verdict, measured, reason, direction, should_read=right)


def _clauses(claim: Claim, found: _Found, right: str | None, tol: Tolerances, messages: Messages) -> Iterator[str]:
    """Why the verdict is what it is, what the figure should be, and what may have gone wrong with it."""
    reading, stated = found.reading, claim.length
    compared = Compared(_affirmed(claim), reading.distance_km, reading.extent_km, reading.error_km, claim.mode)
    if found.doubt:
        yield messages.say(found.doubt, reach=length(reading.vague_km, stated.unit, messages=messages))
    else:
        why = ground(found.judged, compared, tol, messages=messages)
        denied = claim.negated and not stated.bound
        yield messages.say("{why}, and the article denies the figure", why=why) if denied else why
    if right:
        yield messages.say("it should read {length}", length=right)
    guess = hint(compared, tol, messages=messages) if found.verdict in FAILS and not claim.negated else ""
    if guess:
        yield guess


def _direction(claim: Claim, found: _Found, tol: Tolerances) -> tuple[Verdict | None, Phrase | None]:
    """The verdict on the direction, and a clause where it is wrong.

    An area lies in a direction where its nearest point does, or the point that stands for it.
    """
    reading = found.reading
    if claim.direction is None or claim.negated or found.verdict is Verdict.UNCHECKABLE:
        return None, None
    distance, bearing = inverse(reading.line[1], reading.line[0])
    seen = [(bearing, distance)]
    subject, other = _ends(claim)
    if subject and other and claim.object.part in {Part.TERRITORY, Part.CENTRE} and reading.error_km:
        apart, between = inverse(other.position, subject.position)
        seen.append((between, apart))
    answers = [points_there(claim.direction, deg, km, reading.reach_km, tolerances=tol) for deg, km in seen]
    if answers[0] is None:
        return None, None
    if any(answers):
        return Verdict.ACCURATE, None
    there = compass_point(bearing, of=16 if len(claim.direction) == 3 else 8)
    right, said = (POINT_NAMES[point] for point in (there, claim.direction))
    return Verdict.WRONG, Phrase("it lies to the {right}, not to the {said}", right=right, said=said)


def _affirmed(claim: Claim) -> Quantity:
    """What is said of the distance: "not more than" is "at most"."""
    if not claim.negated or claim.length.bound is None:
        return claim.length
    turned = {Bound.MIN: Bound.MAX, Bound.MAX: Bound.MIN}
    return replace(claim.length, bound=turned[claim.length.bound])


def _side(end: End, place: Place | None) -> Side:
    return Side(place, end.part, end.mention)


def _ends(claim: Claim) -> tuple[Place | None, Place | None]:
    return claim.subject.place, claim.object.place


def _uncheckable(claim: Claim, why: Phrase, messages: Messages) -> Check:
    stated = statement(claim.length, messages=messages)
    return Check(
        claim, Verdict.UNCHECKABLE, None, messages.say("Stated {stated}, not measured: {why}.", stated=stated, why=why)
    )
