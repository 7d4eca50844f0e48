"""Which place a name stands for, judged by the whole article."""

import pytest

from geo.atlas import Atlas
from geo.mentions import find_mentions
from geo.model import Article, Mention, Span
from geo.places import locate


def ids(atlas: Atlas, text: str, language: str = "en") -> dict[str, str]:
    article = Article(text, language)
    located = locate(find_mentions(article, atlas), article, atlas)
    return {item.mention.text: item.place.id for item in located if item.place}


def test_the_famous_place_by_default(atlas: Atlas) -> None:
    assert ids(atlas, "She moved to London and then to Paris.") == {
        "London": "geonames:2643743",
        "Paris": "geonames:2988507",
    }


def test_the_region_behind_the_name(atlas: Atlas) -> None:
    found = ids(atlas, "He was born in Paris, Texas, and lives in London, Ontario.")
    assert found["Paris"] == "geonames:4717560"
    assert found["London"] == "geonames:6058560"


def test_one_name_one_place_throughout(atlas: Atlas) -> None:
    article = Article("Fire in Paris. The town of Paris, Texas, is small. Paris has a water tower.", "en")
    located = locate(find_mentions(article, atlas), article, atlas)
    assert {item.place.id for item in located if item.place and item.mention.text == "Paris"} == {"geonames:4717560"}


def test_the_country_of_the_article(atlas: Atlas) -> None:
    text = "Police in Birmingham, a city in Alabama, said that Montgomery and Mobile, both in Alabama, were quiet."
    assert ids(atlas, text)["Birmingham"] == "geonames:4049979"


def test_a_country_is_not_its_capital(atlas: Atlas) -> None:
    found = ids(atlas, "Aus Mexiko-Stadt hieß es, Mexiko prüfe das. In Mexiko-Stadt tagt der Senat.", "de")
    assert found == {"Mexiko-Stadt": "geonames:3530597", "Mexiko": "country:MX"}
    assert ids(atlas, "Brasília ist die Hauptstadt Brasiliens.", "de")["Brasília"] == "geonames:3469058"


def test_rivals_are_kept(atlas: Atlas) -> None:
    article = Article("The train stopped in Springfield.", "en")
    (item,) = locate(find_mentions(article, atlas), article, atlas)
    assert len(item.candidates) > 2
    scores = [candidate.score for candidate in item.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.001


def test_a_name_that_nobody_bears_has_no_place(atlas: Atlas) -> None:
    article = Article("Hintertupfingen", "de")
    (item,) = locate([Mention(Span(0, 15), "Hintertupfingen", "hintertupfingen")], article, atlas)
    assert item.place is None
    assert item.candidates == ()


@pytest.mark.parametrize(
    ("text", "name", "identity"),
    [
        ("Kenias Hauptstadt ist Nairobi.", "Kenias", "country:KE"),
        ("Die polnische Grenze ist nah.", "polnische", "country:PL"),
        ("In den Vereinigten Staaten gilt das nicht.", "Vereinigten Staaten", "country:US"),
    ],
)
def test_inflected_german(atlas: Atlas, text: str, name: str, identity: str) -> None:
    assert ids(atlas, text, "de")[name] == identity
