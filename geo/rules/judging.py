"""What the rules for statements without a length have in common: other readings of the names, and the reason.

Where no figure speaks, an accusation rests on the atlas alone. So any other place that a name may stand for is heard
against one, however unlikely, and ``uncheckable`` is the answer to every doubt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from geo.measure import inverse
from geo.messages import Messages, Name, Phrase, Value
from geo.model import Check, Claim, Kind, Measured, Place, Position, Verdict
from geo.rules.ends import GEODESIC, quoted
from geo.rules.rivals import MOST_RIVALS, other_pairs, turning
from geo.rules.tolerances import Tolerances
from geo.rules.verdict import FAILS, HOLDS

__all__ = ["Assess", "Finding", "Line", "check_statement", "may_be_another", "unclear"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured: the two points, from what to what, and from which source."""

    start: Position
    end: Position
    how: Phrase
    source: str = GEODESIC

    @property
    def distance_km(self) -> float:
        """The geodesic distance."""
        return inverse(self.start, self.end)[0]

    def measured(self, messages: Messages) -> Measured:
        """It as a check reports it."""
        distance, bearing = inverse(self.start, self.end)
        how = messages.say(self.how)
        return Measured(distance, distance, distance, bearing, self.source, (self.start, self.end), how)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one choice of the two places gives; ``clause`` says why."""

    verdict: Verdict
    clause: Phrase
    measured: Line | None = None


Assess = Callable[[Place, Place | None], Finding]  # of the subject, and of the object where one is named


def may_be_another(place: Place, away_km: float, tol: Tolerances) -> bool:
    """Whether a town so far from where it should be may be a namesake that the atlas lacks: the smaller, the nearer."""
    if place.kind is not Kind.CITY:
        return False
    if place.population < tol.namesake_people:
        return away_km > tol.village_km
    return place.population < tol.large_town_people and away_km > tol.large_town_km


def unclear(clause: Phrase, measured: Line | None = None) -> Finding:
    """That it cannot be told, and why."""
    return Finding(Verdict.UNCHECKABLE, clause, measured)


def check_statement(claim: Claim, assess: Assess, tol: Tolerances, messages: Messages) -> Check:
    """The claim, judged with the likeliest places, and with the others that its names may stand for."""
    subject, other = claim.subject.place, claim.object.place
    if subject is None or (other is None and claim.object.located):
        name = claim.subject.mention.text if subject is None else claim.object.mention.text
        return _check(claim, unclear(Phrase("“{word}” could not be placed", word=quoted(name))), messages)
    found = assess(subject, other)
    check = _check(claim, found, messages)
    rivals = _rivals(claim, found, assess, tol)
    if rivals:
        reason = f"{messages.clauses([check.reason.removesuffix('.'), turning(rivals, messages)])}."
        return replace(check, verdict=Verdict.UNCHECKABLE, reason=reason, rivals=rivals)
    return check


def _rivals(claim: Claim, found: Finding, assess: Assess, tol: Tolerances) -> tuple[Place, ...]:
    """The places of other readings with which the verdict would turn, likeliest first."""
    if found.verdict is Verdict.UNCHECKABLE:
        return ()
    accused = found.verdict in FAILS
    share = tol.hearsay if accused else tol.rival_acquitted
    rivals: dict[str, Place] = {}
    for subject, other in islice(other_pairs(claim, share, tol), MOST_RIVALS):
        rival = assess(subject, other) if subject else found
        if rival.verdict in (HOLDS if accused else FAILS):
            named = (claim.subject.place, claim.object.place)
            rivals |= {place.id: place for place in (subject, other) if place and place not in named}
    return tuple(rivals.values())


def _check(claim: Claim, found: Finding, messages: Messages) -> Check:
    ends = [(end.place, end.mention) for end in (claim.subject, claim.object) if end.place]
    written = {place.name: Name.of(place, mention) for place, mention in ends}
    why = messages.say(_as_written(found.clause, written))
    measured = found.measured.measured(messages) if found.measured else None
    return Check(claim, found.verdict, measured, f"{why[:1].upper()}{why[1:]}.")


def _as_written(phrase: Phrase, written: Mapping[str, Name]) -> Phrase:
    """The phrase with the article's own words for the ends of the claim, which other languages than English say."""
    values: dict[str, Value] = {}
    for key, value in phrase.values.items():
        if isinstance(value, Phrase):
            values[key] = _as_written(value, written)
        else:
            values[key] = written.get(value.known, value) if isinstance(value, Name) and not value.country else value
    return Phrase(phrase.template, **values)
