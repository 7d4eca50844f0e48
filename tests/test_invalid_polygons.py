"""Natural Earth has rings that cross or touch themselves (FAULTS 35): they are measured and drawn all the same."""

from collections.abc import Iterator

import pytest
import shapely

import maps
from geo.atlas import Atlas
from geo.model import Article, Part, Position
from geo.pipeline import check_article

from . import minimiser

METRE = 0.001
# A country with such a ring, a point near one, and a city there
CASES = [("BS", (25.4, -77.3), "Nassau"), ("BE", (51.3, 4.3), "Antwerpen"), ("AR", (-32.5, -58.4), "Gualeguaychú")]


def rings(atlas: Atlas, code: str) -> Iterator[list[tuple[float, float]]]:
    for polygon in atlas.outlines.polygons(code):
        for refs in polygon:
            ring: list[tuple[float, float]] = []
            for ref in refs:
                points = atlas.outlines.arcs[ref if ref >= 0 else ~ref].points
                ring += points if ref >= 0 else points[::-1]
            yield ring


@pytest.mark.parametrize(("code", "near", "city"), CASES)
def test_an_invalid_outline_is_handled(atlas: Atlas, code: str, near: tuple[float, float], city: str) -> None:
    shapes = [shapely.Polygon(ring) for ring in rings(atlas, code) if len(ring) > len("abc")]
    assert not all(shape.is_valid for shape in shapes), "the data has been mended: take another country"
    for offset in (0.0, 0.7, -1.3):
        position = Position(near[0] + offset, near[1] - offset)
        point = position.lat, position.lon
        edges = minimiser.outline(atlas.outlines, code)
        inside = minimiser.inside(point, atlas.outlines, code)
        assert atlas.outlines.contains(code, position) == inside
        nearest = atlas.outlines.nearest(position, code, Part.TERRITORY)
        assert nearest is not None
        expected = 0.0 if inside else minimiser.nearest_km(point, edges)
        assert nearest.distance_km == pytest.approx(expected, abs=METRE)
    report = check_article(Article(f"Das Schiff kam aus {city}.", "de"), atlas)
    assert [item.place.country for item in report.located if item.place] == [code]
    assert "<!doctype html>" in maps.to_html(report, atlas).lower()
