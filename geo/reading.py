"""An article as the recogniser reads it: its words, what its language knows of them, and small questions about both."""

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from geo.gazetteer import Posting
from geo.model import Article, Kind
from geo.tokens import Case, Token, tokenise
from geo.vocabulary import Vocabulary

__all__ = ["KNOWN", "TOWN", "Reading"]

# How much a place weighs (people, for a city by its usual name) that everyone knows, and that its country knows.
KNOWN, TOWN = 20_000, 5_000
_FAR_HEAVIER = 500  # times: La Paz beside a hamlet De La Paz, but not the state beside the suburb La Florida
_BEHIND_PLACES = frozenset(",(-–—/")  # a region, an agency, another place
_GAPS = frozenset({" ", "\u00a0", "\n", ". "})


class Reading:
    """The words of one article, and what its language's vocabulary knows of them."""

    def __init__(self, article: Article, vocabulary: Vocabulary) -> None:
        """Cut the text into words."""
        self.text, self.vocabulary = article.text, vocabulary
        self.language, self.gazetteer, self.names = vocabulary.language, vocabulary.gazetteer, vocabulary.names
        self.counts, self.counts_anywhere = vocabulary.counts, vocabulary.counts_anywhere
        self.tokens: list[Token] = tokenise(article.text)
        capital, small = vocabulary.may_begin, vocabulary.may_begin_small
        # Where a mention may begin
        self.starts = [
            position
            for position, (_, _, key, case, _) in enumerate(self.tokens)
            if case is Case.UNSPACED or (small(key) if case is Case.LOWER else capital(key))
        ]

    def gap(self, position: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.tokens[position - 1].end : self.tokens[position].start]

    def follows(self, position: int, words: frozenset[str]) -> bool:
        """Whether the word before the one at ``position`` is one of these, with nothing but a space between."""
        return position > 0 and self.tokens[position - 1].key in words and self.gap(position) in _GAPS

    def opens_by_chance(self, first: int, after: int) -> bool:
        """Whether a name's first word, a preposition or an article, is only the sentence's: "De La Paz a Cochabamba".

        What follows is then a far heavier place. La Palma keeps its article: it is well known itself.
        """
        opening, names = self.tokens[first], self.names
        function_words = names.place_cues | names.determiners | names.within | names.name_particles
        if after - first == 1 or not opening.opens or opening.key not in function_words:
            return False
        weight = self._weight(first, after)
        return weight < KNOWN and self._weight(first + 1, after) > _FAR_HEAVIER * weight

    def _weight(self, first: int, after: int) -> float:
        """The weight of the heaviest place that the words name."""
        name = self.text[self.tokens[first].start : self.tokens[after - 1].end]
        return self.heaviest(self.gazetteer.find(self.vocabulary.key_of(name)))

    def beside_distance(self, position: int) -> bool:
        """Whether a distance is stated in the word's sentence or the next one: then places are what it is about."""
        sentence = self._sentences[position]
        return sentence in self._measured or sentence + 1 in self._measured

    @cached_property
    def _sentences(self) -> list[int]:
        return list(accumulate(token.opens for token in self.tokens))

    def is_ordinary(self, position: int) -> bool:
        """Whether the word has its capital from the sentence it opens: "Reading scores fell", not "Reading, Pa."."""
        token = self.tokens[position]
        if not token.opens or token.case is not Case.CAPITAL or not self.vocabulary.is_common(token.key):
            return False
        counts = self.counts(token.key)
        if self.beside_distance(position) or (token.key in self._capitals_inside and counts.no_name <= counts.place):
            return False
        return self.text[token.end : token.end + 2].strip()[:1] not in _BEHIND_PLACES

    @cached_property
    def _capitals_inside(self) -> frozenset[str]:
        """The words that have a capital inside a sentence."""
        return frozenset(word.key for word in self.tokens if word.case is Case.CAPITAL and not word.opens)

    def is_unit(self, position: int) -> bool:
        """Whether the word is the unit of the number before it: 37 Meilen, not the town Meilen."""
        number = position > 0 and self.tokens[position - 1].key[:1].isdigit()
        return number and self.tokens[position].key in self.vocabulary.distance_units

    @cached_property
    def _measured(self) -> frozenset[int]:
        """The sentences in which a unit of distance follows a number, or stands as one word with it."""
        units = self.vocabulary.distance_units
        found = set()
        for position, token in enumerate(self.tokens):
            key = token.key
            if (key in units and position > 0) or (key[:1] <= "9" and key.lstrip("0123456789") in units):
                found.add(self._sentences[position])
        return frozenset(found)

    def kind(self, posting: Posting) -> Kind:
        """What sort of place a posting is."""
        return self.gazetteer.kind_at(posting.number)

    def heaviest(self, postings: Iterable[Posting]) -> float:
        """The weight of the heaviest place; 0 where there is none."""
        return max(map(self.gazetteer.weight, postings), default=0.0)
