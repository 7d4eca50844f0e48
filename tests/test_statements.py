"""Statements without a length, with the real atlas: what is found and how it is judged; nobody right is accused."""

import json
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

import geo
from geo import render
from geo.atlas import Atlas
from geo.model import (
    Article,
    Check,
    Claim,
    End,
    Kind,
    MentionKind,
    Part,
    Passage,
    Place,
    Position,
    Relation,
    Report,
    Span,
    Verdict,
)
from geo.rules import RULES
from geo.rules.judging import may_be_another
from geo.rules.tolerances import DEFAULT
from geo.territories import claimants, dependencies, has_disputes, sovereign
from maps.content import page_data

from .cli import dateline
from .made import FakeLines, FakeNames, FakeWorld, area, located, place
from .made import end as end_of

ROWS = """
direction accurate
en|Kassel lies south of Hannover.
en|Vienna is west of Bratislava, and cheaper.
en|A fire broke out in the city of Kassel, south of Hannover, police said.
en|The train goes to Augsburg, which lies north-west of Munich.
en|North of Kassel lies the city of Hannover.
en|Estonia lies north of Latvia.
de|Augsburg liegt nordwestlich von München.
de|In Kassel, südlich von Hannover, regnete es.
de|Südlich von Hannover liegt Kassel.
de|Kassel ist etwas südlich Hannovers.
de|Der Zug fährt nach Augsburg, das nordwestlich von München liegt.
direction wrong
en|Kassel lies north of Hannover.
en|The city of Dresden, west of Leipzig, is old.
en|Warsaw lies west of Berlin.
de|Augsburg liegt südöstlich von München.
de|In Kassel, nördlich von Hannover, regnete es.
direction uncheckable
en|Munich lies north of Bavaria.
en|Vladivostok lies south of Moscow.
direction off
en|Dresden lies north of Leipzig.
containment accurate
en|She lives in the Russian region of Primorye.
en|Turin, in Italy, is old.
en|A convoy halted near Goma in the Democratic Republic of Congo.
en|Lyon is a city in the east of France.
en|Kassel lies in northern Hesse.
en|He visited the Turkish port city of Izmir.
en|He visited China's Xinjiang region.
en|Nuuk is a town in Greenland.
de|Dresden ist eine Stadt in Sachsen.
de|Er wohnt in der polnischen Stadt Danzig.
de|Kassel liegt im Norden von Hessen.
de|Ein Schiff sank bei Danzig im Norden Polens.
de|Die russische Hafenstadt Wladiwostok ist groß.
containment wrong
en|Prague, in Poland, is old.
en|He visited the Turkish port city of Odessa.
en|Kassel lies in Bavaria.
en|Lyon is a city in the south of Spain.
de|Dresden ist eine Stadt in Hessen.
de|Er wohnt in der polnischen Stadt Prag.
de|Augsburg liegt in Niedersachsen.
containment uncheckable
en|Simferopol lies in Russia.
en|Mariupol is a city in Russia.
en|Belfast lies in Ireland.
en|The city of Hebron in Israel is old.
en|Mannheim lies in Hesse.
en|Holderness, in France, is small.
de|Sewastopol liegt in Russland.
border accurate
en|Poland borders on Belarus.
en|Laos and Thailand share a border.
en|He fled to Mongolia, which borders China.
en|Norway shares a short border with Russia.
de|Bayern grenzt an Tschechien.
de|Polen und Belarus haben eine gemeinsame Grenze.
de|Er floh nach Polen, das an die Ukraine grenzt.
en|Spain borders Morocco.
border wrong
en|Portugal borders on Italy.
en|Mongolia and Vietnam share a border.
de|Bayern grenzt an Polen.
de|Portugal und Italien haben eine gemeinsame Grenze.
border uncheckable
en|France borders Brazil.
en|Denmark borders Poland.
en|India borders Afghanistan.
coast accurate
en|He works in the Black Sea port of Odessa.
en|Bari lies on the Adriatic.
en|Rostock lies on the coast.
de|Rostock liegt an der Ostseeküste.
de|Sie wohnt in Odessa am Schwarzen Meer.
coast wrong
en|Madrid lies on the Mediterranean coast.
en|He works in the Baltic port of Odessa.
de|Kassel liegt an der Ostsee.
de|Dresden liegt am Meer.
coast uncheckable
en|Naples lies on the Adriatic.
en|Nukus lies on the Aral Sea.
de|Emden liegt an der Ostsee.
de|Hamburg liegt an der Nordsee.
"""

