"""Lengths and grounds in plain English, for the reason of a check."""

import math
from typing import NamedTuple

from geo.model import Bound, Hedge, Mode, Quantity, Unit
from geo.rules.tolerances import Tolerances
from geo.rules.verdict import Ground, Judgement, nearer_end

__all__ = ["Compared", "ground", "hint", "length", "should_read", "statement"]

_WORDS = {
    Unit.MILE: ("mile", "miles"),
    Unit.NAUTICAL_MILE: ("nautical mile", "nautical miles"),
    Unit.YARD: ("yard", "yards"),
    Unit.FOOT: ("foot", "feet"),
    Unit.INCH: ("inch", "inches"),
    Unit.VERST: ("verst", "versts"),
}
_HEDGES = {Hedge.APPROX: "about ", Hedge.ALMOST: "almost ", Hedge.OVER: "just over ", Hedge.ONLY: "only "}
_ONE_SIDED = frozenset({Hedge.ALMOST, Hedge.OVER})
_BOUNDS = {Bound.MIN: "at least ", Bound.MAX: "at most "}
_TOO_MANY = 1e6  # beyond it a figure or a ratio is said in powers of ten, or not at all
_SMALLEST = 0.1  # of a unit: what a right figure is given to
_DIGITS = 3  # behind the point, at most
_WORTH_SAYING = 0.02  # of the distance: a smaller R or B decides next to nothing


class Compared(NamedTuple):
    """What a reason compares: the figure and the measured distance, with R and B of the rule, in km."""

    stated: Quantity
    distance_km: float
    extent_km: float
    error_km: float
    mode: Mode | None = None


def length(distance_km: float, unit: Unit, *, digits: int = 0) -> str:
    """A length in a unit: whole from 10 on, one decimal from 1 on, two digits below; at least ``digits`` decimals.

    >>> length(6430.4, Unit.KILOMETRE), length(1.609344, Unit.MILE), length(0.04, Unit.KILOMETRE), length(0, Unit.MILE)
    ('6,430 km', '1 mile', '0.04 km', '0 miles')
    >>> length(1e308, Unit.KILOMETRE), length(math.nan, Unit.KILOMETRE)
    ('1e+308 km', 'nan km')
    """
    value = distance_km / unit.km
    if not abs(value) < _TOO_MANY:
        return f"{value:.4g} {_word(value, unit)}"
    if abs(value) >= 1 or value == 0:
        return _figure(value, max(digits, 1 if abs(value) < 10 else 0), unit)
    return _figure(value, max(digits, min(_DIGITS, 1 - math.floor(math.log10(abs(value))))), unit)


def statement(stated: Quantity) -> str:
    """A quantity in words.

    >>> from geo.model import Span
    >>> statement(Quantity(Span(0, 1), "", 300, 350, Unit.KILOMETRE, 5, hedge=Hedge.APPROX))
    'about 300 to 350 km'
    >>> statement(Quantity(Span(0, 1), "", 12.5, 12.5, Unit.KILOMETRE, 0.05))
    '12.5 km'
    """
    before = _BOUNDS[stated.bound] if stated.bound else _HEDGES[stated.hedge] if stated.hedge else ""
    step = 2 * stated.rounding_km / stated.unit.km
    digits = max(0, min(_DIGITS, -round(math.log10(step)))) if 0 < step < math.inf else 0
    high = length(stated.high_km, stated.unit, digits=digits)
    if stated.low_km == stated.high_km:
        return before + high
    return f"{before}{length(stated.low_km, stated.unit, digits=digits).split()[0]} to {high}"


def should_read(distance_km: float, stated: Quantity) -> str:
    """The measured length in the article's own unit, about as precise as the article is: two digits or three.

    >>> from geo.model import Span
    >>> should_read(125.8, Quantity(Span(0, 1), "", 420, 420, Unit.KILOMETRE, 5))
    '130 km'
    >>> should_read(6612, Quantity(Span(0, 1), "", 9334, 9334, Unit.MILE, 80.5))
    '4,100 miles'
    """
    unit = stated.unit
    value = distance_km / unit.km
    if value < _SMALLEST / 2:
        return _figure(0, 0, unit)
    magnitude = math.floor(math.log10(value))
    step = 2 * stated.rounding_km / unit.km
    own = math.log10(step) if 0 < step < math.inf else magnitude - 1
    power = max(magnitude - 2, min(magnitude - 1, round(own)), round(math.log10(_SMALLEST)))
    return _figure(round(value, -power), max(0, -power), unit)


