"""The map's file: what is in it, that it is inert, small, whole, and the same every time."""

import base64
import hashlib
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import folium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
from geo.atlas import Atlas
from geo.model import Part, Position, Report, Unit, Verdict
from maps import lines, style
from maps.basemap import base_map

from .browser import Story, city, country

HOSTILE = (
    "</script><script>pwned=1</script><img src=x onerror=pwned=1>`${pwned=1}`{{7*7}}{% raise %}\u2028\u2029\u202e&amp;"
)


def coast_story() -> Report:
    story = Story(
        "Harbour news\n\nLisbon lies 300 km from the border of Spain, the paper says. Rabat is 9,000 km away.\n\n"
        "Lisbon again, and Rabat. Nowhereville was not found.",
        language="en",
        source="harbour.txt",
    )
    lisbon, rabat = city("Lisbon", 38.72, -9.14, "PT"), city("Rabat", 34.01, -6.83, "MA")
    here, there, spain = story.names(lisbon), story.names(rabat), story.names(country("Spain", 40.2, -3.6, "ES"))
    story.misses("Nowhereville")
    story.states("300 km", here, spain, Verdict.OFF, part=Part.BORDER, line=(lisbon.position, Position(38.9, -7.0)))
    story.states("9,000 km", there, here, Verdict.WRONG, distance_km=560, should_read="560 km")
    return story.report()


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def is_inert(page: str) -> bool:
    """No byte of the hostile text may stand in the page as it was written, and no template may have run."""
    return (
        "pwned=1</script>" not in page and "<img src=x" not in page and page.count("<script") == page.count("</script>")
    )


class TestPage:
    def test_is_one_document_in_the_reports_order(self, atlas: Atlas) -> None:
        page = maps.to_html(coast_story(), atlas)
        data = data_of(page)
        assert page.startswith("<!DOCTYPE html>")
        assert [place["label"] for place in data["places"]] == ["Lisbon", "Spain", "Rabat"]
        assert [len(place["mentions"]) for place in data["places"]] == [2, 1, 2]
        assert data["articles"][0]["unresolved"] == ["Nowhereville"]
        assert [(check["words"], check["verdict"]) for check in data["checks"]] == [
            ("300 km", "off"),
            ("9,000 km", "wrong"),
        ]
        assert data["checks"][1]["shouldRead"] == "560 km"
        assert data["madeWith"] == {"dateline": "0.1.0", "atlas": atlas.date}

    def test_the_runs_are_the_text(self, atlas: Atlas) -> None:
        report = coast_story()
        paragraphs = data_of(maps.to_html(report, atlas))["articles"][0]["paragraphs"]
        told = ["".join(run if isinstance(run, str) else run["text"] for run in one["runs"]) for one in paragraphs]
        assert "\n\n".join(told) == report.article.text
        assert [one["headline"] for one in paragraphs] == [True, False, False]
        claims = [
            (run["text"], run["checks"])
            for one in paragraphs
            for run in one["runs"]
            if isinstance(run, dict) and run["checks"]
        ]
        assert claims == [("300 km", [0]), ("9,000 km", [1])]

    def test_same_report_same_bytes(self, atlas: Atlas) -> None:
        first, drawn = maps.to_html(coast_story(), atlas), maps.draw(coast_story(), atlas)
        assert first == drawn.render() == drawn.render() == drawn.get_root().render()

    def test_without_text_no_sentence_of_the_article_is_left(self, atlas: Atlas) -> None:
        page = maps.to_html(coast_story(), atlas, text=False)
        for words in ("Harbour news", "the paper says", "again, and", "was not found."):
            assert words not in page
        assert [check["words"] for check in data_of(page)["checks"]] == ["300 km", "9,000 km"]

    @pytest.mark.parametrize("how_many", [0, 1, 300])
    def test_is_small(self, atlas: Atlas, how_many: int) -> None:
        names = [f"Town{i:03}" for i in range(how_many)]
        story = Story(" and ".join(names))
        for i, name in enumerate(names):
            story.names(city(name, -60 + i * 0.45, i * 37.7 % 360 - 180))
        page = maps.to_html(story.report(), atlas)
        assert len(page.encode()) < 700_000
        assert len(data_of(page)["places"]) == how_many

    def test_every_way_out_of_folium_holds_the_data(self, atlas: Atlas, tmp_path: Path) -> None:
        drawn = maps.draw(coast_story(), atlas)
        assert isinstance(drawn, folium.Map)
        drawn.save(tmp_path / "map.html")
        assert (tmp_path / "map.html").read_text(encoding="utf-8") == drawn.render()
        assert "9,000 km" in drawn._repr_html_()
        assert drawn.default_js == drawn.default_css == []
        assert folium.Map.default_js  # other maps in the same process keep theirs


