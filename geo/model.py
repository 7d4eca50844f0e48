"""The nouns that flow through Dateline, from an article to its report.

Units, once for all: positions are degrees on WGS84, latitude first; distances are kilometres and say so (``_km``);
bearings are degrees clockwise from north (``_deg``). Spans are half-open indices into ``Article.text`` (Python ``str``
indices), so ``article.text[span.start:span.end] == mention.text``.

Every value is frozen and holds tuples only: a report can be hashed, compared, pickled and sent to another machine.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

__all__ = [
    "Article",
    "Bound",
    "Candidate",
    "Check",
    "Claim",
    "End",
    "Failure",
    "Hedge",
    "Kind",
    "Located",
    "Measured",
    "Mention",
    "MentionKind",
    "Mode",
    "Part",
    "Passage",
    "Place",
    "Position",
    "Provenance",
    "Quantity",
    "Relation",
    "Report",
    "Span",
    "Unit",
    "Verdict",
]


class Kind(StrEnum):
    """What sort of place a name stands for."""

    CITY = "city"
    COUNTRY = "country"
    REGION = "region"  # an administrative part of a country: state, province, county
    CONTINENT = "continent"
    WATER = "water"
    LANDFORM = "landform"
    AREA = "area"  # a part of the world without a government of its own: Siberia, Middle East
    SITE = "site"
    HISTORIC = "historic"


class MentionKind(StrEnum):
    """How a mention names its place, where it is not by the place's own name."""

    DEMONYM = "demonym"  # "Russian", "polnische"


class Part(StrEnum):
    """Which part of a place a distance is measured to."""

    CENTRE = "centre"
    TERRITORY = "territory"  # the nearest point of the land; 0 inside
    BORDER = "border"
    COAST = "coast"


class Relation(StrEnum):
    """The kind of geographic statement that a claim makes."""

    DISTANCE = "distance"
    DIRECTION = "direction"  # where one place lies as seen from another, without a length
    CONTAINMENT = "containment"  # a place lies in a country or region
    BORDER = "border"  # two areas border on each other
    COAST = "coast"  # a place lies on a coast


class Verdict(StrEnum):
    """What a check found."""

    ACCURATE = "accurate"
    PLAUSIBLE_BY_ROAD = "plausible-by-road"
    OFF = "off"
    WRONG = "wrong"
    UNCHECKABLE = "uncheckable"


class Bound(StrEnum):
    """A number that states only one end: "at least", "less than"."""

    MIN = "min"
    MAX = "max"


class Hedge(StrEnum):
    """How a number is softened: "about", "almost", "a little over", "only"."""

    APPROX = "approx"
    ALMOST = "almost"
    OVER = "over"
    ONLY = "only"


class Mode(StrEnum):
    """Along what a distance is said to run, where the text says so."""

    AIR = "air"
    ROAD = "road"


class Unit(StrEnum):
    """Units of length that articles use."""

    KILOMETRE = "km"
    METRE = "m"
    CENTIMETRE = "cm"
    MILLIMETRE = "mm"
    MILE = "mi"
    NAUTICAL_MILE = "nmi"
    YARD = "yd"
    FOOT = "ft"
    INCH = "in"
    SCANDINAVIAN_MILE = "mil"
    VERST = "verst"

    @property
    def km(self) -> float:
        """Kilometres in one of this unit.

        >>> Unit.NAUTICAL_MILE.km
        1.852
        """
        return _KM[self]


# Exact by definition: international yard and pound agreement 1959; BIPM for the nautical mile; the Scandinavian mil is
# 10 km since 1889; the verst is 1500 arshin of 711.2 mm.
_KM = {
    Unit.KILOMETRE: 1.0,
    Unit.METRE: 0.001,
    Unit.CENTIMETRE: 1e-5,
    Unit.MILLIMETRE: 1e-6,
    Unit.MILE: 1.609344,
    Unit.NAUTICAL_MILE: 1.852,
    Unit.YARD: 0.0009144,
    Unit.FOOT: 0.0003048,
    Unit.INCH: 0.0000254,
    Unit.SCANDINAVIAN_MILE: 10.0,
    Unit.VERST: 1.0668,
}


class Span(NamedTuple):
    """Half-open indices into ``Article.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as text.

    ``language`` is ISO 639-1, "und" where nobody can tell; ``encoding`` is what the bytes were decoded with, None where
    the text came as text; ``warnings`` are sentences for the reader of the report (a byte that was replaced, say).
    """

    text: str
    language: str = "und"
    title: str | None = None
    source: str | None = None
    encoding: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A point on WGS84, in degrees; the longitude is brought into [-180, 180).

    Raises ValueError for a latitude beyond a pole, NaN or infinity.

    >>> Position(43.1, 540.0)
    Position(lat=43.1, lon=-180.0)
    >>> Position(91, 0)
    Traceback (most recent call last):
    ...
    ValueError: latitude 91 is not within -90..90 degrees
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what is no point, normalise what is."""
        if not -90 <= self.lat <= 90:
            msg = f"latitude {self.lat} is not within -90..90 degrees"
            raise ValueError(msg)
        if not math.isfinite(self.lon):
            msg = f"longitude {self.lon} is not a number of degrees"
            raise ValueError(msg)
        if not -180 <= self.lon < 180:
            object.__setattr__(self, "lon", (self.lon + 180) % 360 - 180)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the gazetteer knows.

    ``id`` is ``geonames:<id>``, ``country:<ISO2>``, ``region:<ISO2>.<code>`` or another prefix of a table of ours;
    ``country`` is ISO 3166-1 alpha-2; ``admin1`` is the GeoNames code inside the country ("02" for Bavaria in DE).
    """

    id: str
    name: str
    kind: Kind
    position: Position
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    geonameid: int | None = None
    extent_km: float = 0.0  # for waters, landforms and areas: how far from ``position`` the thing may reach

    @property
    def outline(self) -> str | None:
        """The code that outlines of areas go by: "KP" for a country, "DE.02" for a region, else None.

        Not every code has an outline in the atlas: counties and districts ("US.CA.059") have none.
        """
        prefix, _, code = self.id.partition(":")
        return code if prefix in {"country", "region"} else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a place; ``key`` is the form to look up (case, inflection and marks removed)."""

    span: Span
    text: str
    key: str
    kind: MentionKind | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may stand for, and how likely (0..1); ``former``: by a name that it had once."""

    place: Place
    score: float
    former: bool = False