SILENT = """
en|Is Kassel south of Hannover?
en|Kassel does not lie south of Hannover.
en|Kassel is 118 kilometres south of Hannover.
en|Kassel lies 118 kilometres south of Hannover.
en|A farm near Kassel lies north of Hannover.
en|Shells fell in Kharkiv, south of Kherson, in Odessa and elsewhere.
en|Shells fell in Kharkiv, south of Kherson and in Odessa.
en|Troops in Belarus, south of Kyiv, dug in.
en|Kassel lies north of the Hannover airport.
en|Kassel lies in the north of Hannover's region.
en|The former German city of Breslau was rebuilt.
en|In 1930 the German city of Breslau was rich.
en|Protests were held in Berlin, in France, and in Spain.
en|Liverpool won in Spain.
en|He flew from Moscow in Germany's jet.
en|Moscow is in Germany for talks.
en|He crossed the Polish border town of Brest.
en|The Russian-occupied city of Mariupol is quiet.
en|Kassel, Germany, is old.
en|Poland border with Portugal is no such thing.
en|A village in Portugal borders Italy.
en|Portugal once bordered Italy.
en|Cologne lies on the Rhine.
en|A ship from Madrid lies on the Black Sea bed.
en|Madrid lies on the coast road.
de|Liegt Kassel nördlich von Hannover?
de|Kassel liegt nicht nördlich von Hannover.
de|Kassel liegt 118 Kilometer südlich von Hannover.
de|Ein Hof bei Kassel liegt nördlich von Hannover.
de|Kassel liegt im Süden von Hannover.
de|Raketen trafen Orte in Kiew, nördlich von Minsk, in Odessa und anderswo.
de|Die damals deutsche Stadt Breslau wurde zerstört.
de|1930 war Breslau eine Stadt in Deutschland.
de|Ein Dorf in Portugal grenzt an Italien.
de|Portugal grenzt nicht an Italien.
de|Er überquerte bei der polnischen Grenzstadt Brest den Fluss.
de|Köln liegt am Rhein.
de|Hat Ankara am Schwarzen Meer Gas gefunden, so zahlt der Staat.
de|Dresden hat eine Partnerstadt in Frankreich.
"""


def rows() -> list[Any]:
    made, head = [], ("", "")
    for line in ROWS.strip().splitlines():
        language, _, text = line.partition("|")
        if not text:
            relation, verdict = line.split()
            head = relation, verdict
        else:
            made.append(pytest.param(language, text, *head, id=text))
    return made


def read(language: str, text: str, atlas: Atlas) -> Report:
    return geo.check_article(Article(text, language), atlas)


@pytest.mark.parametrize(("language", "text", "relation", "verdict"), rows())
def test_a_statement_is_found_and_judged(language: str, text: str, relation: str, verdict: str, atlas: Atlas) -> None:
    (check,) = read(language, text, atlas).checks
    assert (check.claim.relation, check.verdict) == (relation, verdict), check.reason
    stated = check.claim.stated
    assert isinstance(stated, Passage)
    assert text[stated.span.start : stated.span.end] == stated.text != ""
    assert check.reason.endswith(".")


@pytest.mark.parametrize("row", SILENT.strip().splitlines())
def test_nothing_is_found_where_nobody_said_it(row: str, atlas: Atlas) -> None:
    language, _, text = row.partition("|")
    assert not read(language, text, atlas).statements


def test_distances_come_first_and_other_readers_can_tell(atlas: Atlas) -> None:
    report = read(
        "en", "Kassel lies in Hesse. It is 118 kilometres south of Hannover. Bari lies on the Adriatic.", atlas
    )
    assert [check.claim.relation for check in report.checks] == ["distance", "containment", "coast"]
    assert report.distances == report.checks[:1]
    with pytest.raises(TypeError, match="no length"):
        _ = report.statements[0].claim.length


