"""What the atlas knows of the words of one language: one place to ask, which remembers what it was asked.

An article says the same words again and again, and so does the next one: what takes the gazetteer, the lexicon and the
language pack together to answer is worked out once a word.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product
from typing import TypeVar

from geo.fold import fold
from geo.gazetteer import ANY_LANGUAGE, Gazetteer, NameKind, Posting, WordCounts
from geo.inflection import base_forms
from geo.languages import LanguagePack, NameWords
from geo.model import Kind, Unit

__all__ = ["ALONE", "Vocabulary", "stems"]

_REMEMBERED = 20_000  # words
_SHORTEST_STEM = 4  # letters that must be left when an ending is taken off
_SHORTEST_ADJECTIVE = 3  # inside a name: Rotes (Meer)
_DISTANCES = frozenset({Unit.KILOMETRE, Unit.MILE, Unit.NAUTICAL_MILE, Unit.SCANDINAVIAN_MILE, Unit.VERST})
_INFLECTION_GAIN = 20  # an uninflected form is meant where its place weighs so many times more than the form as written
_INFLECTED_THROUGHOUT = 2  # words: in longer names only the first and last are looked up in other forms
_OFTEN, _TIMES_AS_OFTEN = 8, 10  # times that a word was seen in other names, and for each time as a place
_AS_WRITTEN = frozenset({NameKind.CODE, NameKind.AFTER_CITY})
ALONE = ("",)  # how a name of one word begins before its last word
Postings = tuple[Posting, ...]
Fit = Callable[[Postings], Postings]
_Answer = TypeVar("_Answer")


class Vocabulary:
    """The words of one language. All questions are about folded words (geo/fold.py)."""

    def __init__(self, gazetteer: Gazetteer, language: str, pack: LanguagePack | None) -> None:
        """``pack`` is None for a language that has none."""
        self.gazetteer, self.language = gazetteer, language
        self.names = names = pack.names if pack else NameWords()
        units = (*pack.lengths.units, *pack.lengths.symbols) if pack else ()
        self.distance_units = frozenset(fold(word) for word, unit in units if unit in _DISTANCES)
        self.adjective_endings = names.adjective_endings
        self._demonym_endings = (*names.adjective_endings, *names.plural_suffixes)
        self._case_endings = (*names.genitive_suffixes, *names.dative_suffixes)
        # Remembered answers; each method says below what its question is.
        self.key_of = _remembering(self._key_of)
        self.counts = _remembering(self._counts)
        self.counts_anywhere = _remembering(self._counts_anywhere)
        self.find = _remembering(gazetteer.find)
        self.demonym = _remembering(self._demonym)
        self.alone = _remembering(self._alone)
        self.only = _remembering(self._only)
        self.inflected = _remembering(self._inflected)
        self.heads = _remembering(self._heads)
        self.small_heads = _remembering(self._small_heads)
        self.forms = _remembering(self._forms)
        self.begins_demonym = _remembering(self._begins_demonym)
        self.is_common = _remembering(self._is_common)
        self.is_other_name = _remembering(self._is_other_name)
        self.may_be_given = _remembering(self._may_be_given)
        self.may_begin = _remembering(self._may_begin)
        self.may_begin_small = _remembering(self._may_begin_small)

    def adjective_forms(self, word: str) -> list[str]:
        """The word, and where it may be an adjective, the word with every other ending of one."""
        stem = next(iter(stems(word, self.adjective_endings, _SHORTEST_ADJECTIVE)), None)
        return [word] if stem is None else list(dict.fromkeys([word, *(stem + e for e in self.adjective_endings)]))

    def _only(self, key: str) -> tuple[str, Postings] | None:
        """:meth:`alone` of a word with which no longer name begins, else None."""
        return None if self.heads(key) else self.alone(key)

    def _forms(self, word: str) -> tuple[str, ...]:
        """The word, and all that it may be another form of."""
        return tuple(dict.fromkeys([*self.adjective_forms(word), *base_forms(word, self.language)]))

    def _key_of(self, name: str) -> str:
        """The folded form of a written name, or what it is an inflection of where that has much heavier places."""
        key = fold(name)
        words = key.split()
        forms = [[word, *base_forms(word, self.language)] for word in words]
        if len(words) > _INFLECTED_THROUGHOUT:
            forms[1:-1] = [[word] for word in words[1:-1]]  # Ростова-на-Дону
        known = {form: self._heaviest(self.gazetteer.find(form)) for form in map(" ".join, product(*forms))}
        best = max(known, key=lambda form: known[form], default=key)
        return best if known and known[best] > _INFLECTION_GAIN * known[key] else key  # Львове is no village

    def best_form(self, written: str, heads: Sequence[str], last: str, fit: Fit) -> tuple[str, Postings]:
        """A name as written, or what it is an inflection of where that has much heavier places; and the places.

        ``heads`` are the ways in which known names begin up to the ``last`` word; ``fit`` keeps the places that fit the
        way the name is written.
        """
        known = self.find(written)
        name, postings = written, fit(known) if known else ()
        datives = stems(last, self.names.dative_suffixes)
        lasts = [last, *stems(last, self.names.genitive_suffixes), *datives]
        if heads != ALONE:
            lasts += self.forms(last)  # where the other words fit, an unlikely ending may be one
        for base in (head + form for head in heads for form in lasts):
            known = self.find(base) if base != written else ()
            meant = fit(known) if known else ()
            if meant and base[base.rfind(" ") + 1 :] in datives:
                meant = tuple(p for p in meant if self.gazetteer.kind_at(p.number) is not Kind.CITY)
            if meant and (not postings or self._heaviest(meant) > _INFLECTION_GAIN * self._heaviest(postings)):
                return base, meant
        return name, postings

    def _heaviest(self, postings: Postings) -> float:
        return max(map(self.gazetteer.weight, postings), default=0.0)

    def _alone(self, key: str) -> tuple[str, Postings] | None:
        """:meth:`best_form` of a single word; None where it matters how the word is written, as with "IN"."""
        forms = {key, *stems(key, self._case_endings)}
        if any(posting.kind in _AS_WRITTEN for form in forms for posting in self.find(form)):
            return None
        return self.best_form(key, ALONE, key, _in_texts)

    def _inflected(self, key: str) -> tuple[str, Postings] | None:
        """What a word is an inflection of that has the heaviest places, and the places; None where there are none."""
        known = [(form, _in_texts(self.find(form))) for form in base_forms(key, self.language)]
        return max((each for each in known if each[1]), key=lambda each: self._heaviest(each[1]), default=None)

    def _counts(self, key: str) -> WordCounts:
        """What a word was seen as in annotated text of the language."""
        return self.gazetteer.word(key, self.language)

    def _counts_anywhere(self, key: str) -> WordCounts:
        """The same in all languages together: persons' names travel."""
        return self.gazetteer.word(key, ANY_LANGUAGE)

    def _demonym(self, key: str) -> tuple[str, Postings] | None:
        """The areas of an adjective or inhabitant's name, "polnische", "Swedes", and the form that is theirs."""
        if len(key) >= _SHORTEST_STEM:
            inflected = list(base_forms(key, self.language))
            if any(map(self.find, (key, *inflected))):  # rather a name
                inflected = []
            for form in (key, *stems(key, self._demonym_endings), *inflected):
                postings = self.gazetteer.demonym(form, self.language)
                if postings:
                    return form, postings
        return None

    def _begins_demonym(self, key: str) -> bool:
        """Whether an adjective or inhabitant's name of several words begins with this one: North (Korean)."""
        return self.gazetteer.begins(f"{self.language}:{key} ")

    def _heads(self, key: str) -> tuple[str, ...]:
        """The ways in which longer names begin with this word: itself, or as an adjective with another ending."""
        return tuple(head for form in self.forms(key) if self.gazetteer.begins(head := f"{form} "))

    def _small_heads(self, key: str) -> tuple[str, ...]:
        """The same of names that are partly written small in running text: mer (Noire), озера (Чад)."""
        return tuple(head for form in self.forms(key) if self.gazetteer.begins_small(head := f"{form} "))

    def _is_common(self, key: str) -> bool:
        """Whether the name of a place is an ordinary word as well: Essen, Reading, Находка."""
        return self.gazetteer.is_common(key, self.language)

    def _is_other_name(self, key: str) -> bool:
        """Whether the word is known from names of firms, clubs and the like, and hardly as a place: Toyota."""
        seen = self.counts_anywhere(key)
        return seen.other_name >= _OFTEN and _TIMES_AS_OFTEN * seen.place < seen.other_name

    def _may_be_given(self, key: str) -> bool:
        """Whether the word was ever seen as a person's given name."""
        return bool(self.counts(key).person_first or self.counts_anywhere(key).person_first)

    def _may_begin(self, key: str) -> bool:
        """Whether a mention may begin at this word where it is a capitalised one."""
        known = (self.find(form) for form in (key, *stems(key, self._case_endings)))
        likely = any(known) or self.demonym(key) is not None or bool(self.counts(key).place or self.heads(key))
        return likely or self.inflected(key) is not None

    def _may_begin_small(self, key: str) -> bool:
        """Whether a mention may begin at this word where it is written small."""
        return self.demonym(key) is not None or bool(self.small_heads(key))


def _in_texts(postings: Postings) -> Postings:
    return tuple(posting for posting in postings if posting.kind is not NameKind.TRANSLITERATION)


def stems(word: str, endings: tuple[str, ...], shortest: int = _SHORTEST_STEM) -> list[str]:
    """The word without each of the endings that it has, where so many letters are left."""
    if not word.endswith(endings):
        return []
    return [word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= shortest]


def _remembering(answer: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    return lru_cache(maxsize=_REMEMBERED)(answer)
