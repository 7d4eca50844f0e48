import csv
import doctest
import importlib
import io
import json
import unicodedata
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measure import distance_km
from geo.model import (
    Check,
    Failure,
    Hedge,
    Kind,
    Measured,
    MentionKind,
    Part,
    Position,
    Report,
    Span,
    Unit,
    Verdict,
)
from geo.render import failure_to_json, to_csv, to_dict, to_geojson, to_json, to_table
from geo.render.geojson import cut_at_antimeridian
from geo.render.sheet import COLUMNS
from geo.render.table import inert

from .made import area, claim, end, located, place, report, stated

SCHEMA: dict[str, Any] = json.loads((files("geo") / "data" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

# Input that something on the way would run: HTML, templates, spreadsheets, terminals, rich's markup.
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "`${alert(1)}` {{7*7}} {% raise %}",
    '=HYPERLINK("http://x")',
    "@SUM(A1)",
    "\tx",
    "\r=x",
    "\x1b[31mred\x1b]8;;http://x\x07",
    "\x9b31m\x00",
    "[bold red]x[/] [link=http://x]y[/link] :smile:",
    "[/]",
    "abc\u202edef\u2066ghi",
    "\u2069\u2069\u202c out",
    "two\nlines\u2028three\x85four",
    "half \ud800 of a pair",
    "quote \" and , and ; and '",
]


def measured(*line: Position, distance: float | None = None) -> Measured:
    length = distance_km(line[0], line[-1]) if distance is None else distance
    return Measured(length, length - 1, length + 1, 12.34, "WGS84 geodesic", line, "between the two centres")


def made_report(words: str = "Ahausen", *, text: str | None = None) -> Report:
    """Two places of which one is named twice, a name that is none, and three checks."""
    article = text or f"{words} lies 50 km from Behausen. Behausen! Nowhere."
    spots = place("Ahausen", 10, 20, country="AA", population=5), place("Behausen", 11, 20, country="BB")
    other = place("Ahausen on Sea", -10, 20)
    a = located(spots[0], other, text=words, scores=(0.7, 0.2))
    start = article.find("Behausen")
    again = article.rfind("Behausen")
    b = located(spots[1], start=start, scores=(0.5,))
    b2 = located(spots[1], other, text="Behausen", start=again, scores=(0.8, 0.1), kind=MentionKind.DEMONYM)
    lost = located(text="Nowhere", start=article.find("Nowhere"))
    figure = stated(50, hedge=Hedge.ALMOST, start=article.find("50 km"))
    whole = Span(0, start + len("Behausen."))
    first = claim(end(a), end(b), figure, sentence=whole, direction="S")
    checks = (
        Check(
            first,
            Verdict.WRONG,
            measured(spots[0].position, spots[1].position),
            f"Stated otherwise, says {words}.",
            Verdict.ACCURATE,
            should_read="110 km",
        ),
        Check(
            claim(end(a), end(lost), figure, sentence=whole), Verdict.UNCHECKABLE, None, "Who knows.", None, (other,)
        ),
        Check(
            claim(end(a), end(None, Part.COAST, word="coast"), figure, sentence=whole),
            Verdict.ACCURATE,
            measured(Position(10, 170), Position(12, -170)),
            "Fine.",
        ),
    )
    return report(article, (a, b, b2, lost), checks, title=words, source=words, warnings=(words,), identity=words)


def parsed(made: Report, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(made, **options))
    VALIDATOR.validate(found)
    return found


def rows(made: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(made), newline="")))


@pytest.mark.parametrize("name", ["record", "geojson", "sheet", "table"])
def test_doctests(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"geo.render.{name}"))
    assert found.failed == 0
    assert found.attempted > 0


# --- JSON ---


def test_json_says_all() -> None:
    made = made_report()
    found = parsed(made)
    assert found == json.loads(json.dumps(to_dict(made)))
    assert found["article"]["text"] == made.article.text
    assert [each["name"] for each in found["places"]] == ["Ahausen", "Behausen"]
    assert found["places"][1]["score"] == 0.8
    assert [mention["kind"] for mention in found["places"][1]["mentions"]] == [None, "demonym"]
    assert [other["name"] for other in found["places"][0]["alternatives"]] == ["Ahausen on Sea"]
    assert found["unresolved"] == [{"start": 44, "end": 51, "text": "Nowhere"}]
    wrong, unsure, coast = found["checks"]
    assert wrong["stated"]["text"] == "50 km"
    assert (wrong["stated"]["hedge"], wrong["stated"]["direction"], wrong["stated"]["bound"]) == ("almost", "S", None)
    assert wrong["measured"]["line"] == [[20, 10], [20, 11]]
    assert wrong["should_read"] == "110 km"
    assert (unsure["measured"], unsure["object"]["place"]) == (None, None)
    assert unsure["rivals"][0]["name"] == "Ahausen on Sea"
    assert coast["object"] == {"place": None, "part": "coast", "mention": {"start": 0, "end": 5, "text": "coast"}}


