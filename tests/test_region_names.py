"""The table of regions' names in ten languages: every row has a region, every name stands in its language's column."""

import re
from collections import Counter
from pathlib import Path

import pytest

from geo.compile.tables import records, rows
from geo.fold import fold

TABLES = Path(__file__).parents[1] / "geo/data/tables"
TABLE = TABLES / "region_names.tsv"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
SHORTEST = 3  # letters: two are a code, not a name
# Countries whose every first-order division is named; Prague and Minsk City are left to the cities.
COMPLETE = (
    "DE",
    "AT",
    "CH",
    "IT",
    "ES",
    "FR",
    "BE",
    "NL",
    "PL",
    "SE",
    "FI",
    "PT",
    "GB",
    "IE",
    "RU",
    "US",
    "CA",
    "AU",
    "BA",
)


@pytest.fixture(scope="module")
def regions() -> list[dict[str, str]]:
    return list(records(TABLE))


@pytest.fixture(scope="module")
def admin_codes() -> set[str]:
    return {code for code, *_ in rows(TABLES / "admin.tsv.xz")}


def names(row: dict[str, str], language: str) -> list[str]:
    return [name for name in row[language].split("|") if name]


def all_names(regions: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["code"], language, name) for row in regions for language in LANGUAGES for name in names(row, language)]


def test_the_file_says_its_licence_and_has_the_ten_languages() -> None:
    first, header, *_ = TABLE.read_text(encoding="utf-8").splitlines()
    assert first == "# Apache-2.0, own work from general knowledge"
    assert header.split("\t") == ["code", *LANGUAGES]


def test_every_code_is_a_region_of_the_gazetteer_and_stands_once(
    regions: list[dict[str, str]], admin_codes: set[str]
) -> None:
    codes = [row["code"] for row in regions]
    assert [code for code in codes if code not in admin_codes] == []
    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert {code.count(".") for code in codes} == {1}, "first-order divisions only"


def test_the_countries_most_in_the_news_are_complete(regions: list[dict[str, str]], admin_codes: set[str]) -> None:
    named = {row["code"] for row in regions}
    first_order = {code for code in admin_codes if code.count(".") == 1 and code[:2] in COMPLETE}
    assert sorted(first_order - named) == []


def test_every_row_has_an_english_name(regions: list[dict[str, str]]) -> None:
    assert [row["code"] for row in regions if not names(row, "en")] == []


def test_cyrillic_stands_in_the_russian_column_only(regions: list[dict[str, str]]) -> None:
    strays = [
        entry
        for entry in all_names(regions)
        if bool(CYRILLIC.search(entry[2])) != (entry[1] == "ru") or bool(LATIN.search(entry[2])) == (entry[1] == "ru")
    ]
    assert strays == []


def test_names_are_clean_and_long_enough(regions: list[dict[str, str]]) -> None:
    faulty = [
        entry
        for entry in all_names(regions)
        if sum(map(str.isalpha, entry[2])) < SHORTEST
        or entry[2] != " ".join(entry[2].split())
        or set(entry[2]) & set("()[]{}~=;")
    ]
    assert faulty == []


def test_no_cell_says_a_name_twice(regions: list[dict[str, str]]) -> None:
    twice = [
        (row["code"], language)
        for row in regions
        for language in LANGUAGES
        if len(set(names(row, language))) < len(names(row, language))
    ]
    assert twice == []


def test_no_two_regions_of_a_country_share_a_name(regions: list[dict[str, str]]) -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for code, _, name in all_names(regions):
        owners.setdefault((code[:2], fold(name)), set()).add(code)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("DE.02", "fr", "Bavière"),
        ("DE.02", "pl", "Bawaria"),
        ("AT.02", "de", "Kärnten"),
        ("CH.ZH", "de", "Kanton Zürich"),
        ("IT.09", "it", "Lombardia"),
        ("ES.51", "es", "Andalucía"),
        ("FR.53", "fr", "Bretagne"),
        ("PL.83", "pl", "województwo śląskie"),
        ("SE.27", "sv", "Skåne"),
        ("RU.23", "de", "Gebiet Kaliningrad"),
        ("RU.23", "ru", "Калининградская область"),
        ("RU.59", "de", "Primorje"),
        ("RU.59", "en", "Primorsky Krai"),
        ("UA.07", "de", "Oblast Charkiw"),
        ("UA.11", "fr", "Crimée"),
        ("US.NC", "ru", "Северная Каролина"),
        ("CN.20", "de", "Innere Mongolei"),
        ("AF.10", "ru", "Гильменд"),
    ],
)
def test_a_region_is_known_by_its_name(regions: list[dict[str, str]], code: str, language: str, name: str) -> None:
    (row,) = (row for row in regions if row["code"] == code)
    assert name in names(row, language)


@pytest.mark.parametrize(
    "city",
    [
        "Moskau",
        "Moscow",
        "Москва",
        "Zürich",
        "Zurich",
        "New York",
        "Washington",
        "Salzburg",
        "Charkiw",
        "Kyiv",
        "Киев",
        "Kabul",
        "Aleppo",
        "Bagdad",
        "Buenos Aires",
        "Stockholm",
        "São Paulo",
        "Tokio",
        "Lagos",
        "Madrid",
        "Berlin",
        "Sevastopol",
    ],
)
def test_a_famous_city_is_no_bare_name_of_its_region(regions: list[dict[str, str]], city: str) -> None:
    assert [entry for entry in all_names(regions) if fold(entry[2]) == fold(city)] == []


@pytest.mark.parametrize(
    "word", ["sind", "brest", "jura", "para", "acre", "marken", "les marches", "delta", "plateau", "pest"]
)
def test_a_common_word_is_no_bare_name(regions: list[dict[str, str]], word: str) -> None:
    assert [entry for entry in all_names(regions) if fold(entry[2]) == word] == []