class TestSafety:
    @pytest.mark.parametrize("where", ["text", "title", "source", "place", "reason", "should_read", "unresolved"])
    def test_hostile_words_are_inert(self, atlas: Atlas, where: str) -> None:
        def at(name: str, plain: str) -> str:
            return HOSTILE if name == where else plain

        town = at("place", "Oldtown")
        story = Story(
            f"{town} is 100 km from Bern. {at('text', 'Fine.')} {at('unresolved', 'Lost')}",
            source=at("source", "a.txt"),
            title=at("title", "T"),
        )
        here, bern = story.names(city(town, 47.0, 9.0)), story.names(city("Bern", 46.9, 7.4))
        story.misses(at("unresolved", "Lost"))
        story.states("100 km", here, bern, reason=at("reason", "r"), should_read=at("should_read", "s"))
        page = maps.to_html(story.report(), atlas)
        assert is_inert(page)
        assert "\u2028" not in page
        assert "{{7*7}}" in json.dumps(data_of(page))

    @settings(deadline=None)
    @given(st.text(alphabet=st.characters(), max_size=60))
    def test_any_text_survives_the_journey(self, words: str) -> None:
        from maps.page import finished

        page = finished("<!--policy--><!--style--><!--script--><!--data-->", {"x": words})
        page.encode("utf-8")
        assert data_of(page) == {"x": words}

    def test_the_policy_names_every_script_and_style_and_nothing_else(self, atlas: Atlas) -> None:
        page = maps.to_html(coast_story(), atlas)
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        assert policy
        rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
        for kind in ("script", "style"):
            bodies = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
            hashes = [base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies]
            assert rules[f"{kind}-src"].split() == [f"'sha256-{one}'" for one in hashes]
        assert {key: rule for key, rule in rules.items() if key not in {"script-src", "style-src"}} == {
            "default-src": "'none'",
            "img-src": "data: blob:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script>")

    def test_nothing_is_loaded_from_anywhere(self, atlas: Atlas) -> None:
        page = maps.to_html(coast_story(), atlas)
        markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
        assert re.findall(r"<(?:link|img|iframe|object|embed|base)\b|\bsrc=|\son\w+=|\sstyle=", markup) == []
        assert set(re.findall(r"<(\w+)[^>]*https?:", markup)) == {"a"}
        assert (
            re.findall(r"url\((?!data:|#)[^)]*\)", "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))) == []
        )
        assert "sourceMappingURL" not in page
        assert "@import" not in page
        assert 'content="width=device-width, initial-scale=1"' in page
        assert "user-scalable" not in page

    def test_importing_maps_does_not_import_folium(self) -> None:
        code = "import sys, maps; sys.exit(bool({'folium', 'branca', 'jinja2', 'numpy', 'shapely'} & set(sys.modules)))"
        assert (
            subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(maps.__path__[0]).parent).returncode == 0
        )


class TestLines:
    def test_over_the_antimeridian_a_line_runs_on_and_its_far_marker_with_it(self, atlas: Atlas) -> None:
        story = Story("Tokyo and San Francisco are 8,300 km apart.")
        tokyo, frisco = story.names(city("Tokyo", 35.68, 139.77)), story.names(city("San Francisco", 37.77, -122.42))
        story.states("8,300 km", tokyo, frisco, distance_km=8280)
        data = data_of(maps.to_html(story.report(), atlas))
        lons = [lon for _, lon in data["checks"][0]["line"]]
        assert (lons[0], lons[-1]) == pytest.approx((139.77, 237.58))
        assert all(0 < after - before < 5 for before, after in itertools.pairwise(lons))
        assert [place["at"][1] for place in data["places"]] == pytest.approx([139.77, 237.58])

    def test_fiji_is_not_torn_apart(self, atlas: Atlas) -> None:
        story = Story("Suva and Lomaloma")
        story.names(city("Suva", -18.14, 178.44))
        story.names(city("Lomaloma", -17.29, -178.99))
        west, east = (place["at"][1] for place in data_of(maps.to_html(story.report(), atlas))["places"])
        assert east - west == pytest.approx(2.57)

    def test_poles_have_a_place_on_the_map(self, atlas: Atlas) -> None:
        story = Story("North Pole to South Pole is 20,000 km.")
        north, south = story.names(city("North Pole", 90, 0)), story.names(city("South Pole", -90, 0))
        story.states("20,000 km", north, south, distance_km=20004)
        data = data_of(maps.to_html(story.report(), atlas))
        assert [place["at"][0] for place in data["places"]] == [90, -90]
        assert len(data["checks"][0]["line"]) > 100

    def test_many_long_lines_stay_small(self, atlas: Atlas) -> None:
        story = Story("Lima and Perth: " + " ".join(f"{i} km;" for i in range(1000, 1300)))
        here, there = story.names(city("Lima", -12, -77)), story.names(city("Perth", -31.9, 115.9))
        for i in range(1000, 1300):
            story.states(f"{i} km", here, there)
        assert len(maps.to_html(story.report(), atlas).encode()) < 1_000_000

    def test_a_claim_that_was_not_measured_has_no_line(self, atlas: Atlas) -> None:
        story = Story("Bonn is some 20 km from Bonn.")
        bonn = story.names(city("Bonn", 50.7, 7.1))
        story.states("20 km", bonn, bonn, Verdict.UNCHECKABLE, bare=True, reason="both ends are one place")
        check = data_of(maps.to_html(story.report(), atlas))["checks"][0]
        assert (check["line"], check["measured"], check["reason"]) == ([], None, "both ends are one place")

    def test_the_articles_unit_comes_first(self, atlas: Atlas) -> None:
        story = Story("Bonn is 15 miles from Köln.")
        here, there = story.names(city("Bonn", 50.7, 7.1)), story.names(city("Köln", 50.9, 6.9))
        story.states("15 miles", here, there, distance_km=24.1, unit=Unit.MILE)
        assert data_of(maps.to_html(story.report(), atlas))["checks"][0]["measured"] == "15 mi (24 km)"

    @given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 179.99)), min_size=1, max_size=8))
    def test_every_point_lies_in_the_frame(self, points: list[tuple[float, float]]) -> None:
        edge = lines.western_edge([], points)
        for point in points:
            ((_, lon),) = lines.into_frame([point], edge)
            assert edge - 1e-3 <= lon <= edge + 360
            assert (lon - point[1]) % 360 == pytest.approx(0, abs=1e-3) or (lon - point[1]) % 360 == pytest.approx(
                360, abs=1e-3
            )