def test_offsets_are_of_the_text() -> None:
    found = parsed(made_report())
    text = found["article"]["text"]
    mentions = [mention for each in found["places"] for mention in each["mentions"]] + found["unresolved"]
    mentions += [check["stated"] for check in found["checks"]]
    assert len(mentions) == 7
    assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)


def test_the_text_can_be_left_out() -> None:
    found = parsed(made_report(), text=False)
    assert "text" not in found["article"]
    assert found["places"][0]["mentions"][0]["text"] == "Ahausen"


def test_one_line_or_indented() -> None:
    assert "\n" not in to_json(made_report())
    assert to_json(made_report(), indent=2).count("\n") > 50


def test_places_in_order_of_first_mention() -> None:
    a, b = place("Ahausen"), place("Behausen", 1, 1)
    found = parsed(report("x" * 30, (located(b, start=20), located(a, start=9), located(b, start=2))))
    assert [each["name"] for each in found["places"]] == ["Behausen", "Ahausen"]
    assert [mention["start"] for mention in found["places"][0]["mentions"]] == [2, 20]


def test_a_place_that_only_a_check_names_is_listed() -> None:
    made = report("x", (), (Check(claim(place("Ahausen"), area("BB", "Beland"), 5.0), Verdict.OFF, None, "Off."),))
    found = parsed(made)
    assert {found["checks"][0][side]["place"] for side in ("subject", "object")} == {
        each["id"] for each in found["places"]
    }


def test_every_kind_and_word_is_in_the_schema() -> None:
    assert set(SCHEMA["$defs"]["placeKind"]["enum"]) == set(Kind)
    check = SCHEMA["$defs"]["check"]["properties"]
    assert set(check["verdict"]["enum"]) == set(Verdict)
    assert set(check["stated"]["properties"]["unit"]["enum"]) == {None, *Unit}
    assert set(check["stated"]["properties"]["hedge"]["enum"]) == {None, *Hedge}
    assert set(SCHEMA["$defs"]["end"]["properties"]["part"]["enum"]) == set(Part)


def test_the_contract_is_required() -> None:
    """The field names that other programs rely on."""
    contract = {
        "report": "version id article made_with warnings places unresolved checks",
        "failure": "version id error",
        "place": "id geonameid name kind lat lon country population score mentions alternatives",
        "check": "relation stated subject object sentence measured verdict direction_verdict rivals reason",
        "measured": "km low_km high_km bearing_deg source line",
        "end": "place part mention",
        "mention": "start end text",
    }
    for name, fields in contract.items():
        assert set(fields.split()) <= set(SCHEMA["$defs"][name]["required"])
    report_fields = SCHEMA["$defs"]["report"]["properties"]
    assert set(report_fields["article"]["required"]) == {"source", "language", "title", "encoding"}
    assert set(report_fields["made_with"]["required"]) == {"dateline", "atlas", "recogniser"}
    stated_fields = "start end text low_km high_km unit bound hedge mode direction negated"
    assert set(stated_fields.split()) <= set(SCHEMA["$defs"]["check"]["properties"]["stated"]["required"])


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("version",), 2),
        (("places", 0, "lat"), 91),
        (("places", 0, "kind"), "town"),
        (("places", 0, "id"), "2013348"),
        (("checks", 0, "verdict"), "right"),
        (("checks", 0, "measured", "line"), []),
        (("checks", 0, "stated", "unit"), "kilometre"),
        (("checks", 0, "subject", "mention", "start"), -1),
    ],
)
def test_the_schema_refuses(where: tuple[Any, ...], value: object) -> None:
    found = parsed(made_report())
    target: Any = found
    for step in where[:-1]:
        target = target[step]
    target[where[-1]] = value
    assert not VALIDATOR.is_valid(found)


