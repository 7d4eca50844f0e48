"""Counted things, units and names in languages that inflect them."""

import doctest
from pathlib import Path

import pytest
from babel import Locale

import geo.naming
from geo.messages import Figure, Messages, Name, Plural, _Translated, open_messages
from geo.model import Bound, Hedge, Quantity, Span, Unit
from geo.rules.wording import length, statement

from .cli import dateline

MILES = Plural("{number} mile", "{number} miles")
# Whole numbers of every kind that one of the languages tells apart.
WHOLE = (0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 102, 111, 112, 121, 1002, 10_001)


@pytest.mark.parametrize(
    ("code", "unit", "forms"),
    [
        ("de", Unit.MILE, {1: "1 Meile", 2: "2 Meilen", 1.5: "1,5 Meilen", 0.5: "0,5 Meilen"}),
        ("nl", Unit.NAUTICAL_MILE, {1: "1 zeemijl", 200: "200 zeemijl", 2.5: "2,5 zeemijl"}),
        ("sv", Unit.MILE, {1: "1 engelsk mil", 3: "3 engelska mil", 1.5: "1,5 engelska mil"}),
        ("pl", Unit.MILE, {1: "1 mila", 2: "2 mile", 12: "12 mil", 22: "22 mile", 1.5: "1,5 mili", 0.5: "0,5 mili"}),
        ("pl", Unit.NAUTICAL_MILE, {3: "3 mile morskie", 21: "21 mil morskich", 2.5: "2,5 mili morskiej"}),
        ("pl", Unit.INCH, {0: "0 cali", 1: "1 cal", 4: "4 cale", 0.25: "0,25 cala"}),
        ("ru", Unit.MILE, {1: "1 миля", 3: "3 мили", 11: "11 миль", 21: "21 миля", 1.5: "1,5 мили"}),
        ("ru", Unit.NAUTICAL_MILE, {2: "2 морские мили", 5: "5 морских миль", 1.5: "1,5 морской мили"}),
        ("ru", Unit.VERST, {101: "101 верста", 52: "52 версты", 111: "111 вёрст", 7.5: "7,5 версты"}),
    ],
)
def test_lengths_in_words(code: str, unit: Unit, forms: dict[float, str]) -> None:
    messages = open_messages(code)
    assert {value: length(value * unit.km, unit, messages=messages) for value in forms} == forms


@pytest.mark.parametrize("code", ["de", "nl", "sv", "pl", "ru"])
def test_whole_numbers_have_the_forms_that_unicode_tells_apart(code: str) -> None:
    messages, category = _Translated(code), Locale.parse(code).plural_form
    pairs = {(category(number), messages._said.plural(number)) for number in WHOLE}
    kinds, forms = ({pair[i] for pair in pairs} for i in (0, 1))
    assert len(pairs) == len(kinds) == len(forms)
    assert messages._catalogue.num_plurals == len(kinds | {category(1.5)})  # one more where fractions are a kind


def with_miles(code: str, forms: tuple[str, ...] | None) -> Messages:
    """The messages of a language with other words for miles, or with none."""
    messages = _Translated(code)
    if forms is None:
        messages._catalogue.delete(MILES.one)
    else:
        messages._catalogue[MILES.one].string = forms
    return messages


def test_a_fraction_has_the_last_form_only_where_no_whole_number_is_like_it() -> None:
    polish, german = (with_miles(code, ("a", "b", "c", "d")) for code in ("pl", "de"))
    assert [polish.count(MILES, Figure(value, 1)) for value in (1.5, 1.04)] == ["d", "1 mila"]
    assert german.count(MILES, Figure(1.5, 1)) == "1,5 Meilen"
    assert with_miles("pl", None).count(MILES, Figure(1.5, 1)) == "1,5 miles"


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [("de", 1.5, "1,5 Meilen"), ("pl", float("nan"), "x mil"), ("ru", float("inf"), "x миль"), ("ru", 1e30, "x миль")],
)
def test_what_is_no_number_or_too_large_has_the_form_for_many(code: str, value: float, said: str) -> None:
    written = {} if value == 1.5 else {"number": "x"}
    assert open_messages(code).count(MILES, Figure(value, 1), **written) == said


@pytest.mark.parametrize(
    ("code", "hedge", "bound", "said"),
    [
        ("pl", Hedge.APPROX, None, "mniej więcej 3–3,5 mili"),
        ("pl", None, Bound.MIN, "co najmniej 3–3,5 mili"),
        ("ru", Hedge.OVER, None, "3–3,5 мили с небольшим"),
        ("sv", Hedge.OVER, None, "drygt 3 till 3,5 engelska mil"),
        ("nl", None, Bound.MAX, "hoogstens 3 tot 3,5 mijl"),
    ],
)
def test_hedges_leave_the_form_as_it_is(code: str, hedge: Hedge | None, bound: Bound | None, said: str) -> None:
    km = Unit.MILE.km
    stated = Quantity(Span(0, 1), "", 3 * km, 3.5 * km, Unit.MILE, 0.05 * km, bound=bound, hedge=hedge)
    assert statement(stated, messages=open_messages(code)) == said


def test_signs_are_in_the_script_of_the_language() -> None:
    signs = {code: [open_messages(code).sign(unit) for unit in (Unit.KILOMETRE, Unit.METRE)] for code in ("ru", "pl")}
    assert signs == {"ru": ["км", "м"], "pl": ["km", "m"]}
    assert open_messages("de").sign(Unit.METRE) == "m"  # Babel has the word, "Meter"
    assert open_messages("ru").sign(Unit.SCANDINAVIAN_MILE) == "mil"
    told = dateline("distance", "Moskau", "Kasan", "--claim", "250 km", "--ui", "ru").stdout.replace("\u00a0", " ")
    assert "721 км между центрами обоих мест" in told
    assert "неверно: В тексте — 250 км, по измерению — 721 км между" in told
    assert " km" not in told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (Name("Łódź", "Łodzi", "lodz"), "Łódź"),
        (Name("Moscow", "Москвы", "москва"), "Москва"),
        (Name("Nizhniy Novgorod", "Нижнего Новгорода", "нижнии новгород"), "Нижнего Новгорода"),
        (Name("Warsaw", "stolicy", "stolica"), "Warsaw"),
    ],
)
def test_names_lose_the_ending_that_a_sentence_gave_them(name: Name, said: str) -> None:
    assert open_messages("pl").name(name) == said


def test_doctests_of_names() -> None:
    assert doctest.testmod(geo.naming).failed == 0


def test_table_and_map_call_places_by_their_names(tmp_path: Path) -> None:
    article, page = tmp_path / "a.txt", tmp_path / "a.html"
    article.write_text("Z Krakowa do Warszawy jest 250 kilometrów.", encoding="utf-8")
    assert "Kraków → Warszawa" in dateline("check", article, "--ui", "pl").stdout
    dateline("map", article, "-o", page, "--ui", "pl")
    html = page.read_text(encoding="utf-8")
    for words in ('"label":"Warszawa"', '"text":"Warszawa"', '"range":"230–275 km"'):
        assert words in html
