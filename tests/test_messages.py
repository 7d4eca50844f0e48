"""What Dateline says: numbers, lists and names in other languages, and German reasons that read as they should."""

import doctest
import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import get_decimal_symbol, get_group_symbol
from hypothesis import given
from hypothesis import strategies as st

import geo
import geo.messages
from geo.article import read_article
from geo.atlas import Atlas
from geo.errors import UnknownLanguage
from geo.messages import Figure, Plural, Share, open_messages, ui_codes
from geo.model import Bound, Check, Claim, Hedge, MentionKind, Part, Unit, Verdict
from geo.render import to_table
from geo.rules.wording import length

from .cli import ENVIRONMENT, dateline
from .made import FakeLines, FakeWorld, area, away, check, claim, end, located, place, plain, stated

CATALOGUES = [code for code in ui_codes() if code != "en"]


def german(made: Claim, world: FakeWorld | None = None) -> Check:
    return check(made, world, messages=open_messages("de"))


# --- the languages ---


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    for ask in (lambda: open_messages("xx"), lambda: read_article("Ulm", ui="../de")):
        with pytest.raises(UnknownLanguage, match=r"\bde\b.* en\b"):
            ask()


def test_doctests() -> None:
    assert doctest.testmod(geo.messages).failed == 0


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    assert open_messages("de").say("of {number} and {share}", number=Figure(4.5, 1), share=Share(0.5)) == (
        "of 4,5 and 50\u00a0%"
    )


@pytest.mark.parametrize(
    ("value", "unit", "english", "other"),
    [
        (1234, Unit.KILOMETRE, "1,234 km", "1.234 km"),
        (4.5, Unit.KILOMETRE, "4.5 km", "4,5 km"),
        (1, Unit.MILE, "1 mile", "1 Meile"),
        (1.5, Unit.MILE, "1.5 miles", "1,5 Meilen"),
        (2000, Unit.NAUTICAL_MILE, "2,000 nautical miles", "2.000 Seemeilen"),
        (1, Unit.FOOT, "1 foot", "1 Fuß"),
        (300, Unit.YARD, "300 yards", "300 Yards"),
        (0.25, Unit.INCH, "0.25 inches", "0,25 Zoll"),
        (0, Unit.VERST, "0 versts", "0 Werst"),
        (math.nan, Unit.MILE, "nan miles", "nan Meilen"),
    ],
)
def test_lengths(value: float, unit: Unit, english: str, other: str) -> None:
    assert length(value * unit.km, unit) == english
    assert length(value * unit.km, unit, messages=open_messages("de")) == other


MILES = {  # 0, 1, 1.5, 2 and 1,234.5 of them
    "de": ["0 Meilen", "1 Meile", "1,5 Meilen", "2 Meilen", "1.234,5 Meilen"],
    "es": ["0 millas", "1 milla", "1,5 millas", "2 millas", "1.234,5 millas"],
    "fr": ["0 mile", "1 mile", "1,5 mile", "2 miles", "1\u202f234,5 miles"],
    "it": ["0 miglia", "1 miglio", "1,5 miglia", "2 miglia", "1.234,5 miglia"],
    "pt": ["0 milhas", "1 milha", "1,5 milha", "2 milhas", "1.234,5 milhas"],
}


@pytest.mark.parametrize("code", MILES)
def test_which_form_goes_with_which_number(code: str) -> None:
    miles = Plural("{number} mile", "{number} miles")
    numbers = (0, 1, 1.5, 2, 1234.5)
    assert [open_messages(code).count(miles, Figure(number, 1)) for number in numbers] == MILES[code]


@pytest.mark.parametrize("code", CATALOGUES)
@given(value=st.floats(-1e9, 1e9), digits=st.integers(0, 3), least=st.integers(0, 3))
def test_all_languages_round_alike(code: str, value: float, digits: int, least: int) -> None:
    figure = Figure(value, max(digits, least), least)
    groups, point = get_group_symbol(code), get_decimal_symbol(code)
    other = open_messages(code).number(figure).translate({ord(groups): ",", ord(point): "."})
    assert other.lstrip("-") == open_messages("en").number(figure).lstrip("-")  # of nothing English says "-0"


def test_lists_and_choices() -> None:
    messages = open_messages("de")
    assert (messages.every("abc"), messages.either("abc"), messages.every("a")) == ("a, b und c", "a, b oder c", "a")


# --- reasons ---

