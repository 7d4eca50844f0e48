"""Numbers as a language writes them: "1.200", "6,5", "10 1/2", "1.5 million", "zweihundertfünfzig", "two and a half".

An expression finds a number, :meth:`Numerals.worth` reads it: its value, and the worth of its last significant digit,
from which follows how far it may have been rounded.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["NumberWords", "Numerals", "any_of", "key_of", "number_expression"]

_MANY_DIGITS = 12  # a number with more digits is no distance on Earth
_HUNDRED = 100.0
_THOUSAND = 1000.0  # from here on a multiplier closes a part: "two hundred | thousand | five"
_NEVER = "(?!)"  # the expression that matches nothing
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})$|[½¼¾⅓⅔]$")
_LENIENT = re.compile(r"(\d+)[.,](\d{1,2}|\d{4,6})")  # "6.5" where the language writes "6,5"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How a language writes numbers; words in lower case, phrases with single spaces.

    ``articles`` count as one right before a unit ("a mile"); ``and_words`` may stand inside a word ("fünfundzwanzig")
    and behind a multiplier ("two hundred and fifty"); ``fractions`` come last ("two and a half").
    """

    decimal: str
    groups: tuple[str, ...] = ()
    numbers: tuple[tuple[str, float], ...] = ()
    multipliers: tuple[tuple[str, float], ...] = ()
    articles: tuple[str, ...] = ()
    and_words: tuple[str, ...] = ()
    fractions: tuple[tuple[str, float], ...] = ()


class Numerals:
    """The expression and the tables made from one language's words for numbers."""

    def __init__(self, words: NumberWords) -> None:
        """Compile them."""
        self.decimal = words.decimal
        # Where countries of one language differ, three digits behind either mark are thousands: 1,200 km in Mexico.
        both = words.decimal in words.groups
        self.thousands = re.compile(rf"(?<=\d)(?<!\b0){re.escape(words.decimal)}(?=\d{{3}}(?!\d))" if both else _NEVER)
        self.articles = {key_of(word) for word in words.articles}
        self.values = {key_of(word): value for word, value in (*words.numbers, *words.fractions)}
        self.multipliers = {key_of(word): value for word, value in words.multipliers}
        self.and_words = tuple(map(key_of, words.and_words))
        self.fractions = {key_of(word) for word, _ in words.fractions}
        self.word = re.compile(any_of({**self.values, **self.multipliers}), re.IGNORECASE)

    def worth(self, digits: str | None, words: str | None, multiplier: str | None) -> tuple[float, float]:
        """A number's value and the worth of its last significant digit."""
        if digits:
            value, step = _digits(self.thousands.sub("", digits), self.decimal)
        else:
            value = self.spelled(words or "")
            step = _step(f"{value:.15g}")
        factor = self.multipliers.get(key_of(multiplier), 1.0) if multiplier else 1.0
        return value * factor, step * factor

    def pair(self, words: str) -> tuple[float, float] | None:
        """The two numbers of "two-three", "four five", "duzentos e trezentos"; None where it is one number."""
        for gap in re.finditer(r"[\s-]+", words):
            first, second = words[: gap.start()], words[gap.end() :]
            joint = next((w for w in self.and_words if second.lower().startswith(f"{w} ")), "")
            second = second[len(joint) :].strip()
            head = self.word.match(second)
            if head is None or self.word.match(first) is None:
                continue
            low, high = self.spelled(first), self.spelled(second)
            begins = key_of(head.group())
            multiplies = begins in self.multipliers and (low < _HUNDRED or self.multipliers[begins] >= _THOUSAND)
            if low < high and not multiplies and begins not in self.fractions and (joint == "" or low >= _HUNDRED):
                return low, high
        return None

    def spelled(self, words: str) -> float:
        """The value of a number in words: parts add up, multipliers multiply what came before."""
        if key_of(words) in self.articles:
            return 1.0
        total = current = 0.0
        for match in self.word.finditer(words):
            part = key_of(match.group())
            if part in self.values:
                current += self.values[part]
            elif (factor := self.multipliers.get(part, 1.0)) < _THOUSAND:
                current = max(1.0, current) * factor
            else:
                total, current = total + max(1.0, current) * factor, 0.0
        return total + current