def test_more_fields_may_come() -> None:
    found = parsed(made_report())
    found["checks"][0]["note"] = found["places"][0]["note"] = "new"
    assert VALIDATOR.is_valid(found)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_failures() -> None:
    for failure in (Failure("a", "no text"), Failure(None, "</script>\u2028")):
        row = json.loads(failure_to_json(failure))
        VALIDATOR.validate(row)
        assert row == {"version": 1, "id": failure.id, "error": failure.reason}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_never_reaches_json(value: float) -> None:
    made = made_report()
    figure = replace(made.checks[0].claim.length, low_km=value, high_km=value)
    broken = replace(
        made.checks[0],
        claim=replace(made.checks[0].claim, stated=figure),
        measured=Measured(value, value, value, value, "nothing", (Position(0, 0), Position(0, 1))),
    )
    made = replace(made, checks=(broken,))
    found = parsed(made)
    assert found["checks"][0]["measured"]["km"] is found["checks"][0]["stated"]["low_km"] is None
    for text in (to_json(made), to_geojson(made), to_csv(made)):
        assert "NaN" not in text
        assert "Infinity" not in text
    assert to_table(made)


def test_the_same_report_gives_the_same_bytes() -> None:
    for render in (to_json, to_geojson, to_csv, to_table):
        assert render(made_report()) == render(made_report())


# --- GeoJSON ---


def test_geojson() -> None:
    found = json.loads(to_geojson(made_report()))
    assert found["type"] == "FeatureCollection"
    assert "GeoNames" in found["attribution"]
    assert "Natural Earth" in found["attribution"]
    shapes = [(each["properties"]["type"], (each["geometry"] or {}).get("type")) for each in found["features"]]
    assert shapes == [
        ("place", "Point"),
        ("place", "Point"),
        ("check", "LineString"),
        ("check", None),
        ("check", "MultiLineString"),
    ]
    assert found["features"][0]["geometry"]["coordinates"] == [20, 10]
    wrong = found["features"][2]["properties"]
    assert (wrong["verdict"], wrong["should_read"], wrong["subject"]["place"]) == (
        "wrong",
        "110 km",
        found["features"][0]["id"],
    )
    west, east = found["features"][4]["geometry"]["coordinates"]
    assert (west[0], west[-1][0], east[0][0], east[-1]) == ([170, 10], 180, -180, [-170, 12])
    assert west[-1][1] == east[0][1]


points = st.builds(Position, st.floats(-89.9, 89.9), st.floats(-180, 180))


@given(points, points)
def test_every_line_stays_on_the_map(a: Position, b: Position) -> None:
    check = Check(claim(place("A"), place("B"), 5.0), Verdict.OFF, measured(a, b, distance=5), "Off.")
    shape = json.loads(to_geojson(report("x", (), (check,))))["features"][-1]["geometry"]
    pieces = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
    assert len(pieces) <= 3
    for piece in pieces:
        assert len(piece) >= 2
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in piece)
        assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(piece))


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-170, 170)), min_size=2, max_size=6), st.integers(-2, 2))
def test_a_cut_line_is_the_same_line(steps: list[tuple[float, float]], turns: int) -> None:
    line = [(0.0, 360.0 * turns)]
    for lat, step in steps:
        line.append((lat, line[-1][1] + step))
    pieces = cut_at_antimeridian(line)
    assert pieces[0][0][0] == line[0][0]
    for one, other in pairwise(pieces):
        assert one[-1][0] == other[0][0]
        assert {one[-1][1], other[0][1]} == {-180, 180}
    kept = [lat for piece in pieces for lat, _ in piece]
    assert [lat for lat, _ in line if lat in kept] == [lat for lat, _ in line]


# --- CSV ---


def test_csv() -> None:
    wrong, unsure, coast = rows(made_report())
    assert tuple(wrong) == tuple(COLUMNS)
    assert (wrong["verdict"], wrong["stated"], wrong["should_read"], wrong["negated"]) == (
        "wrong",
        "50 km",
        "110 km",
        "false",
    )
    assert float(wrong["measured_km"]) == pytest.approx(110.6, abs=0.1)
    assert (unsure["measured_km"], unsure["object_place"], unsure["rivals"][:9]) == ("", "", "geonames:")
    assert (coast["object_part"], coast["check"]) == ("coast", "3")
    assert to_csv(made_report(), header=False).count("\r\n") == 3
    assert all(COLUMNS.values())


@pytest.mark.parametrize("start", [*"=+-@\t\r\n＝＋－＠", " =", "\u00a0+"])
def test_no_cell_is_a_formula(start: str) -> None:
    found = rows(made_report(f"{start}cmd"))
    for row in found:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            assert not cell.startswith(("\t", "\r", "\n"))
    assert found[0]["subject"] == f"'{start}cmd"