@pytest.mark.parametrize(
    "text",
    [
        "Kassel, south of Hannover and " * 400,
        "Kassel (" * 3000,
        "the Russian city of " * 2000 + "Moscow.",
        "in " * 9000,
    ],
)
def test_a_hostile_sentence_takes_no_long_time(text: str, atlas: Atlas) -> None:
    read("en", text[:2000], atlas)
    start = perf_counter()
    read("en", text, atlas)
    assert perf_counter() - start < 10


def test_no_passage_is_accused(atlas: Atlas) -> None:
    from .test_passages import FOUND, passages

    for code in FOUND:
        for passage in passages(code):
            for check in read(code, passage["text"], atlas).statements:
                assert check.verdict is Verdict.ACCURATE, check.reason


def test_what_belongs_to_whom() -> None:
    assert (sovereign("GL"), sovereign("DE")) == ("DK", "DE")
    assert {"FR", "GF", "RE"} <= dependencies("FR")
    assert claimants({"UA.11"}) == {"RU"}
    assert not claimants({"DE", "DE.02"})
    assert (has_disputes("IN"), has_disputes("RU"), has_disputes("PL")) == (True, True, False)


def test_every_output_shows_them_beside_the_distances(atlas: Atlas) -> None:
    report = read("en", "Kassel lies north of Hannover. Prague, in Poland, is 118 kilometres from Dresden.", atlas)
    table = " ".join(render.to_table(report, width=100).split())
    assert table.index("Should read") < table.index("Also stated:") < table.index("not to the N.")
    assert "✗ wrong" in table
    checks = render.to_dict(report)["checks"]
    assert [check["relation"] for check in checks] == ["distance", "direction", "containment"]
    assert checks[1]["stated"]["unit"] is checks[1]["stated"]["low_km"] is None
    assert checks[1]["stated"]["direction"] == "N"
    features = json.loads(render.to_geojson(report))["features"][-3:]
    assert [feature["properties"]["relation"] for feature in features] == ["distance", "direction", "containment"]
    assert ",direction,wrong," in render.to_csv(report)
    shown = page_data([report], atlas)["checks"]
    assert [(check["relation"], check["words"]) for check in shown[1:]] == [
        ("direction", "lies north of"),
        ("containment", "in"),
    ]


