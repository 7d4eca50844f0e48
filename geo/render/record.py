"""The report as the JSON that other programs read; geo/data/report.schema.json describes it.

Kilometres, degrees, longitude before latitude in lines as GeoJSON has it. Lengths are rounded to a metre, coordinates
to five decimals (a metre too), bearings to a tenth of a degree, scores to four digits. A number that is none (NaN,
infinity) becomes null: JSON has no word for it.
"""

import json
import math
from collections.abc import Iterable
from typing import Any

from geo.model import (
    Candidate,
    Check,
    End,
    Failure,
    Located,
    Measured,
    Mention,
    Passage,
    Place,
    Position,
    Quantity,
    Report,
)

__all__ = [
    "VERSION",
    "dumps",
    "failure_to_dict",
    "failure_to_json",
    "lonlat",
    "named_places",
    "number",
    "stated_length",
    "to_dict",
    "to_json",
]

VERSION = 1  # of the report's format: raised when a field changes its meaning or goes
_MOST_ALTERNATIVES = 10  # of a place: what nobody would choose between is left out
_KM_DIGITS = 3
_DEGREE_DIGITS = 5
_BEARING_DIGITS = 1
_SCORE_DIGITS = 4

# Characters that act on a terminal or on readers that split lines, and that JSON lets through: DEL and the C1 controls,
# the separators of lines and paragraphs, and what changes the direction of text (Unicode 15, UAX 9). Escaped, they mean
# the same.
_ACTIVE = (*range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_ESCAPES = {code: f"\\u{code:04x}" for code in _ACTIVE}


def to_json(report: Report, *, text: bool = True, indent: int | None = None) -> str:
    """The report in one line, or indented; ``text=False`` leaves the article's text out."""
    return dumps(to_dict(report, text=text), indent=indent)


def failure_to_json(failure: Failure) -> str:
    """The line of a batch that stands for an article that could not be read."""
    return dumps(failure_to_dict(failure))


def to_dict(report: Report, *, text: bool = True) -> dict[str, Any]:
    """The report as plain values."""
    article = report.article
    return {
        "version": VERSION,
        "id": report.id,
        "article": {
            "source": article.source,
            "language": article.language,
            "title": article.title,
            "encoding": article.encoding,
            **({"text": article.text} if text else {}),
        },
        "made_with": {
            "dateline": report.made_with.dateline,
            "atlas": report.made_with.atlas,
            "recogniser": report.made_with.recogniser,
        },
        "warnings": list(report.warnings),
        "places": [_place(place, mentions) for place, mentions in named_places(report)],
        "unresolved": [_mention(found.mention) for found in report.located if found.place is None],
        "checks": [_check(check) for check in report.checks],
    }


def failure_to_dict(failure: Failure) -> dict[str, Any]:
    """What a batch writes for an article that could not be read."""
    return {"version": VERSION, "id": failure.id, "error": failure.reason}


def dumps(value: Any, *, indent: int | None = None) -> str:  # noqa: ANN401 - JSON is any value
    r"""JSON in UTF-8 letters that is safe to print; raises ValueError for NaN and infinity.

    >>> dumps({"title": "a" + chr(0x202e) + chr(0xd800)})
    '{"title": "a\\u202e?"}'
    """
    made = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent).translate(_ESCAPES)
    return made.encode("utf-8", "replace").decode()  # half of a surrogate pair, in a file's name for one, becomes "?"


def named_places(report: Report) -> list[tuple[Place, list[Located]]]:
    """Each distinct place with the mentions of it, by first mention; what only a check names comes last."""
    named: dict[str, tuple[Place, list[Located]]] = {}
    for found in sorted(report.located, key=lambda found: found.mention.span):
        if found.place:
            named.setdefault(found.place.id, (found.place, []))[1].append(found)
    for end in (end for check in report.checks for end in (check.claim.subject, check.claim.object)):
        if end.located and end.place:
            named.setdefault(end.place.id, (end.place, [end.located]))
    return list(named.values())


