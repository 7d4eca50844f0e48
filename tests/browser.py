"""What the map's tests share: reports made by hand, and a browser that has no net.

The sentences and places here are our own; positions are rough on purpose where a test does not measure.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from geo.model import (
    Article,
    Candidate,
    Check,
    Claim,
    End,
    Kind,
    Located,
    Measured,
    Mention,
    Part,
    Place,
    Position,
    Provenance,
    Quantity,
    Relation,
    Report,
    Span,
    Unit,
    Verdict,
)

__all__ = ["DESKTOP", "PHONE", "Opened", "Story", "browser", "city", "country", "opened"]

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_READY_MS = 15_000
DESKTOP, PHONE = (1280, 800), (390, 844)


def city(name: str, lat: float, lon: float, code: str = "XX") -> Place:
    return Place(f"geonames:{name}", name, Kind.CITY, Position(lat, lon), code)


def country(name: str, lat: float, lon: float, code: str) -> Place:
    return Place(f"country:{code}", name, Kind.COUNTRY, Position(lat, lon), code)


@dataclass
class Story:
    """A report in the making: name places in a text, then state what was found about its figures."""

    text: str
    title: str | None = None
    language: str = "en"
    source: str | None = None
    located: list[Located] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def names(self, place: Place, word: str | None = None) -> Located:
        """Every place in the text where the word stands means this place; the first is given back."""
        word = word or place.name
        starts = [i for i in range(len(self.text)) if self.text.startswith(word, i)]
        found = [Located(_mention(start, word), (Candidate(place, 0.9),)) for start in starts]
        self.located += found
        return found[0]

    def misses(self, word: str) -> None:
        self.located.append(Located(_mention(self.text.index(word), word)))

    def states(
        self,
        words: str,
        subject: Located,
        target: Located,
        verdict: Verdict = Verdict.ACCURATE,
        *,
        line: tuple[Position, ...] | None = None,
        distance_km: float = 100.0,
        part: Part = Part.CENTRE,
        reason: str = "as measured",
        should_read: str | None = None,
        unit: Unit = Unit.KILOMETRE,
        bare: bool = False,
    ) -> None:
        """A check of the figure; ``bare`` leaves it unmeasured."""
        assert subject.place
        assert target.place
        span = Span(self.text.index(words), self.text.index(words) + len(words))
        claim = Claim(
            Relation.DISTANCE,
            End(subject, Part.CENTRE, subject.mention),
            End(target, part, target.mention),
            Quantity(span, words, distance_km, distance_km, unit, 5.0),
            span,
        )
        line = line or (subject.place.position, target.place.position)
        measured = Measured(distance_km, distance_km - 2, distance_km + 2, 0.0, "Natural Earth 10m", line)
        self.checks.append(Check(claim, verdict, None if bare else measured, reason, should_read=should_read))

    def report(self) -> Report:
        article = Article(self.text, self.language, self.title, self.source)
        located = tuple(sorted(self.located, key=lambda one: one.mention.span))
        return Report(article, located, tuple(self.checks), Provenance("0.1.0", "2026-11-20", "gazetteer"))


def _mention(start: int, word: str) -> Mention:
    return Mention(Span(start, start + len(word)), word, word.lower())


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium from the system; the map needs nothing newer than its 2023 versions."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "the browser tests need Chromium: install the package 'chromium' (apt install chromium)"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        try:
            yield running
        finally:
            running.close()


@dataclass
class Opened:
    """A page and all that it asked for and complained of."""

    page: Page
    requests: list[str]
    complaints: list[str]


@contextmanager
def opened(running: Browser, path: Path, *, size: tuple[int, int] = DESKTOP, dark: bool = False) -> Iterator[Opened]:
    """The file in a window of its own, without net, drawn and ready."""
    context = running.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        offline=True,
    )
    try:
        view = Opened(context.new_page(), [], [])
        view.page.on("request", lambda request: view.requests.append(request.url))
        view.page.on("console", lambda message: view.complaints.append(message.text))
        view.page.on("pageerror", lambda error: view.complaints.append(str(error)))
        view.page.goto(path.as_uri())
        view.page.wait_for_selector(".page[data-ready]", timeout=_READY_MS)
        yield view
    finally:
        context.close()
