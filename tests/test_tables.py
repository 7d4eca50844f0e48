"""The tables of our own names have no faults, each fault would be found, and points lie where their countries are."""

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.atlas import Atlas
from geo.compile.tables import records
from geo.model import Part, Position

DATA = Path(__file__).parents[1] / "geo/data"
TABLES = DATA / "tables"
CHECK = runpy.run_path(str(DATA / "make/check_tables.py"))
faults: Callable[[Path], list[str]] = CHECK["faults"]
CODED: tuple[str, ...] = CHECK["CODED"]
# Reefs and islets lie in the open sea, far from the countries that hold or claim them (Second Thomas Shoal: 199 km).
OPEN_SEA_KM = 220


def features() -> list[dict[str, str]]:
    return [*records(TABLES / "features.tsv"), *records(TABLES / "historic.tsv")]


def demonyms() -> list[dict[str, str]]:
    return list(records(TABLES / "demonyms.tsv"))


def test_the_tables_have_no_faults() -> None:
    assert faults(TABLES) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("features.tsv", "# Apache-2.0", "# ", "the first line is not the licence"),
        ("features.tsv", "\tsv\n", "\tda\n", "the columns are"),
        ("features.tsv", "black-sea\twater\t43.3\t34\t", "black-sea\twater\t43.3\t", "cells for"),
        ("features.tsv", "black-sea\t", "baltic-sea\t", "the id stands 2 times"),
        ("features.tsv", "black-sea\t", "Black Sea\t", "the id is no slug"),
        ("features.tsv", "black-sea\twater", "black-sea\tsea", "unknown kind sea"),
        ("features.tsv", "black-sea\twater\t43.3", "black-sea\twater\t143.3", "lat is 143.3"),
        ("features.tsv", "black-sea\twater\t43.3", "black-sea\twater\tnan", "lat is nan"),
        ("features.tsv", "black-sea\twater\t43.3\t34\t650", "black-sea\twater\t43.3\t34\t0", "extent_km is 0"),
        ("features.tsv", "\tIT|FR\t", "\tIT|FX\t", "unknown country FX"),
        ("features.tsv", "\tSchwarzes Meer\t", "\tSchwarzes Meer|Schwarzes Meer\t", "twice"),
        ("features.tsv", "\tSchwarzes Meer\t", "\t\t", "de has a name too short"),
        ("features.tsv", "\tSchwarzes Meer\t", "\tSchwarzes  Meer\t", "unclean"),
        ("features.tsv", "\tSchwarzes Meer\t", "\tSchwarzes Meer (Pontos)\t", "unclean"),
        ("features.tsv", "\tSchwarzes Meer\t", "\tЧёрное море\t", "another script"),
        ("features.tsv", "\tЧёрное море|", "\tCherne море|", "another script"),
        ("features.tsv", "\tSchwarzes Meer\t", "\tOstsee\t", "share the name 'ostsee'"),
        ("historic.tsv", "\thistoric\t", "\tarea\t", "unknown kind area"),
        ("historic.tsv", "\tZaire\tCD\n", "\tZaire\tZR\n", "unknown successor 'ZR'"),
        ("country_names.tsv", "US\ten\t", "UQ\ten\t", "unknown code"),
        ("country_names.tsv", "US\ten\t", "US\teo\t", "unknown language"),
        ("country_names.tsv", "US\tde\t", "US\ten\t", "stands twice"),
        ("demonyms.tsv", "sicily\ten\t", "sicilia\ten\t", "unknown code"),
        ("demonyms.tsv", "RU\ten\tRussian\tRussian|Russians\n", "RU\ten\t\t\n", "no name at all"),
        ("abbreviations.tsv", "US.AL\t", "US.ZZ\t", "unknown code"),
        ("abbreviations.tsv", "\tyes\n", "\tmaybe\n", "neither yes nor no"),
    ],
)
def test_each_fault_is_found(tmp_path: Path, table: str, old: str, new: str, fault: str) -> None:
    tables = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    text = (tables / table).read_text(encoding="utf-8")
    assert old in text
    (tables / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults(tables)
    assert any(fault in sentence for sentence in found), found


def test_every_point_lies_where_its_countries_are(atlas: Atlas) -> None:
    astray = []
    for row in features():
        point = Position(float(row["lat"]), float(row["lon"]))
        codes = [code for code in row["countries"].split("|") if atlas.outlines.has(code)]
        if codes and not any(
            nearest and nearest.distance_km <= float(row["extent_km"]) + OPEN_SEA_KM
            for nearest in (atlas.outlines.nearest(point, code, Part.TERRITORY) for code in codes)
        ):
            astray.append(row["id"])
    assert astray == []


def test_land_is_not_out_at_sea_and_seas_are_not_on_land(atlas: Atlas) -> None:
    def on_land(row: dict[str, str]) -> bool:
        return atlas.outlines.country_at(Position(float(row["lat"]), float(row["lon"]))) is not None

    seas = [row for row in features() if row["id"].endswith(("-sea", "-ocean"))]
    inland = {"caspian-sea", "dead-sea", "aral-sea"}  # these lie in countries, by some outlines
    assert [row["id"] for row in seas if on_land(row) and row["id"] not in inland] == []
    ranges = [row for row in features() if row["id"].endswith(("-mountains", "-desert", "-plateau", "-highlands"))]
    assert [row["id"] for row in ranges if not on_land(row)] == []


def test_the_tables_are_as_full_as_they_are_meant_to_be() -> None:
    kinds = [row["kind"] for row in features()]
    assert kinds.count("continent") >= 7
    assert kinds.count("water") >= 400
    assert kinds.count("landform") >= 350
    assert kinds.count("area") >= 250
    assert kinds.count("historic") >= 150


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_independent_country_has_a_demonym(language: str) -> None:
    # Territories that news hardly names the people of, uninhabited ones, and countries whose demonym is their name.
    without = {"AQ", "BV", "HM", "UM", "TF", "IO", "GS", "SJ", "CC", "CX", "NF", "PN", "TK", "AN", "CS"}
    without |= {"AS", "BL", "DM", "GG", "IM", "JE", "MF", "MP", "PF", "PM", "SH", "SX", "TC", "VA", "VG", "VI", "WF"}
    codes = {row["iso2"] for row in records(TABLES / "countries.tsv")} - without
    assert codes - {row["iso2"] for row in demonyms() if row["lang"] == language} == set()


@pytest.mark.parametrize("language", [language for language in CODED if language not in {"en", "de"}])
def test_the_countries_most_in_the_news_have_demonyms_in_every_language(language: str) -> None:
    assert sum(row["lang"] == language and len(row["iso2"]) == 2 for row in demonyms()) >= 100


@pytest.mark.parametrize(
    ("code", "language", "form"),
    [
        ("RU", "de", "russisch"),
        ("FR", "de", "Französinnen"),
        ("DE", "de", "Deutschen"),
        ("NL", "en", "Dutchman"),
        ("GB", "en", "Britons"),
        ("CH", "fr", "Suisse"),
        ("TR", "fr", "turque"),
        ("DE", "es", "alemanes"),
        ("IR", "es", "iraníes"),
        ("PL", "it", "polacche"),
        ("ES", "pt", "espanhóis"),
        ("RU", "nl", "Russische"),
        ("US", "pl", "amerykańskiego"),
        ("CN", "pl", "Chińczyków"),
        ("UA", "ru", "украинцев"),
        ("KZ", "ru", "казахи"),
        ("SE", "sv", "svenskt"),
        ("europe", "de", "europäisch"),
        ("GB.SCT", "en", "Scots"),
    ],
)
def test_demonyms_that_are_easily_got_wrong(code: str, language: str, form: str) -> None:
    row = next(row for row in demonyms() if (row["iso2"], row["lang"]) == (code, language))
    assert form in {*row["adjective"].split("|"), *row["inhabitant"].split("|")}


@pytest.mark.parametrize(
    ("form", "after_city"),
    [("IN", "yes"), ("OR", "yes"), ("ME", "yes"), ("PA", "yes"), ("Miss.", "yes"), ("W.Va.", "no"), ("NSW", "no")],
)
def test_abbreviations_that_are_words_count_only_behind_a_city(form: str, after_city: str) -> None:
    found = [row for row in records(TABLES / "abbreviations.tsv") if form in row["abbreviation"].split("|")]
    assert {row["only_after_city"] for row in found} == {after_city}