def ground(judged: Judgement, compared: Compared, tolerances: Tolerances) -> str:
    """Why the verdict is what it is: how far apart the figures are, and what that is compared with."""
    s, t = nearer_end(compared.stated, compared.distance_km), compared.distance_km
    inside = compared.stated.low_km <= t <= compared.stated.high_km
    apart = "in the range" if inside and s != t else f"{_apart(s, t, compared.stated.unit)} apart"
    match judged.ground:
        case Ground.ROUNDING:
            return f"{apart}, within {_allowed(_interval(compared.stated), compared)}"
        case Ground.CLOSE:
            return f"{apart}, within {_allowed(f'{tolerances.close:.0%} of the distance', compared)}"
        case Ground.ROAD:
            if s <= tolerances.detour * t:
                return f"{s / t - 1:.0%} more, as a road may be (up to {tolerances.detour - 1:.0%})"
            more = f"{s / t - 1:.0%} more" if t else apart
            road = f"what a road may add ({tolerances.detour - 1:.0%})"
            return f"{more}, within {_allowed('rounding', compared._replace(error_km=0), road)}"  # B has no part in it
        case Ground.MISLEADING:
            return "the statement holds, but it misleads"
        case Ground.APART:
            by_road = s > t and compared.mode is not Mode.AIR
            road = f"what a road may add ({tolerances.detour - 1:.0%})" if by_road else ""
            return f"{_ratio(s, t)}, beyond {_allowed(_interval(compared.stated), compared, road)}"


def hint(compared: Compared, tolerances: Tolerances) -> str:
    """What may have gone wrong with a figure: units mixed up, digits swapped, lost or added; "" where nothing tells."""
    s, t, unit = nearer_end(compared.stated, compared.distance_km), compared.distance_km, compared.stated.unit
    if not (0 < s < _TOO_MANY and t > 0):
        return ""

    def alike(figure: float, other: float) -> bool:
        return abs(figure / other - 1) <= tolerances.telling

    mile = Unit.MILE.km
    if alike(s / t, mile) or alike(s / t, 1 / mile):
        right = {Unit.KILOMETRE: (t / s, "miles"), Unit.MILE: (s / t, "kilometres")}.get(unit)
        if right and right[0] > 1:
            return f"the figure would be right in {right[1]}"
        return "miles and kilometres may have been mixed up"
    if alike(s / t, 10) or alike(s / t, 0.1):
        return "the figure may have a digit too many" if s > t else "the figure may lack a digit"
    digits = f"{s / unit.km:.10g}"
    for i in range(len(digits) - 1):
        swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        if digits.isdigit() and digits[i] != digits[i + 1] and alike(int(swapped) * unit.km, t):
            return f"two digits may have been swapped ({_figure(int(swapped), 0, unit)})"
    return ""


def _figure(value: float, digits: int, unit: Unit) -> str:
    number = f"{value:,.{digits}f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {_word(float(number.replace(',', '')), unit)}"


def _word(value: float, unit: Unit) -> str:
    one, many = _WORDS.get(unit, (unit.value, unit.value))
    return one if value == 1 else many


def _apart(s: float, t: float, unit: Unit) -> str:
    if not 0 < abs(s - t) < t:
        return length(abs(s - t), unit)
    return f"{abs(s - t) / t:.0%}" if abs(s - t) >= t / 100 else "less than 1%"


def _ratio(s: float, t: float) -> str:
    if min(s, t) <= 0 or max(s, t) / min(s, t) > _TOO_MANY:
        return "far more than measured" if s > t else "far less than measured"
    if s > t:
        return f"{s / t:,.1f} times the measured distance" if s >= 2 * t else f"{s / t - 1:.0%} too much"
    return f"the measured distance is {t / s:,.1f} times that" if t >= 2 * s else f"{1 - s / t:.0%} too little"


def _interval(stated: Quantity) -> str:
    """What the words allow by themselves."""
    words = _BOUNDS[stated.bound] if stated.bound else _HEDGES[stated.hedge] if stated.hedge in _ONE_SIDED else ""
    return f"what “{words.strip()}” allows" if words else "rounding"


def _allowed(first: str, compared: Compared, last: str = "") -> str:
    unit = compared.stated.unit
    parts = [first]
    least = max(_SMALLEST, _WORTH_SAYING * compared.distance_km)
    if compared.extent_km >= least:
        parts.append(f"the size of the places ({length(compared.extent_km, unit)})")
    if compared.error_km >= least:
        parts.append(f"the error of the border data ({length(compared.error_km, unit)})")
    if last:
        parts.append(last)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
