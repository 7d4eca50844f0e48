"""Claims in passages of our own (claims_de.toml, claims_en.toml), and the awkward cases one by one."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims import find_claims
from geo.languages import load_language
from geo.model import Article, Claim, Kind, Located, Mode, Part, Place, Position
from geo.sentences import split_sentences

from .marked import read_marked
from .work import calls

FOLDER = Path(__file__).parent
FIELDS = ("subject", "object", "part", "low", "high", "bound", "hedge", "direction", "mode", "negated")


def passages() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("claims_*.toml")):
        code = path.stem.removeprefix("claims_")
        for passage in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]:
            yield pytest.param(code, passage["text"], passage["claims"], id=f"{code}-{passage['text'][:40]}")


def expected(claim: dict[str, Any]) -> tuple[Any, ...]:
    low, high = claim["km"] if isinstance(claim["km"], list) else (claim["km"], claim["km"])
    row = {"part": "centre", "negated": False, **claim, "low": round(float(low), 2), "high": round(float(high), 2)}
    return tuple(row.get(field) for field in FIELDS)


def seen(claim: Claim, located: tuple[Located, ...]) -> tuple[Any, ...]:
    named = claim.object.mention in [place.mention for place in located]
    return (
        claim.subject.mention.text,
        claim.object.mention.text if named else "",
        claim.object.part.value,
        round(claim.length.low_km, 2),
        round(claim.length.high_km, 2),
        claim.length.bound and claim.length.bound.value,
        claim.length.hedge and claim.length.hedge.value,
        claim.direction,
        claim.mode and claim.mode.value,
        claim.negated,
    )


@pytest.mark.parametrize(("code", "text", "claims"), list(passages()))
def test_the_passage_says_what_it_says_and_no_more(code: str, text: str, claims: list[dict[str, Any]]) -> None:
    article, located = read_marked(text, code)
    found = find_claims(article, located, load_language(code))
    assert [seen(claim, located) for claim in found] == [expected(claim) for claim in claims]


@pytest.mark.parametrize("code", ["de", "en"])
def test_there_are_passages_enough(code: str) -> None:
    rows = tomllib.loads((FOLDER / f"claims_{code}.toml").read_text(encoding="utf-8"))["passage"]
    assert len(rows) >= 60
    assert sum(not row["claims"] for row in rows) >= 20


def claims_in(text: str, code: str = "en") -> tuple[Claim, ...]:
    return find_claims(*read_marked(text, code), load_language(code))


def test_a_claim_knows_its_sentence_and_its_words() -> None:
    text = "Rain fell. [[York]] is 35 miles from [[Hull]].  More rain."
    article, located = read_marked(text, "en")
    (claim,) = find_claims(article, located, load_language("en"))
    assert article.text[slice(*claim.sentence)] == "York is 35 miles from Hull."
    assert claim.subject.located is located[0]
    assert claim.stated.text == "35 miles"


def test_a_border_of_no_named_country_has_the_border_word_as_its_mention() -> None:
    (claim,) = claims_in("[[York]] is 35 miles from the border.")
    assert (claim.object.located, claim.object.part, claim.object.mention.text) == (None, Part.BORDER, "border")


def test_a_sea_alone_is_a_coast_without_a_place() -> None:
    (claim,) = claims_in("[[York]] is 35 miles from the [[North Sea||water]].")
    assert (claim.object.located, claim.object.part, claim.object.mention.text) == (None, Part.COAST, "North Sea")


def test_a_river_is_no_coast() -> None:
    (claim,) = claims_in("[[York]] is 35 miles from the [[Humber||water]].")
    assert claim.object.part is Part.CENTRE


def test_a_place_that_could_not_be_placed_may_be_an_end() -> None:
    (claim,) = claims_in("[[York]] is 35 miles from [[Little Whinging|?]].")
    assert claim.object.place is None
    assert claim.object.located is not None


def test_a_border_that_stands_as_subject_becomes_the_object_and_the_direction_turns() -> None:
    (claim,) = claims_in("The border with [[Wales||country|WL]] lies 35 miles north-west of [[Bath]].")
    assert (claim.subject.mention.text, claim.object.mention.text, claim.direction) == ("Bath", "Wales", "SE")


def test_of_two_countries_the_border_is_the_other_ones() -> None:
    text = "[[Lviv|x:1|city|UA]] is 40 miles from [[Ukraine||country|UA]]'s border with [[Poland||country|PL]]."
    (claim,) = claims_in(text)
    assert claim.object.mention.text == "Poland"
    text = (
        "[[Lviv|x:1|city|UA]] is 40 miles from the border between [[Poland||country|PL]] and [[Ukraine||country|UA]]."
    )
    (claim,) = claims_in(text)
    assert claim.object.mention.text == "Poland"


def test_modes_are_taken_out_wherever_they_stand() -> None:
    (claim,) = claims_in("[[York]] is, as the crow flies, 35 miles from [[Hull]].")
    assert claim.mode is Mode.AIR
    (claim,) = claims_in("[[York]] ist rund 470 km (Luftlinie) von [[Hull]] entfernt.", "de")
    assert claim.mode is Mode.AIR


@pytest.mark.parametrize(
    ("text", "code", "subject"),
    [
        ("[[Dnipro|x:1|city|UA]] lies 240 miles southeast of the capital.", "en", "Dnipro"),
        ("[[Miami|x:1|city|US]] is 225 miles from the [[Ukrainian||country|UA|demonym]] capital.", "en", "Miami"),
        ("[[Dnipro|x:1|city|UA]] liegt 390 Kilometer von der Hauptstadt entfernt.", "de", "Dnipro"),
    ],
)
def test_the_capital_is_the_country_s_and_has_a_mention_of_its_own(text: str, code: str, subject: str) -> None:
    kyiv = Place("x:9", "Kyiv", Kind.CITY, Position(50.45, 30.52), "UA")
    article, located = read_marked(text, code)
    (claim,) = find_claims(article, located, load_language(code), {"UA": kyiv}.get)
    assert (claim.subject.mention.text, claim.object.place) == (subject, kyiv)
    assert claim.object.mention.text.lower() in {"capital", "hauptstadt"}
    assert claim.object.located not in located
    assert not find_claims(article, located, load_language(code))  # where no capital is known


def test_a_capital_may_be_named_itself_but_not_a_region_s() -> None:
    near = "[[Зеленодольск]] лежит в 38 км от столицы"
    (claim,) = claims_in(f"{near} [[Казани]].", "ru")
    assert (claim.object.mention.text, claim.object.part) == ("Казани", Part.CENTRE)
    assert claims_in(f"{near} [[Татарстана||region|RU]].", "ru") == ()
    (claim,) = claims_in(f"{near} [[Татарстана||region|RU]] — [[Казани]].", "ru")
    assert claim.object.mention.text == "Казани"


def test_what_is_named_often_goes_before_what_is_named_in_passing() -> None:
    text = "A fire came near [[York]]. [[York]] is safe, says [[Hull]]. [[Leeds]], 20 miles to the west, sent men."
    (claim,) = claims_in(text)
    assert claim.object.mention.text == "York"
    (claim,) = claims_in("A fire came near [[York]], says [[Hull]]. [[Leeds]], 20 miles to the west, sent men.")
    assert claim.object.mention.text == "Hull"


LATTER = [
    ("fr", "[[Lyon]] a battu [[Metz]]. Cette dernière est à 35 km de [[Vienne]]."),
    ("it", "[[Lyon]] ha battuto [[Metz]]. Quest'ultima dista 35 km da [[Vienne]]."),
    ("de", "[[Lyon]] besiegte [[Metz]]. Letztere liegt 35 km von [[Vienne]] entfernt."),
    ("en", "[[Lyon]] beat [[Metz]]. The latter is 35 km from [[Vienne]]."),
]


@pytest.mark.parametrize(("code", "text"), LATTER, ids=[code for code, _ in LATTER])
def test_the_latter_is_the_place_named_last(code: str, text: str) -> None:
    (claim,) = claims_in(text, code)
    assert {claim.subject.mention.text, claim.object.mention.text} == {"Metz", "Vienne"}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("[[York]] is 30 miles from [[Hull]]. The latter is 9 miles from [[Selby]].", ("Hull", "Selby")),
        ("[[York]] and [[Hull]] are rivals. [[Selby]] is 9 miles from the latter.", None),  # words behind: the rivals?
        ("Rain fell on [[York]] and [[Hull]]. [[Selby]] is 9 miles from the latter.", ("Selby", "Hull")),
        ("A boat left [[Hull]]. The latter is 9 miles from [[Selby]].", None),  # one place: the boat?
        ("[[York]] is near [[Hull]], [[Wales||country|WL]]. The latter is 9 miles from [[Selby]].", None),
        ("[[York]] beat [[Hull]]. The latter is 9 miles from [[Hull]].", None),
    ],
)
def test_the_latter_is_the_latter_of_two_towns_and_nothing_else(text: str, ends: tuple[str, str] | None) -> None:
    found = [(claim.subject.mention.text, claim.object.mention.text) for claim in claims_in(text)]
    assert found[-1:] == ([ends] if ends else [])


def test_a_sea_that_something_lies_on_is_no_end() -> None:
    assert claims_in("A wreck lies on the [[North Sea||water]], 35 miles from [[Hull]].") == ()


def test_a_pronoun_may_stand_for_what_a_statement_behind_a_comma_is_about() -> None:
    (claim,) = claims_in("Seen from [[York]], [[Hull]] is far. It lies 9 miles from [[Selby]].")
    assert claim.subject.mention.text == "Hull"
    assert claims_in("A train from [[York]], [[Hull]] says, is late. It is 9 miles from [[Selby]].") == ()


def test_whose_a_thing_is_is_no_end() -> None:
    assert claims_in("[[Leeds]] is 40 miles from [[Europe||continent]]'s largest plant.") == ()
    article, (ulm, bavaria) = read_marked("[[Ulm]] liegt 40 Kilometer von [[Bayerns||region|DE]] größtem Werk.", "de")
    bavaria = replace(bavaria, mention=replace(bavaria.mention, key="bayern"))
    assert find_claims(article, (ulm, bavaria), load_language("de")) == ()


def test_a_heading_is_a_sentence_of_its_own() -> None:
    lines = "Floods in the north\n", "Rain fell on the hills for a whole week and the rivers rose.\nMore is to come."
    spans = split_sentences("".join(lines), load_language("en").abbreviations, ordinal_stop=False)
    assert [span.start for span in spans] == [0, len(lines[0]), "".join(lines).index("More")]
    wrapped = "The rivers rose for a whole week after rain fell on\nYork and on the hills around it, the council said."
    assert len(split_sentences(wrapped, load_language("en").abbreviations, ordinal_stop=False)) == 1


def test_a_name_twice_is_no_claim() -> None:
    assert claims_in("[[York]] is 35 miles from [[York]].") == ()


def test_an_article_without_places_or_lengths_makes_none() -> None:
    assert claims_in("Nothing is 35 miles from anything.") == ()
    assert claims_in("[[York]] is not far from [[Hull]].") == ()
    assert find_claims(Article(""), (), load_language("en")) == ()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Er kam aus St. Gallen. Sie nicht.", 2),
        ("Es sind ca. 50 km bis Ulm. Mehr nicht.", 2),
        ("Am 11. September war es, z. B. in Ulm. Im Jahr 1991. Danach nicht.", 3),
        ("„Ja.“ Er ging! Wirklich? Ja.", 4),
        ("Titel\n\nDer Text beginnt.", 2),
        ("Eine Zeile\nund noch eine.", 1),
        ("Es sind 3.5 km. J. R. Müller weiß es.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: int) -> None:
    spans = split_sentences(text, load_language("de").abbreviations, ordinal_stop=True)
    assert len(spans) == sentences
    assert "".join(text[slice(*span)] for span in spans) == text


def test_no_sentence_ends_inside_a_name() -> None:
    text = "[[York]] is 35 miles from [[Ft. Wayne Ave. Station]] in the east."
    assert len(claims_in(text)) == 1


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize(
    "piece",
    ["[[A]] 12 km ", "12 km von [[A]] und ", "liegt 12 km, [[A]] , ", "12 km from [[A]], ", "[[A]] , ", "lies "],
)
def test_hostile_text_takes_linear_work(piece: str, code: str) -> None:
    def work(size: int) -> int:
        article, located = read_marked(piece * (size // len(piece)) + "[[A]] 5 km", code)
        return calls(lambda: find_claims(article, located, load_language(code)))

    work(100)
    assert work(40_000) < 5 * work(10_000) + 1_000


PLACES = ["[[Ulm]]", "[[Polen||country|PL]]", "[[polnischen||country|PL|demonym]]"]
PLAIN = (
    "liegt|12 km|etwa|von|der|Grenze|Küste|,|und|südlich|entfernt|nach|bis|sind es|zwischen|(|)|.|die Stadt|from|of|"
    "is|the|border|away|to|between|and|which|Luftlinie|not"
)
WORDS = st.sampled_from([*PLACES, *PLAIN.split("|")])


@given(st.lists(WORDS, max_size=25), st.sampled_from(["de", "en"]))
def test_whatever_the_words_claims_are_sound(words: list[str], code: str) -> None:
    article, located = read_marked(" ".join(words), code)
    claims = find_claims(article, located, load_language(code))
    spans = [claim.stated.span for claim in claims]
    assert spans == sorted(set(spans))  # a length makes one claim at most, in text order
    for claim in claims:
        assert claim.subject.mention.span != claim.object.mention.span
        assert claim.sentence.start <= claim.stated.span.start < claim.stated.span.end <= claim.sentence.end
        for end in (claim.subject, claim.object):
            assert article.text[slice(*end.mention.span)] == end.mention.text
