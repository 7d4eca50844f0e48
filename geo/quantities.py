"""Find the lengths that a text states: "1.200 km", "about forty miles", "300-350 km", "12 kilometres (7.5 mi)".

One regular expression finds numbers, each with the unit behind it; one pass over its matches joins ranges, adds up
"5 feet 10 inches", drops the second of two units of one distance, and reads the hedges around. The expression is built
from a language's :class:`LengthWords`; its repetitions are bounded, so the time grows with the text's length only.
Lengths are kilometres (``_km``). A speed, an area and a vague number ("dozens of miles") are no lengths.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from geo.model import Bound, Hedge, Quantity, Span, Unit
from geo.numerals import NumberWords, Numerals, any_of, key_of, number_expression

__all__ = ["LengthWords", "SpeaksLengths", "Stated", "find_quantities", "find_stated", "find_twin"]

_YEAR = re.compile("1[5-9]\\d\\d|20\\d\\d")
_MOST_LENGTHS = 20_000  # a text that states more is no article; what follows is left unread
_HEDGE_WINDOW = 48  # characters before a number in which its hedges stand
_LONGEST_ACCIDENT = 5  # letters of units that are parts of other words by chance: smile, football
_BEFORE_UNIT, _BEHIND_UNIT = 200, 60  # characters around a unit in which its number stands, and what belongs to it
_LONGEST_JOIN = 12  # characters between the numbers of a range
_LONGEST_HEDGE = 4  # words: "not much more than"
_SAME_DISTANCE = 0.15  # how far apart "about 25 miles (40 km)" may be by rounding and still be one distance
# Which hedge tells more, where a number has two ("only about 15 miles").
_STRENGTH = {Hedge.APPROX: 0, Hedge.ONLY: 1, Hedge.ALMOST: 2, Hedge.OVER: 2}
_OPENING = "([{<„“‚«»'\"–—-"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_HYPHENS = set("-\u2010\u2011")


@dataclass(frozen=True, slots=True)
class LengthWords:
    """How a language writes lengths; words in lower case, phrases with single spaces.

    ``vague`` words before a number make it no number ("a few hundred"), ``not_after`` behind a unit make it no length
    ("miles per hour"). ``summands`` are symbols that count only behind a larger unit ("5 ft 2 in"). ``joins`` make a
    range of two numbers, ``opened_joins`` only after a word of ``openers`` ("between 3 and 5"). ``second_units`` stand
    before another unit's figure for the same distance ("25 miles, or 40 km"). ``fractions_after`` a unit add to the
    number ("deux kilomètres et demi"). ``counted_after`` stand between a unit with an article and its number ("een
    kilometer of tien": about ten).
    """

    numbers: NumberWords
    vague: tuple[str, ...]
    units: tuple[tuple[str, Unit], ...]
    symbols: tuple[tuple[str, Unit], ...]
    summands: tuple[str, ...]
    not_after: tuple[str, ...]
    joins: tuple[str, ...]
    openers: tuple[str, ...]
    opened_joins: tuple[str, ...]
    second_units: tuple[str, ...]
    hedges: tuple[tuple[str, Hedge | Bound], ...]
    hedges_after: tuple[tuple[str, Hedge | Bound], ...]
    fractions_after: tuple[tuple[str, float], ...] = ()
    counted_after: tuple[str, ...] = ()


class SpeaksLengths(Protocol):
    """What a language pack offers here."""

    @property
    def lengths(self) -> LengthWords:
        """The words for lengths."""


class Stated(NamedTuple):
    """A quantity and how far its wording reaches: hedges before and after, a second unit in brackets.

    ``attributive`` is set where a hyphen makes the length a part of another word: "a 450-mile pipeline".
    """

    quantity: Quantity
    reach: Span
    attributive: bool


def find_quantities(text: str, pack: SpeaksLengths) -> tuple[Quantity, ...]:
    """Every length stated in the text, in order."""
    return tuple(stated.quantity for stated in find_stated(text, pack))


def find_stated(text: str, pack: SpeaksLengths) -> list[Stated]:
    """Every length with the reach of its wording, in order."""
    reader = _reader(pack.lengths)
    found: list[Stated] = []
    for low, hit in reader.lengths(text):
        if len(found) == _MOST_LENGTHS:
            break
        stated = reader.state(text, low, hit)
        if stated is None:
            continue
        merged = reader.merge(text, found[-1], stated, hit) if found else None
        if merged is not None:
            found[-1] = merged
        elif not hit.summand:
            found.append(stated)
    return found


def find_twin(text: str, stated: Stated, pack: SpeaksLengths) -> Stated | None:
    """The number that "and" joins to a length and that shares its unit: the 20 of "20 and 50 km", as a length.

    It is a length only beside a pair of places; :func:`find_stated` leaves it out.
    """
    reader, quantity = _reader(pack.lengths), stated.quantity
    match = reader.twin.search(text, max(0, stated.reach.start - _HEDGE_WINDOW), stated.reach.start)
    if match is None or quantity.low_km != quantity.high_km or _YEAR.fullmatch(match["digits"]):
        return None
    value, step = reader.numerals.worth(match["digits"], None, None)
    span = Span(*match.span("digits"))
    low_km, rounding_km = value * quantity.unit.km, step * quantity.unit.km / 2
    twin = replace(quantity, span=span, text=match["digits"], low_km=low_km, high_km=low_km, rounding_km=rounding_km)
    return Stated(twin, span, stated.attributive)


class _Number(NamedTuple):
    """A number as read: ``step`` is the worth of its last significant digit."""

    start: int
    end: int
    value: float
    step: float
    unit: Unit | None
    attributive: bool
    summand: bool


class _Reader:
    """The expressions and tables made from one language's words."""

    def __init__(self, words: LengthWords) -> None:
        self.words = words
        self.numerals = Numerals(words.numbers)
        self.expression = re.compile(_expression(words))
        self.symbols = dict(words.symbols)
        self.units = {key_of(word): unit for word, unit in words.units}
        self.unit_starts = {word.split()[0].lower() for word in self.units}
        alone = [symbol for symbol in self.symbols if symbol not in words.summands]
        letters = any_of(filter(str.isalpha, alone))
        self.with_symbol = re.compile(rf"[\d½¼¾⅓⅔][{_DASHES}\s]{{0,2}}(?:{any_of(alone)})|\s(?:{letters})\b")
        self.hedges = {tuple(hedge.split()): kind for hedge, kind in words.hedges}
        self.signals = {phrase[-1] for phrase in self.hedges} | {
            *words.openers,
            *words.vague,
        }  # last words before a number that have a say in it
        self.hedges_after = {key_of(phrase): kind for phrase, kind in words.hedges_after}
        self.hedge_after = re.compile(rf"\s({any_of(self.hedges_after)})(?!\w)", re.IGNORECASE)
        self.fractions_after = {key_of(phrase): value for phrase, value in words.fractions_after}
        self.fraction_after = re.compile(rf"\s({any_of(self.fractions_after)})(?!\w)", re.IGNORECASE)
        count, units = f"(?:{self.numerals.word.pattern})", any_of((*self.units, *self.symbols))
        self.count_after = re.compile(
            rf"\s(?:{any_of(words.counted_after)})\s(?:(?P<digits>\d{{1,3}})|(?P<words>{count}{{1,6}}))"
            rf"(?!\w|[.,]\d|\s?(?:{units})(?!\w))",
            re.IGNORECASE,
        )
        and_words = words.numbers.and_words
        joints = any_of({*and_words, *words.opened_joins})
        self.twin = re.compile(rf"(?<![\w.,])(?P<digits>\d{{1,4}}(?:[.,]\d{{1,3}})?)\s(?:{joints})\s$", re.IGNORECASE)
        self.sums = {"", ",", *and_words, *(f", {word}" for word in and_words)}  # "5 feet, 10 inches"
        self.second_units = {"(", "/", "[", *words.second_units}
        self.links = {*self.sums, *self.second_units, *words.joins, *words.opened_joins, *_DASHES}

    def lengths(self, text: str) -> Iterator[tuple["_Number", "_Number"]]:
        """Every number with a unit, and the number that its range begins with (itself where there is no range)."""
        for start, end in self.windows(text):
            before: re.Match[str] | None = None  # the last number without a unit
            for match in self.expression.finditer(text, start, end):
                if match["unit"] is None:
                    before = match
                    continue
                if match["words"] and key_of(match["words"]) in self.words.vague:  # "тысячи километров"
                    before = None
                    continue
                high = self.number(text, match)
                if high.unit is not None and match["words"] and (pair := self.numerals.pair(match["words"])):
                    yield high._replace(value=pair[0]), high._replace(value=pair[1])
                elif high.unit is not None:
                    low = self.number(text, before) if before else high
                    yield (low if self.is_range(text, low, high) else high), high
                before = None

    def windows(self, text: str) -> Iterator[tuple[int, int]]:
        """The parts of a text around its units, in order, none touching another: nothing else can hold a length."""
        lowered = text.lower()
        if len(lowered) != len(text):  # İ
            yield 0, len(text)
            return
        hits = [match.end() for match in self.with_symbol.finditer(text)]
        for unit in self.unit_starts:
            hit = lowered.find(unit)
            while hit >= 0:
                after = hit + len(unit)
                inside = lowered[hit - 1 : hit].isalpha() or lowered[after : after + 1].isalpha()
                if not inside or len(unit) > _LONGEST_ACCIDENT:
                    hits.append(hit)
                hit = lowered.find(unit, after)
        start = end = 0
        for hit in sorted(hits):
            if hit - _BEFORE_UNIT > end:
                if end:
                    yield start, end
                start = hit - _BEFORE_UNIT
            end = min(hit + _BEHIND_UNIT, len(text))
        if end:
            yield start, end

    def number(self, text: str, match: re.Match[str]) -> _Number:
        """What a match of the pattern says."""
        digits, words, multiplier, gap, unit = match.group("digits", "words", "multiplier", "gap", "unit")
        value, step = self.numerals.worth(digits, words, multiplier)
        start, end = match.span()
        if unit is None:
            return _Number(start, end, value, step, None, attributive=False, summand=False)
        hyphened = gap[:1] in _HYPHENS or text[end : end + 1] in _HYPHENS
        known = self.symbols.get(unit) or self.units.get(key_of(unit))
        return _Number(start, end, value, step, known, hyphened, unit in self.words.summands)

    def is_range(self, text: str, low: _Number, high: _Number) -> bool:
        """Whether two numbers are the ends of a range: "3 to 5", "between 3 and 5"."""
        if low is high or high.start - low.end > _LONGEST_JOIN or low.value >= high.value:
            return False
        raw = " ".join(text[low.end : high.start].lower().split())
        between = raw.lstrip(_DASHES).lstrip()  # "30- bis 40-Kilometer"
        if between in self.words.joins or (raw and not between):
            return True
        return between in self.words.opened_joins and self.opened(text, low.start)

    def opened(self, text: str, start: int) -> bool:
        """Whether a word that opens a range stands right before."""
        before = text[max(0, start - _HEDGE_WINDOW) : start].lower().split()
        return bool(before) and before[-1].lstrip(_OPENING) in self.words.openers

    def state(self, text: str, low: _Number, high: _Number) -> Stated | None:
        """The quantity from one number or the two of a range, None where a vague word makes it none."""
        start, unit = low.start, high.unit
        assert unit is not None
        bound, hedge, reach = self.before(text, start)
        if reach is None:
            return None
        end, step, more = high.end, min(low.step, high.step), 0.0
        alone = bool(self.words.counted_after) and low is high
        if alone and self.is_article(text, start) and (count := self.count_after.match(text, end)):
            value, step = self.numerals.worth(count["digits"], count["words"], None)
            low = high = high._replace(value=value)
            end, hedge = count.end(), hedge or Hedge.APPROX
        if fraction := self.fraction_after.match(text, end):
            more = self.fractions_after[key_of(fraction.group(1))]
            end, step = fraction.end(), min(step, more)
        reach_end = end
        if match := self.hedge_after.match(text, end):
            reach_end = match.end()
            kind = self.hedges_after.get(key_of(match.group(1)))
            bound, hedge = (kind, hedge) if isinstance(kind, Bound) else (bound, hedge or kind)
        quantity = Quantity(
            Span(start, end),
            text[start:end],
            (low.value + more) * unit.km,
            (high.value + more) * unit.km,
            unit,
            step * unit.km / 2,
            bound,
            hedge,
        )
        return Stated(quantity, Span(reach, reach_end), high.attributive)

    def is_article(self, text: str, start: int) -> bool:
        """Whether the number that begins here is an article: "een kilometer of tien"."""
        return key_of(text[start : start + _HEDGE_WINDOW].split(maxsplit=1)[0]) in self.numerals.articles

    def before(self, text: str, start: int) -> tuple[Bound | None, Hedge | None, int | None]:
        """The hedges before a number and where they begin (None: a vague word makes the number none)."""
        bound: Bound | None = None
        hedge: Hedge | None = None
        words = self.words_before(text, start)
        kept = len(words)
        while kept:
            if _bare(words[kept - 1]) in self.words.vague:
                return bound, hedge, None
            size, kind = self.hedge_at(words[:kept])
            if not size:
                break
            if isinstance(kind, Bound):
                bound = bound or kind
            elif kind is not None and (hedge is None or _STRENGTH[kind] > _STRENGTH[hedge]):
                hedge = kind
            kept -= size
            if words[kept][0] in _OPENING:  # a bracket or quotation mark: nothing before it belongs here
                break
        return bound, hedge, _word_start(text, start, words[kept:])

    def words_before(self, text: str, start: int) -> list[str]:
        """The words before a number in which its hedges stand; none where the last has no say in it."""
        window = text[max(0, start - _HEDGE_WINDOW) : start]
        if not window or window.isspace() or not (window[-1].isspace() or window[-1] in _DASHES):
            return []
        return window.split() if _bare(window.rsplit(None, 1)[-1]) in self.signals else []

    def hedge_at(self, words: list[str]) -> tuple[int, Hedge | Bound | None]:
        """How many of the last words are a hedge (0: none), and which; a word that opens a range counts as one."""
        for size in range(min(_LONGEST_HEDGE, len(words)), 0, -1):
            phrase = (_bare(words[-size]), *(word.lower() for word in words[len(words) - size + 1 :]))
            if kind := self.hedges.get(phrase):
                return size, kind
        return int(_bare(words[-1]) in self.words.openers), None

    def merge(self, text: str, first: Stated, second: Stated, hit: _Number) -> Stated | None:
        """One quantity of two that stand side by side: a second unit, a sum, a range with two units; else None."""
        a, b = first.quantity, second.quantity
        if hit.start - a.span.end > _HEDGE_WINDOW:
            return None
        between = " ".join(text[first.reach.end : second.reach.start].lower().split())
        if between not in self.links:
            return None
        if a.unit is not b.unit and between in self.second_units and _alike(a, b):
            closed = text[second.reach.end : second.reach.end + 1] in {")", "]"} and between in {"(", "["}
            end = second.reach.end + closed
            if between.startswith(",") and text[end : end + 1] == ",":
                end += 1
            return Stated(a, Span(first.reach.start, end), first.attributive)
        whole = Span(a.span.start, b.span.end)
        reach = Span(first.reach.start, second.reach.end)
        plain = a.low_km == a.high_km and b.low_km == b.high_km and not (b.hedge or b.bound)
        if a.unit is b.unit and plain and a.low_km < b.low_km and self.joined(text, first, between):
            rounding = min(a.rounding_km, b.rounding_km)
            both = replace(a, span=whole, text=text[whole.start : whole.end], high_km=b.high_km, rounding_km=rounding)
            return Stated(both, reach, second.attributive)
        if plain and b.unit.km < a.unit.km and between in self.sums and not self.opened(text, a.span.start):
            total = a.low_km + b.low_km
            added = replace(a, span=whole, text=text[whole.start : whole.end], low_km=total, high_km=total)
            return Stated(replace(added, rounding_km=b.rounding_km), reach, second.attributive)
        return None

    def joined(self, text: str, first: Stated, between: str) -> bool:
        """Whether "3 km" and "5 km" with this between them are a range."""
        if between in self.words.opened_joins:
            return self.opened(text, first.quantity.span.start)
        return between in self.words.joins or (between != "" and between in _DASHES)


@lru_cache(maxsize=32)
def _reader(words: LengthWords) -> _Reader:
    return _Reader(words)


def _bare(word: str) -> str:
    """A word in lower case without the brackets and quotation marks that open before it."""
    return word.lower().lstrip(_OPENING)


def _alike(a: Quantity, b: Quantity) -> bool:
    return abs(a.low_km - b.low_km) <= _SAME_DISTANCE * a.low_km + b.rounding_km + a.rounding_km


def _word_start(text: str, start: int, words: list[str]) -> int:
    """Where the first of the words that end at ``start`` begins, its opening bracket or quotation mark left out."""
    if not words:
        return start
    position = start
    for word in reversed(words):
        position = text.rindex(word, 0, position)
    return position + len(words[0]) - len(words[0].lstrip(_OPENING))


def _expression(words: LengthWords) -> str:
    """A number and, where there is one, its unit."""
    units = rf"(?i:{any_of(word for word, _ in words.units)})|{any_of(word for word, _ in words.symbols)}"
    join = any_of((*words.joins, *words.opened_joins))
    return rf"""(?x) {number_expression(words.numbers, units, (word for word, _ in words.symbols))}
        (?: (?P<gap> \s? | [{_DASHES}]\s? ) (?P<unit> {units} )
            (?! \w | [²³^] | \s?/\s?[^\W\d] | \s (?i:{any_of(words.not_after)}) (?!\w) ) )?
        (?(unit) | (?!\w) (?= \s? (?: [{_DASHES}] | (?i:{join}) (?!\w) ) ) )  # else it must open a range
    """
