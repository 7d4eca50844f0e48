"""Names and figures asked for one by one, without an article: what a name means, how far two places lie apart.

Degrees and kilometres. A question is answered by the same rule as an article's claim: :func:`check_distance` puts the
claim together that an article would have made.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from geo.errors import ArticleError, UnknownPlace
from geo.fold import fold
from geo.languages import pack_codes
from geo.messages import ENGLISH, Messages
from geo.model import (
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
    Quantity,
    Relation,
    Span,
)
from geo.places import Guidance
from geo.quantities import find_stated
from geo.rules import RULES
from geo.rules.ends import Side, Unmeasured, measure
from geo.rules.tolerances import DEFAULT

if TYPE_CHECKING:
    from geo.atlas import Atlas

__all__ = ["check_distance", "measure_distance", "read_claim", "read_guidance", "read_position", "resolve"]

# "43.1, 131.9", "43.1 N 131.9 E", "43°06'56\"N, 131°53'E": degrees, minutes and seconds, and the half of the globe.
_HALF = (
    r"([+\-−]?\d{{1,3}}(?:\.\d+)?)\s*°?\s*"
    r"(?:(\d{{1,2}}(?:\.\d+)?)\s*['′’]\s*)?"
    r"""(?:(\d{{1,2}}(?:\.\d+)?)\s*["″”]\s*)?([{}])?"""
)
_POSITION = re.compile(rf"\s*{_HALF.format('NS')}\s*[,;\s]\s*{_HALF.format('EW')}\s*", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)(?<!\b0)[.,' \u00a0\u202f](?=\d{3}(?!\d))")  # not in 0.125
_ISO_LETTERS = 2  # ISO 3166-1 alpha-2
_SHOWN = 60  # characters of a name in a message
_COUNTRIES_SHOWN = 5
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_RESTS = re.compile(r"[\w+\-−.,]\Z")  # right before a figure these make it a part of another


def resolve(name: str, atlas: "Atlas", *, country: str | None = None) -> Located:
    """What a name may mean, best first; coordinates mean a point, with the id ``point:lat,lon``.

    ``country`` (ISO 3166-1 alpha-2) keeps places of that country only. Raises UnknownPlace where nothing is left.
    """
    mention = Mention(Span(0, len(name)), name, fold(name))
    position = read_position(name)
    if position is not None:
        return Located(mention, (Candidate(_point(position, atlas), 1.0),))
    found = atlas.gazetteer.candidates(name, country=country.upper() if country else None)
    code = name.rpartition(",")[2].strip().upper()
    if country is None and len(code) == _ISO_LETTERS:  # "London, CA" is in Canada; "Portland, OR" finds nothing here
        found = atlas.gazetteer.candidates(name, country=code) or found
    if not found:
        raise UnknownPlace(_unknown(name, atlas, country))
    return Located(mention, found)


def read_position(text: str) -> Position | None:
    """A position from coordinates, latitude first; None where the text is none. UnknownPlace where it is off the globe.

    >>> read_position("43.1, 131.9"), read_position("33.87 S 151.21 E")
    (Position(lat=43.1, lon=131.9), Position(lat=-33.87, lon=151.21))
    >>> read_position("48°30'N 9°W"), read_position("Paris, 7")
    (Position(lat=48.5, lon=-9.0), None)
    """
    match = _POSITION.fullmatch(text)
    numbers = [_degrees(*match.groups()[start : start + 4]) for start in (0, 4)] if match else _numbers(text)
    if len(numbers) != 2:
        return None
    try:
        return Position(*numbers)
    except ValueError as error:
        raise UnknownPlace(f"{text.strip()} is no position: {error}; give the latitude first") from error


def read_claim(text: str, atlas: "Atlas") -> Quantity:
    """The distance that a text states, in whatever language it is: "130km", "4,000 miles", "rund 80 Meilen".

    A point or comma before three digits parts thousands, in any language: nobody states a kilometre to the metre.
    Raises ArticleError where no language reads it.
    """
    best: tuple[int, Quantity] | None = None
    plain = _GROUPED.sub("", text.strip())
    for code in sorted(pack_codes(), key=lambda code: (code != "en", code)):  # English first: of equals it wins
        pack = atlas.language(code)
        if pack is None:
            continue
        written = _DECIMAL.sub(pack.lengths.numbers.decimal, plain)
        for stated in find_stated(written, pack):
            start, end = stated.reach
            rest = written[:start] + written[end:]
            whole = not _RESTS.search(written[:start]) and not any(map(str.isdigit, rest))
            if whole and (best is None or end - start > best[0]):
                best = end - start, stated.quantity
    if best is None:
        raise ArticleError(f"{text!r} states no distance; write a number and a unit, such as 130 km or 80 miles")
    return best[1]


def read_guidance(
    atlas: "Atlas", *, pins: Iterable[str] = (), country: str | None = None, near: str | None = None
) -> Guidance:
    """What the user knows of an article beforehand, from words as they are typed.

    Args:
        atlas: knows the places.
        pins: what a name means, "Paris=geonames:4717560", "Springfield=country:US", or coordinates behind the sign.
        country: ISO 3166-1 alpha-2, where the text is from or what it is about.
        near: likewise, a position, latitude first.

    Raises UnknownPlace where a place or country does not exist or a pin is no pin.
    """
    placed = dict(_read_pin(pin, atlas) for pin in pins)
    code = country.strip().upper() if country else None
    if code and atlas.gazetteer.place(f"country:{code}") is None:
        raise UnknownPlace(f"there is no country {country!r}: give its code of two letters (ISO 3166-1: DE, US ...)")
    position = read_position(near) if near else None
    if near and position is None:
        raise UnknownPlace(f"{near!r} is no position: give latitude and longitude in degrees, such as 33.66,-95.56")
    return Guidance(placed, code, position)


def _read_pin(pin: str, atlas: "Atlas") -> tuple[str, Place]:
    """The folded name and the place of "Paris=geonames:4717560"."""
    name, sign, identity = (part.strip() for part in pin.rpartition("="))
    if not sign or not fold(name):
        raise UnknownPlace(f'{pin!r} pins no name to a place: write "Paris=geonames:4717560", or Paris=33.66,-95.56')
    position = read_position(identity)
    place = atlas.gazetteer.place(identity) if position is None else _point(position, atlas)
    if place is None:
        raise UnknownPlace(f"there is no place {identity!r} to pin {name!r} to: `dateline geocode NAME` tells ids")
    return fold(name), place


def measure_distance(
    a: Located, b: Located, atlas: "Atlas", *, to: Part | None = None, messages: Messages = ENGLISH
) -> Measured:
    """How far the places lie apart; to the nearest point of ``b`` where it is an area, or to its border or coast.

    Raises UnknownPlace where there is nothing to measure (a country without a coast).
    """
    subject, other = (Side(end.place, end.part, end.mention) for end in _ends(a, b, to))
    readings = measure(subject, other, atlas, tolerances=DEFAULT)
    if isinstance(readings, Unmeasured):
        raise UnknownPlace(f"there is nothing to measure: {readings.reason}")
    return readings[0].measured(messages)  # the most literal one; the others are lines that its words mention


def check_distance(
    a: Located | str,
    b: Located | str,
    stated: str,
    atlas: "Atlas",
    *,
    to: Part | None = None,
    messages: Messages = ENGLISH,
) -> Check:
    """The stated distance between two places, measured and judged as if an article had stated it.

    Args:
        a: a place as :func:`resolve` found it, or its name or coordinates; where a claim is made of it.
        b: likewise, where the claim measures to; an area is measured to its nearest point.
        stated: the distance in any language, with its hedges: "rund 130 km", "less than 80 miles".
        atlas: knows the places.
        to: BORDER or COAST of ``b`` instead.
        messages: the language of the reason (:func:`geo.messages.open_messages`).

    Raises UnknownPlace for a name that the atlas does not know, ArticleError where ``stated`` is no distance.

    >>> import geo
    >>> atlas = geo.open_atlas()
    >>> check = geo.check_distance("Wladiwostok", "Moskau", "rund 6500 Kilometer", atlas)
    >>> check.verdict.value, round(check.measured.distance_km)
    ('accurate', 6434)
    >>> check = geo.check_distance("Vladivostok", "North Korea", "530 km", atlas, to=geo.Part.BORDER)
    >>> check.verdict.value, check.should_read
    ('wrong', '124 km')
    """
    first, second = (resolve(end, atlas) if isinstance(end, str) else end for end in (a, b))
    subject, other = _ends(first, second, to)
    quantity = read_claim(stated, atlas)
    made = Claim(Relation.DISTANCE, subject, other, quantity, Span(0, len(stated)))
    return RULES[Relation.DISTANCE](made, atlas, messages=messages)


def _ends(a: Located, b: Located, to: Part | None) -> tuple[End, End]:
    return End(a, _part(a.place), a.mention), End(b, to or _part(b.place), b.mention)


def _part(place: Place | None) -> Part:
    return Part.TERRITORY if place is not None and place.outline else Part.CENTRE


def _numbers(text: str) -> list[float]:
    """What a program may have written for coordinates ("1e-05,10.5", "nan,nan"); empty where a part is no number."""
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        return []


def _degrees(degrees: str, minutes: str | None, seconds: str | None, half: str | None) -> float:
    value = abs(float(degrees.replace("−", "-"))) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    south_or_west = half is not None and half.upper() in "SW"
    return -value if south_or_west != degrees.startswith(("-", "−")) else value


def _point(position: Position, atlas: "Atlas") -> Place:
    name = f"{position.lat:g}, {position.lon:g}"
    country = atlas.outlines.country_at(position)
    return Place(f"point:{position.lat:g},{position.lon:g}", name, Kind.SITE, position, country)


def _unknown(name: str, atlas: "Atlas", country: str | None) -> str:
    if country:
        elsewhere = dict.fromkeys(each.place.country for each in atlas.gazetteer.candidates(name))
        known = [code for code in elsewhere if code][:_COUNTRIES_SHOWN]
        if known:
            return f"the atlas knows {name[:_SHOWN]!r} in {', '.join(known)}, but not in {country.upper()}"
    where = f" in {country.upper()}" if country else ""
    guesses = atlas.gazetteer.suggest(name) if fold(name) else ()
    hint = f"; did you mean {', '.join(guesses)}?" if guesses else "; check the spelling, or give coordinates"
    return f"the atlas knows no place named {name[:_SHOWN]!r}{where}{hint}"
