"""What is known of words: names written small, former names, ordinary words, inflected forms, demonyms of two words."""

import json

import pytest

import geo
from geo.atlas import Atlas
from geo.model import Kind, MentionKind, Report

from .cli import dateline


def checked(atlas: Atlas, text: str, language: str) -> Report:
    return geo.check_article(geo.read_article(text, language=language), atlas)


@pytest.mark.parametrize(
    ("language", "text", "words", "identity"),
    [
        ("fr", "Le cargo a coulé en mer Noire.", "mer Noire", "feature:black-sea"),
        ("fr", "Il vit au bord du lac Tchad.", "lac Tchad", "feature:lake-chad"),
        ("es", "El petrolero cruzó el golfo de México.", "golfo de México", "feature:gulf-of-mexico"),
        ("it", "La nave lascia il mare Adriatico.", "mare Adriatico", "feature:adriatic-sea"),
        ("ru", "Рыбаки живут у озера Чад.", "озера Чад", "feature:lake-chad"),
        ("fr", "Elle est née en Union soviétique.", "Union soviétique", "feature:soviet-union"),
        ("sv", "Fartyget lämnade Röda havet.", "Röda havet", "feature:red-sea"),
        ("ru", "Корабль вышел из Чёрного моря.", "Чёрного моря", "feature:black-sea"),
    ],
)
def test_names_that_are_partly_written_small(atlas: Atlas, language: str, text: str, words: str, identity: str) -> None:
    found = {one.mention.text: one.place.id for one in checked(atlas, text, language).located if one.place}
    assert found == {words: identity}


def test_an_article_before_a_name_is_no_part_of_it(atlas: Atlas) -> None:
    (one,) = checked(atlas, "Le tunnel passe sous la Manche.", "fr").located
    assert one.mention.text == "Manche"


@pytest.mark.parametrize(
    ("language", "at_start", "inside"),
    [
        ("en", "Reading scores fell again this year.", "Pupils in Reading did better."),
        ("de", "Regen und Wind behinderten die Helfer.", "Die Helfer kamen aus Regen, Viechtach und Deggendorf."),
        ("fr", "Tours et ponts sont fermés.", "Le maire de Tours est arrivé."),
        ("pl", "Brzeg rzeki umocniono.", "Pociąg do Wrocławia jedzie przez miasto Brzeg."),
    ],
)
def test_an_ordinary_word_has_its_capital_from_the_sentence(
    atlas: Atlas, language: str, at_start: str, inside: str
) -> None:
    first = at_start.split(maxsplit=1)[0]
    assert first not in {one.mention.text for one in checked(atlas, at_start, language).located}
    assert first in {one.mention.text for one in checked(atlas, inside, language).located}


def test_a_sentences_first_word_is_a_place_where_the_text_says_so(atlas: Atlas) -> None:
    for text in ("Reading, Pennsylvania, voted.", "Reading lies 40 miles from London."):
        assert checked(atlas, text, "en").located[0].mention.text == "Reading"


@pytest.mark.parametrize(
    ("language", "text", "words", "country"),
    [
        ("nl", "De Noord-Koreaanse leider zwijgt.", "Noord-Koreaanse", "KP"),
        ("en", "The South Korean navy fired first.", "South Korean", "KR"),
        ("nl", "De Chinese president lachte.", "Chinese", "CN"),
    ],
)
def test_demonyms(atlas: Atlas, language: str, text: str, words: str, country: str) -> None:
    (one,) = checked(atlas, text, language).located
    assert (one.mention.text, one.mention.kind) == (words, MentionKind.DEMONYM)
    assert one.place is not None
    assert one.place.id == f"country:{country}"


@pytest.mark.parametrize(("name", "city"), [("Stalingrad", "Volgograd"), ("Leopoldville", "Kinshasa")])
def test_a_former_name_leads_to_the_city_of_today_and_says_so(atlas: Atlas, name: str, city: str) -> None:
    report = checked(atlas, f"He was born in {name} and died in Toronto.", "en")
    first, second = report.located
    assert first.place is not None
    assert (first.place.name, first.candidates[0].former) == (city, True)
    assert not second.candidates[0].former
    row = json.loads(dateline("geocode", name, "--format", "json").output)["candidates"][0]
    assert (row["name"], row["former"]) == (city, True)
    assert "by a former name" in dateline("geocode", name).output


def test_states_that_are_gone_are_places_of_their_kind(atlas: Atlas) -> None:
    place = checked(atlas, "She grew up in Yugoslavia.", "en").located[0].place
    assert place is not None
    assert place.kind is Kind.HISTORIC


def test_an_abbreviation_counts_where_the_article_spells_it_out(atlas: Atlas) -> None:
    spelt = checked(atlas, "The Central African Republic closed its border. The CAR asked for aid.", "en")
    assert [one.place.id for one in spelt.located if one.place] == ["country:CF", "country:CF"]
    assert not checked(atlas, "THE CAR was red.", "en").located


@pytest.mark.parametrize(
    ("text", "country"),
    [("A quake hit Tripoli in Lebanon.", "LB"), ("He lives in Valencia, in the north of Venezuela.", "VE")],
)
def test_in_tells_where_a_place_lies(atlas: Atlas, text: str, country: str) -> None:
    place = checked(atlas, text, "en").located[0].place
    assert place is not None
    assert place.country == country


def test_a_score_below_one_half_is_marked(atlas: Atlas) -> None:
    text = "A fire broke out in Springfield."
    (one,) = checked(atlas, text, "en").located
    assert one.uncertain
    report = json.loads(dateline("check", "-", "--lang", "en", "--format", "json", stdin=text).output)
    assert [place["uncertain"] for place in report["places"]] == [True]
    table = dateline("check", "-", "--lang", "en", stdin=text).output
    assert "Springfield (US)?" in table
    assert "--pin" in table
