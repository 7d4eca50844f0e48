import doctest
import importlib
import math
import pkgutil
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo.rules
from geo.measure import destination
from geo.model import (
    Bound,
    Hedge,
    Kind,
    Located,
    Mode,
    Part,
    Place,
    Position,
    Relation,
    Unit,
    Verdict,
)
from geo.rules import RULES
from geo.rules.direction import POINTS, points_there
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.verdict import FAILS, Ground, judge
from geo.rules.wording import Compared, ground, length, should_read, statement

from .made import check, claim, end, located, place, stated

ORDER = [Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD, Verdict.OFF, Verdict.WRONG]
CENTRE = Position(48.0, 11.0)


def away(distance: float, bearing: float = 77.0, *, population: int = 0) -> tuple[Place, Place]:
    """Two cities so far apart; the first lies at that bearing as seen from the second."""
    spot = destination(CENTRE, bearing, distance)
    return place("Ahausen", spot.lat, spot.lon, population=population), place("Behausen", CENTRE.lat, CENTRE.lon)


def verdict_of(figure: float, t: float, *, mode: Mode | None = None, rounding: float = 5, **words: Any) -> Verdict:
    return judge(stated(figure, rounding=rounding, **words), t, mode=mode).verdict


@pytest.mark.parametrize(
    "name", ["areas", "direction", "distance", "ends", "islands", "tolerances", "verdict", "wording", "world"]
)
def test_doctests(name: str) -> None:
    assert name in {module.name for module in pkgutil.iter_modules(geo.rules.__path__)}
    assert doctest.testmod(importlib.import_module(f"geo.rules.{name}")).failed == 0


def test_every_relation_has_a_rule() -> None:
    assert set(RULES) == set(Relation)


# --- the arithmetic, step by step ---


@pytest.mark.parametrize(
    ("figure", "t", "words", "verdict"),
    [
        (100, 104.9, {}, Verdict.ACCURATE),  # within rounding
        (100, 110, {}, Verdict.ACCURATE),  # within a tenth of 110
        (100, 112, {}, Verdict.OFF),  # a road is never shorter
        (140, 100, {}, Verdict.PLAUSIBLE_BY_ROAD),
        (149, 100, {}, Verdict.PLAUSIBLE_BY_ROAD),  # 1.45 t + h
        (151, 100, {}, Verdict.OFF),
        (140, 100, {"mode": Mode.AIR}, Verdict.WRONG),  # 1.3 t + h
        (134, 100, {"mode": Mode.AIR}, Verdict.OFF),
        (140, 100, {"mode": Mode.ROAD}, Verdict.PLAUSIBLE_BY_ROAD),
        (174, 100, {}, Verdict.OFF),  # 1.7 t + h
        (176, 100, {}, Verdict.WRONG),
        (66, 100, {}, Verdict.OFF),  # 0.7 t - h
        (64, 100, {}, Verdict.WRONG),
        (100, 89.6, {"hedge": Hedge.ALMOST}, Verdict.ACCURATE),  # 90 - 0.005 t
        (100, 89.5, {"hedge": Hedge.ALMOST}, Verdict.PLAUSIBLE_BY_ROAD),
        (100, 113, {"hedge": Hedge.OVER, "rounding": 7}, Verdict.ACCURATE),  # two roundings
        (100, 113, {"hedge": Hedge.APPROX, "rounding": 7}, Verdict.OFF),
        (100, 113, {"hedge": Hedge.ONLY, "rounding": 7}, Verdict.OFF),
        (100, 150, {"bound": Bound.MIN}, Verdict.ACCURATE),
        (100, 300, {"bound": Bound.MIN}, Verdict.OFF),  # true, but misleads
        (100, 55, {"bound": Bound.MIN}, Verdict.WRONG),
        (100, 50, {"bound": Bound.MAX}, Verdict.ACCURATE),
        (100, 30, {"bound": Bound.MAX}, Verdict.OFF),
        (100, 120, {"bound": Bound.MAX}, Verdict.OFF),
        (100, 180, {"bound": Bound.MAX}, Verdict.WRONG),
        (0, 0, {}, Verdict.ACCURATE),
        (0, 10, {}, Verdict.WRONG),
        (5, 0, {}, Verdict.WRONG),
    ],
)
def test_steps(figure: float, t: float, words: dict[str, Any], verdict: Verdict) -> None:
    assert verdict_of(figure, t, **words) is verdict


@pytest.mark.parametrize(
    ("t", "verdict"), [(294, "accurate"), (320, "accurate"), (356, "accurate"), (250, "plausible-by-road")]
)
def test_a_range_is_measured_from_its_nearer_end(t: float, verdict: str) -> None:
    assert judge(stated(300, 350, rounding=5), t).verdict == verdict


