"""Values made by hand, for tests of what comes after the reading: places, claims, reports. Lengths are km."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.measure import destination
from geo.model import (
    Article,
    Candidate,
    Check,
    Claim,
    End,
    Kind,
    Located,
    Mention,
    MentionKind,
    Part,
    Place,
    Position,
    Provenance,
    Quantity,
    Relation,
    Report,
    Span,
    Unit,
)
from geo.outlines import Arc, Nearest
from geo.rules import RULES, World

WHOLE = Span(0, 0)  # a sentence nobody looks at


def place(
    name: str,
    lat: float = 0.0,
    lon: float = 0.0,
    *,
    identity: str | None = None,
    kind: Kind = Kind.CITY,
    country: str | None = None,
    population: int = 0,
    extent_km: float = 0.0,
    admin1: str | None = None,
) -> Place:
    """A place; a city without an id gets one from its name."""
    number = sum(name.encode()) if identity is None else None
    return Place(
        identity or f"geonames:{number}",
        name,
        kind,
        Position(lat, lon),
        country,
        admin1,
        population,
        number,
        extent_km,
    )


def away(distance_km: float, bearing_deg: float = 77.0, **more: Any) -> tuple[Place, Place]:
    """Two places so far from each other."""
    spot = destination(Position(48, 11), bearing_deg, distance_km)
    return place("Ahausen", spot.lat, spot.lon, **more), place("Behausen", 48, 11)


def area(code: str, name: str, lat: float = 0.0, lon: float = 0.0) -> Place:
    """A country ("DE") or a region ("DE.02")."""
    country, _, region = code.partition(".")
    prefix, kind = ("region", Kind.REGION) if region else ("country", Kind.COUNTRY)
    return place(name, lat, lon, identity=f"{prefix}:{code}", kind=kind, country=country, admin1=region or None)


def located(
    *places: Place,
    scores: tuple[float, ...] = (),
    text: str | None = None,
    start: int = 0,
    kind: MentionKind | None = None,
) -> Located:
    """A mention with these candidates, best first; without a place give the ``text``."""
    word = text if text is not None else places[0].name
    mention = Mention(Span(start, start + len(word)), word, word.casefold(), kind)
    return Located(
        mention,
        tuple(Candidate(each, scores[i] if scores else 0.9 / (i + 1)) for i, each in enumerate(places)),
    )


def end(what: Place | Located | None, part: Part = Part.CENTRE, *, word: str = "there") -> End:
    """An end; ``word`` stands for a border or coast that no place is named with."""
    if what is None:
        return End(None, part, Mention(Span(0, len(word)), word, word))
    found = located(what) if isinstance(what, Place) else what
    return End(found, part, found.mention)


def stated(
    low: float,
    high: float | None = None,
    *,
    unit: Unit = Unit.KILOMETRE,
    rounding: float | None = None,
    start: int = 0,
    **words: object,
) -> Quantity:
    """A length in its unit; ``rounding`` is half of the last digit, by default a hundredth of the figure."""
    text = f"{low:g} {unit}" if high is None else f"{low:g}-{high:g} {unit}"
    return Quantity(
        Span(start, start + len(text)),
        text,
        low * unit.km,
        (low if high is None else high) * unit.km,
        unit,
        (low / 100 if rounding is None else rounding) * unit.km,
        **words,  # type: ignore[arg-type]
    )


def claim(
    subject: End | Place, other: End | Place, length: Quantity | float, *, sentence: Span = WHOLE, **more: object
) -> Claim:
    """A claim about a distance; places are measured to their centre, a bare number is km."""
    return Claim(
        Relation.DISTANCE,
        end(subject) if isinstance(subject, Place) else subject,
        end(other) if isinstance(other, Place) else other,
        length if isinstance(length, Quantity) else stated(length),
        sentence,
        **more,  # type: ignore[arg-type]
    )


def report(
    text: str = "",
    found: tuple[Located, ...] = (),
    checks: tuple[Check, ...] = (),
    *,
    title: str | None = None,
    source: str | None = None,
    warnings: tuple[str, ...] = (),
    identity: str | None = None,
) -> Report:
    """A report of an English article."""
    article = Article(text, "en", title, source, "utf-8", warnings)
    return Report(article, found, checks, Provenance("0.0.0", "2026-01-01", "rules"), identity)


@dataclass
class FakeLines:
    """One answer for each (code, part, neighbour): a point that lies so far north of where one asks from."""

    away_km: dict[tuple[str | None, Part, str | None], float] = field(default_factory=dict)
    across: str | None = "CC"
    boxes: dict[str, list[tuple[float, float, float, float]]] = field(default_factory=dict)

    def has(self, code: str) -> bool:
        return any(known == code for known, _, _ in self.away_km)

    def nearest(self, position: Position, code: str, part: Part, *, neighbour: str | None = None) -> Nearest | None:
        away = self.away_km.get((code, part, neighbour))
        return None if away is None else Nearest(destination(position, 0, away), away, neighbour or self.across)

    def nearest_coast(self, position: Position) -> Nearest:
        found = self.away_km[None, Part.COAST, None]
        return Nearest(destination(position, 0, found), found, None)

    def contains(self, code: str, position: Position) -> bool:
        nearest = self.nearest(position, code, Part.TERRITORY)
        return nearest is not None and nearest.distance_km == 0

    def countries_at(self, positions: Sequence[Position]) -> list[str | None]:
        return [None for _ in positions]

    def neighbours(self, code: str) -> list[str]:
        return sorted({other for known, _, other in self.away_km if known == code and other})

    def polygons(self, code: str) -> list[list[list[int]]]:
        return [[[number]] for number in range(len(self.boxes.get(code, [])))]

    def arc(self, index: int) -> Arc:
        raise IndexError(index)

    def arc_box(self, index: int) -> tuple[float, float, float, float]:
        return next(iter(self.boxes.values()))[index]


@dataclass
class FakeNames:
    names: dict[str, str] = field(default_factory=lambda: {"AA": "Aland", "BB": "Beland", "CC": "Celand"})
    twins: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def place(self, identity: str) -> Place | None:
        code = identity.removeprefix("country:")
        return area(code, self.names[code]) if code in self.names else None

    def bearers(self, key: str) -> tuple[Place, ...]:
        return self.twins.get(key, ())


@dataclass
class FakeWorld:
    outlines: FakeLines = field(default_factory=FakeLines)
    gazetteer: FakeNames = field(default_factory=FakeNames)


def check(made: Claim, world: World | None = None, **more: Any) -> Check:
    """The claim judged, in an empty world unless another is given."""
    return RULES[made.relation](made, world or FakeWorld(), **more)


def plain(words: str) -> str:
    """With ordinary spaces where the language wants some that do not break."""
    return words.translate({0x00A0: " ", 0x202F: " "})
