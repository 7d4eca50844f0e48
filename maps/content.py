"""What the page shows, as plain values for JSON: the article in runs, its places, its checks and the base map.

Python counts code points and JavaScript UTF-16 units, so no offsets travel: the text is cut into runs here. Positions
are ``[lat, lon]`` in degrees, with longitudes in the map's frame (see :mod:`maps.lines`). Nothing here is HTML: the
page puts every string in as text.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from geo.atlas import Atlas
from geo.messages import ENGLISH, KINDS, VERDICTS, Figure, Messages, Name, Phrase, Plural
from geo.model import Check, End, Kind, Located, Part, Passage, Place, Position, Relation, Report, Span, Unit
from geo.rules.direction import POINT_NAMES
from geo.rules.verdict import FAILS
from maps.basemap import base_map
from maps.lines import Point, into_frame, track, western_edge
from maps.style import STYLES, marks
from maps.words import mentions, spoken

__all__ = ["page_data"]

_PARAGRAPH_END = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+")
_HEADLINE_MAX = 120  # characters; a first paragraph that is one short line without a full stop is the headline
_AROUND = 60  # characters of the article on each side of a mention, as a place's card shows it
_RIVALS = 3  # other readings of a name that a card lists
_TRACK_POINTS = 6_000  # in all lines together, about 110 KB: many long lines get fewer points each
_TRACK_LEAST = 24

Mark = tuple[Span, str, list[int]]  # a span, "place" or "check", and [place, which mention] or [check]

_PARTS = {Part.TERRITORY: Phrase("nearest point"), Part.BORDER: Phrase("border"), Part.COAST: Phrase("coast")}
_NEAREST = {  # what a line's end is called on the map
    Part.TERRITORY: Phrase("nearest point"),
    Part.BORDER: Phrase("nearest point of the border"),
    Part.COAST: Phrase("nearest point of the coast"),
}
_DISTANCES = Plural("{number} distance stated: {verdicts}.", "{number} distances stated: {verdicts}.")
_OTHERS = Plural("{number} other relation stated: {verdicts}.", "{number} other relations stated: {verdicts}.")


def page_data(report: Report, atlas: Atlas, messages: Messages = ENGLISH, *, text: bool = True) -> dict[str, Any]:
    """All that the page needs, in the order in which the report has it."""
    places = _places(report)
    number = {place.id: index for index, (place, _) in enumerate(places)}
    lines = [_drawn(check) for check in report.checks]
    measured = [line for line in lines if line]
    most = max(_TRACK_LEAST, _TRACK_POINTS // max(1, len(measured)))
    tracks = [track(line, most=most) for line in measured]
    spots = [(place.position.lat, place.position.lon) for place, _ in places]
    edge = western_edge(tracks, spots)
    tracks = [into_frame(line, edge) for line in tracks]
    spots = [into_frame([spot], edge)[0] for spot in spots]
    with_line = iter(tracks)
    shapes = [place.outline if place.outline and atlas.outlines.has(place.outline) else None for place, _ in places]
    return {
        "title": report.article.title if text else None,
        "source": report.article.source,
        "language": report.article.language,
        "madeWith": {"dateline": report.made_with.dateline, "atlas": atlas.date},
        "warnings": list(report.warnings),
        "words": spoken(messages),
        "verdicts": marks(messages),
        "summary": _summary(report, messages),
        "paragraphs": list(_paragraphs(report, number)) if text else [],
        "places": [
            {**_place(report, place, found, atlas, messages, text=text), "at": spot, "shape": shape}
            for (place, found), spot, shape in zip(places, spots, shapes, strict=True)
        ],
        "unresolved": list(dict.fromkeys(found.mention.text for found in report.located if not found.candidates)),
        "checks": [
            _check(check, number, next(with_line) if line else [], atlas, messages)
            for check, line in zip(report.checks, lines, strict=True)
        ],
        "countries": _labels(atlas, edge, messages),
        "land": base_map(
            atlas.outlines,
            ends=spots + [point for line in tracks for point in (line[0], line[-1])],
            between=[point for line in tracks for point in line[1:-1]],
            regions=sorted({shape for shape in shapes if shape and "." in shape}),
        ),
    }


def _drawn(check: Check) -> Sequence[Position]:
    """The line that the map draws: of what lies where it should a line from town to shore or border says nothing."""
    told = check.claim.relation in {Relation.DISTANCE, Relation.DIRECTION} or check.verdict in FAILS
    return check.measured.line if check.measured and told else ()


def _places(report: Report) -> list[tuple[Place, list[Located]]]:
    """Each distinct place with its mentions, by first mention; those that only a check names come last."""
    found: dict[str, tuple[Place, list[Located]]] = {}
    for located in report.located:
        if located.place:
            found.setdefault(located.place.id, (located.place, []))[1].append(located)
    for check in report.checks:
        for end in (check.claim.subject, check.claim.object):
            if end.place:
                found.setdefault(end.place.id, (end.place, [end.located] if end.located else []))
    return list(found.values())


def _summary(report: Report, messages: Messages) -> str:
    """How many claims there are, and how many of each verdict: "2 distances stated: 1 accurate, 1 wrong."."""
    distances = _counted(_DISTANCES, report.distances, messages)
    none = messages.say("This article states no distance that could be measured.")
    return " ".join(filter(None, [distances or none, _counted(_OTHERS, report.statements, messages)]))


def _counted(sentence: Plural, checks: Sequence[Check], messages: Messages) -> str:
    counts = Counter(check.verdict for check in checks)
    each = (f"{counts[verdict]} {messages.say(style.word)}" for verdict, style in STYLES.items() if counts[verdict])
    return messages.count(sentence, Figure(len(checks)), verdicts=", ".join(each)) if checks else ""


def _place(
    report: Report, place: Place, found: Sequence[Located], atlas: Atlas, messages: Messages, *, text: bool
) -> dict[str, Any]:
    names = Counter(located.mention.text for located in found if located.mention.kind is None)
    # the article's own form of the name, the one it uses most, the shorter of two: "Moskau", not "Moskaus"
    label = min(names, key=lambda name: (-names[name], len(name))) if names else place.name
    own = messages.name(Name.of(place))
    rivals = {one.place.id: one.place for located in found for one in located.candidates[1 : _RIVALS + 1]}
    return {
        "label": label,
        "name": place.name,
        "what": ", ".join(filter(None, ["" if own == label else own, _what(place, atlas, messages)])),
        "kind": place.kind,
        "country": place.country,
        "people": messages.say("{number} people", number=Figure(place.population)) if place.population else "",
        "count": mentions(messages, len(found)),
        "mentions": [_mention(report, located, text=text) for located in found],
        "rivals": _rivals(list(rivals.values()), atlas, messages),
    }


def _what(place: Place, atlas: Atlas, messages: Messages) -> str:
    """What a place is and where: "city, Russia"."""
    country = _country(place.country, atlas, messages) if place.country and place.kind is not Kind.COUNTRY else ""
    return ", ".join(filter(None, [messages.say(KINDS[place.kind]), country]))


def _country(code: str, atlas: Atlas, messages: Messages) -> str:
    known = atlas.gazetteer.place(f"country:{code}")
    return messages.name(Name(known.name if known else code, country=code))


def _rivals(places: Sequence[Place], atlas: Atlas, messages: Messages) -> list[dict[str, Any]]:
    return [{"name": place.name, "what": _what(place, atlas, messages)} for place in places[:_RIVALS]]


def _mention(report: Report, located: Located, *, text: bool) -> dict[str, Any]:
    start, end = located.mention.span
    before, after = report.article.text[max(0, start - _AROUND) : start], report.article.text[end : end + _AROUND]
    return {
        "text": located.mention.text,
        "kind": located.mention.kind,
        "before": " ".join(before.split(" ")[1:]) if text and start > _AROUND else before if text else "",
        "after": " ".join(after.split(" ")[:-1]) if text and len(after) == _AROUND else after if text else "",
    }


def _check(
    check: Check, number: dict[str, int], line: Sequence[Point], atlas: Atlas, messages: Messages
) -> dict[str, Any]:
    claim, measured = check.claim, check.measured
    unit = Unit.KILOMETRE if isinstance(claim.stated, Passage) else claim.stated.unit
    span = [_length(km, Unit.KILOMETRE, messages) for km in (measured.low_km, measured.high_km)] if measured else []
    return {
        "relation": claim.relation,
        "verdict": check.verdict,
        "words": claim.stated.text,
        "from": _end(claim.subject, number, messages),
        "to": _end(claim.object, number, messages),
        "measured": _length(measured.distance_km, unit, messages) if measured else None,
        "range": messages.say("{low} to {high}", low=span[0], high=span[1])
        if measured and measured.low_km < measured.high_km
        else None,
        "how": measured.how if measured else "",
        "source": measured.source if measured else "",
        "reason": check.reason,
        "shouldRead": check.should_read,
        "direction": _direction(check, messages),
        "rivals": _rivals(check.rivals, atlas, messages),
        "line": line,
    }


def _direction(check: Check, messages: Messages) -> str:
    """The compass point that was stated, and whether it holds: "NE (wrong)"."""
    stated, verdict = check.claim.direction, check.direction_verdict
    said = messages.say(POINT_NAMES[stated]) if stated else ""
    return f"{said} ({messages.say(VERDICTS[verdict])})" if verdict else said


def _end(end: End, number: dict[str, int], messages: Messages) -> dict[str, Any]:
    return {
        "text": end.name,
        "part": messages.say(_PARTS[end.part]) if end.part in _PARTS else "",
        "nearest": messages.say(_NEAREST[end.part]) if end.part in _NEAREST else "",
        "place": number[end.place.id] if end.place else None,
    }


def _length(distance_km: float, unit: Unit, messages: Messages = ENGLISH) -> str:
    """A length in the article's unit, and in kilometres where that is another.

    >>> _length(6430.4, Unit.KILOMETRE), _length(2.5, Unit.MILE), _length(0.3, Unit.METRE)
    ('6,430 km', '1.6 mi (2.5 km)', '300 m (0.3 km)')
    """
    value = distance_km / unit.km
    shown = f"{messages.number(Figure(value) if value >= 10 else Figure(value, 1, least=1))} {unit}"
    return shown if unit is Unit.KILOMETRE else f"{shown} ({_length(distance_km, Unit.KILOMETRE, messages)})"


def _paragraphs(report: Report, number: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The text in paragraphs, each cut into runs where a place or a claim begins or ends."""
    text = report.article.text
    counts: dict[int, int] = {}
    marked: list[Mark] = []
    for located in report.located:
        if located.place:
            place = number[located.place.id]
            counts[place] = counts.get(place, -1) + 1
            marked.append((located.mention.span, "place", [place, counts[place]]))
    marked += [(check.claim.stated.span, "check", [index]) for index, check in enumerate(report.checks)]
    waiting = deque(sorted(marked, key=lambda mark: mark[0]))
    start = 0
    for gap in [*_PARAGRAPH_END.finditer(text), None]:
        end = gap.start() if gap else len(text)
        mine = []
        while waiting and waiting[0][0].start < end:
            mine.append(waiting.popleft())
        if text[start:end].strip():
            yield {"headline": _is_headline(report, start, end), "runs": list(_runs(text, start, end, mine))}
        start = gap.end() if gap else end


