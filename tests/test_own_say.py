"""What the user says beforehand: pins, places of their own, a country or a point the text leans to."""

import json
from pathlib import Path

import pytest

import geo
from geo.atlas import Atlas
from geo.errors import ArticleError, UnknownPlace
from geo.lookup import read_guidance, resolve
from geo.model import Located, Report, Verdict
from geo.own_places import read_own_places

from .cli import dateline

TEXT = "The mayor of Paris opened a library. A fire broke out in Springfield. She then flew to London."
OWN = """name,lat,lon,alternates,kind,country
Depot Nord,52.51,13.37,DN-4|the Long Shed,site,DE
Paris,48.0,11.0,,city,DE
"""


def places(report: Report) -> dict[str, str]:
    return {one.mention.text: one.place.id if one.place else "" for one in report.located}


def checked(atlas: Atlas, text: str = TEXT, language: str = "en", **guidance: object) -> Report:
    article = geo.read_article(text, language=language)
    return geo.check_article(article, atlas, guidance=read_guidance(atlas, **guidance))  # type: ignore[arg-type]


def _where(one: Located) -> tuple[str, str | None]:
    assert one.place is not None
    return one.place.name, one.place.country


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_pin_decides_and_leaves_no_rival(atlas: Atlas) -> None:
    report = checked(atlas, pins=["Paris=geonames:4717560", "Springfield = 44.05, -123.02"])
    paris, springfield, london = report.located
    assert [(c.place.id, c.score) for c in paris.candidates] == [("geonames:4717560", 1.0)]
    assert [c.place.id for c in springfield.candidates] == ["point:44.05,-123.02"]
    assert _where(london) == ("London", "GB")


def test_a_pin_holds_for_other_forms_of_the_name(atlas: Atlas) -> None:
    report = checked(atlas, "Kassels Museum liegt fern von Göttingen.", "de", pins=["Kassel=geonames:2643743"])
    assert places(report)["Kassels"] == "geonames:2643743"


def test_a_pin_takes_away_the_doubt_of_a_verdict(atlas: Atlas) -> None:
    text = "The village of Springfield lies 90 miles from Portland, the mayor of Springfield said."
    here, there = "Springfield=44.05,-123.02", "Portland=geonames:5746545"
    (check,) = checked(atlas, text, pins=[here, there]).checks
    assert check.verdict in {Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD}


def test_a_country_makes_its_places_likelier_and_forces_nothing(atlas: Atlas) -> None:
    plain, leaning = checked(atlas), checked(atlas, country="ca")
    assert places(plain)["London"] == "geonames:2643743"
    london = next(one for one in leaning.located if one.mention.text == "London")
    assert _where(london) == ("London", "CA")
    assert any(candidate.place.country == "GB" for candidate in london.candidates)
    assert _where(checked(atlas, "She flew to Moscow.", country="us").located[0]) == ("Moscow", "RU")


@pytest.mark.parametrize(
    ("near", "state"), [("39.80,-89.64", "IL"), ("37.2, -93.3", "MO"), ("42.1 N 72.6 W", "MA")], ids=str
)
def test_near_picks_the_namesake_that_is(atlas: Atlas, near: str, state: str) -> None:
    springfield = checked(atlas, near=near).located[1].place
    assert springfield is not None
    assert (springfield.name, springfield.admin1) == ("Springfield", state)


@pytest.mark.parametrize(
    ("guidance", "message"),
    [
        ({"pins": ["Paris"]}, "pins no name to a place"),
        ({"pins": ["=geonames:1"]}, "pins no name to a place"),
        ({"pins": ["Paris=geonames:999999999"]}, "no place 'geonames:999999999'"),
        ({"pins": ["Paris=91,200"]}, "no position"),
        ({"country": "XX"}, "no country 'XX'"),
        ({"near": "Paris"}, "no position"),
    ],
    ids=str,
)
def test_what_does_not_exist_is_told(atlas: Atlas, guidance: dict[str, object], message: str) -> None:
    with pytest.raises(UnknownPlace, match=message):
        read_guidance(atlas, **guidance)  # type: ignore[arg-type]


