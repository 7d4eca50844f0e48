"""Lengths in texts: numbers, units, ranges, hedges, and what is no length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.languages import load_language
from geo.model import Bound, Hedge, Quantity, Unit
from geo.quantities import find_quantities, find_stated

from .work import calls

DE, EN = load_language("de"), load_language("en")
MILE = 1.609344


def one(text: str, language: str) -> Quantity:
    (quantity,) = find_quantities(text, load_language(language))
    assert text[quantity.span.start : quantity.span.end] == quantity.text
    return quantity


@pytest.mark.parametrize(
    ("language", "text", "kilometres"),
    [
        ("de", "rund 1.200 km", 1200),
        ("de", "1 200 km", 1200),
        ("de", "1\u202f200\u00a0km", 1200),
        ("de", "1'200 km", 1200),
        ("de", "6,5 Kilometer", 6.5),
        ("de", "6.5 Kilometern", 6.5),
        ("de", "vierzig Kilometer", 40),
        ("de", "fünfundzwanzig Kilometer", 25),
        ("de", "einundzwanzig Kilometer", 21),
        ("de", "zweihundertfünfzig Kilometer", 250),
        ("de", "dreitausendfünfhundert Kilometer", 3500),
        ("de", "einhundertzwanzig Kilometer", 120),
        ("de", "anderthalb Kilometer", 1.5),
        ("de", "zweieinhalb Kilometer", 2.5),
        ("de", "einen halben Kilometer", 0.5),
        ("de", "einen Kilometer", 1),
        ("de", "2,5 Millionen Kilometer", 2_500_000),
        ("de", "400 Meter", 0.4),
        ("de", "zehn Seemeilen", 18.52),
        ("de", "DREI KILOMETER", 3),
        ("de", "12km", 12),
        ("en", "1,200 km", 1200),
        ("en", "1,200.5 km", 1200.5),
        ("en", "1.200 km", 1.2),
        ("en", "eight miles", 8 * MILE),
        ("en", "Twenty-five miles", 25 * MILE),
        ("en", "two hundred and fifty miles", 250 * MILE),
        ("en", "two and a half miles", 2.5 * MILE),
        ("en", "half a mile", 0.5 * MILE),
        ("en", "a mile", MILE),
        ("en", "a hundred miles", 100 * MILE),
        ("en", "10 1/2 miles", 10.5 * MILE),
        ("en", "3½ miles", 3.5 * MILE),
        ("en", "1/4 mile", 0.25 * MILE),
        ("en", "20 nautical miles", 37.04),
        ("en", "600 feet", 0.18288),
        ("en", "5 feet, 10 inches", 0.001778),
        ("en", "5 ft 2 in", 0.0015748),
        ("en", "the 450-mile pipeline", 450 * MILE),
        ("en", "the 130-km road", 130),
        ("de", "die 20-Kilometer-Zone", 20),
    ],
)
def test_a_length_is_read(language: str, text: str, kilometres: float) -> None:
    quantity = one(text, language)
    assert (quantity.low_km, quantity.high_km) == pytest.approx((kilometres, kilometres))


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("de", "30 bis 40 Kilometer", 30, 40),
        ("de", "300-350 km", 300, 350),
        ("de", "300 – 350 km", 300, 350),
        ("de", "zwischen 300 und 350 km", 300, 350),
        ("de", "3 km bis 5 km", 3, 5),
        ("de", "zwischen fünf und sechs Kilometern", 5, 6),
        ("de", "zwei oder drei Kilometer", 2, 3),
        ("en", "between 300 and 350 km", 300, 350),
        ("en", "eight to 10 km", 8, 10),
        ("en", "3km-5km", 3, 5),
    ],
)
def test_a_range_has_two_ends(language: str, text: str, low: float, high: float) -> None:
    quantity = one(text, language)
    assert (quantity.low_km, quantity.high_km) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [("de", "3 und 5 Kilometer", 1), ("en", "in 2022 to 300 km", 1), ("en", "5 miles and 3 miles", 2)],
)
def test_two_numbers_are_no_range_by_chance(language: str, text: str, count: int) -> None:
    found = find_quantities(text, load_language(language))
    assert len(found) == count
    assert all(quantity.low_km == quantity.high_km for quantity in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12 kilometres (7.5 mi) from"),
        ("en", "12 kilometres, or 7.5 miles, from"),
        ("en", "12 kilometres/7.5 miles from"),
        ("de", "12 Kilometer (rund 7,5 Meilen) von"),
    ],
)
def test_two_units_of_one_distance_are_one_quantity(language: str, text: str) -> None:
    (stated,) = find_stated(text, load_language(language))
    assert stated.quantity.low_km == 12
    assert text[stated.reach.end :].strip() in {"from", "von", "miles from"} or "/" in text


def test_other_distances_in_brackets_stay() -> None:
    assert [q.low_km for q in find_quantities("12 km (80 km by road)", EN)] == [12, 80]


@pytest.mark.parametrize(
    ("language", "text", "hedge", "bound"),
    [
        ("de", "etwa 5 km", Hedge.APPROX, None),
        ("de", "(ca. 5 km", Hedge.APPROX, None),
        ("de", "knapp 5 km", Hedge.ALMOST, None),
        ("de", "nicht ganz 5 km", Hedge.ALMOST, None),
        ("de", "gut 5 km", Hedge.OVER, None),
        ("de", "nur rund 5 km", Hedge.ONLY, None),
        ("de", "mehr als 5 km", None, Bound.MIN),
        ("de", "mindestens 5 km", None, Bound.MIN),
        ("de", "keine 5 km", None, Bound.MAX),
        ("de", "nicht mehr als 5 km", None, Bound.MAX),
        ("de", "bis zu 5 km", None, Bound.MAX),
        ("de", "genau 5 km", None, None),
        ("en", "about 5 km", Hedge.APPROX, None),
        ("en", "5 km or so", Hedge.APPROX, None),
        ("en", "just under 5 km", Hedge.ALMOST, None),
        ("en", "just over 5 km", Hedge.OVER, None),
        ("en", "only about 5 km", Hedge.ONLY, None),
        ("en", "more than 5 km", None, Bound.MIN),
        ("en", "at least 5 km", None, Bound.MIN),
        ("en", "no more than 5 km", None, Bound.MAX),
        ("en", "within 5 km", None, Bound.MAX),
        ("en", "5 km or more", None, Bound.MIN),
        ("en", "“about 5 km", Hedge.APPROX, None),
        ("en", "what it was about. 5 km", None, None),
    ],
)
def test_hedges_and_bounds(language: str, text: str, hedge: Hedge | None, bound: Bound | None) -> None:
    quantity = one(text, language)
    assert (quantity.hedge, quantity.bound, quantity.text) == (hedge, bound, "5 km")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "120 km/h"),
        ("de", "244 Meter pro Sekunde"),
        ("de", "10 km²"),
        ("de", "200 Quadratmeter"),
        ("de", "ein paar hundert Kilometer"),
        ("de", "einige Kilometer"),
        ("de", "mehrere hundert Kilometer"),
        ("en", "188 miles an hour"),
        ("en", "60 miles per hour"),
        ("en", "dozens of miles"),
        ("en", "a few hundred miles"),
        ("en", "$5m"),
        ("en", "24703m2"),
        ("en", "A-173m"),
        ("en", "killed 12 in Kabul"),
        ("en", "1e308 km"),
        ("en", "9999999999999999 km"),
        ("en", "at 2 pm"),
    ],
)
def test_what_is_no_length(language: str, text: str) -> None:
    assert find_quantities(text, load_language(language)) == ()


@pytest.mark.parametrize(
    ("text", "unit", "rounding_km"),
    [
        ("130 km", Unit.KILOMETRE, 5),
        ("6500 km", Unit.KILOMETRE, 50),
        ("100 km", Unit.KILOMETRE, 5),
        ("1 km", Unit.KILOMETRE, 0.05),
        ("6.5 km", Unit.KILOMETRE, 0.05),
        ("7.0 km", Unit.KILOMETRE, 0.05),
        ("eight miles", Unit.MILE, 0.5 * MILE),
        ("400 metres", Unit.METRE, 0.05),
        ("300-350 km", Unit.KILOMETRE, 5),
    ],
)
def test_rounding_is_half_the_last_significant_digit(text: str, unit: Unit, rounding_km: float) -> None:
    quantity = one(text, "en")
    assert quantity.unit is unit
    assert quantity.rounding_km == pytest.approx(rounding_km)


def test_letters_that_only_look_like_a_unit_do_no_harm() -> None:
    assert find_quantities("ſix mileſ, 5 \u212am, fİve miles", EN) is not None


HOSTILE = [
    *(
        "1",
        "1 km ",
        "about ",
        "rund etwa nur ",
        "1 ",
        "1-",
        "1,234,567 ",
        "twenty-",
        "hundred thousand ",
        "1/",
        "\n ",
        " ",
    ),
    *("between 3 and ", "5 km (3 mi) ", "5 feet ", "zweihundertfünfund", "km ", "über 1 Kilometer bis "),
]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_work(piece: str, language: str) -> None:
    pack = load_language(language)
    find_quantities("warm up", pack)
    short, long = (piece * (size // len(piece)) for size in (20_000, 80_000))
    assert calls(lambda: find_quantities(long, pack)) < 5 * calls(lambda: find_quantities(short, pack)) + 1_000


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("een kilometer of zeventien vandaan", 17.0),
        ("een meter of 500 verderop", 0.5),
        ("een kilometer of tweehonderdvijftig", 250.0),
        ("een kilometer of 20 kilometer", 1.0),
        ("twee kilometer of drie", 2.0),
    ],
)
def test_a_number_behind_its_unit_counts_where_the_unit_has_an_article(text: str, km: float) -> None:
    (quantity,) = find_quantities(text, load_language("nl"))
    assert quantity.low_km == km


@given(st.text(alphabet="0123456789.,- /½ikmeabouthndrzwsc\u00a0\n()ſ", max_size=60), st.sampled_from([DE, EN]))
def test_spans_are_in_order_and_hold_their_text(text: str, pack: object) -> None:
    stated = find_stated(text, pack)  # type: ignore[arg-type]
    end = 0
    for quantity, reach, _ in stated:
        assert end <= reach.start <= quantity.span.start < quantity.span.end <= reach.end <= len(text)
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert 0 <= quantity.low_km <= quantity.high_km
        assert quantity.rounding_km > 0
        end = quantity.span.end
