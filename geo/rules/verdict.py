r"""Is a stated distance right? The arithmetic alone: a quantity and a measured distance in, a verdict out.

With stated s, measured t, rounding h, extent R of the ends and error B of the border data, all in km, in this order:

1. accurate: t lies in the interval that the wording means (:func:`meant`), widened by R + B + 0.005 t;
2. accurate: \|s - t\| <= 0.10 t + R + B;
3. a bound that is literally true ("less than 100 km" where it is 30) is off at worst: it holds, but it misleads;
4. plausible by road, unless the text says "as the crow flies": t - R <= s <= 1.45 t + R + h;
5. off: 0.7 t - R - B - h <= s <= 1.7 t + R + B + h (1.3 as the crow flies);
6. wrong: anything else.

Of a range s is the end nearer to t. Where the numbers come from: :mod:`geo.rules.tolerances`.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from geo.model import Bound, Hedge, Mode, Quantity, Verdict
from geo.rules.tolerances import DEFAULT, Tolerances

__all__ = ["FAILS", "HOLDS", "Ground", "Judgement", "judge", "meant", "nearer_end"]

HOLDS = frozenset({Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD})
FAILS = frozenset({Verdict.OFF, Verdict.WRONG})


class Ground(StrEnum):
    """Which of the steps decided."""

    ROUNDING = "rounding"
    CLOSE = "close"
    ROAD = "road"
    MISLEADING = "misleading"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the step that it comes from."""

    verdict: Verdict
    ground: Ground


def judge(
    stated: Quantity,
    distance_km: float,
    *,
    extent_km: float = 0,
    error_km: float = 0,
    mode: Mode | None = None,
    tolerances: Tolerances = DEFAULT,
) -> Judgement:
    """What a measured distance says of a stated one."""
    tol, t = tolerances, distance_km
    s = nearer_end(stated, t)
    rounding = _rounding_km(s, stated, tol)
    slack = extent_km + error_km
    low, high = meant(stated, t, tolerances=tol)
    widened = slack + tol.fine * t
    air = mode is Mode.AIR
    if low - widened <= t <= high + widened:
        return Judgement(Verdict.ACCURATE, Ground.ROUNDING)
    if abs(s - t) <= tol.close * t + slack:
        return Judgement(Verdict.ACCURATE, Ground.CLOSE)
    if not air and t - extent_km <= s <= tol.detour * t + extent_km + rounding:
        return Judgement(Verdict.PLAUSIBLE_BY_ROAD, Ground.ROAD)
    if _literally_true(stated, t, slack):
        return Judgement(Verdict.OFF, Ground.MISLEADING)
    reach = (tol.off_high_air if air else tol.off_high) * t
    if tol.off_low * t - slack - rounding <= s <= reach + slack + rounding:
        return Judgement(Verdict.OFF, Ground.APART)
    return Judgement(Verdict.WRONG, Ground.APART)


def meant(stated: Quantity, distance_km: float, *, tolerances: Tolerances = DEFAULT) -> tuple[float, float]:
    """The interval in km that a wording means, seen from a measured distance (which end of a range is nearer).

    >>> from geo.model import Span, Unit
    >>> almost = Quantity(Span(0, 6), "100 km", 100, 100, Unit.KILOMETRE, 5, hedge=Hedge.ALMOST)
    >>> meant(almost, 95)
    (90, 100)
    """
    tol, low, high = tolerances, stated.low_km, stated.high_km
    rounding = _rounding_km(nearer_end(stated, distance_km), stated, tol)
    match stated.bound, stated.hedge:
        case Bound.MIN, _:
            return low - rounding, tol.min_reach * high
        case Bound.MAX, _:
            return tol.max_reach * low, high + rounding
        case _, Hedge.ALMOST:
            return low - max(tol.hedge_roundings * rounding, tol.hedge_share * low), high
        case _, Hedge.OVER:
            return low, high + max(tol.hedge_roundings * rounding, tol.hedge_share * high)
    return low - rounding, high + rounding


def nearer_end(stated: Quantity, distance_km: float) -> float:
    """The end of a range that lies nearer to the distance; of a single figure, that figure."""
    low, high = stated.low_km, stated.high_km
    return low if abs(low - distance_km) <= abs(high - distance_km) else high


def _rounding_km(s: float, stated: Quantity, tol: Tolerances) -> float:
    rounding = stated.rounding_km if math.isfinite(stated.rounding_km) else 0.0
    return max(0.0, min(rounding, tol.rounding_cap * s))


def _literally_true(stated: Quantity, t: float, slack: float) -> bool:
    if stated.bound is Bound.MIN:
        return t + slack >= stated.low_km
    return stated.bound is Bound.MAX and t - slack <= stated.high_km