def number_expression(words: NumberWords, units: str, symbols: Iterable[str]) -> str:
    """A verbose expression with groups ``digits`` or ``words``, and ``multiplier``.

    ``units``: an expression for what must follow an article; ``symbols`` may stand before a dash and a number
    ("3km-5km"), other letters make it a name ("A-173").
    """
    after_symbol = "|".join(f"(?<=\\d{re.escape(symbol)}-)" for symbol in symbols) or _NEVER
    group = "[" + "".join(re.escape(mark) for mark in words.groups) + "]" if words.groups else _NEVER
    multiplier = any_of(word for word, _ in words.multipliers)
    parts = [word for word, _ in (*words.numbers, *words.multipliers, *words.fractions)]
    part = any_of(parts)
    first = "".join(sorted({char for word in (*parts, *words.articles) for char in (word[0].lower(), word[0].upper())}))
    opens = f"(?=[{first}])" if first else _NEVER
    glue = f"(?:[\\s-]?|{any_of(words.and_words)})"
    behind = "|".join(f"(?<={re.escape(word)})" for word, _ in words.multipliers) or _NEVER
    more = rf"(?: (?:{behind}) \s(?:{any_of(words.and_words)})\s (?:{part}) (?:{glue}(?:{part})){{0,3}} )?"
    return rf"""
        (?: (?P<digits>
              (?<![\w.,$€£]) (?<!\d/) (?: (?<![^\W\d_]-) | {after_symbol} )  # not inside a word, a price, a name
              (?: \d{{1,2}}/\d{{1,2}}                            # 1/4
                | (?: \d{{1,3}} (?:{group}\d{{3}}){{1,4}} (?!\d)   # 1.200
                    | \d{{1,{_MANY_DIGITS}}} (?!\d) )
                  (?: {re.escape(words.decimal)}\d{{1,6}} | [.,]\d{{1,2}}(?!\d) )?  # 6,5
                  (?: [\s-]\d{{1,2}}/\d{{1,2}} | \s?[½¼¾⅓⅔] )?   # 10 1/2
                | [½¼¾⅓⅔] ) (?![\d/]) )
            (?: [\s-] (?P<multiplier> (?i:{multiplier}) ) (?!\w) )?
          | (?P<words> (?<!\w) {opens} (?> (?i:                 # atomic: a number that leads nowhere is not tried again
              (?:{part}) (?: {glue}(?!(?:{units})(?!\w))(?:{part}) ){{0,9}} {more}  # dez milhas are ten miles
            | (?:{any_of(words.articles)}) (?= \s (?:{units}) (?!\w) ) ) ) ) )
    """


def key_of(words: str) -> str:
    """Words as they stand in tables: without case, single spaces between them."""
    return " ".join(words.casefold().split())


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; it may stand in a verbose expression."""
    rows = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in rows) or _NEVER


def _digits(text: str, decimal: str) -> tuple[float, float]:
    """Value and worth of the last significant digit of a number in digits.

    >>> _digits("1.200", ","), _digits("6,5", ","), _digits("10 1/2", "."), _digits("100", ".")
    ((1200.0, 100.0), (6.5, 0.1), (10.5, 0.1), (100.0, 10.0))
    """
    fraction = _FRACTION.search(text)
    whole = text[: fraction.start()] if fraction else text
    extra = 0.0
    if fraction:
        top, bottom = fraction.group(1, 2)
        extra = float(top) / max(1.0, float(bottom)) if top else _VULGAR[fraction.group()]
    whole, point, rest = whole.strip(" -").rpartition(decimal)
    if not point and (lenient := _LENIENT.fullmatch(rest)):
        whole, point, rest = lenient.group(1), decimal, lenient.group(2)
    if not point:
        whole, rest = rest, ""
    plain = "".join(char for char in whole if char.isdigit()) or "0"
    written = f"{plain}.{rest}" if rest else plain
    value = float(written) + extra
    return value, _step(f"{value:.15g}" if fraction else written)


def _step(written: str) -> float:
    """The worth of the last significant digit; an exact power of ten counts as known to the next lower power.

    >>> _step("130"), _step("6500"), _step("100"), _step("1.0"), _step("0")
    (10.0, 100.0, 10.0, 0.1, 1.0)
    """
    whole, point, decimals = written.partition(".")
    if point:
        return float(10.0 ** -len(decimals))
    significant = whole.lstrip("0").rstrip("0")
    zeros = len(whole) - len(whole.rstrip("0")) if significant else 0
    return float(10.0 ** (zeros - (significant == "1")))