def _is_headline(report: Report, start: int, end: int) -> bool:
    first = not report.article.text[:start].strip()
    line = report.article.text[start:end].strip()
    if report.article.title is not None:
        return first and line == report.article.title.strip()
    return first and len(line) <= _HEADLINE_MAX and "\n" not in line and line[-1] not in ".,;:"


def _runs(text: str, start: int, end: int, marked: Iterable[Mark]) -> Iterator[Any]:
    """Strings for bare text, ``{"text", "place", "checks"}`` for what is marked; marks come sorted and may overlap."""
    waiting = deque(marked)
    open_marks: list[Mark] = []
    cuts = sorted({start, end, *(max(start, min(end, cut)) for span, _, _ in waiting for cut in span)})
    for left, right in pairwise(cuts):
        while waiting and waiting[0][0].start <= left:
            open_marks.append(waiting.popleft())
        open_marks = [mark for mark in open_marks if mark[0].end >= right]
        place = next((value for _, kind, value in open_marks if kind == "place"), None)
        checks = [value[0] for _, kind, value in open_marks if kind == "check"]
        piece = text[left:right]
        yield {"text": piece, "place": place, "checks": checks} if open_marks else piece


def _labels(atlas: Atlas, edge: float, messages: Messages) -> dict[str, dict[str, Any]]:
    """The name of each country and where it stands, for orientation: in the middle of its largest land."""
    drawn = (code for code in atlas.outlines.codes if "." not in code and atlas.outlines.has(code))
    middles = {code: atlas.outlines.centroid(code) for code in drawn}
    return {
        code: {"name": _country(code, atlas, messages), "at": (round(lat, 2), lon)}
        for code, middle in middles.items()
        for lat, lon in into_frame([(middle.lat, round(middle.lon, 2))], edge)
    }
