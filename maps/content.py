"""What the page shows, as plain values for JSON: the articles, their places and checks, and the base map.

Positions are ``[lat, lon]`` in degrees, with longitudes in the map's frame (see :mod:`maps.lines`). Nothing here is
HTML: the page puts every string in as text. One article or a dossier of several: places are numbered through all of
them, and so are checks.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from geo.atlas import Atlas
from geo.messages import ENGLISH, Messages
from geo.model import Check, Position, Relation, Report
from geo.rules.verdict import FAILS
from maps.basemap import base_map
from maps.checks import check_entry, summary
from maps.contradictions import contradictions
from maps.lines import into_frame, track, western_edge
from maps.places import country_name, found_places, place_entry
from maps.style import marks
from maps.text import paragraphs
from maps.words import articles, spoken

__all__ = ["page_data"]

_TRACK_POINTS = 6_000  # in all lines together, about 110 KB: many long lines get fewer points each
_TRACK_LEAST = 24


def page_data(
    reports: Sequence[Report], atlas: Atlas, messages: Messages = ENGLISH, *, text: bool = True
) -> dict[str, Any]:
    """All that the page needs, in the order in which the reports have it; there must be a report."""
    places = found_places(reports)
    number = {place.id: index for index, (place, _) in enumerate(places)}
    checks = [(index, check) for index, report in enumerate(reports) for check in report.checks]
    lines = [_drawn(check) for _, check in checks]
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
        "title": articles(messages, len(reports)),
        "articles": _articles(reports, number, messages, text=text),
        "madeWith": {"dateline": reports[0].made_with.dateline, "atlas": atlas.date},
        "words": spoken(messages),
        "verdicts": marks(messages),
        "summary": summary([check for _, check in checks], messages),
        "places": [
            {**place_entry(place, found, reports, atlas, messages, text=text), "at": spot, "shape": shape}
            for (place, found), spot, shape in zip(places, spots, shapes, strict=True)
        ],
        "checks": [
            {"article": index, **check_entry(check, number, next(with_line) if line else [], atlas, messages)}
            for (index, check), line in zip(checks, lines, strict=True)
        ],
        "contradictions": contradictions([check for _, check in checks]),
        "countries": _labels(atlas, edge, messages),
        "land": base_map(
            atlas.outlines,
            ends=spots + [point for line in tracks for point in (line[0], line[-1])],
            between=[point for line in tracks for point in line[1:-1]],
            regions=sorted({shape for shape in shapes if shape and "." in shape}),
        ),
    }


def _articles(
    reports: Sequence[Report], number: dict[str, int], messages: Messages, *, text: bool
) -> list[dict[str, Any]]:
    counts: dict[int, int] = {}
    first_checks = accumulate((len(report.checks) for report in reports), initial=0)
    return [
        {
            "title": report.article.title if text else None,
            "source": report.article.source,
            "language": report.article.language,
            "summary": summary(report.checks, messages),
            "paragraphs": list(paragraphs(report, number, counts, first)) if text else [],
            "unresolved": list(dict.fromkeys(found.mention.text for found in report.located if not found.candidates)),
            "warnings": list(report.warnings),
        }
        for report, first in zip(reports, first_checks, strict=False)
    ]


def _drawn(check: Check) -> Sequence[Position]:
    """The line that the map draws: of what lies where it should a line from town to shore or border says nothing."""
    told = check.claim.relation in {Relation.DISTANCE, Relation.DIRECTION} or check.verdict in FAILS
    return check.measured.line if check.measured and told else ()


def _labels(atlas: Atlas, edge: float, messages: Messages) -> dict[str, dict[str, Any]]:
    """The name of each country and where it stands, for orientation: in the middle of its largest land."""
    drawn = (code for code in atlas.outlines.codes if "." not in code and atlas.outlines.has(code))
    middles = {code: atlas.outlines.centroid(code) for code in drawn}
    return {
        code: {"name": country_name(code, atlas, messages), "at": (round(lat, 2), lon)}
        for code, middle in middles.items()
        for lat, lon in into_frame([(middle.lat, round(middle.lon, 2))], edge)
    }