def test_rounding_is_capped_at_a_quarter() -> None:
    assert judge(stated(8, rounding=5), 10.5).verdict is Verdict.OFF
    assert judge(stated(8, rounding=5), 9.9).ground is Ground.ROUNDING


def test_extent_and_error_widen() -> None:
    figure = stated(10, rounding=0.5)
    assert judge(figure, 16).verdict is Verdict.WRONG
    assert judge(figure, 16, extent_km=5).verdict is Verdict.ACCURATE
    assert judge(figure, 16, error_km=5).verdict is Verdict.ACCURATE
    assert judge(figure, 18, error_km=3).verdict is Verdict.OFF


def test_the_numbers_are_options() -> None:
    made = claim(*away(100), 130.0)
    assert check(made).verdict is Verdict.PLAUSIBLE_BY_ROAD
    assert check(made, tolerances=Tolerances(close=0.3)).verdict is Verdict.ACCURATE
    assert check(made, tolerances=Tolerances(detour=1.1)).verdict is Verdict.OFF


# --- properties ---

lengths = st.floats(2, 15_000)


def two_digits(km: float, unit: Unit = Unit.KILOMETRE) -> Any:
    """The length as someone would round it to two digits."""
    value = km / unit.km
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    return stated(round(value / step) * step, unit=unit, rounding=step / 2)


@given(lengths, st.sampled_from(Unit))
def test_what_is_true_is_accurate_in_every_unit(t: float, unit: Unit) -> None:
    assert check(claim(*away(t), two_digits(t, unit))).verdict is Verdict.ACCURATE


@given(lengths, st.integers(0, 5_000_000))
def test_ten_times_is_wrong(t: float, population: int) -> None:
    reach = math.sqrt(population / DEFAULT.people_per_km2 / math.pi)
    found = check(claim(*away(t, population=population), two_digits(10 * t)))
    assert found.verdict is Verdict.WRONG or reach > t


@given(lengths)
def test_three_times_never_holds(t: float) -> None:
    assert check(claim(*away(t), two_digits(3 * t))).verdict in FAILS


@given(lengths, st.floats(0.1, 10), st.sampled_from([None, *Hedge]))
def test_the_ends_may_be_swapped(t: float, times: float, hedge: Hedge | None) -> None:
    a, b = away(t)
    figure = stated(t * times, hedge=hedge)
    one, other = check(claim(a, b, figure)), check(claim(b, a, figure))
    assert one.verdict is other.verdict
    assert one.measured
    assert other.measured
    assert one.measured.distance_km == pytest.approx(other.measured.distance_km)
    assert one.measured.line == other.measured.line[::-1]


@given(lengths, st.floats(0.05, 20), st.sampled_from(Unit))
def test_the_unit_does_not_matter(t: float, times: float, unit: Unit) -> None:
    in_km = stated(t * times)
    in_unit = replace(in_km, unit=unit)
    assert judge(in_km, t) == judge(in_unit, t)


@given(
    lengths,
    st.floats(0, 30),
    st.floats(0, 30),
    st.floats(1, 4),
    st.floats(1, 4),
    st.sampled_from([*Hedge, *Bound, None]),
    st.sampled_from([*Mode, None]),
)
def test_further_from_the_truth_is_never_better(
    t: float, extent: float, error: float, near: float, far: float, word: Hedge | Bound | None, mode: Mode | None
) -> None:
    words: dict[str, Any] = {"bound" if isinstance(word, Bound) else "hedge": word}
    reach: dict[str, Any] = {"extent_km": extent, "error_km": error, "mode": mode}
    for a, b in ((t * near, t * near * far), (t / near, t / near / far)):
        closer, further = (judge(stated(s, rounding=t / 50, **words), t, **reach).verdict for s in (a, b))
        assert ORDER.index(closer) <= ORDER.index(further)


@given(st.floats(0.2, 20_000), st.floats(0.2, 20_000), st.sampled_from(Unit))
def test_what_it_should_read_is_right(t: float, s: float, unit: Unit) -> None:
    right = should_read(t, two_digits(s, unit))
    figure = float(right.split()[0].replace(",", "")) * unit.km
    assert figure == pytest.approx(t, rel=0.05, abs=0.051 * unit.km)
    assert t < 1 or unit is Unit.SCANDINAVIAN_MILE or judge(stated(figure), t).verdict is Verdict.ACCURATE


