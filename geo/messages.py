"""What Dateline says to people, in the language that they ask for.

A sentence is a *template*: English, whole, with named places for what changes, ``"{difference} apart, within
{allowed}"``. Nothing is glued from half sentences, so that another language can order it as it must. English stands in
the code and costs nothing. Any other language is one file, ``geo/data/messages/<code>.po`` (gettext), read with Babel,
which also knows how that language writes numbers, joins a list, and what it calls the countries of the world. What a
file lacks is said in English.

Templates stand in ``Phrase(...)``, ``Plural(...)`` and ``.say(...)``; tests/test_catalogues.py finds them there.
"""

import math
from collections.abc import Iterable
from functools import cache, reduce
from pathlib import Path
from typing import NamedTuple, TypeAlias

from geo.errors import UnknownLanguage
from geo.model import End, Kind, MentionKind, Unit, Verdict
from geo.naming import Name

__all__ = [
    "ENGLISH",
    "KINDS",
    "VERDICTS",
    "Figure",
    "Messages",
    "Name",
    "Phrase",
    "Plural",
    "Share",
    "Value",
    "open_messages",
    "ui_codes",
]

_FOLDER = Path(__file__).parent / "data" / "messages"


class Figure(NamedTuple):
    """A number to be written with at most ``digits`` decimals, and at least ``least``."""

    value: float
    digits: int = 0
    least: int = 0


class Share(NamedTuple):
    """A share of 1, to be written in whole percent."""

    value: float


class Plural(NamedTuple):
    """Two templates, for one thing and for another number of them; the number is ``{number}``."""

    one: str
    many: str


class Phrase:
    """A template with its values, or some of them, to be said later."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: "Value") -> None:
        """The values by their names in the template."""
        self.template = template
        self.values = values

    def __str__(self) -> str:
        """It in English."""
        return ENGLISH.say(self)


VERDICTS = {
    Verdict.ACCURATE: Phrase("accurate"),
    Verdict.PLAUSIBLE_BY_ROAD: Phrase("plausible by road"),
    Verdict.OFF: Phrase("off"),
    Verdict.WRONG: Phrase("wrong"),
    Verdict.UNCHECKABLE: Phrase("uncheckable"),
}

KINDS = {
    Kind.CITY: Phrase("city"),
    Kind.COUNTRY: Phrase("country"),
    Kind.REGION: Phrase("region"),
    Kind.CONTINENT: Phrase("continent"),
    Kind.WATER: Phrase("water"),
    Kind.LANDFORM: Phrase("landform"),
    Kind.AREA: Phrase("area"),
    Kind.SITE: Phrase("site"),
    Kind.HISTORIC: Phrase("historic"),
}

Value: TypeAlias = "str | Figure | Share | Name | Phrase"


class Messages:
    """Says all in English; :func:`open_messages` gives other languages."""

    language = "en"

    def say(self, template: str | Phrase, /, **values: Value) -> str:
        """A template with its values put in.

        >>> ENGLISH.say("{share} of {place}", share=Share(0.1), place=Name("Munich", "München", "munchen"))
        '10% of Munich'
        """
        if isinstance(template, Phrase):
            return self.say(template.template, **(template.values | values))
        return self._template(template).format_map({key: self._written(value) for key, value in values.items()})

    def count(self, plural: Plural, figure: Figure, /, **values: Value) -> str:
        """The one of two templates that fits a number, which a value ``number`` may write in another way.

        >>> miles = Plural("{number} mile", "{number} miles")
        >>> [ENGLISH.count(miles, Figure(number, 1)) for number in (1, 1.5, 1000)]
        ['1 mile', '1.5 miles', '1,000 miles']
        """
        filled = {key: self._written(value) for key, value in ({"number": figure} | values).items()}
        return self._form(plural, round(figure.value, figure.digits)).format_map(filled)

    def number(self, figure: Figure) -> str:
        """A number in figures.

        >>> ENGLISH.number(Figure(6434.25)), ENGLISH.number(Figure(2.5, 3)), ENGLISH.number(Figure(2, 1, least=1))
        ('6,434', '2.5', '2.0')
        """
        return _trimmed(f"{figure.value:,.{figure.digits}f}", figure)

    def share(self, share: Share) -> str:
        """A share in percent."""
        return f"{share.value:.0%}"

    def name(self, name: Name) -> str:
        """A place's name."""
        return name.known

    def end(self, end: End) -> str:
        """What to call an end of a claim: the article's own word, the place's name where that is an adjective."""
        if end.place and end.mention.kind is MentionKind.DEMONYM:
            return self.name(Name.of(end.place))
        return Name.of(end.place, end.mention).written if end.place else end.name

    def sign(self, unit: Unit) -> str:
        """The sign of a unit, to stand behind a number."""
        return unit.value

    def every(self, items: Iterable[str]) -> str:
        """A list: "a, b and c"."""
        return _joined(list(items), "and")

    def either(self, items: Iterable[str]) -> str:
        """A choice: "a or b or c"."""
        return " or ".join(items)

    def clauses(self, items: Iterable[str]) -> str:
        """One or more clauses as one sentence.

        >>> ENGLISH.clauses(["a", "b", "c"])
        'a; b; c'
        """
        return reduce(lambda said, more: self.say("{said}; {more}", said=said, more=more), items)

    def _written(self, value: Value) -> str:
        match value:
            case Figure():
                return self.number(value)
            case Share():
                return self.share(value)
            case Name():
                return self.name(value)
            case Phrase():
                return self.say(value)
        return value

    def _template(self, english: str) -> str:
        return english

    def _form(self, plural: Plural, number: float) -> str:
        return plural.one if number == 1 else plural.many


