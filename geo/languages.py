"""Language packs: read, validate and compile what Dateline knows of a language.

A pack is one TOML file in ``geo/data/languages``: number words, units, hedges, compass points, word classes, and the
frames (:mod:`geo.frames`) in which the language states a distance, each with examples that it must fit and near misses
that it must not. The code knows no word of any language; another language is another file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.errors import PackError, UnknownLanguage
from geo.fold import fold_token
from geo.frames import Frame, Grammar
from geo.model import Bound, Hedge, Part, Relation, Unit
from geo.numerals import NumberWords
from geo.quantities import LengthWords
from geo.sentences import words_of
from geo.wordings import Compass, Government, Words

__all__ = ["Entry", "LanguagePack", "NameWords", "StatementEntry", "load_language", "load_pack", "pack_codes"]

_FOLDER = Path(__file__).parent / "data" / "languages"
_POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
# Word classes that the code or a slot refers to; a pack may have any others for its own frames.
_CLASSES = (
    *("adverb", "and", "border", "both", "clause", "coast", "it", "lie", "preposition", "pronoun", "sea", "settlement"),
    "stop",
)
# Prepositions between a border and whose it is, where not all are; words of "not 30, but 60 km", of a question for a
# distance.
# For statements without a length: words that tell of how things were ("former"), kinds of towns and of regions ("the
# city of"), and prepositions that claims of distances need not know ("off").
_OPTIONAL_CLASSES = ("owner", "but", "asks", "once", "towns", "province", "of", "governing")
_PARTS = {"border": Part.BORDER, "coast": Part.COAST, "place": Part.CENTRE}  # in the order of trial
_SUBJECTS = ("clause", "before", "topic", "previous", "again")


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that tell place names from other names (read by :mod:`geo.mentions`), folded."""

    titles: frozenset[str] = frozenset()  # "President": a person's name follows
    name_particles: frozenset[str] = frozenset()  # small words inside a person's name: "von"
    not_places: frozenset[str] = frozenset()  # names of villages that mean something else in this language
    place_cues: frozenset[str] = frozenset()  # "in", "near": a place may follow
    within: frozenset[str] = frozenset()  # "in": what follows tells where the place before lies
    determiners: frozenset[str] = frozenset()  # "the", "his": no town follows
    town_before_institution: bool = False  # "Toledo Police" means the town, as an adjective would
    genitive_suffixes: tuple[str, ...] = ()  # taken off a name
    dative_suffixes: tuple[str, ...] = ()  # taken off a country's or an area's name
    plural_suffixes: tuple[str, ...] = ()  # taken off an inhabitant's name
    adjective_endings: tuple[str, ...] = ()  # taken off an adjective, and put on another one of the same name


@dataclass(frozen=True, slots=True)
class Entry:
    """A frame of the pack with its test sentences.

    ``subject`` says how the subject is found where the frame has no {A}: in the "clause", as the place named "before",
    as the one the article is about where it is named often ("topic"), or as the subject of the "previous" claim of the
    sentence; "again" means both ends of that claim ("not 50 km but 30"). ``pair``: both ends are the two places named
    before. ``answers``: the sentence before asks for a distance, and names both ends of a pair. Of subjects:
    ``unnamed`` ones are something that has no name, which makes no claim; beside a ``near`` one that a preposition
    governs, an object without a name must have been named in the same sentence.
    """

    key: str
    frame: Frame
    subject: str
    pair: bool
    answers: bool
    unnamed: bool
    near: bool
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A frame in which the language states a relation without a length, with its test sentences."""

    key: str
    relation: Relation
    frame: Frame
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """What Dateline knows of one language."""

    code: str
    name: str
    lengths: LengthWords
    frames: tuple[Entry, ...]  # statements of a distance, the most specific first
    subjects: tuple[Entry, ...]  # where the subject stands to the left of a statement
    not_distances: tuple[Entry, ...]  # lengths that are no distance between places
    classes: Mapping[str, Words]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]  # "air", "road", "not", "respectively", cut into words
    abbreviations: frozenset[str]
    ordinal_stop: bool
    names: NameWords
    government: Government
    statements: tuple[StatementEntry, ...] = ()  # of a relation without a length, the most specific first


def pack_codes() -> tuple[str, ...]:
    """The languages that have a pack, ISO 639-1."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=64)