def stated_length(stated: Quantity | Passage) -> dict[str, Any]:
    """What a claim's words say of a length; nothing where they state none."""
    if isinstance(stated, Passage):
        return dict.fromkeys(("low_km", "high_km", "unit", "bound", "hedge"))
    return {
        "low_km": number(stated.low_km),
        "high_km": number(stated.high_km),
        "unit": stated.unit.value,
        "bound": stated.bound,
        "hedge": stated.hedge,
    }


def lonlat(position: Position) -> list[float]:
    """A position as GeoJSON has it: longitude first. The one place where the two change their order."""
    return [round(position.lon, _DEGREE_DIGITS), round(position.lat, _DEGREE_DIGITS)]


def number(value: float, digits: int = _KM_DIGITS) -> float | None:
    """A number that JSON can hold.

    >>> number(225.30815999), number(float("nan")), number(1e308)
    (225.308, None, 1e+308)
    """
    return round(value, digits) if math.isfinite(value) else None


def _place(place: Place, mentions: list[Located]) -> dict[str, Any]:
    return {
        **_where(place),
        "geonameid": place.geonameid,
        "population": place.population,
        "score": max(number(found.candidates[0].score, _SCORE_DIGITS) or 0.0 for found in mentions),
        "uncertain": all(found.uncertain for found in mentions),
        "mentions": [
            _mention(found.mention) | {"kind": found.mention.kind, "former": found.candidates[0].former}
            for found in mentions
        ],
        "alternatives": [
            _where(candidate.place) | {"score": number(candidate.score, _SCORE_DIGITS)}
            for candidate in _alternatives(place, mentions)
        ],
    }


def _alternatives(place: Place, mentions: Iterable[Located]) -> list[Candidate]:
    """The other candidates of all mentions, each once with its best score, best first."""
    best: dict[str, Candidate] = {}
    for candidate in (candidate for found in mentions for candidate in found.candidates):
        if candidate.place.id != place.id:
            known = best.setdefault(candidate.place.id, candidate)
            best[candidate.place.id] = max(known, candidate, key=lambda one: one.score)
    return sorted(best.values(), key=lambda candidate: -candidate.score)[:_MOST_ALTERNATIVES]


def _where(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "lat": round(place.position.lat, _DEGREE_DIGITS),
        "lon": round(place.position.lon, _DEGREE_DIGITS),
        "country": place.country,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {"start": mention.span.start, "end": mention.span.end, "text": mention.text}


def _check(check: Check) -> dict[str, Any]:
    claim, stated = check.claim, check.claim.stated
    return {
        "relation": claim.relation.value,
        "stated": {
            "start": stated.span.start,
            "end": stated.span.end,
            "text": stated.text,
            **stated_length(stated),
            "mode": claim.mode,
            "direction": claim.direction,
            "negated": claim.negated,
        },
        "subject": _end(claim.subject),
        "object": _end(claim.object),
        "sentence": {"start": claim.sentence.start, "end": claim.sentence.end},
        "measured": _measured(check.measured) if check.measured else None,
        "verdict": check.verdict.value,
        "direction_verdict": check.direction_verdict,
        "rivals": [_where(place) for place in check.rivals],
        "reason": check.reason,
        "should_read": check.should_read,
    }


def _end(end: End) -> dict[str, Any]:
    return {
        "place": end.place.id if end.place else None,
        "part": end.part.value,
        "mention": _mention(end.mention),
    }


def _measured(measured: Measured) -> dict[str, Any]:
    return {
        "km": number(measured.distance_km),
        "low_km": number(measured.low_km),
        "high_km": number(measured.high_km),
        "bearing_deg": number(measured.bearing_deg, _BEARING_DIGITS),
        "source": measured.source,
        "how": measured.how,
        "line": [lonlat(position) for position in measured.line],
    }