class TestBaseMap:
    def test_neighbours_share_their_border_when_simplified(self, atlas: Atlas) -> None:
        land = base_map(atlas.outlines, ends=[(48.2, 16.4)])
        arcs = {
            code: {max(arc, ~arc) for polygon in polygons for ring in polygon for arc in ring}
            for code, polygons in land["shapes"]
        }
        assert arcs["AT"] & arcs["DE"]
        assert arcs["BR"] & arcs["BO"]  # far from the focus

    def test_rings_still_close(self, atlas: Atlas) -> None:
        land = base_map(atlas.outlines, ends=[(48.2, 16.4)], between=[(50.0, 20.0)])
        arcs = unpacked(land["arcs"])
        for code, polygons in land["shapes"]:
            for ring in (ring for polygon in polygons for ring in polygon):
                ends = [(arcs[arc][0], arcs[arc][-1]) if arc >= 0 else (arcs[~arc][-1], arcs[~arc][0]) for arc in ring]
                for (_, end), (start, _) in zip(ends, ends[1:] + ends[:1], strict=True):
                    assert (end[0], end[1] % 360) == pytest.approx((start[0], start[1] % 360)), code

    def test_detail_is_kept_near_and_given_up_far_away(self, atlas: Atlas) -> None:
        near, far = (
            sum(
                len(arc)
                for arc in unpacked(base_map(atlas.outlines, ends=[end])["arcs"])
                if 66 < arc[0][0] < 71 and 13 < arc[0][1] < 30
            )
            for end in ((69.6, 18.9), (-34.6, -58.4))
        )
        assert near > 8 * far

    def test_a_named_region_is_drawn(self, atlas: Atlas) -> None:
        land = base_map(atlas.outlines, ends=[(48.1, 11.6)], regions=["DE.02"])
        assert land["shapes"][-1][0] == "DE.02"


class TestStyle:
    def test_every_verdict_has_its_own_colour_line_shape_and_word(self) -> None:
        assert set(style.STYLES) == set(Verdict)
        for name in ("word", "light", "dark", "dash", "underline", "shape", "sign"):
            assert len({getattr(one, name) for one in style.STYLES.values()}) == len(Verdict)

    def test_colours_can_be_read(self) -> None:
        for one in style.STYLES.values():
            assert contrast(one.light, style.PAPER[0]) >= 4.5
            assert contrast(one.dark, style.PAPER[1]) >= 4.5

    def test_the_style_sheet_has_the_same_paper(self) -> None:
        sheet = (Path(maps.__path__[0]) / "assets" / "page.css").read_text(encoding="utf-8")
        assert re.findall(r"--paper: light-dark\((#\w+), (#\w+)\);", sheet) == [style.PAPER]


def unpacked(packed: str) -> list[list[tuple[float, float]]]:
    """What assets/land.js does, in Python."""
    import gzip

    import numpy as np

    planes = np.frombuffer(gzip.decompress(base64.b64decode(packed)), dtype=np.uint8).reshape(4, -1)
    zigzag = planes.T.copy().view("<u4").ravel().astype(np.int64)
    values = (zigzag >> 1) ^ -(zigzag & 1)
    count = int(values[0])
    sizes, steps = values[1 : count + 1], values[count + 1 :].reshape(2, -1)
    points = np.cumsum(steps, axis=1).T / 1000
    return [[(float(lat), float(lon)) for lat, lon in part] for part in np.split(points, np.cumsum(sizes)[:-1])]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