def load_language(code: str) -> LanguagePack:
    """The pack of a language. Raises UnknownLanguage where there is none."""
    path = _FOLDER / f"{code}.toml"
    if not code.isalpha() or not path.is_file():
        raise UnknownLanguage(f"there is no language pack {code!r}; there are {', '.join(pack_codes())}")
    return load_pack(path)


def load_pack(source: Path | str) -> LanguagePack:
    """Read a pack from a file (a path) or from TOML text. Raises PackError that names file and key."""
    origin = source.name if isinstance(source, Path) else "the pack"
    try:
        text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
        data = tomllib.loads(text)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"{origin}: it cannot be read as TOML: {error}") from error
    return _pack(_Table(data, origin))


class _Table:
    """A TOML table that is read key by key; what nobody asked for is an error."""

    def __init__(self, data: Mapping[str, Any], origin: str, path: str = "") -> None:
        self.data, self.origin, self.path = dict(data), origin, path

    def wrong(self, key: str, why: str) -> PackError:
        """An error at a key of this table."""
        return PackError(f"{self.origin}: {self.path}{key}: {why}")

    def take(self, key: str, kind: type, default: object = None) -> Any:  # noqa: ANN401 - TOML holds any
        """A value of a type; without a default the key must be there."""
        value = self.data.pop(key, default)
        if value is None:
            raise self.wrong(key, "it is missing")
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.wrong(key, f"it must be a {_KINDS[kind]}")
        return value

    def strings(self, key: str, *, optional: bool = True) -> tuple[str, ...]:
        """A list of non-empty strings."""
        values = self.take(key, list, [] if optional else None)
        if not all(isinstance(value, str) and value for value in values):
            raise self.wrong(key, "it must be a list of non-empty strings")
        if len(set(values)) != len(values):
            twice = next(value for value in values if values.count(value) > 1)
            raise self.wrong(key, f"{twice!r} is in it twice")
        return tuple(values)

    def table(self, key: str, *, optional: bool = False) -> "_Table":
        """A table inside this one."""
        return _Table(self.take(key, dict, {} if optional else None), self.origin, f"{self.path}{key}.")

    def tables(self, key: str) -> list["_Table"]:
        """An array of tables."""
        rows = self.take(key, list, [])
        return [_Table(row, self.origin, f"{self.path}{key}[{number}].") for number, row in enumerate(rows)]

    def worths(self, key: str) -> tuple[tuple[str, float], ...]:
        """A table of words and their values."""
        items = self.take(key, dict, {}).items()
        for word, value in items:
            if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
                raise self.wrong(f"{key}.{word}", "it must be a positive number")
        return tuple((word, float(value)) for word, value in items)

    def done(self) -> None:
        """Refuse the keys that are left."""
        for key in self.data:
            raise self.wrong(key, "there is no such key")


_KINDS = {str: "string", bool: "boolean", list: "list", dict: "table"}


def _pack(top: _Table) -> LanguagePack:
    code, name = top.take("code", str), top.take("name", str)
    lengths = _lengths(top)
    sentences = top.table("sentences", optional=True)
    abbreviations = frozenset(sentences.strings("abbreviations"))
    ordinal_stop = sentences.take("ordinal_stop", bool, default=False)
    sentences.done()
    phrases = top.table("phrases")
    cut = {
        key: tuple(tuple(words_of(p)) for p in phrases.strings(key)) for key in ("air", "road", "not", "respectively")
    }
    phrases.done()
    names = _names(top.table("names", optional=True))
    grammar = _grammar(top)
    frames = tuple(_entry(row, grammar) for row in top.tables("frames"))
    subjects = tuple(_entry(row, grammar) for row in top.tables("subjects"))
    not_distances = tuple(_entry(row, grammar) for row in top.tables("not_distances"))
    statements = tuple(_statement(row, grammar) for row in top.tables("statements"))
    top.done()
    classes = {key: grammar.words(key) for key in (*_CLASSES, *_OPTIONAL_CLASSES)}
    return LanguagePack(
        code,
        name,
        lengths,
        frames,
        subjects,
        not_distances,
        classes,
        cut,
        abbreviations,
        ordinal_stop,
        names,
        grammar.government,
        statements,
    )


