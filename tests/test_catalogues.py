"""The catalogues of messages: each says all that Dateline says, as a reader of its language would have it."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import geo
import maps
from geo.article import read_article
from geo.atlas import Atlas
from geo.messages import open_messages, ui_codes
from geo.model import Bound, Hedge, Part, Verdict
from geo.render import to_table

from .cli import dateline
from .made import FakeLines, FakeWorld, area, away, check, claim, end, place, plain, stated

FOLDERS = [Path(geo.__file__).parent, Path(maps.__file__).parent]


def templates_in(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """The templates of Phrase("..."), messages.say("...") and Plural("...", "...")."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name in {"Phrase", ".say"} and words:
            yield words[0]
        elif name == "Plural":
            one, many = words
            yield one, many


USED = {
    template: path
    for folder in FOLDERS
    for path in sorted(folder.rglob("*.py"))
    if "data" not in path.parts
    for template in templates_in(ast.parse(path.read_text(encoding="utf-8")))
}
CATALOGUES = [code for code in ui_codes() if code != "en"]

# Words of English sentences that no other language that there is a catalogue of has; Dutch alone has "of".
ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|which|with|from|not|measured|stated|there|between|nearest|are|than|lies|apart|within|beyond)\b",
    re.IGNORECASE,
)
# What changes or melts with a name behind it, so that no name may follow: "de Amiens", "di Austria", "à Les Andelys".
BEFORE_NO_NAME = {
    "es": "a al de del e el la los o y",
    "fr": "à au aux d’ de des du en l’ la le les",
    "it": "a ai al alla d’ da dal dalla de del della di il in l’ la le nel nella su sul",
    "pt": "a à ao aos as da das de do dos em na no nos o os pela pelo por",
}
NAMED = "area|country|home|name|names|neighbour|one|other|place|places|region|sea|subject|town"