_EVEN_ODDS = 0.5


@dataclass(frozen=True, slots=True)
class Located:
    """A mention with its candidates, best first; the rivals are kept."""

    mention: Mention
    candidates: tuple[Candidate, ...] = ()

    @property
    def place(self) -> Place | None:
        """The best candidate's place, None where the name could not be placed."""
        return self.candidates[0].place if self.candidates else None

    @property
    def uncertain(self) -> bool:
        """Whether the best candidate is more likely wrong than right."""
        return bool(self.candidates) and self.candidates[0].score < _EVEN_ODDS


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that state a relation without a length: "lies south of"; names at their edges are left out."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A length as an article states it: "rund 6500 Kilometer", "300-350 km", "forty miles".

    ``span`` and ``text`` cover number and unit only (for a range both numbers), not the hedge. ``low_km`` and
    ``high_km`` are equal except in a range. ``rounding_km`` is half of the last significant digit in the stated unit
    (VERDICT rule h before its cap): 130 km gives 5, 6500 km 50, a power of ten uses the next lower power (100 gives 5).
    """

    span: Span
    text: str
    low_km: float
    high_km: float
    unit: Unit
    rounding_km: float
    bound: Bound | None = None
    hedge: Hedge | None = None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a claim; for a coast that no place is named with, ``located`` is None, ``mention`` the coast word."""

    located: Located | None
    part: Part
    mention: Mention

    @property
    def place(self) -> Place | None:
        """The place at this end, if it was named and could be placed."""
        return self.located.place if self.located else None

    @property
    def name(self) -> str:
        """What to call this end: the article's own word, or the place's name where that is an adjective ("Russian")."""
        return self.place.name if self.place and self.mention.kind is MentionKind.DEMONYM else self.mention.text


@dataclass(frozen=True, slots=True)
class Claim:
    """A geographic statement as an article makes it.

    "A lies 50 km north of B": subject A, object B, direction "N". ``direction`` is one of the 16 compass points ("N",
    "NNE", ...) and says where the subject lies as seen from the object. ``stated`` is a length where the relation is a
    distance, and else the words that say it.
    """

    relation: Relation
    subject: End
    object: End
    stated: Quantity | Passage
    sentence: Span
    mode: Mode | None = None
    direction: str | None = None
    negated: bool = False

    @property
    def length(self) -> Quantity:
        """The stated length. Raises TypeError where the relation has none."""
        if isinstance(self.stated, Passage):
            raise TypeError(f"a claim of {self.relation} states no length")
        return self.stated


@dataclass(frozen=True, slots=True)
class Measured:
    """What the atlas says: the geodesic distance, its range, and the line that was measured (object end last).

    ``low_km`` and ``high_km`` hold the data's own error (B) and the extent of the ends (R).
    """

    distance_km: float
    low_km: float
    high_km: float
    bearing_deg: float
    source: str
    line: tuple[Position, ...]
    how: str = ""  # "to the nearest point of the border (with China)"


@dataclass(frozen=True, slots=True)
class Check:
    """A claim, measured and judged; ``should_read`` is the right figure in the article's own unit, where it is off."""

    claim: Claim
    verdict: Verdict
    measured: Measured | None
    reason: str
    direction_verdict: Verdict | None = None
    rivals: tuple[Place, ...] = ()
    should_read: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a report."""

    dateline: str
    atlas: str
    recogniser: str


@dataclass(frozen=True, slots=True)
class Report:
    """The waist: everything before makes one, everything after only reads one.

    ``checks`` holds those of distances first, then those of other statements, each in text order.
    """

    article: Article
    located: tuple[Located, ...]
    checks: tuple[Check, ...]
    made_with: Provenance
    id: str | int | None = None
    ui: str = "en"  # ISO 639-1: the language that its reasons are in, and in which it is to be shown

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences that a reader of the report should see."""
        return self.article.warnings

    @property
    def distances(self) -> tuple[Check, ...]:
        """The checks of stated distances."""
        return tuple(check for check in self.checks if check.claim.relation is Relation.DISTANCE)

    @property
    def statements(self) -> tuple[Check, ...]:
        """The checks of what is stated without a length."""
        return tuple(check for check in self.checks if check.claim.relation is not Relation.DISTANCE)

    def worst(self) -> Verdict | None:
        """The gravest verdict, None without checks; wrong > off > uncheckable > plausible-by-road > accurate."""
        return max((check.verdict for check in self.checks), key=_GRAVITY.index, default=None)


_GRAVITY = [Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD, Verdict.UNCHECKABLE, Verdict.OFF, Verdict.WRONG]


@dataclass(frozen=True, slots=True)
class Failure:
    """A batch carries on past a bad article: what could not be read, and why."""

    id: str | int | None
    reason: str

    @classmethod
    def of(cls, identity: str | int | None, error: BaseException) -> Self:
        """A failure with the first line of an error's message."""
        return cls(identity, (str(error) or type(error).__name__).splitlines()[0])