@given(
    st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True), st.sampled_from([*Hedge, *Bound, None])
)
def test_no_number_breaks_it(low: float, rounding: float, word: Hedge | Bound | None) -> None:
    words: dict[str, Any] = {"bound" if isinstance(word, Bound) else "hedge": word}
    made = claim(*away(100), stated(low, rounding=rounding, **words))
    found = check(made)
    assert (found.verdict is Verdict.UNCHECKABLE) is not (0 <= low < math.inf)
    assert found.reason.endswith(".")


def test_a_range_the_wrong_way_round_is_refused() -> None:
    assert check(claim(*away(100), stated(120, 80))).verdict is Verdict.UNCHECKABLE


# --- direction ---


@given(st.sampled_from(POINTS), st.floats(0, 360), lengths)
def test_direction_tolerance(direction: str, bearing: float, t: float) -> None:
    allowed = {1: 45, 2: 22.5, 3: 11.25}[len(direction)]
    turn = abs((bearing - POINTS.index(direction) * 22.5 + 180) % 360 - 180)
    assert points_there(direction, bearing, t, 0) is (turn <= allowed)


def test_direction_is_of_the_subject_seen_from_the_object() -> None:
    a, b = away(100, bearing=0)
    assert check(claim(a, b, 100.0, direction="N")).direction_verdict is Verdict.ACCURATE
    turned = check(claim(b, a, 100.0, direction="N"))
    assert (turned.verdict, turned.direction_verdict) == (Verdict.ACCURATE, Verdict.WRONG)
    assert "to the S, not to the N" in turned.reason
    assert check(claim(a, b, 100.0)).direction_verdict is None


def test_size_widens_the_direction() -> None:
    small, b = away(20, bearing=60)
    large, _ = away(20, bearing=60, population=1_000_000)
    assert check(claim(small, b, 20.0, direction="N")).direction_verdict is Verdict.WRONG
    assert check(claim(large, b, 20.0, direction="N")).direction_verdict is Verdict.ACCURATE


def test_no_direction_at_one_point() -> None:
    _, b = away(20)
    assert check(claim(b, b, 0.0, direction="N")).direction_verdict is None


# --- what cannot be judged ---


def test_an_end_without_a_place() -> None:
    _, b = away(20)
    found = check(claim(end(located(text="Nowhere")), end(b), 20.0))
    assert found.verdict is Verdict.UNCHECKABLE
    assert found.measured is None
    assert "“Nowhere” could not be placed" in found.reason


def rivals_at(*distances: float, shares: tuple[float, ...]) -> tuple[Located, Place]:
    places = [away(distance)[0] for distance in distances]
    named = [replace(each, id=f"geonames:{i}") for i, each in enumerate(places)]
    return located(*named, scores=tuple(0.6 * share for share in shares)), away(0)[1]


@pytest.mark.parametrize(
    ("best", "rival", "share", "verdict"),
    [
        (500, 100, 0.3, Verdict.UNCHECKABLE),  # an accusation hears a rival that is not very likely
        (500, 100, 0.1, Verdict.WRONG),
        (100, 500, 0.3, Verdict.ACCURATE),  # an acquittal does not
        (100, 500, 0.9, Verdict.UNCHECKABLE),
        (100, 130, 0.9, Verdict.UNCHECKABLE),
        (500, 900, 0.9, Verdict.WRONG),  # the verdict does not turn
        (110, 100, 0.9, Verdict.ACCURATE),
    ],
)
def test_rivals(best: float, rival: float, share: float, verdict: Verdict) -> None:
    found, other = rivals_at(best, rival, shares=(1, share))
    judged = check(claim(end(found), end(other), 100.0))
    assert judged.verdict is verdict
    turned = verdict is Verdict.UNCHECKABLE
    assert [each.id for each in judged.rivals] == (["geonames:1"] if turned else [])
    assert ("the verdict turns" in judged.reason) is turned
    assert judged.should_read is None or not turned
    assert judged.measured is not None


def test_rivals_of_both_ends_together() -> None:
    """Neither rival alone turns the verdict; both together do."""
    ontario = located(place("Paris", 43.2, -80.4), text="Paris"), located(place("London", 43.0, -81.2), text="London")
    a = located(place("Paris", 48.86, 2.35, identity="geonames:1"), ontario[0].candidates[0].place, scores=(0.6, 0.5))
    b = located(place("London", 51.51, -0.13, identity="geonames:2"), ontario[1].candidates[0].place, scores=(0.6, 0.5))
    found = check(claim(end(a), end(b), 70.0))
    assert found.verdict is Verdict.UNCHECKABLE
    assert {each.name for each in found.rivals} == {"Paris", "London"}


