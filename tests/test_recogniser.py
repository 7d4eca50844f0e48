"""Tagger and rules together. Expected names stand in [brackets], demonyms in {braces}; nothing else may be found.

The sentences are written for these tests.
"""

import re

import pytest

from geo.atlas import Atlas
from geo.model import Article, MentionKind
from geo.recogniser import find_mentions, has_model

SENTENCES = {
    "a village nobody lists": ("en", "Fighting was heard near [Tarshana], 30 miles south of [Aleppo]."),
    "abbreviated state": ("en", "A farm near [Fargo], [N.D.], was sold."),
    "dateline": ("en", "[TOLEDO], [Ohio] (AP) — The bridge is closed."),
    "town before an institution": ("en", "[Toledo] Police Department officers closed the bridge."),
    "street": ("en", "The shop on [Lincoln Avenue] in [Toledo] burned down."),
    "person named like a town": ("en", "Denver Lincoln spoke first. Lincoln then left for [Denver]."),
    "genitive": ("de", "[Kenias] Hauptstadt liegt höher als [Dänemarks] Hügel."),
    "club": ("de", "Er wechselte zu Eintracht Frankfurt und wohnt in [Mainz]."),
    "title": ("de", "Frau Kassel fuhr nach [Kassel]."),
    "compound": ("de", "Der Vietnam-Krieg endete 1975, die China-Reise gestern."),
    "demonym": ("de", "Der {polnische} Minister flog nach [Riga]."),
    "inflected Polish": ("pl", "Spotkali się w [Warszawie], a potem w [Krakowie]."),
    "inflected country, no inhabitant": ("pl", "Wrócił z [Niemiec] do [Polski]."),
    "inflected beside a distance": ("pl", "Między [Świnoujściem] a [Ystad] jest 170 km."),
    "inflected Russian": ("ru", "Он приехал из [Москвы] в [Самару]."),
    "French": ("fr", "Le maire de [Grenoble] est parti pour [Lyon]."),
    "preposition at the start": ("es", "De [La Paz] a [Cochabamba] hay 230 km."),
    "article of the sentence": ("es", "La [Argentina] exporta trigo."),
    "article of the name": ("es", "[La Palma] está a 80 km de [Tenerife]."),
    "Spanish": ("es", "Viajó de [Zaragoza] a [Ciudad de México]."),
}
KEYS = {("pl", "Spotkali się w Warszawie."): "warszawa", ("ru", "Он приехал из Москвы."): "москва"}
KEYS |= {("pl", f"Mieszka w {name}."): key for name, key in (("Sosnowcu", "sosnowiec"), ("Gnieźnie", "gniezno"))}


@pytest.mark.parametrize("trap", SENTENCES)
def test_names(atlas: Atlas, trap: str) -> None:
    language, marked = SENTENCES[trap]
    wanted = [(place or demonym, bool(demonym)) for place, demonym in re.findall(r"\[([^]]+)\]|\{([^}]+)\}", marked)]
    text = re.sub(r"[\[\]{}]", "", marked)
    mentions = find_mentions(Article(text, language), atlas)
    found = [(m.text, m.kind is MentionKind.DEMONYM) for m in mentions]
    assert found == wanted
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.text


@pytest.mark.parametrize(("language", "text"), KEYS)
def test_a_name_is_looked_up_in_its_basic_form(atlas: Atlas, language: str, text: str) -> None:
    (mention,) = find_mentions(Article(text, language), atlas)
    assert mention.key == KEYS[language, text]
    assert atlas.gazetteer.find(mention.key)


def test_a_language_without_a_model_is_left_to_the_rules(atlas: Atlas) -> None:
    assert not has_model("cs", atlas)
    assert [mention.text for mention in find_mentions(Article("Praha a Brno.", "cs"), atlas)] == ["Praha", "Brno"]


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "San " * 2000, "Paris, " * 1000, "A-" * 3000, "北京" * 1000, "Нижнего " * 500, "U.S." * 500, "(" * 99],
    ids=["empty", "nul", "san", "commas", "hyphens", "cjk", "inflected", "letters", "brackets"],
)
@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_mentions_are_in_order_and_apart(atlas: Atlas, language: str, text: str) -> None:
    end = 0
    for mention in find_mentions(Article(text, language), atlas):
        assert mention.span.start >= end
        assert text[mention.span.start : mention.span.end] == mention.text
        end = mention.span.end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Караганда лежит к югу от столицы Казахстана Астаны.", ["Караганда", "Казахстана", "Астаны"]),
        ("Он уехал из Нижнего Новгорода в Великие Луки.", ["Нижнего Новгорода", "Великие Луки"]),
    ],
    ids=["two that meet", "one of two words"],
)
def test_two_names_that_meet_are_two(atlas: Atlas, text: str, names: list[str]) -> None:
    assert [mention.text for mention in find_mentions(Article(text, "ru"), atlas)] == names
