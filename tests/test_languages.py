"""Language packs: each entry reads its examples and leaves its near misses alone; a broken pack says where it is."""

import re
from pathlib import Path
from typing import Any

import pytest

import geo
from geo.claims import find_claims
from geo.errors import PackError, UnknownLanguage
from geo.languages import Entry, LanguagePack, StatementEntry, load_language, load_pack, pack_codes
from geo.model import Bound, Hedge, Part, Unit
from geo.quantities import find_quantities
from geo.statements import read_statements

from .marked import decided_by, read_marked

PACKS = [load_language(code) for code in pack_codes()]
ENTRIES = [(pack, entry) for pack in PACKS for entry in (*pack.frames, *pack.subjects, *pack.not_distances)]
STATEMENTS = [(pack, entry) for pack in PACKS for entry in pack.statements]
SOURCE = Path(geo.__file__).parent
TINY = (Path(__file__).parent / "tiny_language.toml").read_text(encoding="utf-8")


def name_of(value: Any) -> str:
    return value.code if isinstance(value, LanguagePack) else value.key.split(".")[0]


@pytest.mark.parametrize(("pack", "entry"), ENTRIES, ids=name_of)
def test_each_entry_reads_its_examples(pack: LanguagePack, entry: Entry) -> None:
    for sentence in entry.examples:
        assert decided_by(entry, sentence, pack), f"{pack.code}.toml: {entry.key} does not read: {sentence}"


@pytest.mark.parametrize(("pack", "entry"), ENTRIES, ids=name_of)
def test_each_entry_leaves_its_near_misses_alone(pack: LanguagePack, entry: Entry) -> None:
    for sentence in entry.near_misses:
        assert not decided_by(entry, sentence, pack), f"{pack.code}.toml: {entry.key} must not read: {sentence}"


@pytest.mark.parametrize(("pack", "entry"), [(p, e) for p in PACKS for e in p.not_distances], ids=name_of)
def test_what_is_no_distance_makes_no_claim(pack: LanguagePack, entry: Entry) -> None:
    for sentence in entry.examples:
        assert not find_claims(*read_marked(sentence, pack.code), pack), f"{pack.code}.toml: {entry.key}: {sentence}"


def stated_by(entry: StatementEntry, sentence: str, pack: LanguagePack) -> bool:
    article, located = read_marked(sentence, pack.code)
    return any(entry is reading.entry for reading in read_statements(article, located, pack))


@pytest.mark.parametrize(("pack", "entry"), STATEMENTS, ids=name_of)
def test_each_statement_reads_its_examples_and_leaves_its_near_misses(
    pack: LanguagePack, entry: StatementEntry
) -> None:
    for sentence in entry.examples:
        assert stated_by(entry, sentence, pack), f"{pack.code}.toml: {entry.key} does not read: {sentence}"
    for sentence in entry.near_misses:
        assert not stated_by(entry, sentence, pack), f"{pack.code}.toml: {entry.key} must not read: {sentence}"


def test_german_and_english_are_there() -> None:
    assert {"de", "en"} <= set(pack_codes())
    assert load_language("de").name == "Deutsch"


@pytest.mark.parametrize("code", ["xx", "../de", "", "de.toml"])
def test_an_unknown_language_is_refused_with_those_there_are(code: str) -> None:
    with pytest.raises(UnknownLanguage, match=r"there are da, de, en"):
        load_language(code)


def test_another_language_needs_only_a_data_file() -> None:
    pack = load_pack(TINY)
    article, located = read_marked(
        "[[Bor]] zi sep tarka li nola [[Dun]]. Gru [[Kes]] zi oko 3,5 sta tarka fel mur.", "qq"
    )
    first, second = find_claims(article, located, pack)
    assert (first.subject.mention.text, first.object.mention.text) == ("Bor", "Dun")
    assert (first.length.low_km, first.length.unit, first.direction) == (70.0, Unit.SCANDINAVIAN_MILE, "N")
    assert (second.subject.mention.text, second.object.part, second.object.located) == ("Kes", Part.BORDER, None)
    assert (second.length.low_km, second.length.hedge) == (350.0, Hedge.APPROX)
    assert not find_claims(*read_marked("[[Bor]] zi sep tarka wop nola [[Dun]].", "qq"), pack)
    (quantity,) = find_quantities("max 20 tarka", pack)
    assert quantity.bound is Bound.MAX