class _Translated(Messages):
    """Says what a catalogue has; Babel is imported here and not before."""

    def __init__(self, code: str) -> None:
        """Read the catalogue of that language."""
        from io import BytesIO

        from babel import Locale
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
        from babel.support import Translations

        compiled = BytesIO()
        with (_FOLDER / f"{code}.po").open("rb") as file:
            self._catalogue = read_po(file, locale=code)
        write_mo(compiled, self._catalogue)
        compiled.seek(0)
        self.language = code
        self._locale = Locale.parse(code)
        self._said = Translations(compiled)

    def number(self, figure: Figure) -> str:
        """A number as the language writes it; rounded as in English, so that both say the same."""
        from decimal import Decimal

        from babel.numbers import format_decimal

        decimals = f".{'0' * figure.least}{'#' * (figure.digits - figure.least)}" if figure.digits else ""
        rounded = Decimal(f"{figure.value:.{figure.digits}f}")
        return format_decimal(rounded, format=f"#,##0{decimals}", locale=self._locale)

    def share(self, share: Share) -> str:
        """A share in percent."""
        from decimal import Decimal

        from babel.numbers import format_percent

        return format_percent(Decimal(f"{share.value * 100:.0f}") / 100, locale=self._locale)

    def name(self, name: Name) -> str:
        """The language's name of a country, else the article's word, else the atlas's."""
        own = self._locale.territories.get(name.country) if name.country else None
        return own or name.spoken

    def sign(self, unit: Unit) -> str:
        """The sign of a metric unit in the language's script: "км". In Latin letters the signs are international."""
        from babel.units import format_unit

        if unit not in _METRIC:
            return unit.value
        sign = format_unit("", _METRIC[unit], length="short", locale=self._locale).strip()
        return unit.value if sign.isascii() else sign

    def every(self, items: Iterable[str]) -> str:
        """A list."""
        from babel.lists import format_list

        return format_list(list(items), "standard", self._locale)

    def either(self, items: Iterable[str]) -> str:
        """A choice."""
        from babel.lists import format_list

        return format_list(list(items), "or", self._locale)

    def _template(self, english: str) -> str:
        return str(self._said.gettext(english)) if english else english  # gettext keeps its header under ""

    def _form(self, plural: Plural, number: float) -> str:
        """Gettext's form; a language where no whole number is as a fraction is has one more, the last.

        >>> miles = Plural("{number} mile", "{number} miles")
        >>> [open_messages(code).count(miles, Figure(1.5, 1)) for code in ("de", "fr", "it", "pl")]
        ['1,5 Meilen', '1,5 mile', '1,5 miglia', '1,5 mili']
        """
        alike = self._whole_like(number)
        if alike is not None:
            return str(self._said.ngettext(*plural, alike))
        message = self._catalogue.get(plural.one)
        return message.string[-1] if message and message.pluralizable and message.string else plural.many

    def _whole_like(self, number: float) -> int | None:
        """A whole number of the same plural category: 1 for the 1.5 of "1,5 mille", 0 for that of "1,5 Meilen"."""
        from decimal import Decimal

        if not math.isfinite(number):
            return _MANY
        if float(number).is_integer():
            return round(number)
        category = self._locale.plural_form
        wanted = category(Decimal(str(number)))
        return next((whole for whole in (1, 0, *range(2, _MANY + 1)) if category(whole) == wanted), None)


_MANY = 100  # has the form for many in every language, and every plural category has a number up to it
_METRIC = {
    Unit.KILOMETRE: "length-kilometer",
    Unit.METRE: "length-meter",
    Unit.CENTIMETRE: "length-centimeter",
    Unit.MILLIMETRE: "length-millimeter",
}


ENGLISH = Messages()


def ui_codes() -> tuple[str, ...]:
    """The languages that Dateline speaks.

    >>> {"de", "en"} <= set(ui_codes())
    True
    """
    return tuple(sorted({ENGLISH.language, *(path.stem for path in _FOLDER.glob("*.po"))}))


@cache
def open_messages(code: str) -> Messages:
    r"""What says things in that language. Raises UnknownLanguage where there is no catalogue of it.

    >>> open_messages("de").say("{share} apart", share=Share(0.05))
    '5\xa0% apart'
    """
    if code == ENGLISH.language:
        return ENGLISH
    if code not in ui_codes():
        raise UnknownLanguage(f"there are no messages in {code!r}, only in {ENGLISH.every(ui_codes())}")
    return _Translated(code)


def _trimmed(number: str, figure: Figure) -> str:
    """A number without zeros behind its last decimal, but with so many decimals as it must have."""
    if figure.digits == figure.least:
        return number
    whole, point, decimals = number.partition(".")
    decimals = decimals.rstrip("0").ljust(figure.least, "0")
    return f"{whole}{point}{decimals}" if decimals else whole


def _joined(items: list[str], word: str) -> str:
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)
