"""The map in a real browser, from a file and without a net: quiet, inert, and everything can be reached."""

import re
from collections.abc import Iterator
from pathlib import Path

import folium
import pytest
from playwright.sync_api import Browser, Page, expect

import maps
from geo.atlas import Atlas
from geo.model import Part, Position, Verdict

from .browser import DESKTOP, PHONE, Opened, Story, browser, city, country, opened

HOSTILE = "</script><img src=x onerror=window.pwned=1>`${window.pwned=1}`{{7*7}}{% raise %}&lt;b&gt;\u202e"


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture(scope="module")
def news(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article long enough to scroll, with one claim of each verdict."""
    filler = "Nothing else happened that day, and nobody said how far it was from there. " * 8
    story = Story(
        "The ferry is late\n\nSplit lies only 30 km from the border of Bosnia.\n\n"
        f"{filler}\n\nZagreb is 400 km away from Split by road.\n\n{filler}\n\nAncona is 310 km from Split, it is "
        f"said, and Zagreb 9,000 km from Ancona.\n\n{filler}\n\nBari is a few miles from Ancona. Split again. Atlantis "
        "is not here.",
        source="ferry.txt",
    )
    split, zagreb = city("Split", 43.51, 16.44, "HR"), city("Zagreb", 45.81, 15.98, "HR")
    ancona, bari = city("Ancona", 43.62, 13.52, "IT"), city("Bari", 41.12, 16.87, "IT")
    at_split, at_zagreb, at_ancona, at_bari = (story.names(one) for one in (split, zagreb, ancona, bari))
    bosnia = story.names(country("Bosnia", 44.2, 17.8, "BA"))
    story.misses("Atlantis")
    story.states(
        "30 km", at_split, bosnia, line=(split.position, Position(43.63, 16.72)), part=Part.BORDER, distance_km=31
    )
    story.states("400 km", at_zagreb, at_split, Verdict.PLAUSIBLE_BY_ROAD, distance_km=259)
    story.states("310 km", at_ancona, at_split, Verdict.OFF, distance_km=236, should_read="240 km")
    story.states("9,000 km", at_zagreb, at_ancona, Verdict.WRONG, distance_km=311, should_read="310 km")
    story.states("a few miles", at_bari, at_ancona, Verdict.UNCHECKABLE, bare=True, reason="a few miles is no figure")
    path = tmp_path_factory.mktemp("maps") / "ferry.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    return path


@pytest.fixture
def view(running: Browser, news: Path) -> Iterator[Opened]:
    with opened(running, news) as one:
        yield one


def is_inside(page: Page, inner: str, outer: str) -> bool:
    """Whether all of one element lies within another, on the screen."""
    return bool(
        page.evaluate(
            """([inner, outer]) => {
                const [a, b] = [inner, outer].map((one) => document.querySelector(one).getBoundingClientRect());
                return a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
            }""",
            [inner, outer],
        )
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_file_asks_for_nothing_and_complains_of_nothing(
    running: Browser, news: Path, size: tuple[int, int], *, dark: bool
) -> None:
    with opened(running, news, size=size, dark=dark) as view:
        view.page.locator("article .claim").first.click()
        view.page.locator(".leaflet-control-zoom-in").click()
        assert view.requests == [news.as_uri()]
        assert view.complaints == []
        paper = view.page.evaluate("getComputedStyle(document.querySelector('.page')).backgroundColor")
        assert paper == ("rgb(22, 25, 28)" if dark else "rgb(255, 255, 255)")
        assert view.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_land_is_drawn(view: Opened) -> None:
    assert view.page.locator("path.land").evaluate("path => path.getBBox().width") > 500
    assert len(view.page.locator("path.border").first.get_attribute("d") or "") > 1000
    expect(view.page.locator(".country .name", has_text=re.compile("^Slovenia$"))).to_be_visible()


def test_a_claim_in_the_text_shows_its_line(view: Opened) -> None:
    page = view.page
    page.locator("article .claim", has_text="30 km").first.click()
    expect(page.locator("#card")).to_contain_text("30 km")
    expect(page.locator("#card h2")).to_have_text("accurate")
    expect(page.locator("article .claim.is-selected")).to_have_text("30 km")
    expect(page.locator("path.line.is-selected")).to_have_count(1)
    assert is_inside(page, "path.line.is-selected", ".chart")
    assert (
        page.locator("path.line.is-selected").evaluate("path => Math.max(path.getBBox().width, path.getBBox().height)")
        > 200
    )
    assert float(page.locator("path.line.wrong").evaluate("path => getComputedStyle(path).opacity")) < 0.5
    expect(page.locator(".end-spot .name", has_text="nearest point of the border")).to_be_visible()


def test_each_verdict_is_a_shape_and_a_word_and_a_dash(view: Opened) -> None:
    page = view.page
    shapes = page.locator("#checks .mark .shape").evaluate_all("all => all.map((one) => one.getAttribute('d'))")
    dashes = page.locator("path.line").evaluate_all("all => all.map((one) => getComputedStyle(one).strokeDasharray)")
    words = page.locator("#checks .verdict").all_text_contents()
    assert len(set(shapes)) == len(set(words)) == 5
    assert len(set(dashes)) == 4  # what was not measured has no line
    expect(page.locator("#summary")).to_have_text(
        "5 distances stated: 1 accurate, 1 plausible by road, 1 off, 1 wrong, 1 cannot be checked."
    )
    expect(page.locator("#checks")).to_contain_text("A few miles is no figure", ignore_case=True)


def test_a_marker_shows_its_mentions(view: Opened) -> None:
    page = view.page
    page.locator(".spot[aria-label^=Split]").click()
    expect(page.locator("#card h2")).to_have_text("Split")
    expect(page.locator("#card .quote")).to_have_count(4)
    expect(page.locator("article .place.is-selected")).to_have_text(["Split"] * 4)
    assert is_inside(page, "article .place.is-current", ".story")
    page.get_by_role("button", name="Previous mention").click()
    expect(page.locator("#card .steps")).to_contain_text("mention 4 of 4")
    assert is_inside(page, "article .place.is-current", ".story")
    assert page.locator("article .place.is-current").evaluate("one => one.closest('p').textContent").startswith("Bari")


def test_a_line_can_be_clicked(view: Opened) -> None:
    page = view.page
    page.locator(".claim-spot.wrong").click()
    expect(page.locator("#card h2")).to_have_text("wrong")
    expect(page.locator("#card .should")).to_have_text("Should read 310 km")
    assert is_inside(page, "article .claim.is-selected", ".story")


def test_the_keyboard_reaches_all(view: Opened) -> None:
    page = view.page
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(document.activeElement.className || document.activeElement.tagName).toString().split(' ')[0]"
            )
        )
    assert {"check", "claim", "place", "place-row", "folium-map", "leaflet-marker-icon", "A"} <= reached
    claim = page.locator("article .claim", has_text="9,000 km")
    claim.focus()
    assert claim.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(claim).to_be_focused()
    page.locator(".spot[aria-label^=Bari]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("Bari")


def test_every_button_has_a_name(view: Opened) -> None:
    nameless = view.page.locator("button, [role=button], a").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label') || one.textContent).filter((name) => !name.trim())"
    )
    assert nameless == []


def test_on_a_phone_the_map_keeps_its_share_and_the_claim_stays_in_sight(running: Browser, news: Path) -> None:
    with opened(running, news, size=PHONE) as view:
        page = view.page
        claim = page.locator("article .claim", has_text="9,000 km")
        claim.click()
        chart = page.locator(".chart").bounding_box()
        card, words = page.locator("#card").bounding_box(), claim.bounding_box()
        assert chart
        assert card
        assert words
        assert chart["y"] == 0
        assert chart["height"] >= 0.45 * PHONE[1]
        assert chart["height"] <= words["y"]
        assert words["y"] + words["height"] <= card["y"]
        assert is_inside(page, "path.line.is-selected", ".chart")


def test_hostile_words_are_shown_and_do_nothing(running: Browser, atlas: Atlas, tmp_path: Path) -> None:
    story = Story(
        f"{HOSTILE} is 100 km from Bern.\n\n{HOSTILE} Lost{HOSTILE}",
        title=f"T {HOSTILE}",
        source=f"{HOSTILE}.txt",
        language='"><b>',
    )
    here, bern = story.names(city(HOSTILE, 47.0, 9.0)), story.names(city("Bern", 46.9, 7.4))
    story.misses(f"Lost{HOSTILE}")
    story.states("100 km", here, bern, reason=f"r {HOSTILE}", should_read=f"s {HOSTILE}")
    path = tmp_path / "hostile.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    with opened(running, path) as view:
        page = view.page
        page.locator(".spot").first.click()
        expect(page.locator("#card h2")).to_have_text(HOSTILE)
        page.locator("#checks .check").click()
        for where in (
            "#title",
            "#source",
            "article p >> nth=0",
            "#checks",
            "#places",
            "#unresolved",
            "#card .reason",
            "#card .should",
        ):
            expect(page.locator(where)).to_contain_text(HOSTILE)
        assert page.title() == f"T {HOSTILE}".removesuffix("\u202e")  # a tab would be turned around
        assert page.evaluate("[typeof window.pwned, document.images.length]") == ["undefined", 0]
        assert (view.requests, view.complaints) == ([path.as_uri()], [])


@pytest.mark.parametrize(
    "towns",
    [
        [],
        [("Quito", 0.0, -78.5)],
        [("North Pole", 90.0, 0.0), ("South Pole", -90.0, 0.0)],
        [("Suva", -18.1, 178.4), ("Lomaloma", -17.3, -179.0)],
        [("Tokyo", 35.7, 139.8), ("San Francisco", 37.8, -122.4)],
        [(f"Town{i:03}", -60 + i * 0.45, i * 37.7 % 360 - 180) for i in range(300)],
    ],
    ids=["no place", "one place", "poles", "Fiji", "Pacific", "300 places"],
)
def test_any_set_of_places_is_in_view(
    running: Browser, atlas: Atlas, tmp_path: Path, towns: list[tuple[str, float, float]]
) -> None:
    story = Story(" and ".join(name for name, _, _ in towns) or "Nothing happened.")
    found = [story.names(city(*town)) for town in towns]
    if len(found) == 2:
        story.text += " are 10 km apart"
        story.states("10 km", found[0], found[1], Verdict.WRONG)
    path = tmp_path / "places.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    with opened(running, path) as view:
        assert view.complaints == []
        outside = view.page.evaluate(
            """() => {
                const box = document.querySelector(".chart").getBoundingClientRect();
                return [...document.querySelectorAll(".spot")]
                    .map((spot) => spot.getBoundingClientRect())
                    .map((spot) => [(spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2])
                    .filter(([x, y]) => x < box.left || x > box.right || y < box.top || y > box.bottom).length;
            }"""
        )
        assert outside == 0
        expect(view.page.locator(".spot")).to_have_count(len(towns))


def test_labels_do_not_cover_each_other(running: Browser, atlas: Atlas, tmp_path: Path) -> None:
    story = Story(" and ".join(f"Town{i:03}" for i in range(120)))
    for i in range(120):
        story.names(city(f"Town{i:03}", 45 + i % 11 * 0.31, 5 + i // 11 * 0.42))
    path = tmp_path / "labels.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    with opened(running, path) as view:
        boxes = view.page.locator(".name:not(.is-hidden)").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map((it) => [it.left, it.top, it.right, it.bottom])"
        )
        assert len(boxes) > 20
        for i, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[i + 1 :]:
                assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_right_to_left_words_leave_their_neighbours_alone(running: Browser, atlas: Atlas, tmp_path: Path) -> None:
    story = Story(
        "\u0627\u0644\u0642\u0627\u0647\u0631\u0629 \u0647\u064a \u0627\u0644\u0639\u0627\u0635\u0645\u0629",
        language="ar",
    )
    story.names(city("Cairo", 30.0, 31.2, "EG"), "\u0627\u0644\u0642\u0627\u0647\u0631\u0629")
    path = tmp_path / "rtl.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    with opened(running, path) as view:
        assert view.page.locator("#title, article p").first.evaluate("one => getComputedStyle(one).direction") == "rtl"
        assert (
            view.page.locator(".place-row bdi").first.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
        )
        assert view.page.locator(".place-row").evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_what_a_caller_adds_with_folium_is_drawn(running: Browser, atlas: Atlas, tmp_path: Path) -> None:
    story = Story("Graz is on the Mur.")
    story.names(city("Graz", 47.1, 15.4, "AT"))
    drawn = maps.draw(story.report(), atlas)
    line = folium.PolyLine([(47.0, 15.0), (47.2, 15.8)], class_name="added")  # type: ignore[no-untyped-call]
    line.add_to(drawn)
    drawn.save(tmp_path / "added.html")
    with opened(running, tmp_path / "added.html") as view:
        expect(view.page.locator("path.added")).to_have_count(1)
        assert view.complaints == []


def test_on_paper_there_are_map_checks_and_text(view: Opened) -> None:
    page = view.page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".leaflet-control-zoom")).to_be_hidden()
    for part in (".chart", "#checks", "article", "footer"):
        expect(page.locator(part)).to_be_visible()
    assert is_inside(page, "path.line.wrong", ".chart")


def test_the_shape_of_a_verdict_stays_with_its_word(running: Browser, tmp_path: Path, atlas: Atlas) -> None:
    """However wide the column is, and in a paragraph that an override turns around."""
    story = Story("The ferry is late\n\n\u202eUlm, as one hears from those who ought to know it, is 600 km from Rom.")
    story.states("600 km", story.names(city("Ulm", 48.4, 10.0)), story.names(city("Rom", 41.9, 12.5)))
    path = tmp_path / "map.html"
    path.write_text(maps.to_html(story.report(), atlas), encoding="utf-8")
    with opened(running, path, size=PHONE) as view:
        for width in range(300, 480, 6):
            view.page.set_viewport_size({"width": width, "height": PHONE[1]})
            word_right, word_bottom, mark_left, mark_top = view.page.locator("article .claim").evaluate(
                """claim => {
                  const range = document.createRange();
                  range.selectNodeContents(claim.querySelector(".whole").firstChild);
                  const word = range.getBoundingClientRect();
                  const mark = claim.querySelector(".mark").getBoundingClientRect();
                  return [word.right, word.bottom, mark.left, mark.top];
                }"""
            )
            assert mark_top < word_bottom, width
            assert word_right <= mark_left, width
