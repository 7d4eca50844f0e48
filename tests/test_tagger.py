"""The tagger: persons, institutions and places told apart by what stands around them; models that are read whole.

The sentences are written for these tests.
"""

from pathlib import Path

import pytest

from geo.atlas import Atlas
from geo.errors import AtlasError
from geo.features import NameInnards
from geo.tagger import LABELS, MODELS, NO_NAME, Tag, Tagger, languages, load_model, open_tagger, pack
from geo.tokens import tokenise

from .work import calls

TEN = {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv"}
LARGEST_MODEL, LARGEST_FOLDER = 4_000_000, 25_000_000  # bytes

# language, sentence, word, what it is
READINGS = [
    ("en", "The boat sailed from Lisbon to Tangier on Monday.", "Tangier", "LOC"),
    ("en", "Florence Miller said she would appeal.", "Florence", "PER"),
    ("en", "The fair in Florence opens on Monday.", "Florence", "LOC"),
    ("en", "Fighting was heard near Tarshana, 30 miles south of Aleppo.", "Tarshana", "LOC"),
    ("en", "TOLEDO, Ohio (AP) — A bridge was closed.", "TOLEDO", "LOC"),
    ("en", "FLOODS IN LISBON AND PORTO", "PORTO", "LOC"),
    ("en", "The Ministry of Justice declined to comment.", "Ministry", "ORG"),
    ("de", "Der Zug fährt von Kassel nach Eisenach.", "Eisenach", "LOC"),
    ("de", "Die Ministerin Svenja Kassel trat zurück.", "Kassel", "PER"),
    ("de", "WARSCHAU (dpa) – Der Sejm hat zugestimmt.", "WARSCHAU", "LOC"),
    ("de", "Er spielte drei Jahre für Eintracht Frankfurt.", "Eintracht", "ORG"),
    ("fr", "Elle vit à Grenoble depuis dix ans.", "Grenoble", "LOC"),
    ("fr", "Jean Grenoble a gagné la course.", "Grenoble", "PER"),
    ("es", "El tren sale de Zaragoza por la mañana.", "Zaragoza", "LOC"),
    ("it", "La nave è arrivata a Trieste ieri sera.", "Trieste", "LOC"),
    ("nl", "De trein rijdt van Utrecht naar Zwolle.", "Zwolle", "LOC"),
    ("pl", "Mieszkała w Krakowie przez dwa lata.", "Krakowie", "LOC"),
    ("pt", "O navio partiu de Lisboa na segunda-feira.", "Lisboa", "LOC"),
    ("ru", "Поезд прибыл в Самару утром.", "Самару", "LOC"),
    ("sv", "Tåget går från Uppsala till Gävle.", "Uppsala", "LOC"),
]


def tagger_of(atlas: Atlas, language: str) -> Tagger:
    tagger = open_tagger(language, atlas.gazetteer)
    assert tagger is not None
    return tagger


def tag_of(atlas: Atlas, language: str, text: str, word: str) -> Tag:
    tokens = tokenise(text)
    tags = tagger_of(atlas, language).tag(text, tokens)
    return next(tag for token, tag in zip(tokens, tags, strict=True) if text[token.start : token.end] == word)


@pytest.mark.parametrize(("language", "text", "word", "label"), READINGS)
def test_a_word_is_read_by_what_stands_around_it(atlas: Atlas, language: str, text: str, word: str, label: str) -> None:
    assert tag_of(atlas, language, text, word).label == label


def test_lower_case_words_are_no_names(atlas: Atlas) -> None:
    text = "she went to the market and bought bread"
    assert set(tagger_of(atlas, "en").tag(text, tokenise(text))) == {NO_NAME}


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_model_gives_probabilities(atlas: Atlas, language: str) -> None:
    text = "Paris, Texas (AP) - Anna Berg of the United Nations met Ivan Petrov in Rio de Janeiro."
    for tag in tagger_of(atlas, language).tag(text, tokenise(text)):
        assert min(tag) >= 0
        assert tag.place + tag.person + tag.other <= 1 + 1e-9
        assert tag.begins <= tag.place


def test_the_ten_languages_have_models_of_their_size() -> None:
    assert languages() >= TEN
    sizes = [path.stat().st_size for path in MODELS.glob("*.crf")]
    assert max(sizes) < LARGEST_MODEL
    assert sum(sizes) < LARGEST_FOLDER


def test_a_language_without_a_model_has_no_tagger(atlas: Atlas) -> None:
    assert open_tagger("xx", atlas.gazetteer) is None
    assert open_tagger("../en", atlas.gazetteer) is None


def test_a_tagger_is_opened_once(atlas: Atlas) -> None:
    assert open_tagger("en", atlas.gazetteer) is open_tagger("en", atlas.gazetteer)


def test_what_was_read_before_changes_nothing(atlas: Atlas) -> None:
    text = "Austin Powers left Austin for Denver. AUSTIN was cold."
    tokens, model = tokenise(text), load_model(MODELS / "en.crf")
    used = tagger_of(atlas, "en")
    used.tag(other := "DENVER and Boulder, Colo.", tokenise(other))
    open_tagger.cache_clear()
    fresh = tagger_of(atlas, "en")
    assert model.scale > 0
    assert used is not fresh
    assert used.tag(text, tokens) == fresh.tag(text, tokens)


@pytest.mark.parametrize("unit", ["San ", "Paris, ", "A-", "А.", "Rio de ", "NEW YORK ", "x Y "])
def test_time_grows_with_the_text_only(atlas: Atlas, unit: str) -> None:
    tagger = tagger_of(atlas, "en")

    def work(repeats: int) -> int:
        text = unit * repeats
        tokens = tokenise(text)
        return calls(lambda: tagger.tag(text, tokens))

    work(100)
    assert work(8_000) < 5 * work(2_000) + 1_000


@pytest.mark.parametrize("text", ["", " ", "\x00", "北京" * 2000, "12 000", "\u0301" * 50, "Ä" * 50_000])
def test_odd_text_is_read_to_its_end(atlas: Atlas, text: str) -> None:
    tokens = tokenise(text)
    assert len(tagger_of(atlas, "de").tag(text, tokens)) == len(tokens)


def test_a_model_survives_being_written(tmp_path: Path) -> None:
    path = tmp_path / "xx.crf"
    weights = {"wparis": {"B-LOC": 2.0, "O": -1.0}, "faint": {"O": 0.001}}
    innards = NameInnards(frozenset({"de", "la"}), frozenset({"la"}), frozenset())
    transitions = [[0.0] * len(LABELS)] * len(LABELS)
    pack(path, weights, transitions, innards, sure=0.4)
    model = load_model(path)
    assert (model.innards, model.transitions, model.sure) == (innards, transitions, 0.4)
    assert list(model.features) == ["wparis"]  # what rounds to nothing is left out
    assert [round(value * model.scale, 2) for value in model.weights] == [-1.01, 2.0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(("first", "after"), [(0, 0), (0, 40), (0, -1), (1, None)])
def test_a_damaged_model_is_refused(tmp_path: Path, first: int, after: int | None) -> None:
    path = tmp_path / "en.crf"
    path.write_bytes((MODELS / "en.crf").read_bytes()[first:after])
    with pytest.raises(AtlasError, match=r"en\.crf"):
        load_model(path)


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    path, data = tmp_path / "en.crf", bytearray((MODELS / "en.crf").read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(AtlasError):
        load_model(path)