# --- a stranger's words, everywhere ---


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words(words: str) -> None:
    made = made_report(words)
    printable = words.replace("\ud800", "?")
    assert parsed(made)["checks"][0]["subject"]["mention"]["text"] == printable
    assert json.loads(to_geojson(made))["features"][2]["properties"]["subject"]["text"] == printable
    assert rows(made)[0]["subject"].removeprefix("'") == printable
    for text in (to_json(made), to_geojson(made)):
        assert len(text.splitlines()) == 1
        assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text)
        assert not set(text) & set("\u202e\u2066\u2069")
    for text in (to_table(made), to_table(made, width=200)):
        assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text.replace("\n", ""))
        assert not set(text) & set("\u202e\u202c\u2066\u2069")
        assert "50 km" in text
        assert all(len(line) <= 200 for line in text.split("\n"))
    for text in (to_json(made), to_geojson(made), to_csv(made), to_table(made), to_table(made, colour=True)):
        text.encode()


def test_markup_is_shown_as_it_is() -> None:
    words = "[bold red]x[/] {{7*7}} :smile:"
    assert words in to_table(made_report(words), width=200)


@given(st.text(max_size=40))
def test_any_words(words: str) -> None:
    made = made_report(words or "x")
    assert parsed(made)["id"] == (words or "x").encode("utf-8", "replace").decode()
    assert len(rows(made)) == 3
    assert to_table(made)


def test_right_to_left_words_are_isolated() -> None:
    for words in ("بيروت", "\u202eבירות\u202c", "ירושלים 50"):
        shown = inert(words)
        assert shown.startswith("\u2068")
        assert shown.endswith("\u2069")
        assert shown.count("\u2068") == shown.count("\u2069") == 1
    assert inert("\u202eBeirut") == "Beirut"


# --- the table ---


def test_table_says_all() -> None:
    text = to_table(made_report(), width=100)
    for words in (
        "✗ wrong",
        "Ahausen → Behausen",
        "almost 50 km",
        "111 km",
        "110 km",
        "“Ahausen lies 50 km from Behausen.”",
        "Stated otherwise",
        "? uncheckable",
        "✓ accurate",
        "Places: Ahausen (AA), Behausen (BB).",
        "Not placed: Nowhere.",
        "Note: Ahausen",
    ):
        assert words in text
    assert "Nothing to check" not in text


def test_table_in_another_unit() -> None:
    text = to_table(made_report(), units=Unit.MILE)
    assert "almost 31" in text
    assert "69 miles" in text
    assert "nautical" in to_table(made_report(), units=Unit.NAUTICAL_MILE)


def test_a_wrong_direction_is_marked() -> None:
    made = made_report()
    assert "✗ direction" not in to_table(made)
    made = replace(made, checks=(replace(made.checks[0], direction_verdict=Verdict.WRONG),))
    assert "✗ direction" in to_table(made)


@pytest.mark.parametrize("width", [1, 60, 80, 132])
def test_table_keeps_its_width(width: int) -> None:
    text = to_table(made_report("Ahausen an der Behausener Chaussee " * 9), width=width)
    assert max(map(len, text.split("\n"))) <= max(60, width)
    assert not any(line != line.rstrip() for line in text.split("\n"))


def test_colours_only_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("FORCE_COLOR", "1"), ("TERM", "xterm-256color"), ("COLUMNS", "40")):
        monkeypatch.setenv(name, value)
    assert "\x1b" not in to_table(made_report())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" in to_table(made_report(), colour=True)


def test_long_sentences_are_cut_around_the_length() -> None:
    text = "word " * 100 + "50 km" + " word" * 100
    made = made_report(text=text)
    cut = replace(
        made,
        checks=tuple(
            replace(check, claim=replace(check.claim, sentence=Span(0, len(text)))) for check in made.checks[:1]
        ),
    )
    shown = to_table(cut, width=1000)
    assert "50 km" in shown
    assert shown.count("word") < 60
    assert "…" in shown


def test_an_article_without_claims_or_places_gets_a_word() -> None:
    assert to_table(report("")) == "Nothing to check: the article names no place that the atlas knows.\n"
    alone = report("Ahausen", (located(place("Ahausen")),))
    assert "names places but states no distance" in to_table(alone)
    for empty in (report(""), alone):
        parsed(empty)
        assert json.loads(to_geojson(empty))["type"] == "FeatureCollection"
        assert rows(empty) == []


def test_very_many_places_are_counted() -> None:
    many = tuple(
        located(place(f"Place {i}", identity=f"geonames:{i}"), start=10 * i, text=f"Place {i}") for i in range(200)
    )
    assert "and 140 more." in to_table(report("x", many))
