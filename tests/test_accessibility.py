"""axe-core finds nothing to complain of: both themes, both widths, at rest and with whatever can be opened open."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import maps
from geo.atlas import Atlas
from geo.model import Part, Position, Verdict

from .browser import DESKTOP, PHONE, Story, browser, city, country, opened

# What is opened before axe looks: a selector to click, or None.
STATES = {
    "at rest": None,
    "a claim's card": "article .claim",
    "a place's card": "article .place",
}


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as one:
        yield one


def ferry() -> Story:
    story = Story(
        "The ferry is late\n\nSplit lies only 30 km from the border of Bosnia. Zagreb is 400 km away from Split by "
        "road. Ancona is 310 km from Split, it is said, and Zagreb 9,000 km from Ancona. Bari is a few miles from "
        "Ancona. Split again. Atlantis is not here.",
        source="ferry.txt",
    )
    split, zagreb = city("Split", 43.51, 16.44, "HR"), city("Zagreb", 45.81, 15.98, "HR")
    ancona, bari = city("Ancona", 43.62, 13.52, "IT"), city("Bari", 41.12, 16.87, "IT")
    at_split, at_zagreb, at_ancona, at_bari = (story.names(one) for one in (split, zagreb, ancona, bari))
    bosnia = story.names(country("Bosnia", 44.2, 17.8, "BA"))
    story.misses("Atlantis")
    border = (split.position, Position(43.6, 17.0))
    story.states("30 km", at_split, bosnia, part=Part.BORDER, line=border, distance_km=31)
    story.states("400 km", at_zagreb, at_split, Verdict.PLAUSIBLE_BY_ROAD, distance_km=259)
    story.states("310 km", at_ancona, at_split, Verdict.OFF, distance_km=236)
    story.states("9,000 km", at_zagreb, at_ancona, Verdict.WRONG, distance_km=311, should_read="310 km")
    story.states("a few miles", at_bari, at_ancona, Verdict.UNCHECKABLE, bare=True)
    return story


@pytest.fixture(scope="module")
def pages(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("axe")
    other = Story("Later\n\nZagreb is 300 km from Split.", source="later.txt")
    zagreb, split = city("Zagreb", 45.81, 15.98, "HR"), city("Split", 43.51, 16.44, "HR")
    other.states("300 km", other.names(zagreb), other.names(split), distance_km=259)
    drawn = {
        "article": maps.to_html(ferry().report(), atlas),
        "without text": maps.to_html(ferry().report(), atlas, text=False),
        "dossier": maps.to_html([ferry().report(), other.report()], atlas),
        "nothing": maps.to_html(Story("Nothing happened.").report(), atlas),
    }
    for name, html in drawn.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in drawn}


def violations(page: Page) -> list[tuple[str, str, list[Any]]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["help"], [node["target"] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("state", STATES)
def test_an_article_has_no_violation(
    running: Browser, pages: dict[str, Path], size: tuple[int, int], state: str, *, dark: bool
) -> None:
    with opened(running, pages["article"], size=size, dark=dark) as view:
        if selector := STATES[state]:
            view.page.locator(selector).first.click()
        assert violations(view.page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["without text", "dossier", "nothing"])
def test_no_other_page_has_one(running: Browser, pages: dict[str, Path], kind: str, size: tuple[int, int]) -> None:
    with opened(running, pages[kind], size=size) as view:
        assert violations(view.page) == []


def test_axe_is_at_work(running: Browser, pages: dict[str, Path]) -> None:
    with opened(running, pages["nothing"]) as view:
        view.page.evaluate("document.querySelector('.page').append(document.createElement('button'))")
        assert [name for name, _, _ in violations(view.page)] == ["button-name"]