GERMAN_REASONS: list[tuple[Verdict, float, float, dict[str, Any], str]] = [
    (Verdict.ACCURATE, 100, 96, {}, "Abweichung 4 %, erklärbar durch Rundung."),
    (Verdict.ACCURATE, 100, 100.2, {}, "Abweichung unter 1 %, erklärbar durch Rundung."),
    (Verdict.ACCURATE, 100, 108, {}, "Abweichung 7 %, erklärbar durch die Toleranz von 10 % der Entfernung."),
    (
        Verdict.ACCURATE,
        100,
        95,
        {"hedge": Hedge.ALMOST},
        "Der Text nennt fast 100 km, die Messung ergibt 95 km zwischen",
    ),
    (Verdict.ACCURATE, 100, 130, {"bound": Bound.MIN}, "erklärbar durch den Wortlaut („mindestens“)."),
    (Verdict.PLAUSIBLE_BY_ROAD, 140, 100, {}, "40 % mehr, als Straßenentfernung plausibel (bis zu 45 % mehr)."),
    (
        Verdict.OFF,
        151,
        100,
        {},
        "51 % zu viel, nicht erklärbar durch Rundung und den Umweg über Straßen (45 %); richtig",
    ),
    (Verdict.OFF, 66, 100, {}, "34 % zu wenig, nicht erklärbar durch Rundung; richtig wäre: 100 km"),
    (Verdict.OFF, 100, 30, {"bound": Bound.MAX}, "die Aussage trifft zu, führt aber in die Irre"),
    (Verdict.WRONG, 2500, 1000, {}, "das 2,5-Fache der gemessenen Entfernung, nicht erklärbar durch"),
    (Verdict.WRONG, 1000, 6434, {}, "die gemessene Entfernung ist das 6,4-Fache, nicht erklärbar durch Rundung"),
    (Verdict.WRONG, 1000, 100, {}, "die Zahl hat möglicherweise eine Ziffer zu viel."),
    (Verdict.WRONG, 10, 100, {}, "der Zahl fehlt möglicherweise eine Ziffer."),
    (Verdict.WRONG, 62, 100, {}, "in Meilen würde die Zahl stimmen."),
    (Verdict.OFF, 161, 100, {}, "möglicherweise wurden Meilen und Kilometer verwechselt."),
    (Verdict.WRONG, 8200, 2800, {}, "möglicherweise wurden zwei Ziffern vertauscht (2.800 km)."),
    (Verdict.UNCHECKABLE, math.inf, 100, {}, "„inf km“ ist keine Entfernung zwischen Orten."),
]


@pytest.mark.parametrize(("verdict", "figure", "t", "words", "reason"), GERMAN_REASONS)
def test_reasons(verdict: Verdict, figure: float, t: float, words: dict[str, Any], reason: str) -> None:
    found = german(claim(*away(t), stated(figure, rounding=5, **words)))
    assert found.verdict is verdict
    assert reason in plain(found.reason)


def test_a_range_a_direction_a_denial() -> None:
    ranged = german(claim(*away(310), stated(300, 350, rounding=5, hedge=Hedge.APPROX), direction="W"))
    assert "nennt etwa 300 bis 350 km" in ranged.reason
    assert (
        "in der genannten Spanne, mit Spielraum durch Rundung; die Richtung ist Osten, nicht Westen." in ranged.reason
    )
    denied = german(claim(*away(300), stated(100, rounding=5), negated=True))
    assert denied.reason.startswith(
        "Der Text bestreitet 100 km, die Messung ergibt 300 km zwischen den beiden Zentren:"
    )
    assert denied.reason.endswith("und der Text bestreitet die Zahl.")


def test_what_it_should_read_is_in_the_article_s_unit() -> None:
    found = german(claim(*away(10000), stated(620, unit=Unit.MILE, rounding=5)))
    assert found.should_read == "6.210 Meilen"


def test_names_of_countries_are_german_and_others_the_article_s() -> None:
    away_km: dict[tuple[str | None, Part, str | None], float] = {
        ("KP", Part.BORDER, None): 100,
        ("KP", Part.BORDER, "RU"): 128,
        ("KP", Part.TERRITORY, None): 100,
        ("DE.02", Part.TERRITORY, None): 200,
        (None, Part.COAST, None): 2,
    }
    world = FakeWorld(FakeLines(away_km, across="CN"))
    city = replace(place("Vladivostok", 48, 11), country="RU")
    korea, bavaria = area("KP", "North Korea", 40, 11), area("DE.02", "Bavaria")
    found = german(claim(city, end(korea, Part.BORDER), stated(100, rounding=5)), world)
    assert found.measured
    assert found.measured.how == (
        "bis zum nächsten Punkt der Grenze (Nordkorea; Nachbar dort: China; 128 km bis zur Grenze Nordkorea–Russland)"
    )
    common = german(claim(city, end(korea, Part.BORDER), stated(130, rounding=5)), world)
    assert "bis zur Grenze Nordkorea–Russland (100 km bis zum nächsten Punkt der Grenze, Nachbar" in common.reason
    named = located(bavaria, text="Bayerns")
    named = replace(named, mention=replace(named.mention, key="bayern"))
    assert "bis zum nächsten Punkt des Gebiets (Bayern):" in german(claim(city, end(named), 200.0), world).reason
    assert "bis zur nächstgelegenen Küste" in german(claim(city, end(None, Part.COAST), 2.0), world).reason
    coast = german(claim(city, end(korea, Part.COAST), 2.0), world)
    assert coast.reason == "Der Text nennt 2 km, eine Messung ist nicht möglich: dort gibt es keine Küste (Nordkorea)."


