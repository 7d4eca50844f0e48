"""Files from the page itself: GeoJSON, CSV, KML, SVG and PNG, with the credits in each and hostile words inert."""

import csv
import io
import json
import struct
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

import maps
from geo.atlas import Atlas
from geo.model import Verdict

from .browser import Story, browser, city, opened

HOSTILE = "</script><img src=x onerror=window.pwned=1>]]>&lt;b&gt;\u202e\u0001"
KML = "{http://www.opengis.net/kml/2.2}"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture(scope="module")
def files(running: Browser, atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Each file by the end of its name."""
    folder = tmp_path_factory.mktemp("downloads")
    story = Story(
        "Zwei Häfen\n\nTokyo is 8,300 km from San Francisco, and 900 km from =SUM(A1).", source=f"{HOSTILE}.txt"
    )
    tokyo, francisco = city("Tokyo", 35.68, 139.77, "JP"), city("San Francisco", 37.77, -122.42, "US")
    formula = city("=SUM(A1)", 43.06, 141.35, "JP")
    at_tokyo, at_francisco, at_formula = story.names(tokyo), story.names(francisco), story.names(formula)
    story.states("8,300 km", at_tokyo, at_francisco, distance_km=8270)
    story.states("900 km", at_tokyo, at_formula, Verdict.WRONG, distance_km=830, reason=f"r {HOSTILE}")
    path = folder / "map.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    found = {}
    with opened(running, path) as view:
        for button in view.page.locator(".download").all():
            with view.page.expect_download() as waiting:
                button.click()
            name = waiting.value.suggested_filename
            assert name.startswith("dateline-zwei-hafen")
            waiting.value.save_as(folder / name)
            found[name.removeprefix("dateline-zwei-hafen").lstrip("-.")] = (folder / name).read_bytes()
        assert view.complaints == []
        assert [url for url in view.requests if not url.startswith("blob:")] == [path.as_uri()]
        assert view.page.evaluate("typeof window.pwned") == "undefined"
    return found


def test_there_is_every_kind(files: dict[str, bytes]) -> None:
    assert set(files) == {"geojson", "kml", "claims.csv", "places.csv", "svg", "png"}


@pytest.mark.parametrize("kind", ["geojson", "kml", "claims.csv", "places.csv", "svg"])
def test_each_names_its_sources(files: dict[str, bytes], kind: str, atlas: Atlas) -> None:
    text = files[kind].decode("utf-8")
    for credit in ("GeoNames", "Natural Earth", "Dateline 0.1.0", atlas.date):
        assert credit in text


def test_geojson_is_cut_at_the_antimeridian(files: dict[str, bytes]) -> None:
    features = json.loads(files["geojson"])["features"]
    assert [one["geometry"]["type"] for one in features] == ["Point"] * 3 + ["MultiLineString", "LineString"]
    assert features[0]["geometry"]["coordinates"] == [139.77, 35.68]
    west, east = features[3]["geometry"]["coordinates"]
    assert (west[0], west[-1][0], east[0][0], east[-1]) == ([139.77, 35.68], 180, -180, [-122.42, 37.77])
    assert west[-1][1] == east[0][1]
    assert all(-180 <= lon <= 180 for piece in (west, east) for lon, _ in piece)
    assert features[4]["properties"]["verdict"] == "wrong"


def test_a_table_keeps_words_and_runs_no_formula(files: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(files["places.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["name", "atlas_name", "kind", "country", "lat", "lon", "mentions"]
    assert rows[1] == ["Tokyo", "Tokyo", "city", "JP", "35.68", "139.77", "1"]
    assert rows[3][0] == "'=SUM(A1)"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    claims = list(csv.DictReader(io.StringIO(files["claims.csv"].decode("utf-8-sig"))))
    assert [(row["stated"], row["verdict"]) for row in claims[:2]] == [("8,300 km", "accurate"), ("900 km", "wrong")]
    assert claims[1]["reason"] == f"r {HOSTILE}"


def test_kml_is_well_formed_and_holds_words_as_words(files: dict[str, bytes]) -> None:
    document = ET.fromstring(files["kml"])[0]
    marks = document.findall(f"{KML}Placemark")
    assert [mark.findtext(f"{KML}name") for mark in marks] == [
        "Tokyo",
        "San Francisco",
        "=SUM(A1)",
        "8,300 km",
        "900 km",
    ]
    assert len(marks[3].findall(f"{KML}MultiGeometry/{KML}LineString")) == 2
    reasons = [value.text for value in marks[4].iter(f"{KML}value")]
    assert f"r {HOSTILE}".replace("\u0001", "\ufffd") in reasons


def test_svg_shows_what_the_map_shows_and_runs_nothing(files: dict[str, bytes]) -> None:
    picture = ET.fromstring(files["svg"])
    assert {one.tag for one in picture.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "g", "rect", "clipPath", "path", "text")
    }
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert {"Tokyo", "San Francisco", "8,300 km", "900 km"} <= set(words)
    paths = list(picture.iter(f"{SVG}path"))
    grounds = [path.get("fill") for path in paths]
    strokes = [path.get("stroke") for path in paths]
    assert "rgb(248, 247, 243)" in grounds  # land
    assert strokes.index("rgb(179, 32, 28)") > grounds.index("rgb(248, 247, 243)")  # a wrong claim's line lies above
    assert not [name for one in picture.iter() for name in one.attrib if name.startswith("on") or "href" in name]


def test_png_is_a_picture_in_two_pixels_for_one(files: dict[str, bytes]) -> None:
    assert files["png"].startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", files["png"][16:24])
    assert width > 1400
    assert height > 1500
    assert len(files["png"]) > 50_000  # an empty canvas is a few kilobytes
