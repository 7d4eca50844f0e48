"""Lengths and grounds in words, for the reason of a check: in English unless ``messages`` are of another language."""

import math
from typing import NamedTuple

from geo.messages import ENGLISH, Figure, Messages, Phrase, Plural, Share
from geo.model import Bound, Hedge, Mode, Quantity, Unit
from geo.rules.tolerances import Tolerances
from geo.rules.verdict import Ground, Judgement, nearer_end

__all__ = ["Compared", "ground", "hint", "length", "should_read", "statement"]

_WORDS = {
    Unit.MILE: Plural("{number} mile", "{number} miles"),
    Unit.NAUTICAL_MILE: Plural("{number} nautical mile", "{number} nautical miles"),
    Unit.YARD: Plural("{number} yard", "{number} yards"),
    Unit.FOOT: Plural("{number} foot", "{number} feet"),
    Unit.INCH: Plural("{number} inch", "{number} inches"),
    Unit.VERST: Plural("{number} verst", "{number} versts"),
}
_HEDGED = {
    Hedge.APPROX: Phrase("about {length}"),
    Hedge.ALMOST: Phrase("almost {length}"),
    Hedge.OVER: Phrase("just over {length}"),
    Hedge.ONLY: Phrase("only {length}"),
}
_BOUNDED = {Bound.MIN: Phrase("at least {length}"), Bound.MAX: Phrase("at most {length}")}
_ROUNDING = Phrase("rounding")
_ONE_SIDED = {
    Bound.MIN: Phrase("what “at least” allows"),
    Bound.MAX: Phrase("what “at most” allows"),
    Hedge.ALMOST: Phrase("what “almost” allows"),
    Hedge.OVER: Phrase("what “just over” allows"),
}
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


def length(distance_km: float, unit: Unit, *, digits: int = 0, messages: Messages = ENGLISH) -> str:
    """A length in a unit: whole from 10 on, one decimal from 1 on, two digits below; at least ``digits`` decimals.

    >>> length(6430.4, Unit.KILOMETRE), length(1.609344, Unit.MILE), length(0.04, Unit.KILOMETRE), length(0, Unit.MILE)
    ('6,430 km', '1 mile', '0.04 km', '0 miles')
    >>> length(1e308, Unit.KILOMETRE), length(math.nan, Unit.KILOMETRE)
    ('1e+308 km', 'nan km')
    """
    value = distance_km / unit.km
    if abs(value) < _TOO_MANY:
        return _in_unit(_figure(value, digits), unit, messages)
    return _in_unit(Figure(value), unit, messages, number=_number(value, digits, messages))


def statement(stated: Quantity, *, messages: Messages = ENGLISH) -> str:
    """A quantity in words.

    >>> from geo.model import Span
    >>> statement(Quantity(Span(0, 1), "", 300, 350, Unit.KILOMETRE, 5, hedge=Hedge.APPROX))
    'about 300 to 350 km'
    >>> statement(Quantity(Span(0, 1), "", 12.5, 12.5, Unit.KILOMETRE, 0.05))
    '12.5 km'
    """
    step = 2 * stated.rounding_km / stated.unit.km
    digits = max(0, min(_DIGITS, -round(math.log10(step)))) if 0 < step < math.inf else 0
    said = length(stated.high_km, stated.unit, digits=digits, messages=messages)
    if stated.low_km != stated.high_km:
        low = _number(stated.low_km / stated.unit.km, digits, messages)
        said = messages.say("{low} to {high}", low=low, high=said)
    softened = _BOUNDED.get(stated.bound) if stated.bound else _HEDGED.get(stated.hedge) if stated.hedge else None
    return messages.say(softened, length=said) if softened else said


def should_read(distance_km: float, stated: Quantity, *, messages: Messages = ENGLISH) -> str:
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
        return _in_unit(Figure(0), unit, messages)
    magnitude = math.floor(math.log10(value))
    step = 2 * stated.rounding_km / unit.km
    own = math.log10(step) if 0 < step < math.inf else magnitude - 1
    power = max(magnitude - 2, min(magnitude - 1, round(own)), round(math.log10(_SMALLEST)))
    return _in_unit(Figure(round(value, -power), max(0, -power)), unit, messages)


def ground(judged: Judgement, compared: Compared, tolerances: Tolerances, *, messages: Messages = ENGLISH) -> str:
    """Why the verdict is what it is: how far apart the figures are, and what that is compared with."""
    s, t = nearer_end(compared.stated, compared.distance_km), compared.distance_km
    most = Share(tolerances.detour - 1)
    road = Phrase("what a road may add ({share})", share=most)
    if judged.ground is Ground.MISLEADING:
        return messages.say("the statement holds, but it misleads")
    if judged.ground is Ground.APART:
        by_road = s > t and compared.mode is not Mode.AIR
        beyond = _allowed(_interval(compared.stated), compared, messages, road if by_road else None)
        return messages.say(_ratio(s, t), allowed=beyond)
    if judged.ground is Ground.ROAD:
        if s <= tolerances.detour * t:
            return messages.say("{share} more, as a road may be (up to {most})", share=Share(s / t - 1), most=most)
        compared = compared._replace(error_km=0)  # B has no part in it
        allowed = _allowed(_ROUNDING, compared, messages, road)
        if t:
            return messages.say("{share} more, within {allowed}", share=Share(s / t - 1), allowed=allowed)
    else:
        close = Phrase("{share} of the distance", share=Share(tolerances.close))
        first = close if judged.ground is Ground.CLOSE else _interval(compared.stated)
        allowed = _allowed(first, compared, messages)
    return messages.say(_apart(compared, messages), allowed=allowed)


