"""What the tagger (geo/tagger.py) sees of a word: how it is written, what the gazetteer and the lexicon know of it.

Only words that can belong to a name are looked at: capitalised ones, and lower-case words that annotated text has seen
inside names ("de", "of", "область"). Runs of such words are the sequences that the model labels; everything else stands
around them as context. Features are strings; those of a written form are made once and kept, so that a word costs a few
look-ups.
"""

from collections.abc import Callable, Iterator, Sequence
from math import log10
from typing import NamedTuple

from geo.gazetteer import ANY_LANGUAGE, Gazetteer, NameKind, Posting, WordCounts
from geo.inflection import base_forms
from geo.model import Kind
from geo.tokens import Case, Token, joins

__all__ = ["FeatureMaker", "Item", "NameInnards", "Run"]

Item = tuple[str | tuple[str, ...], ...]  # features of a word; those that always come together are one tuple
Run = tuple[int, int]  # half-open positions of words that may be one name or several

_LONGEST_NAME = 6  # words of a name that are looked up together
_LONGEST_RUN = 120  # words: longer runs, tables of names and headings, are cut
_MOST_FORMS = 50_000  # written forms kept in memory
_RARE, _OFTEN = 3, 30  # times a word was seen: below the first its counts say nothing, from the second they are trusted
_SHARES = (0.02, 0.15, 0.5, 0.85)  # bounds between the steps of a share
_DEMONYM_ENDINGS = ("s", "e", "en", "er", "es", "em", "n")
_MARKS = dict.fromkeys("\"'“”„«»‘’‹›", '"') | dict.fromkeys("–—―‐‑−", "-")
_KINDS = {
    Kind.CITY: "c",
    Kind.COUNTRY: "C",
    Kind.REGION: "R",
    Kind.CONTINENT: "K",
    Kind.WATER: "W",
    Kind.LANDFORM: "L",
    Kind.AREA: "A",
    Kind.SITE: "S",
    Kind.HISTORIC: "H",
}
_SIZED = "cR"  # kinds whose weight is told
_NEVER = frozenset({NameKind.TRANSLITERATION, NameKind.AFTER_CITY})
_UNKNOWN = "0"


class NameInnards(NamedTuple):
    """Lower-case words that names hold: anywhere inside, as their first word, as their last."""

    inside: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]


class _Form(NamedTuple):
    """The features of a written form where it is the word itself, the word before or after, and two words away."""

    own: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    far_before: str
    far_after: str
    place: str  # what the gazetteer knows it as
    usage: str  # what it mostly was in annotated text


_START = _Form((), ("-^",), (), "=^", "", _UNKNOWN, _UNKNOWN)
_END = _Form((), (), ("+$",), "", "#$", _UNKNOWN, _UNKNOWN)


