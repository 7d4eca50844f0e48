"""Other readings of the names in a claim, with which its verdict may turn."""

from collections.abc import Iterator
from itertools import product

from geo.messages import Messages, Name
from geo.model import Candidate, Claim, End, Kind, Place
from geo.rules.tolerances import Tolerances

__all__ = ["MOST_RIVALS", "other_pairs", "turning"]

MOST_RIVALS = 12  # pairs of other readings that are measured: a border takes 2 ms


def other_pairs(claim: Claim, share: float, tol: Tolerances) -> Iterator[tuple[Place | None, Place | None]]:
    """Pairs of candidates beside the best pair, together at least ``share`` times as likely; likeliest first."""
    options = [_shares(end, tol) for end in (claim.subject, claim.object)]
    pairs = sorted(product(*options), key=lambda pair: -pair[0][1] * pair[1][1])
    for (subject, likely), (other, also_likely) in pairs:
        if likely * also_likely >= share and (subject, other) != (claim.subject.place, claim.object.place):
            yield subject, other


def turning(rivals: tuple[Place, ...], messages: Messages) -> str:
    """The clause that says with which other places the verdict would turn."""
    places = messages.either(
        f"{messages.name(Name.of(place))}{f' ({place.country})' if place.country else ''}" for place in rivals[:3]
    )
    return messages.say("but if {places} is meant, the verdict turns", places=places)


def _shares(end: End, tol: Tolerances) -> list[tuple[Place | None, float]]:
    """The candidates of an end, each with its score as a share of the best one's.

    Where a country and a city inside it share the name (Luxembourg, Panama), either is heard against an accusation.
    """
    candidates: tuple[Candidate, ...] = end.located.candidates if end.located else ()
    if not candidates or not candidates[0].score > 0:
        return [(end.place, 1.0)]
    best = candidates[0].place
    return [
        (each.place, max(each.score / candidates[0].score, tol.rival_accused * _is_city_of(each.place, best)))
        for each in candidates[:MOST_RIVALS]
    ]


def _is_city_of(place: Place, best: Place) -> bool:
    """Whether one is a city and the other the country that it lies in."""
    return {place.kind, best.kind} == {Kind.CITY, Kind.COUNTRY} and place.country == best.country