def test_they_do_not_change_the_exit_status(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Kassel lies north of Hannover.", encoding="utf-8")
    assert dateline("check", article, "--lang", "en").exit_code == 0


# --- The rules in a made world ---


def state(relation: Relation, subject: End | Place, other: End | Place, direction: str | None = None) -> Claim:
    a, b = (end_of(one) if isinstance(one, Place) else one for one in (subject, other))
    return Claim(relation, a, b, Passage(Span(0, 5), "is so"), Span(0, 5), direction=direction)


def judged(claim: Claim, world: FakeWorld | None = None) -> Check:
    return RULES[claim.relation](claim, world or FakeWorld())


A = place("Ahausen", 50, 10, country="AA", population=1_000_000)
B = place("Bedorf", 51, 10, country="AA", population=1_000_000)
BELAND = area("BB", "Beland", 40, 11)


@pytest.mark.parametrize(
    ("point", "verdict"),
    [("S", "accurate"), ("SSE", "accurate"), ("SW", "accurate"), ("E", "off"), ("NE", "wrong"), ("N", "wrong")],
)
def test_a_direction_is_loose_but_not_the_other_way(point: str, verdict: str) -> None:
    assert judged(state(Relation.DIRECTION, A, B, point)).verdict == verdict


def test_places_that_touch_have_no_wrong_direction() -> None:
    near = replace(B, position=replace(A.position, lat=50.05))
    assert judged(state(Relation.DIRECTION, A, near, "N")).verdict is Verdict.UNCHECKABLE


def test_a_village_far_away_may_be_another() -> None:
    village = replace(A, population=900)
    assert may_be_another(village, 111, DEFAULT)
    assert not may_be_another(A, 111, DEFAULT)
    assert judged(state(Relation.DIRECTION, village, B, "N")).verdict is Verdict.UNCHECKABLE


def test_a_name_that_may_mean_another_place_accuses_nobody() -> None:
    north = replace(A, id="geonames:1", position=replace(A.position, lat=52))
    found = located(A, north, scores=(0.9, 0.1))
    check = judged(state(Relation.DIRECTION, end_of(found), B, "N"))
    assert (check.verdict, check.rivals) == (Verdict.UNCHECKABLE, (north,))
    assert "the verdict turns" in check.reason


def test_what_could_not_be_placed_is_uncheckable() -> None:
    lost = end_of(located(text="Nowhere"))
    check = judged(state(Relation.DIRECTION, lost, B, "N"))
    assert (check.verdict, check.reason) == (Verdict.UNCHECKABLE, "“Nowhere” could not be placed.")


def beland(away_km: float) -> FakeWorld:
    return FakeWorld(FakeLines({("BB", Part.TERRITORY, None): away_km, (None, Part.COAST, None): away_km}))


@pytest.mark.parametrize(("away_km", "verdict"), [(0, "accurate"), (9, "uncheckable"), (90, "wrong")])
def test_containment_by_the_outline(away_km: float, verdict: str) -> None:
    assert judged(state(Relation.CONTAINMENT, A, BELAND), beland(away_km)).verdict == verdict


def test_a_twin_inside_and_a_former_name_accuse_nobody() -> None:
    twin = replace(A, country="BB")
    world = beland(90)
    world.gazetteer = FakeNames(twins={"ahausen": (twin,)})
    assert judged(state(Relation.CONTAINMENT, A, BELAND), world).verdict is Verdict.UNCHECKABLE
    found = located(A)
    once = replace(found, candidates=(replace(found.candidates[0], former=True),))
    assert judged(state(Relation.CONTAINMENT, end_of(once), BELAND), beland(90)).verdict is Verdict.UNCHECKABLE


@pytest.mark.parametrize(("away_km", "verdict"), [(3, "accurate"), (60, "uncheckable"), (300, "wrong")])
def test_any_coast_by_its_distance(away_km: float, verdict: str) -> None:
    shore = End(None, Part.COAST, located(text="coast").mention)
    assert judged(state(Relation.COAST, A, shore), beland(away_km)).verdict == verdict


def test_a_sea_too_far_away_is_another() -> None:
    sea = place("Far Sea", 50, 40, identity="feature:far-sea", kind=Kind.WATER, extent_km=300)
    near = replace(sea, position=replace(sea.position, lon=11))
    assert judged(state(Relation.COAST, A, end_of(sea, Part.COAST)), beland(3)).verdict is Verdict.WRONG
    assert judged(state(Relation.COAST, A, end_of(near, Part.COAST)), beland(3)).verdict is Verdict.ACCURATE


def test_a_border_between_areas_that_share_a_line() -> None:
    lines = FakeLines({("AA", Part.BORDER, "BB"): 0.0, ("BB", Part.BORDER, "AA"): 0.0})
    assert judged(state(Relation.BORDER, area("AA", "Aland"), BELAND), FakeWorld(lines)).verdict is Verdict.ACCURATE
    assert judged(state(Relation.BORDER, A, BELAND), FakeWorld(lines)).verdict is Verdict.UNCHECKABLE


def test_a_nationality_is_an_area_too() -> None:
    russian = located(BELAND, text="Belandic", kind=MentionKind.DEMONYM)
    check = judged(state(Relation.CONTAINMENT, A, end_of(russian, Part.TERRITORY)), beland(0))
    assert check.reason == "The atlas has Ahausen in Beland."


def test_many_points_at_once_lie_where_each_one_does(atlas: Atlas) -> None:
    points = [Position(lat, lon) for lat, lon in ((48, 11), (66, 179), (68, -177), (-17, 178.5), (0, -30), (30, 31))]
    assert atlas.outlines.countries_at(points) == [atlas.outlines.country_at(point) for point in points]
    assert atlas.outlines.countries_at([]) == []
