"""The report as GeoJSON (RFC 7946): places as points, checks as lines along the geodesic.

WGS84, longitude first. A line has a point about every 50 km, and is cut where it crosses 180 degrees (section 3.1.9),
so that no program draws it around the world. A check without a measured line is a feature without a geometry.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from geo.measure import geodesic, unwrap
from geo.model import Check, Position, Report
from geo.render.record import dumps, lonlat, named_places, number, stated_length

__all__ = ["ATTRIBUTION", "cut_at_antimeridian", "to_geojson"]

ATTRIBUTION = "Places: GeoNames, CC BY 4.0. Borders and coasts: Natural Earth."

LatLon = tuple[float, float]


def to_geojson(report: Report, *, text: bool = True, indent: int | None = None) -> str:
    """One FeatureCollection: first the places, then the checks, both as the report has them.

    ``text=False`` leaves out in which words the article names the places; a check keeps its own.
    """
    places = [
        _feature(
            place.id,
            {"type": "Point", "coordinates": lonlat(place.position)},
            {
                "type": "place",
                "name": place.name,
                "kind": place.kind.value,
                "country": place.country,
                "population": place.population,
                **({"mentions": list(dict.fromkeys(found.mention.text for found in mentions))} if text else {}),
            },
        )
        for place, mentions in named_places(report)
    ]
    checks = [_check(check, i) for i, check in enumerate(report.checks, start=1)]
    collection = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": places + checks}
    return dumps(collection, indent=indent)


def cut_at_antimeridian(line: Sequence[LatLon]) -> list[list[LatLon]]:
    """A line of (lat, lon) that runs on beyond 180 degrees, in pieces that lie within -180..180 each.

    >>> cut_at_antimeridian([(0, 170), (10, 190)])
    [[(0, 170), (5.0, 180.0)], [(5.0, -180.0), (10, -170)]]
    >>> cut_at_antimeridian([(0, -180), (0, -190)])
    [[(0, 180), (0, 170)]]
    """
    whole = [line[0]]
    for (lat, lon), (next_lat, next_lon) in pairwise(line):
        edge = 360.0 * _turn(max(lon, next_lon)) - 180
        if min(lon, next_lon) < edge < max(lon, next_lon):
            whole.append((lat + (edge - lon) / (next_lon - lon) * (next_lat - lat), edge))
        whole.append((next_lat, next_lon))
    pieces: list[list[LatLon]] = []
    last = None
    for (lat, lon), (next_lat, next_lon) in pairwise(whole):
        turn = _turn((lon + next_lon) / 2)
        if turn != last:
            pieces.append([(lat, lon - 360 * turn)])
        pieces[-1].append((next_lat, next_lon - 360 * turn))
        last = turn
    return pieces


def _turn(lon: float) -> int:
    """How often a longitude has gone around the globe."""
    return math.floor((lon + 180) / 360)


def _check(check: Check, index: int) -> dict[str, Any]:
    claim, measured = check.claim, check.measured
    length = stated_length(claim.stated)
    ends = {
        name: {"place": end.place.id if end.place else None, "part": end.part.value, "text": end.mention.text}
        for name, end in (("subject", claim.subject), ("object", claim.object))
    }
    return _feature(
        f"check:{index}",
        _geometry(measured.line) if measured else None,
        {
            "type": "check",
            "relation": claim.relation.value,
            "verdict": check.verdict.value,
            "direction_verdict": check.direction_verdict,
            "stated": claim.stated.text,
            "stated_low_km": length["low_km"],
            "stated_high_km": length["high_km"],
            "measured_km": number(measured.distance_km) if measured else None,
            "source": measured.source if measured else None,
            "should_read": check.should_read,
            "reason": check.reason,
            **ends,
        },
    )


def _geometry(line: Sequence[Position]) -> dict[str, Any] | None:
    """The geodesic through the positions."""
    if len(line) < 2:
        return None
    dense = [line[0], *(point for one, other in pairwise(line) for point in geodesic(one, other)[1:])]
    pieces = [[_pair(point) for point in piece] for piece in cut_at_antimeridian(unwrap(dense))]
    if len(pieces) == 1:
        return {"type": "LineString", "coordinates": pieces[0]}
    return {"type": "MultiLineString", "coordinates": pieces}


def _pair(point: LatLon) -> list[float]:
    """As :func:`lonlat`, but 180 degrees stay on the side where the piece ends."""
    lon, lat = lonlat(Position(*point))
    return [math.copysign(lon, point[1]), lat] if abs(lon) == 180 else [lon, lat]


def _feature(identity: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": identity, "geometry": geometry, "properties": properties}