def catalogue(code: str) -> Catalog:
    with (FOLDERS[0] / f"data/messages/{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def each_of(words: object) -> list[str]:
    """The forms of a message, one where it has no plural."""
    return [str(form or "") for form in (words if isinstance(words, list | tuple) else [words])]


def test_the_walk_finds_templates_of_every_form() -> None:
    made = ast.parse('Phrase("a"); messages.say("b", x=1); Plural("c", "d"); say("talk"); Phrase(a); self.say(b)')
    assert set(templates_in(made)) == {"a", "b", ("c", "d")}
    assert len(USED) > 100


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_has_every_template_and_no_other(code: str) -> None:
    assert {message.id for message in catalogue(code) if message.id} == set(USED)


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_says_each_with_the_same_values(code: str) -> None:
    said = catalogue(code)
    for message in said:
        ids, forms = each_of(message.id), each_of(message.string)
        if not any(ids):
            continue  # the header
        assert all(forms), f"{message.id} is not translated"
        assert not message.fuzzy, message.id
        assert len(forms) == (said.num_plurals if len(ids) > 1 else 1), message.id
        for form in forms:
            assert fields(form) == {name for one in ids for name in fields(one)}, message.id


@pytest.mark.parametrize("code", CATALOGUES)
def test_no_english_is_left_in_a_catalogue(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue  # the header
        for template, form in zip(each_of(message.id), each_of(message.string), strict=False):
            english, own = (re.sub(r"\{\w+\}", " ", words) for words in (template, form))
            left = {word.lower() for word in ENGLISH_WORDS.findall(own)}
            assert left <= ({"of"} if code == "nl" else set()), form
            assert own != english or len(re.findall(r"[^\W\d_]{2,}", own)) <= 1, f"{form} is English still"


@pytest.mark.parametrize("code", BEFORE_NO_NAME)
def test_no_name_stands_behind_a_word_that_depends_on_it(code: str) -> None:
    words = BEFORE_NO_NAME[code].split()
    depends = re.compile(rf"(?<!\w)(?:{'|'.join(words)}) ?\{{(?:{NAMED})\}}", re.IGNORECASE)
    assert all(depends.search(f"x {word} {{area}}") for word in words)
    for message in catalogue(code):
        for form in each_of(message.string):
            assert not depends.search(form), form


def test_french_keeps_signs_with_their_words() -> None:
    for message in catalogue("fr"):
        for form in each_of(message.string) if message.id else ():
            assert not re.search("(?<!\u00a0)[:»]|(?<!\u202f)[;!?]|«(?!\u00a0)|'", form), form


# --- reasons ---

CLAIMS: list[tuple[Verdict, float, float, dict[str, Any], dict[str, str]]] = [
    (
        Verdict.ACCURATE,
        100,
        96,
        {"hedge": Hedge.APPROX},
        {
            "fr": "L’article indique environ 100 km, la mesure donne 96 km entre les deux centres : "
            "écart de 4 %, compatible avec l’arrondi.",
            "es": "El artículo indica alrededor de 100 km y la medición da 96 km entre los dos centros: "
            "diferencia del 4 %, compatible con el redondeo.",
            "it": "L’articolo indica 100 km circa, la misurazione dà 96 km tra i due centri: "
            "4% di scarto, compatibile con l’arrotondamento.",
            "pt": "O texto indica cerca de 100 km e a medição dá 96 km entre os dois centros: "
            "diferença de 4%, compatível com o arredondamento.",
        },
    ),
    (
        Verdict.PLAUSIBLE_BY_ROAD,
        140,
        100,
        {},
        {
            "fr": " : 40 % de plus que la mesure, ce qui est plausible par la route (jusqu’à 45 % de plus).",
            "es": ": un 40 % más de lo medido, lo que es plausible por carretera (hasta un 45 % más).",
            "it": ": 40% in più di quanto misurato, plausibile su strada (massimo 45% in più).",
            "pt": ": 40% a mais que o medido, o que é plausível por estrada (até 45% a mais).",
        },
    ),
    (
        Verdict.OFF,
        66,
        100,
        {},
        {
            "fr": " : 34 % de moins que la mesure, ce qui dépasse l’arrondi ; il faudrait lire 100 km",
            "es": ": un 34 % menos de lo medido, lo que supera el redondeo; debería decir 100 km",
            "it": ": 34% in meno di quanto misurato, il che supera l’arrotondamento; il dato giusto sarebbe 100 km",
            "pt": ": 34% a menos que o medido, o que excede o arredondamento; o correto seria 100 km",
        },
    ),
    (
        Verdict.WRONG,
        2500,
        1000,
        {"bound": Bound.MIN},
        {
            "fr": " : 2,5 fois la distance mesurée, ce qui dépasse la marge laissée par « au moins » et le détour",
            "es": ": 2,5 veces la distancia medida, lo que supera el margen que deja «al menos» y el posible rodeo",
            "it": ": 2,5 volte la distanza misurata, il che supera il margine lasciato da «almeno» e la possibile",
            "pt": ": 2,5 vezes a distância medida, o que excede a margem deixada por “pelo menos” e o possível desvio",
        },
    ),
    (
        Verdict.WRONG,
        62,
        100,
        {},
        {
            "fr": " ; il faudrait lire 100 km ; en miles, le chiffre serait juste.",
            "es": "; debería decir 100 km; en millas, la cifra sería correcta.",
            "it": "; il dato giusto sarebbe 100 km; in miglia il dato sarebbe giusto.",
            "pt": "; o correto seria 100 km; em milhas, o número estaria certo.",
        },
    ),
]


@pytest.mark.parametrize(("verdict", "figure", "distance", "words", "reasons"), CLAIMS)
def test_reasons(
    verdict: Verdict, figure: float, distance: float, words: dict[str, Any], reasons: dict[str, str]
) -> None:
    made = claim(*away(distance), stated(figure, rounding=5, **words))
    for code, reason in reasons.items():
        found = check(made, messages=open_messages(code))
        assert found.verdict is verdict
        assert reason in plain(found.reason)


BORDERS = {
    "fr": "jusqu’au point le plus proche de la frontière (Corée du Nord ; de l’autre côté : Chine ; "
    "128 km jusqu’à la frontière Corée du Nord–Russie)",
    "es": "hasta el punto más cercano de la frontera (Corea del Norte; al otro lado: China; "
    "128 km hasta la frontera Corea del Norte–Rusia)",
    "it": "fino al punto più vicino del confine (Corea del Nord; dall’altra parte: Cina; "
    "128 km fino al confine Corea del Nord–Russia)",
    "pt": "até o ponto mais próximo da fronteira (Coreia do Norte; do outro lado: China; "
    "128 km até a fronteira Coreia do Norte–Rússia)",
}


@pytest.mark.parametrize("code", BORDERS)
def test_a_border_is_named_as_the_language_names_countries(code: str) -> None:
    lengths: dict[tuple[str | None, Part, str | None], float] = {
        ("KP", Part.BORDER, None): 100,
        ("KP", Part.BORDER, "RU"): 128,
        ("KP", Part.TERRITORY, None): 100,
    }
    city = replace(place("Vladivostok", 48, 11), country="RU")
    made = claim(city, end(area("KP", "North Korea", 40, 11), Part.BORDER), stated(100, rounding=5))
    found = check(made, FakeWorld(FakeLines(lengths, across="CN")), messages=open_messages(code))
    assert found.measured
    assert plain(found.measured.how) == BORDERS[code]


# --- what people see ---

TEXT = (
    "Kassel liegt 120 Kilometer südlich von Hannover. Von Wladiwostok bis Moskau sind es 3000 Kilometer. "
    "München liegt nördlich von Hamburg."
)


@pytest.mark.parametrize("code", CATALOGUES)
def test_the_table_is_in_the_language_of_the_report_and_judges_alike(code: str, atlas: Atlas) -> None:
    report = geo.check_article(read_article(TEXT.encode() + b"\xff", ui=code), atlas, ui=code)
    messages, table = open_messages(code), to_table(report, width=140)
    for words in ("Verdict", "From → to", "Stated", "Measured", "Should read", "accurate", "wrong", "Also stated:"):
        assert messages.say(words) in table
    for line in (messages.say("Places: {places}.", places=""), messages.say("Note: {warning}", warning="")):
        assert f"\n{line.rstrip('.')}" in table
    assert messages.say("“{quote}”", quote="liegt nördlich von") in table
    assert not ENGLISH_WORDS.search(table)
    english = geo.check_article(read_article(TEXT), atlas)
    assert [check.verdict for check in report.checks] == [check.verdict for check in english.checks]
    assert len(english.checks) == 3


def test_a_line_breaks_at_no_space_that_keeps_words_together(atlas: Atlas) -> None:
    report = geo.check_article(read_article(TEXT), atlas, ui="fr")
    tables = [to_table(report, width=width) for width in range(60, 140)]
    for table in tables:
        assert not re.search(r"^ *[:;»%]|«$", table, re.MULTILINE)
        assert "6\u202f434 km" in table
    assert len(set(tables)) > 40


@pytest.mark.parametrize("code", CATALOGUES)
def test_each_command_speaks_each_language(code: str, atlas: Atlas, tmp_path: Path) -> None:
    article, lines, page = tmp_path / "a.txt", tmp_path / "a.jsonl", tmp_path / "a.html"
    article.write_text(TEXT, encoding="utf-8")
    lines.write_text(json.dumps({"id": 1, "text": TEXT}), encoding="utf-8")
    messages = open_messages(code)
    reason = geo.check_article(read_article(TEXT), atlas, ui=code).checks[1].reason
    assert messages.say("Should read") in dateline("check", article, "--ui", code).stdout
    (_, wrong, *_) = json.loads(dateline("check", article, "--ui", code, "--format", "json").stdout)["checks"]
    assert (wrong["verdict"], wrong["reason"]) == ("wrong", reason)
    (batched,) = map(json.loads, dateline("batch", lines, "--ui", code).stdout.splitlines())
    assert batched["checks"][1]["reason"] == reason
    drawn = dateline("map", article, "-o", page, "--ui", code)
    assert messages.say("{number} {verdict}", number="1", verdict=messages.say("wrong")) in drawn.stderr
    html = page.read_text(encoding="utf-8")
    for words in (f'<html lang="{code}">', f">{messages.say('Distances')}</h2>", messages.say("All places"), reason):
        assert words in html
    told = dateline(
        "distance", "Wladiwostok", "Nordkorea", "--to", "border", "--claim", "1.300 km", "--ui", code
    ).stdout
    assert messages.say("{what}: {why}", what=messages.say("wrong"), why="") in told
    assert not ENGLISH_WORDS.search(told)
