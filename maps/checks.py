"""The checks as the page shows them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from geo.atlas import Atlas
from geo.messages import ENGLISH, VERDICTS, Figure, Messages, Phrase, Plural
from geo.model import Check, End, Part, Passage, Relation, Unit
from geo.rules.direction import POINT_NAMES
from maps.lines import Point
from maps.places import rivals
from maps.style import STYLES

__all__ = ["check_entry", "summary"]

_PARTS = {Part.TERRITORY: Phrase("nearest point"), Part.BORDER: Phrase("border"), Part.COAST: Phrase("coast")}
_NEAREST = {  # what a line's end is called on the map
    Part.TERRITORY: Phrase("nearest point"),
    Part.BORDER: Phrase("nearest point of the border"),
    Part.COAST: Phrase("nearest point of the coast"),
}
_DISTANCES = Plural("{number} distance stated: {verdicts}.", "{number} distances stated: {verdicts}.")
_OTHERS = Plural("{number} other relation stated: {verdicts}.", "{number} other relations stated: {verdicts}.")


def summary(checks: Sequence[Check], messages: Messages) -> str:
    """How many claims there are, and how many of each verdict: "2 distances stated: 1 accurate, 1 wrong."."""
    lengths = [check for check in checks if check.claim.relation is Relation.DISTANCE]
    others = [check for check in checks if check.claim.relation is not Relation.DISTANCE]
    distances = _counted(_DISTANCES, lengths, messages)
    none = messages.say("This article states no distance that could be measured.")
    return " ".join(filter(None, [distances or none, _counted(_OTHERS, others, messages)]))


def _counted(sentence: Plural, checks: Sequence[Check], messages: Messages) -> str:
    counts = Counter(check.verdict for check in checks)
    each = (
        messages.say("{number} {verdict}", number=Figure(counts[verdict]), verdict=style.word)
        for verdict, style in STYLES.items()
        if counts[verdict]
    )
    return messages.count(sentence, Figure(len(checks)), verdicts=", ".join(each)) if checks else ""


def check_entry(
    check: Check, number: Mapping[str, int], line: Sequence[Point], atlas: Atlas, messages: Messages
) -> dict[str, Any]:
    """One check; ``number`` gives each place's number by its id, ``line`` what the map draws of it."""
    claim, measured = check.claim, check.measured
    unit = Unit.KILOMETRE if isinstance(claim.stated, Passage) else claim.stated.unit
    return {
        "relation": claim.relation,
        "verdict": check.verdict,
        "words": claim.stated.text,
        "from": _end(claim.subject, number, messages),
        "to": _end(claim.object, number, messages),
        "measured": _length(measured.distance_km, unit, messages) if measured else None,
        "range": messages.say(
            "{low} to {high}",
            low=_figure(measured.low_km),
            high=_length(measured.high_km, Unit.KILOMETRE, messages),
        )
        if measured and measured.low_km < measured.high_km
        else None,
        "how": measured.how if measured else "",
        "source": measured.source if measured else "",
        "reason": check.reason,
        "shouldRead": check.should_read,
        "direction": _direction(check, messages),
        "rivals": rivals(check.rivals, atlas, messages),
        "line": line,
    }


def _direction(check: Check, messages: Messages) -> str:
    """The compass point that was stated, and whether it holds: "NE (wrong)"."""
    stated, verdict = check.claim.direction, check.direction_verdict
    said = messages.say(POINT_NAMES[stated]) if stated else ""
    return f"{said} ({messages.say(VERDICTS[verdict])})" if verdict else said


def _end(end: End, number: Mapping[str, int], messages: Messages) -> dict[str, Any]:
    return {
        "text": messages.end(end),
        "part": messages.say(_PARTS[end.part]) if end.part in _PARTS else "",
        "nearest": messages.say(_NEAREST[end.part]) if end.part in _NEAREST else "",
        "place": number[end.place.id] if end.place else None,
    }


def _length(distance_km: float, unit: Unit, messages: Messages = ENGLISH) -> str:
    """A length in the article's unit, and in kilometres where that is another.

    >>> _length(6430.4, Unit.KILOMETRE), _length(2.5, Unit.MILE), _length(0.3, Unit.METRE)
    ('6,430 km', '1.6 mi (2.5 km)', '300 m (0.3 km)')
    """
    shown = f"{messages.number(_figure(distance_km / unit.km))} {messages.sign(unit)}"
    return shown if unit is Unit.KILOMETRE else f"{shown} ({_length(distance_km, Unit.KILOMETRE, messages)})"


def _figure(value: float) -> Figure:
    return Figure(value) if value >= 10 else Figure(value, 1, least=1)