class FeatureMaker:
    """Makes features for one language; ``word`` says what a word was seen as (the gazetteer's lexicon by default)."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        language: str,
        innards: NameInnards,
        word: Callable[[str, str], WordCounts] | None = None,
    ) -> None:
        """Nothing is computed before it is asked for."""
        self._gazetteer, self._language, self._innards = gazetteer, language, innards
        self._word = word or gazetteer.word
        self._lower: dict[str, _Form] = {}
        self._capital: dict[str, _Form] = {}
        self._upper: dict[str, _Form] = {}
        self._classes: dict[str, str] = {}
        self._gaps: dict[str, str] = {}

    def runs(self, tokens: Sequence[Token]) -> Iterator[Run]:
        """Where names may stand: capitalised words side by side, with the lower-case words that names hold."""
        inside, position, number = self._innards.inside, 0, len(tokens)
        while position < number:
            first, last_capital = position, -1
            while position < number and position - first < _LONGEST_RUN:
                token = tokens[position]
                if token.opens and position > first:
                    break
                if token.case is Case.CAPITAL or token.case is Case.UPPER:
                    last_capital = position
                elif token.case is not Case.LOWER or token.key not in inside:
                    break
                position += 1
            if last_capital >= 0:
                yield self._trimmed(tokens, first, last_capital, position)
            if position == first:
                position += 1

    def _trimmed(self, tokens: Sequence[Token], first: int, last_capital: int, after: int) -> Run:
        """The run without lower-case words at its ends that no name begins or ends with."""
        while tokens[first].case is Case.LOWER and tokens[first].key not in self._innards.first:
            first += 1
        end = last_capital + 1
        while end < after and tokens[end].key in self._innards.last:
            end += 1
        return first, end

    def items(self, text: str, tokens: Sequence[Token], run: Run) -> list[Item]:
        """The features of each word of a run."""
        first, after = run
        low = max(first - 2, 0)
        forms = [_START, _START, *map(self._form, tokens[low : after + 2]), _END, _END]
        names, items = self._names(text, tokens, run), list[Item]()
        gap = self._gap(text[tokens[first - 1].end : tokens[first].start]) if first else "^"
        for position in range(first, after):
            at, opens = position - low + 2, tokens[position].opens
            own, before, behind = forms[at], _START if opens else forms[at - 1], forms[at + 1]
            far_before = "=^" if opens or tokens[position - 1].opens else forms[at - 2].far_before
            far_after, next_gap = forms[at + 2].far_after, "$"
            if position + 1 < len(tokens):
                next_gap = self._gap(text[tokens[position].end : tokens[position + 1].start])
                if tokens[position + 1].opens:
                    behind, far_after = _END, "#$"
                elif position + 2 < len(tokens) and tokens[position + 2].opens:
                    far_after = "#$"
            place, usage = own.place, own.usage
            items.append(
                (
                    own.own,
                    before.before,
                    behind.after,
                    far_before,
                    far_after,
                    "<" + gap,
                    ">" + next_gap,
                    f"<{gap}{place}{usage}",
                    f">{next_gap}{place}{usage}",
                    names.get(position, "N0"),
                    f"{before.before[0]}|{place}",
                    f"{behind.after[0]}|{place}",
                    f"pu{before.usage}{usage}{behind.usage}",
                    f"pg{before.place}{place}{behind.place}",
                    f"o{opens:d}{usage}{place}",
                    f"{far_before}{before.before[0]}",
                    f"{behind.after[0]}{far_after}",
                )
            )
            gap = next_gap
        return items

    def _form(self, token: Token) -> _Form:
        """The features of a written form, from memory where it was met before."""
        case = token.case
        known = self._lower if case is Case.LOWER else self._upper if case is Case.UPPER else self._capital
        form = known.get(token.key)
        if form is None:
            if len(known) >= _MOST_FORMS:
                known.clear()
            form = known[token.key] = self._make_form(token.key, case)
        return form

    def _make_form(self, key: str, case: Case) -> _Form:
        shape, end = _shape(key, case), f"e{key[-3:]}"
        if case not in (Case.CAPITAL, Case.UPPER):
            word = key if case is Case.LOWER else shape
            own = ("b", f"w{word}", f"s{shape}", end)
            return _Form(own, (f"-{word}", f"-{end}"), (f"+{word}", f"+{end}"), f"={word}", f"#{word}", shape, "n")
        usage, shares = _usage(self._word(key, self._language), "l")
        usage_anywhere, shares_anywhere = _usage(self._word(key, ANY_LANGUAGE), "a")
        place = self._place_of(key, case)
        demonym = "D" if self._is_demonym(key) else ""
        usage = (usage_anywhere if usage == _UNKNOWN else usage) + demonym
        spelling = ("b", f"w{key}", f"s{shape}", f"p{key[:3]}", f"f{key[-2:]}", end, f"h{key[-4:]}")
        known = (f"g{place}", f"gs{place}{shape}", f"ug{usage}{place}", f"d{demonym}", f"us{usage}{shape}")
        around = (key, f"s{shape}", f"u{usage}", f"g{place}", end)
        before, behind = tuple("-" + part for part in around), tuple("+" + part for part in around)
        everything = (*spelling, *known, *shares, *shares_anywhere)
        return _Form(everything, before, behind, f"={usage}", f"#{usage}", place, usage)

    def _place_of(self, key: str, case: Case) -> str:
        """The kind of place that a word may be, marked where it is one in another form only."""
        place = self.place_class(key, code=case is Case.UPPER)
        if place != _UNKNOWN:
            return place
        inflected = (self.place_class(base) for base in base_forms(key, self._language))
        return next((f"~{base}" for base in inflected if base != _UNKNOWN), _UNKNOWN)

    def _is_demonym(self, key: str) -> bool:
        forms = (key, *(key.removesuffix(ending) for ending in _DEMONYM_ENDINGS if key.endswith(ending)))
        return any(self._gazetteer.demonym(form, self._language) for form in forms)

    def _names(self, text: str, tokens: Sequence[Token], run: Run) -> dict[int, str]:
        """For words of the longest known names of several words: which word of a name of what kind each is."""
        names: dict[int, str] = {}
        position, after = run
        while position + 1 < after:
            end, joined = position + 1, tokens[position].key
            while end < after and end - position < _LONGEST_NAME and joins(text, tokens, end - 1):
                joined += " " + tokens[end].key
                end += 1
            length, best = self._longest(joined) if end - position > 1 else (1, _UNKNOWN)
            if length > 1:
                names |= dict.fromkeys(range(position, position + length), f"Ni{best}")
                names[position], names[position + length - 1] = f"Nb{best}", f"Ne{best}"
            position += length
        return names

    def _longest(self, joined: str) -> tuple[int, str]:
        """How many of the words, from the first on, are one known name, and what kind of place bears it."""
        length, best = 1, _UNKNOWN
        for name, _ in self._gazetteer.prefixes(joined):
            if " " in name and joined[len(name) : len(name) + 1] in {"", " "}:
                place = self.place_class(name)
                if place != _UNKNOWN:
                    length, best = name.count(" ") + 1, place
        return length, best

    def place_class(self, name: str, *, code: bool = True) -> str:
        """The kind of place that a folded name means first, with the size of a city; "0" where nobody bears it.

        Abbreviations count where ``code`` is true.
        """
        known = name if code else name + "."
        place = self._classes.get(known)
        if place is None:
            if len(self._classes) >= _MOST_FORMS:
                self._classes.clear()
            place = self._classes[known] = self._class(self._gazetteer.find(name), code=code)
        return place

    def _class(self, postings: tuple[Posting, ...], *, code: bool) -> str:
        best, heaviest = _UNKNOWN, 0.0
        for posting in postings:
            if posting.kind not in _NEVER and (code or posting.kind is not NameKind.CODE):
                weight = self._gazetteer.weight(posting)
                if weight > heaviest:
                    best, heaviest = _KINDS[self._gazetteer.kind_at(posting.number)], weight
        size = min(max(int(2 * log10(heaviest + 1)) - 4, 0), 9)  # half powers of ten from 100 inhabitants on
        return f"{best}{size}" if best in _SIZED else best

    def _gap(self, gap: str) -> str:
        """What stands between two words, as few different strings as serve."""
        short = self._gaps.get(gap)
        if short is None:
            if len(self._gaps) >= _MOST_FORMS:
                self._gaps.clear()
            core = gap.strip()
            line = "\n" if "\n" in gap else " " if gap[:1].isspace() else ""
            marks = "".join(_MARKS.get(mark, mark) for mark in core[:2])
            short = self._gaps[gap] = line + marks + (" " if core and gap[-1:].isspace() else "")
        return short


def _shape(key: str, case: Case) -> str:
    match case:
        case Case.LOWER:
            return "x"
        case Case.CAPITAL:
            return "X" if len(key) > 2 else "Xx"
        case Case.UPPER:
            return f"U{len(key)}" if len(key) <= 3 else "U"
        case Case.UNSPACED:
            return "z"
        case Case.NONE:
            return ("d4" if len(key) == 4 else "d") if key.isdigit() else "n"


def _usage(counts: WordCounts, prefix: str) -> tuple[str, list[str]]:
    """What a word mostly was, and a feature for each share; nothing where it was hardly seen."""
    total = sum(counts)
    if total < _RARE:
        return _UNKNOWN, [prefix + _UNKNOWN]
    trust = "r" if total < _OFTEN else "o"
    shares = [sum(count > bound * total for bound in _SHARES) for count in counts]
    main = max(range(len(shares)), key=counts.__getitem__)
    return f"{main}{shares[main]}", [f"{prefix}{trust}{column}{share}" for column, share in enumerate(shares)]
