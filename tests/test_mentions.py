"""Which spans are place names. Expected ones stand in [brackets], demonyms in {braces}; nothing else may be found.

The sentences are written for these tests, each for a trap that real articles set.
"""

import re

import pytest

from geo.atlas import Atlas
from geo.mentions import find_mentions
from geo.model import Article, MentionKind

GERMAN = {
    "genitive": "[Kenias] Hauptstadt [Nairobi] und [Dänemarks] Küste gefielen [Hamburgs] Gästen.",
    "inflected official name": "Gesandte der [Demokratischen Republik Kongo] und des [Vereinigten Königreichs].",
    "inflected plural": "In den [Vereinigten Staaten] und den [Vereinigten Arabischen Emiraten] gilt das nicht.",
    "common nouns that are towns": "Das Essen war kalt, am Ende blieb Rauch über der Halle, und der Berg war fort.",
    "sentence starts": "Auch das half nicht. Ende der Woche kam Wind auf. Weil es regnete, blieb alles trocken.",
    "given name that is a city": "Nancy Faeser sprach mit Florence Gaub und Austin Miller.",
    "surname that is a city": "Mehmet Paris traf Sabine Weil und Jens Essen.",
    "full name once, short form later": "Jordan Pickford hielt alles. Pickford war froh, und Jordan lachte.",
    "full name with a foreign first name": "Der Sänger Wladimir Wyssozki starb früh. Wladimir war sein Name.",
    "title": "Präsident Lincoln und Frau Kassel schwiegen.",
    "hyphen compounds": "Der Vietnam-Krieg, die China-Reise und das Berlin-Trikot sind keine Orte.",
    "hyphen names": "In [Baden-Baden], [Clermont-Ferrand] und [Bosnien-Herzegowina] schneite es.",
    "headline in capitals": "[WARSCHAU] (dpa) – Die Regierung tagt. IN [KRAKAU] UND AUCH IN [LODZ] IST RUHE.",
    "names of several words": "Von [Frankfurt am Main] nach [Frankfurt (Oder)], [St. Gallen] oder [Rio de Janeiro].",
    "countries with an article": "Aus dem [Irak], der [Türkei], der [Schweiz] und dem [Sudan].",
    "abbreviated countries": "Die [USA] und die [VAE] stimmten zu.",
    "zero-width and soft hyphen": "Sie flog nach [Stock\u00adholm] und [Hel\u200bsinki].",
    "decomposed": "Der Zug nach [Mu\u0308nchen] fiel aus.",
    "a person behind a place": "Der Präsident der [Demokratischen Republik Kongo] Felix Tshisekedi kam aus [Kinshasa].",
    "a noun behind a place": "Das Land hat im [Irak] Panzer, in [Paris] Raketen und aus [China] Haubitzen gekauft.",
    "adjectives": "Der {polnische} Botschafter traf {türkische} und {französischen} Kollegen.",
    "list": "Betroffen sind [Lyon], [Marseille], [Toulouse] und [Nizza].",
}

ENGLISH = {
    "possessive": "[Kenya]'s capital and [Denmark]’s coast.",
    "given name that is a city": "Paris Hilton met Austin Powers and Sydney Sweeney.",
    "full name once, short form later": "Jordan Pickford saved it. Pickford smiled.",
    "title": "Mr. Lincoln and President Houston said no.",
    "dateline": "[OSLO], [Norway] — The boat leaves at six.",
    "hyphen participle": "The [London]-based company and the [Moscow]-backed group.",
    "abbreviated countries": "The [U.S.] and the [UK] agreed with [Japan].",
    "names of several words": "From [New York] to [Salt Lake City] and [Rio de Janeiro].",
    "state behind the city": "He moved from [Portland], [Oregon], to [Austin], [Texas].",
    "demonyms": "The {German} firm hired {Mexican} and {French} staff.",
    "common words": "Most of them will be reading in the park at the end of March.",
    "sentence starts": "Nice people. Most agree. Of course it does. Mobile phones rang.",
}

CJK = {"zh": "他从[北京]飞往[上海]。", "ja": "彼は[東京]から[大阪]へ行った。"}


def expected(marked: str) -> tuple[str, list[tuple[str, bool]]]:
    found = re.findall(r"\[([^]]+)\]|\{([^}]+)\}", marked)
    return re.sub(r"[\[\]{}]", "", marked), [(place or demonym, bool(demonym)) for place, demonym in found]


def check(atlas: Atlas, language: str, marked: str) -> None:
    text, wanted = expected(marked)
    mentions = find_mentions(Article(text, language), atlas)
    assert [(mention.text, mention.kind is MentionKind.DEMONYM) for mention in mentions] == wanted
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.text


@pytest.mark.parametrize("trap", GERMAN)
def test_german(atlas: Atlas, trap: str) -> None:
    check(atlas, "de", GERMAN[trap])


@pytest.mark.parametrize("trap", ENGLISH)
def test_english(atlas: Atlas, trap: str) -> None:
    check(atlas, "en", ENGLISH[trap])


@pytest.mark.parametrize("language", CJK)
def test_scripts_without_spaces(atlas: Atlas, language: str) -> None:
    check(atlas, language, CJK[language])


def test_a_language_without_a_pack_still_finds_places(atlas: Atlas) -> None:
    mentions = find_mentions(Article("Helsinki ja Tampere ovat kaupunkeja.", "fi"), atlas)
    assert [mention.text for mention in mentions] == ["Helsinki", "Tampere"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00\x00",
        "San " * 3000,
        "a\u0301" * 5000,
        "北京" * 4000,
        "Ä" * 100_000,
        "Paris, " * 2000,
        "A-" * 5000,
    ],
    ids=["empty", "blank", "nul", "san", "marks", "cjk", "one word", "commas", "hyphens"],
)
def test_hostile_text_is_read_to_its_end(atlas: Atlas, text: str) -> None:
    for mention in find_mentions(Article(text, "de"), atlas):
        assert text[mention.span.start : mention.span.end] == mention.text