def test_own_places_are_found_and_come_first(atlas: Atlas, table: Path) -> None:
    bigger = atlas.extended(read_own_places(table))
    text = "Am Depot Nord brannte es. Auch DN-4 genannt, liegt das Depot Nord 500 Kilometer von Paris."
    report = checked(bigger, text, "de")
    assert places(report) == {"Depot Nord": "own:depot-nord", "DN-4": "own:depot-nord", "Paris": "own:paris"}
    assert [check.verdict for check in report.checks] == [Verdict.ACCURATE]
    assert places(checked(bigger, "They left the Long Shed at dawn.")) == {"the Long Shed": "own:depot-nord"}
    assert places(checked(bigger, "Paris Hilton lachte.", "de")) == {}
    assert resolve("depot nord", bigger).place == bigger.gazetteer.place("own:depot-nord")
    assert "own:paris" not in places(checked(atlas, text, "de")).values()  # the atlas itself is as it was


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_part_columns_too(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeff" + OWN.replace(",", mark), encoding="utf-8")
    assert [one.place.name for one in read_own_places(path)] == ["Depot Nord", "Paris"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column 'name' is missing"),
        ("name,lat\n", "column 'lon' is missing"),
        ("name,lat,lon,colour\n", "no column 'colour'"),
        ("name,lat,lon\n", "no place in it"),
        ("name,lat,lon\nUlm,48.4,ten\n", "line 2: lon is 'ten'"),
        ("name,lat,lon\nUlm,48.4,10\n\nBonn,148,7\n", r"line 4: .*latitude"),
        ("name,lat,lon\n,48.4,10\n", "line 2: the name is empty"),
        ("name,lat,lon\nUlm,48.4,10,x\n", "line 2: there are more cells"),
        ("name,lat,lon,kind\nUlm,48.4,10,country\n", "line 2: the kind is 'country'"),
        ("name,lat,lon,country\nUlm,48.4,10,Germany\n", "line 2: the country is 'Germany'"),
        ("name,lat,lon,population\nUlm,48.4,10,many\n", "line 2: the population is 'many'"),
        ("name,lat,lon,id\nUlm,48.4,10,a\nBonn,50.7,7.1,a\n", "line 3: the id 'a' stands for two"),
    ],
)
def test_a_broken_table_names_file_and_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError, match=message) as caught:
        read_own_places(path)
    assert str(path) in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"name,lat,lon\nZ\xfcrich,47.4,8.5\n")
    with pytest.raises(ArticleError, match="not UTF-8"):
        read_own_places(path)


def test_the_commands_take_it_all(tmp_path: Path, table: Path) -> None:
    article, lines = tmp_path / "a.txt", tmp_path / "a.jsonl"
    article.write_text(TEXT, encoding="utf-8")
    lines.write_text(json.dumps({"id": 1, "text": TEXT, "lang": "en"}), encoding="utf-8")
    options: list[str | Path] = ["--pin", "London=geonames:6058560", "--near", "39.8,-89.6", "--gazetteer", table]
    commands: list[list[str | Path]] = [["check", article, "--lang", "en", "--format", "json"], ["batch", lines]]
    for arguments in commands:
        report = json.loads(dateline(*arguments, *options).stdout)
        ids = {place["mentions"][0]["text"]: place["id"] for place in report["places"]}
        assert ids["Paris"] == "own:paris"
        assert ids["London"] == "geonames:6058560"
        assert ids["Springfield"] == "geonames:4250542"
    assert "own:depot-nord" in dateline("geocode", "Depot Nord", "--gazetteer", table).output
    assert "own:paris" in dateline("distance", "Paris", "Munich", "--gazetteer", table).output
    out = tmp_path / "m.html"
    assert dateline("map", article, "-o", out, *options).exit_code == 0
    assert "48.0,11.0]" in out.read_text(encoding="utf-8")