WORDS = re.compile(r"[a-zäöüß]{3,}")


@pytest.mark.parametrize(
    "module",
    ["claims", "statements", "frames", "wordings", "sentences", "quantities", "numerals", "antecedents", "languages"],
)
def test_the_code_knows_no_word_of_a_language(module: str) -> None:
    source = (SOURCE / f"{module}.py").read_text(encoding="utf-8")
    code = re.sub(r'"""[\s\S]*?"""|#.*', "", source)
    quoted = set(WORDS.findall(" ".join(re.findall(r'"([^"\n]*)"', code)).lower()))
    german = {
        "grenze",
        "küste",
        "kilometer",
        "meilen",
        "entfernt",
        "liegt",
        "etwa",
        "von",
        "bis",
        "zwischen",
        "und",
        "nach",
    }
    english = {
        "mile",
        "miles",
        "kilometres",
        "away",
        "lies",
        "about",
        "from",
        "apart",
        "roughly",
        "nearly",
        "kilometer",
    }
    assert not quoted & (german | english)


BROKEN = [
    ('code = "qq"', 'code = "qq"\nextra = 1', r"tiny: extra: there is no such key"),
    ("[units]", "[units]\nparsec = ['pc']", r"units\.parsec: there is no such key"),
    ("[units]", "[units]\nkm = 'tarka'", r"units\.km: it must be a list"),
    ("sep = 7", "sep = 0", r"numbers\.words\.sep: it must be a positive number"),
    ('approx = ["oko"]', 'approx = ["oko", "oko"]', r"hedges\.approx: 'oko' is in it twice"),
    ('max = ["max"]', 'max = ["oko"]', r"hedges\.oko: it stands under two kinds of hedge"),
    ("stop = []", "", r"classes\.stop: it is missing"),
    ("{D} {dir} nola {B}", "{D} li nola {C}", r"frames\[0\]\.pattern: .*there is no slot \{C\}"),
    ("{D} {dir} nola {B}", "li nola {B}", r"frames\[0\]\.pattern: .*one \{D\}"),
    ("{D} {dir} nola {B}", "{D} (li nola {B}", r"frames\[0\]\.pattern: .*not closed"),
    ("{D} {dir} nola {B}", "{D} li) nola {B}", r"frames\[0\]\.pattern: .*no opening bracket"),
    ("{D} {dir} nola {B}", "{D} <none> {B}", r"frames\[0\]\.pattern: .*no word class none"),
    ("{D} {dir} nola {B}", "{D} {B} !", r"frames\[0\]\.pattern: .*nothing stands behind"),
    ("{D} {dir} nola {B}", "{D:3} {B}", r"frames\[0\]\.pattern: .*no slot \{D:3\}"),
    ('place = ["{place}"]', 'place = ["li"]', r"targets: 'li' names no place"),
    ('examples = ["[[Bor]] zi sep tarka li nola [[Dun]]."]', "examples = []", r"frames\[0\]\.examples: .*an example"),
    (
        'examples = ["[[Bor]] zi sep tarka li nola [[Dun]]."]',
        'subject = "who"',
        r"frames\[0\]\.subject: it must be one",
    ),
    ('code = "qq"', "code = 7", r"code: it must be a string"),
    ('code = "qq"', "", r"code: it is missing"),
    ('code = "qq"', "code", r"cannot be read as TOML"),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN, ids=[message for _, _, message in BROKEN])
def test_a_broken_pack_names_file_and_key(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in TINY
    path = tmp_path / "tiny"
    path.write_text(TINY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=message) as caught:
        load_pack(path)
    assert str(caught.value).startswith("tiny: ")


def test_a_pack_without_names_has_none_and_one_with_names_keeps_them() -> None:
    assert load_pack(TINY).names.titles == frozenset()
    named = load_pack(TINY + '\n[names]\ntitles = ["pan"]\ngenitive_suffixes = ["u"]\n').names
    assert (named.titles, named.genitive_suffixes) == (frozenset({"pan"}), ("u",))


def test_a_missing_file_is_a_pack_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"none\.toml: it cannot be read"):
        load_pack(tmp_path / "none.toml")
