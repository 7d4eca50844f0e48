"""Several articles on one map."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import maps
from geo.atlas import Atlas
from geo.model import Mode, Report, Verdict
from maps.content import page_data
from maps.contradictions import contradictions

from .browser import DESKTOP, PHONE, Story, browser, city, opened
from .cli import dateline

OSLO, BERGEN, TURKU = (
    city("Oslo", 59.91, 10.75, "NO"),
    city("Bergen", 60.39, 5.32, "NO"),
    city("Turku", 60.45, 22.27, "FI"),
)


def story(text: str, *claims: tuple[str, Verdict, float], source: str = "one.txt") -> Report:
    """An article that names Oslo and Bergen, with claims of the distance between them."""
    told = Story(text, source=source)
    oslo, bergen = told.names(OSLO), told.names(BERGEN)
    for words, verdict, distance_km in claims:
        told.states(words, oslo, bergen, verdict, distance_km=distance_km)
    return told.report()


@pytest.fixture
def three() -> list[Report]:
    third = Story("Weather\n\nTurku is calm, and so is Oslo. Oslo again.", source="three.txt")
    third.names(TURKU)
    third.names(OSLO)
    return [
        story("First\n\nOslo lies 300 km from Bergen.", ("300 km", Verdict.ACCURATE, 300)),
        story("Second\n\nBergen and Oslo are 900 km apart.", ("900 km", Verdict.WRONG, 900), source="two.txt"),
        third.report(),
    ]


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as one:
        yield one


def test_places_and_checks_are_numbered_through_all_articles(three: list[Report], atlas: Atlas) -> None:
    data = page_data(three, atlas)
    assert [place["label"] for place in data["places"]] == ["Oslo", "Bergen", "Turku"]
    assert [one["article"] for one in data["places"][0]["mentions"]] == [0, 1, 2, 2]
    assert [check["article"] for check in data["checks"]] == [0, 1]
    marked = [
        run["place"] or run["checks"]
        for article in data["articles"]
        for paragraph in article["paragraphs"]
        for run in paragraph["runs"]
        if isinstance(run, dict)
    ]
    assert marked == [[0, 0], [0], [1, 0], [1, 1], [0, 1], [1], [2, 0], [0, 2], [0, 3]]
    assert data["title"] == "3 articles"


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        (("300 km", 300), ("900 km", 900), True),
        (("300 km", 300), ("310 km", 310), False),  # within what is accurate
        (("300 km", 300), ("345 km", 345), True),
    ],
)
def test_figures_that_cannot_both_be_meant_contradict(
    one: tuple[str, float], other: tuple[str, float], *, against: bool
) -> None:
    said = [
        check
        for words, km in (one, other)
        for check in story(f"Oslo, Bergen: {words}.", (words, Verdict.ACCURATE, km)).checks
    ]
    assert contradictions(said) == ([[0, 1]] if against else [])


def test_a_road_does_not_contradict_the_air() -> None:
    from dataclasses import replace

    air, road = (
        replace(check, claim=replace(check.claim, mode=mode))
        for km, mode in ((300, Mode.AIR), (460, Mode.ROAD))
        for check in story(f"Oslo, Bergen: {km} km.", (f"{km} km", Verdict.ACCURATE, km)).checks
    )
    assert contradictions([air, road]) == []


def test_other_ends_do_not_contradict(three: list[Report]) -> None:
    told = Story("Turku, Oslo: 900 km.")
    told.states("900 km", told.names(TURKU), told.names(OSLO), distance_km=900)
    assert contradictions([*three[0].checks, *told.report().checks]) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_page_lists_articles_and_contradictions(
    running: Browser, three: list[Report], atlas: Atlas, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "dossier.html"
    path.write_text(maps.to_html(three, atlas), encoding="utf-8")
    with opened(running, path, size=size) as view:
        page = view.page
        expect(page.locator("h1")).to_have_text("3 articles")
        expect(page.locator(".contents li")).to_have_count(3)
        expect(page.locator("article h2")).to_have_text(["First", "Second", "Weather"])
        against = page.locator(".contradictions .stated-by")
        expect(against).to_contain_text(["300 km", "900 km"])
        first, second = (box.bounding_box() for box in against.all())
        assert first
        assert second
        assert first["y"] == second["y"]  # side by side
        against.nth(1).click()
        expect(page.locator("#card h2")).to_have_text("wrong")
        expect(page.locator("article .claim.is-selected")).to_have_text("900 km")
        page.keyboard.press("Escape")
        page.locator(".contents button").nth(2).click()
        expect(page.locator("article").nth(2)).to_be_focused()
        assert view.complaints == []
        oslo, turku = (
            page.locator(f".spot[aria-label^={name}] .dot").evaluate("dot => dot.offsetWidth")
            for name in ("Oslo", "Turku")
        )
        assert oslo > turku


def test_without_text_only_names_and_figures_are_left(three: list[Report], atlas: Atlas) -> None:
    html = maps.to_html(three, atlas, text=False)
    assert "is calm" not in html
    assert "Turku" in html


def test_no_report_is_an_error(atlas: Atlas) -> None:
    with pytest.raises(ValueError, match="no report"):
        maps.to_html([], atlas)


def test_the_command_draws_several_and_tells_of_one_that_it_cannot_read(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Oslo lies 305 km from Bergen, says {name}.", encoding="utf-8")
    out = tmp_path / "week.html"
    result = dateline("map", tmp_path / "a.txt", tmp_path / "none.txt", tmp_path / "b.txt", "-o", out)
    assert result.exit_code == 2
    assert "none.txt" in result.stderr
    page = out.read_text(encoding="utf-8")
    assert "says a." in page
    assert "says b." in page
    assert dateline("map", tmp_path / "none.txt", tmp_path / "nor.txt", "-o", tmp_path / "c.html").exit_code == 2
    assert not (tmp_path / "c.html").exists()