def hint(compared: Compared, tolerances: Tolerances, *, messages: Messages = ENGLISH) -> str:
    """What may have gone wrong with a figure: units mixed up, digits swapped, lost or added; "" where nothing tells."""
    s, t, unit = nearer_end(compared.stated, compared.distance_km), compared.distance_km, compared.stated.unit
    if not (0 < s < _TOO_MANY and t > 0):
        return ""

    mixed = _mixed_up(s, t, unit, tolerances)
    return messages.say(mixed) if mixed else _swapped(s, t, unit, tolerances, messages)


def _mixed_up(s: float, t: float, unit: Unit, tolerances: Tolerances) -> Phrase | None:
    """What the ratio of stated and measured tells, None where it tells nothing."""

    def is_about(ratio: float) -> bool:
        return abs(s / t / ratio - 1) <= tolerances.telling

    if is_about(Unit.MILE.km) or is_about(1 / Unit.MILE.km):
        if unit is Unit.KILOMETRE and t > s:
            return Phrase("the figure would be right in miles")
        if unit is Unit.MILE and s > t:
            return Phrase("the figure would be right in kilometres")
        return Phrase("miles and kilometres may have been mixed up")
    if is_about(10):
        return Phrase("the figure may have a digit too many")
    return Phrase("the figure may lack a digit") if is_about(0.1) else None


def _swapped(s: float, t: float, unit: Unit, tolerances: Tolerances, messages: Messages) -> str:
    """Whether two neighbouring digits of the stated figure, swapped, give the measured one; "" where none do."""
    digits = f"{s / unit.km:.10g}"
    for i in range(len(digits) - 1):
        swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        near = digits.isdigit() and abs(int(swapped) * unit.km / t - 1) <= tolerances.telling
        if near and digits[i] != digits[i + 1]:
            right = _in_unit(Figure(int(swapped)), unit, messages)
            return messages.say("two digits may have been swapped ({length})", length=right)
    return ""


def _figure(value: float, digits: int) -> Figure:
    """A number with the decimals that its size asks for, at least ``digits``."""
    if abs(value) >= 1 or value == 0:
        return Figure(value, max(digits, 1 if abs(value) < 10 else 0))
    return Figure(value, max(digits, min(_DIGITS, 1 - math.floor(math.log10(abs(value))))))


def _number(value: float, digits: int, messages: Messages) -> str:
    return messages.number(_figure(value, digits)) if abs(value) < _TOO_MANY else f"{value:.4g}"


def _in_unit(figure: Figure, unit: Unit, messages: Messages, *, number: str = "") -> str:
    """A length in a unit, written as ``number`` where that is given."""
    number = number or messages.number(figure)
    return messages.count(_WORDS[unit], figure, number=number) if unit in _WORDS else f"{number} {messages.sign(unit)}"


def _apart(compared: Compared, messages: Messages) -> Phrase:
    """How far apart the figures are, which is ``{allowed}``."""
    s, t = nearer_end(compared.stated, compared.distance_km), compared.distance_km
    if compared.stated.low_km <= t <= compared.stated.high_km and s != t:
        return Phrase("in the range, within {allowed}")
    if not 0 < abs(s - t) < t:
        apart = length(abs(s - t), compared.stated.unit, messages=messages)
        return Phrase("{length} apart, within {allowed}", length=apart)
    if abs(s - t) < t / 100:
        return Phrase("less than {share} apart, within {allowed}", share=Share(0.01))
    return Phrase("{share} apart, within {allowed}", share=Share(abs(s - t) / t))


def _ratio(s: float, t: float) -> Phrase:
    """How many times too much or too little, which is more than ``{allowed}``."""
    if min(s, t) <= 0 or max(s, t) / min(s, t) > _TOO_MANY:
        if s > t:
            return Phrase("far more than measured, beyond {allowed}")
        return Phrase("far less than measured, beyond {allowed}")
    if s >= 2 * t:
        return Phrase("{times} times the measured distance, beyond {allowed}", times=Figure(s / t, 1, 1))
    if s > t:
        return Phrase("{share} too much, beyond {allowed}", share=Share(s / t - 1))
    if t >= 2 * s:
        return Phrase("the measured distance is {times} times that, beyond {allowed}", times=Figure(t / s, 1, 1))
    return Phrase("{share} too little, beyond {allowed}", share=Share(1 - s / t))


def _interval(stated: Quantity) -> Phrase:
    """What the words allow by themselves."""
    softened = stated.bound or stated.hedge
    return _ONE_SIDED.get(softened, _ROUNDING) if softened else _ROUNDING


def _allowed(first: Phrase, compared: Compared, messages: Messages, last: Phrase | None = None) -> str:
    """A list of what a difference may come from: ``first``, R and B where they are worth saying, ``last``."""
    parts = [messages.say(first)]
    least, unit = max(_SMALLEST, _WORTH_SAYING * compared.distance_km), compared.stated.unit
    if compared.extent_km >= least:
        size = length(compared.extent_km, unit, messages=messages)
        parts.append(messages.say("the size of the places ({length})", length=size))
    if compared.error_km >= least:
        error = length(compared.error_km, unit, messages=messages)
        parts.append(messages.say("the error of the border data ({length})", length=error))
    if last:
        parts.append(messages.say(last))
    return messages.every(parts)