def test_an_end_that_an_adjective_names_is_called_as_the_country_is() -> None:
    korea = end(located(area("KP", "North Korea"), text="nordkoreanischen", kind=MentionKind.DEMONYM))
    town = end(located(place("Munich"), text="Münchens"))
    assert [open_messages(code).end(korea) for code in ("de", "fr", "en")] == [
        "Nordkorea",
        "Corée du Nord",
        "North Korea",
    ]
    assert open_messages("de").end(town) == "Münchens"


def test_rivals_and_names_without_a_place() -> None:
    one, other = away(500)[0], replace(away(100)[0], id="geonames:1", country="US")
    doubted = german(claim(end(located(one, other, scores=(0.6, 0.3))), end(away(0)[1]), 100.0))
    assert doubted.reason.endswith("ist aber Ahausen (US) gemeint, kehrt sich das Urteil um.")
    lost = german(claim(end(located(text="Nirgends")), end(away(0)[1]), 20.0))
    assert "eine Messung ist nicht möglich: „Nirgends“ ließ sich nicht verorten." in lost.reason


# --- table, page, commands ---

TEXT = (
    "Kassel liegt 120 Kilometer südlich von Hannover. Von Wladiwostok bis Moskau sind es 3000 Kilometer. "
    "Von Kassel bis Nirgendshausen sind es 30 Kilometer."
)


def test_the_table_is_german_where_the_report_is(atlas: Atlas) -> None:
    report = geo.check_article(read_article(TEXT.encode() + b"\xff", ui="de"), atlas, ui="de")
    table = plain(to_table(report, width=100))
    heads = table.splitlines()[0].split("  ")
    assert [head.strip() for head in heads if head] == ["Urteil", "Von → nach", "Angabe", "Gemessen", "Richtig wäre"]
    for words in ("✓ korrekt", "✗ falsch", "6.434 km", "6.400 km", "„Kassel liegt", "\nOrte: Kassel (DE), Hannover"):
        assert words in table
    assert "Hinweis: " in table
    assert "wurde ersetzt" in table
    english = to_table(geo.check_article(read_article(TEXT), atlas))
    assert english.startswith("Verdict ")
    assert [check.verdict for check in report.checks] == [
        check.verdict for check in geo.check_article(read_article(TEXT), atlas).checks
    ]


def test_each_command_speaks_german(tmp_path: Path) -> None:
    article, lines, page = tmp_path / "a.txt", tmp_path / "a.jsonl", tmp_path / "a.html"
    article.write_text(TEXT, encoding="utf-8")
    lines.write_text(json.dumps({"id": 1, "text": TEXT}), encoding="utf-8")
    assert "Richtig wäre" in dateline("check", article, "--ui", "de").stdout
    (_, wrong, *_) = json.loads(dateline("check", article, "--ui", "de", "--format", "json").stdout)["checks"]
    assert (wrong["verdict"], wrong["should_read"]) == ("wrong", "6.400 km")
    assert "die Messung ergibt 6.434 km" in wrong["reason"]
    assert "die Messung ergibt" in dateline("batch", lines, "--ui", "de").stdout
    drawn = dateline("map", article, "-o", page, "--ui", "de")
    assert " Orte, " in drawn.stderr
    assert ", 1 falsch" in drawn.stderr
    html = page.read_text(encoding="utf-8")
    for words in ('<html lang="de">', ">Entfernungen</h2>", "Grenzen und Küsten: <a", "die Messung ergibt", '"falsch"'):
        assert words in html
    told = dateline(
        "distance", "Wladiwostok", "Nordkorea", "--to", "border", "--claim", "1.300 km", "--ui", "de"
    ).stdout
    for words in ("Stadt, ", " Einwohner", "bis zum nächsten Punkt der Grenze (Nordkorea", "\nfalsch: Der Text nennt"):
        assert words in told


@pytest.mark.parametrize("command", ["check", "map", "batch", "distance"])
def test_help_names_the_option_and_a_wrong_language_the_right_ones(command: str) -> None:
    assert f"--ui [{'|'.join(ui_codes())}]" in dateline(command, "--help").stdout
    refused = dateline(command, "x", "--ui", "xx")
    assert refused.exit_code == 2
    assert ", ".join(map(repr, ui_codes())) in refused.stderr


def test_english_needs_no_babel(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; sys.argv = ['dateline', 'check', 'a.txt', '--fail-on', 'never']; from geo.cli import root; "
        "root.main(standalone_mode=False); assert 'babel' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
