"""An article as the recogniser reads it: its words, what its language knows of them, and small questions about both."""

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from geo.fold import fold
from geo.gazetteer import ANY_LANGUAGE, Gazetteer, Posting, WordCounts
from geo.languages import LanguagePack, NameWords
from geo.model import Article, Kind, Unit
from geo.tokens import Token, tokenise

__all__ = ["KNOWN", "TOWN", "Reading"]

# How much a place weighs (people, for a city by its usual name) that everyone knows, and that its country knows.
KNOWN, TOWN = 20_000, 5_000
_DISTANCES = frozenset({Unit.KILOMETRE, Unit.MILE, Unit.NAUTICAL_MILE, Unit.SCANDINAVIAN_MILE, Unit.VERST})
_GAPS = frozenset({" ", "\u00a0", "\n", ". "})


class Reading:
    """The words of one article, with the gazetteer and the language's own words beside them."""

    def __init__(self, article: Article, gazetteer: Gazetteer, pack: LanguagePack | None) -> None:
        """Cut the text into words; ``pack`` is None for a language that has none."""
        self.text, self.language, self.gazetteer = article.text, article.language, gazetteer
        self.names = pack.names if pack else NameWords()
        self._units = (*pack.lengths.units, *pack.lengths.symbols) if pack else ()
        self.tokens: list[Token] = tokenise(article.text)
        self._counts: dict[str, WordCounts] = {}

    def counts(self, key: str) -> WordCounts:
        """What a folded word was seen as in annotated text of the article's language."""
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = self.gazetteer.word(key, self.language)
        return counts

    def counts_anywhere(self, key: str) -> WordCounts:
        """The same in all languages together: persons' names travel."""
        return self.gazetteer.word(key, ANY_LANGUAGE)

    def gap(self, position: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.tokens[position - 1].end : self.tokens[position].start]

    def follows(self, position: int, words: frozenset[str]) -> bool:
        """Whether the word before the one at ``position`` is one of these, with nothing but a space between."""
        return position > 0 and self.tokens[position - 1].key in words and self.gap(position) in _GAPS

    def beside_distance(self, position: int) -> bool:
        """Whether a distance is stated in the word's sentence or the next one: then places are what it is about."""
        sentence = self._sentences[position]
        return sentence in self._measured or sentence + 1 in self._measured

    @cached_property
    def _sentences(self) -> list[int]:
        return list(accumulate(token.opens for token in self.tokens))

    def is_unit(self, position: int) -> bool:
        """Whether the word is the unit of the number before it: 37 Meilen, not the town Meilen."""
        number = position > 0 and self.tokens[position - 1].key[:1].isdigit()
        return number and self.tokens[position].key in self._unit_words

    @cached_property
    def _unit_words(self) -> frozenset[str]:
        return frozenset(fold(word) for word, unit in self._units if unit in _DISTANCES)

    @cached_property
    def _measured(self) -> frozenset[int]:
        """The sentences in which a unit of distance follows a number, or stands as one word with it."""
        units = self._unit_words
        found = set()
        for position, token in enumerate(self.tokens):
            whole = token.key in units and position > 0
            if whole or (token.key[:1].isdigit() and token.key.lstrip("0123456789") in units):
                found.add(self._sentences[position])
        return frozenset(found)

    def kind(self, posting: Posting) -> Kind:
        """What sort of place a posting is."""
        return self.gazetteer.kind_at(posting.number)

    def heaviest(self, postings: Iterable[Posting]) -> float:
        """The weight of the heaviest place; 0 where there is none."""
        return max(map(self.gazetteer.weight, postings), default=0.0)