def test_what_is_as_large_as_the_distance() -> None:
    sea, b = place("Sea", 40, 0, kind=Kind.WATER, extent_km=900), place("Port", 43, 0)
    found = check(claim(b, sea, 300.0))
    assert found.verdict is Verdict.UNCHECKABLE
    assert "900 km" in found.reason
    assert check(claim(b, replace(sea, extent_km=30), 330.0)).verdict is Verdict.ACCURATE
    far = place("Far", -40, 0, population=1_000_000)
    assert check(claim(far, sea, 100.0)).verdict is Verdict.WRONG  # wherever in the sea


def test_a_village_that_is_absurdly_far_may_be_a_namesake() -> None:
    village, city = (place(name, 10, 10, population=n) for name, n in (("Village", 900), ("City", 900_000)))
    b = place("Port", 43, 0, population=500_000)
    assert check(claim(village, b, 60.0)).verdict is Verdict.UNCHECKABLE
    assert "another Village may be meant" in check(claim(village, b, 60.0)).reason
    assert check(claim(city, b, 60.0)).verdict is Verdict.WRONG
    assert check(claim(village, b, 1300.0)).verdict is Verdict.WRONG


def test_a_district_without_an_outline_is_no_point() -> None:
    district = place("District", 48, 11, kind=Kind.REGION, identity="region:US.CA.059", population=3_000_000)
    a, _ = away(100)
    assert check(claim(a, end(district, Part.TERRITORY), 80.0)).verdict is Verdict.ACCURATE
    assert check(claim(a, end(district, Part.TERRITORY), 30.0)).verdict is Verdict.WRONG


# --- denials ---


@pytest.mark.parametrize(
    ("figure", "words", "verdict"),
    [
        (100, {}, Verdict.WRONG),
        (300, {}, Verdict.ACCURATE),
        (135, {}, Verdict.UNCHECKABLE),
        (110, {}, Verdict.UNCHECKABLE),
        (300, {"bound": Bound.MIN}, Verdict.OFF),  # not more than 300: at most 300
        (150, {"bound": Bound.MIN}, Verdict.ACCURATE),
        (50, {"bound": Bound.MIN}, Verdict.WRONG),
    ],
)
def test_denied(figure: float, words: dict[str, Any], verdict: Verdict) -> None:
    made = claim(*away(100), stated(figure, rounding=5, **words), negated=True)
    assert check(made).verdict is verdict


# --- hints ---


@pytest.mark.parametrize(
    ("figure", "unit", "t", "hint"),
    [
        (62, Unit.KILOMETRE, 100, "the figure would be right in miles"),
        (161, Unit.MILE, 161, "the figure would be right in kilometres"),
        (161, Unit.KILOMETRE, 100, "miles and kilometres may have been mixed up"),
        (1000, Unit.KILOMETRE, 100, "a digit too many"),
        (10, Unit.KILOMETRE, 100, "may lack a digit"),
        (820, Unit.KILOMETRE, 280, "two digits may have been swapped (280 km)"),
        (100, Unit.KILOMETRE, 62, None),  # a mix-up is no hint where it is worse than the verdict
    ],
)
def test_hints(figure: float, unit: Unit, t: float, hint: str | None) -> None:
    found = check(claim(*away(t), stated(figure, unit=unit)))
    if hint is None:
        assert "mixed" in found.reason
    else:
        assert found.verdict in FAILS
        assert hint in found.reason
    assert found.should_read
    assert f"it should read {found.should_read}" in found.reason


def test_no_hint_for_what_holds() -> None:
    assert not any(word in check(claim(*away(100), 100.0)).reason for word in ("mixed", "digit", "should read"))


def test_length_of_tiny_figures() -> None:
    assert length(5e-324, Unit.KILOMETRE) == "0 km"


def test_a_figure_is_given_as_it_was_stated() -> None:
    assert statement(stated(12.5, rounding=0.05)) == "12.5 km"
    assert statement(stated(344.25, rounding=0.005)) == "344.25 km"
    assert statement(stated(340, rounding=5)) == "340 km"


def test_what_is_longer_than_a_road_names_what_makes_up_for_it() -> None:
    figure = stated(300, unit=Unit.NAUTICAL_MILE, rounding=50)
    compared = Compared(figure, 344, 46, 3)
    judged = judge(figure, 344, extent_km=46, error_km=3)
    assert judged.ground is Ground.ROAD
    assert ground(judged, compared, DEFAULT) == (
        "62% more, within rounding, the size of the places (25 nautical miles) and what a road may add (45%)"
    )
    assert ground(judge(stated(140, rounding=5), 100), Compared(stated(140, rounding=5), 100, 0, 0), DEFAULT) == (
        "40% more, as a road may be (up to 45%)"
    )