def _lengths(top: _Table) -> LengthWords:
    numbers, ranges, hedges, after = (top.table(key) for key in ("numbers", "ranges", "hedges", "hedges_after"))
    units, symbols = top.table("units"), top.table("symbols", optional=True)
    words = LengthWords(
        numbers=NumberWords(
            decimal=numbers.take("decimal", str),
            groups=numbers.strings("groups"),
            numbers=numbers.worths("words"),
            multipliers=numbers.worths("multipliers"),
            articles=numbers.strings("articles"),
            and_words=numbers.strings("and_words"),
            fractions=numbers.worths("fractions"),
        ),
        vague=numbers.strings("vague"),
        units=_units(units),
        symbols=_units(symbols),
        summands=symbols.strings("summands"),
        not_after=units.strings("not_after"),
        joins=ranges.strings("joins"),
        openers=ranges.strings("openers"),
        opened_joins=ranges.strings("opened_joins"),
        second_units=ranges.strings("second_units"),
        hedges=_hedges(hedges),
        hedges_after=_hedges(after),
        fractions_after=numbers.worths("fractions_after"),
        counted_after=units.strings("counted_after"),
    )
    for table in (numbers, ranges, hedges, after, units, symbols):
        table.done()
    return words


def _units(table: _Table) -> tuple[tuple[str, Unit], ...]:
    return tuple((word, unit) for unit in Unit for word in table.strings(unit.value))


def _hedges(table: _Table) -> tuple[tuple[str, Hedge | Bound], ...]:
    kinds: tuple[Hedge | Bound, ...] = (*Hedge, *Bound)
    found = [(word, kind) for kind in kinds for word in table.strings(kind.value)]
    words = [word for word, _ in found]
    for word in words:
        if words.count(word) > 1:
            raise table.wrong(word, "it stands under two kinds of hedge")
    return tuple(found)


def _names(table: _Table) -> NameWords:
    flags = {f.name: table.take(f.name, bool, default=False) for f in fields(NameWords) if f.default is False}
    lists = {field.name: table.strings(field.name) for field in fields(NameWords) if field.name not in flags}
    table.done()
    folded = {key: tuple(map(fold_token, words)) for key, words in lists.items()}
    sets = {field.name for field in fields(NameWords) if isinstance(field.default, frozenset)}
    words = {key: frozenset(listed) if key in sets else listed for key, listed in folded.items()}
    return NameWords(**words, **flags)  # type: ignore[arg-type]


def _grammar(top: _Table) -> Grammar:
    table, compass, targets = top.table("classes"), top.table("compass"), top.table("targets")
    classes = {key: table.strings(key) for key in tuple(table.data)}
    for key in _CLASSES:
        if key not in classes:
            raise table.wrong(key, "it is missing")
    points = tuple((point, Words.of(compass.strings(point))) for point in _POINTS)
    compass.done()
    rows = {part: targets.strings(key, optional=False) for key, part in _PARTS.items()}
    targets.done()
    try:
        return Grammar(classes, Compass(points), rows)
    except ValueError as error:
        raise top.wrong("targets", str(error)) from error


def _entry(table: _Table, grammar: Grammar) -> Entry:
    pattern = table.take("pattern", str)
    try:
        frame = grammar.frame(pattern)
    except ValueError as error:
        raise table.wrong("pattern", f"{pattern!r}: {error}") from error
    subject = table.take("subject", str, "clause")
    if subject not in _SUBJECTS:
        raise table.wrong("subject", f"it must be one of {', '.join(_SUBJECTS)}")
    names = ("pair", "answers", "unnamed", "near")
    pair, answers, unnamed, near = (table.take(key, bool, default=False) for key in names)
    examples, near_misses = _sentences(table)
    key = f"{table.path}pattern {pattern!r}"
    return Entry(key, frame, subject, pair, answers, unnamed, near, examples, near_misses)


def _statement(table: _Table, grammar: Grammar) -> StatementEntry:
    pattern, relation = table.take("pattern", str), table.take("relation", str)
    try:
        frame = grammar.statement(pattern)
    except ValueError as error:
        raise table.wrong("pattern", f"{pattern!r}: {error}") from error
    known = [each for each in Relation if each is not Relation.DISTANCE]
    if relation not in known:
        raise table.wrong("relation", f"it must be one of {', '.join(known)}")
    return StatementEntry(f"{table.path}pattern {pattern!r}", Relation(relation), frame, *_sentences(table))


def _sentences(table: _Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The examples and near misses, which end an entry."""
    examples, near_misses = table.strings("examples", optional=False), table.strings("near_misses", optional=False)
    table.done()
    if not examples or not near_misses:
        raise table.wrong("examples", "a frame needs an example and a near miss")
    return examples, near_misses
