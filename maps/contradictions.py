"""Claims that contradict each other: of one distance, in figures that cannot both be meant.

What a figure may mean is the rules' business (:func:`geo.rules.verdict.meant`): its rounding, hedge and bound. Two
claims contradict each other where these ranges lie further apart than what still counts as accurate. A way by road and
a distance in the air are two things and contradict nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from geo.model import Check, Mode, Quantity, Relation
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.verdict import meant

__all__ = ["contradictions"]

Ends = frozenset[tuple[str, str]]  # of each end the place and the part of it


def contradictions(checks: Sequence[Check], tolerances: Tolerances = DEFAULT) -> list[list[int]]:
    """Numbers of checks that contradict each other, those of one distance together, each list in order."""
    same: dict[Ends, list[int]] = defaultdict(list)
    for number, check in enumerate(checks):
        if ends := _ends(check):
            same[ends].append(number)
    groups = []
    for numbers in same.values():
        pairs = combinations(numbers, 2)
        against = {
            number
            for one, other in pairs
            if _contradict(checks[one], checks[other], tolerances)
            for number in (one, other)
        }
        if against:
            groups.append(sorted(against))
    return groups


def _ends(check: Check) -> Ends | None:
    claim = check.claim
    if claim.relation is not Relation.DISTANCE or claim.negated or not check.measured:
        return None
    if claim.subject.place is None or claim.object.place is None:
        return None
    return frozenset((end.place.id, end.part.value) for end in (claim.subject, claim.object) if end.place)


def _contradict(one: Check, other: Check, tolerances: Tolerances) -> bool:
    if {one.claim.mode, other.claim.mode} == {Mode.AIR, Mode.ROAD}:
        return False
    ranges = sorted(_meant(check, tolerances) for check in (one, other))
    (_, end), (start, _) = ranges
    return start > end * (1 + tolerances.close)


def _meant(check: Check, tolerances: Tolerances) -> tuple[float, float]:
    stated, measured = check.claim.stated, check.measured
    assert isinstance(stated, Quantity)
    assert measured
    return meant(stated, measured.distance_km, tolerances=tolerances)
