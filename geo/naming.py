"""What a place is called where something is said of it: by the atlas, or by the article's word in its basic form.

Articles inflect names ("Москвы", "Warszawie"). What a mention is looked up by is the basic form without accents; the
written word has the accents but another ending. Together they give the name, where the two fit.
"""

import re
from typing import NamedTuple, Self

from geo.fold import fold
from geo.model import Mention, Place

__all__ = ["Name"]

_ENDING = 2  # letters of a folded name that may be put behind a stem: "ая"
_INSTRUMENTAL = re.compile(r"ą\b")  # ends no name in its basic form, but folds to "a", which does


class Name(NamedTuple):
    """What a place is called: by the atlas, by the article ("" where it does not), and ``country``, a country's code.

    ``key`` is what the article's word is looked up by. English says what the atlas says, another language its own name
    of a country and else the article's word.
    """

    known: str
    said: str = ""
    key: str = ""
    country: str | None = None

    @classmethod
    def of(cls, place: Place, mention: Mention | None = None) -> Self:
        """The name of a place that the article mentions so; an adjective ("Russian") is no name."""
        said, key = (mention.text, mention.key) if mention and mention.kind is None else ("", "")
        return cls(place.name, said, key, place.country if place.id.startswith("country:") else None)

    @property
    def spoken(self) -> str:
        """The article's word without its ending, the atlas's name where the article has another word ("the capital").

        >>> Name("Munich", "Münchens", "munchen").spoken, Name("Moscow", "Hauptstadt", "Hauptstadt").spoken
        ('München', 'Moscow')
        """
        return self.known if self._has_other_word else self.written

    @property
    def written(self) -> str:
        """The article's word without its ending, whichever word that is.

        >>> Name("Kraków", "Krakowa", "krakow").written, Name("Warsaw", "Warszawie", "warszawa").written
        ('Kraków', 'Warszawa')
        >>> Name("Zürich", "Zurich", "zurich").written, Name("North Korea", "Koreą Północną", "korea polnocna").written
        ('Zurich', 'Korea Północna')
        >>> Name("Moscow", "Hauptstadt", "Hauptstadt").written, Name("Russia").written
        ('Hauptstadt', 'Russia')
        """
        if self._has_other_word:
            return self.said or self.known
        if fold(self.said) == self.key:
            return _INSTRUMENTAL.sub("a", self.said)
        if fold(self.known) == self.key:
            return self.known  # with the accents that an ending took away
        return _stem(self.said, self.key) or _uninflected(self.said, self.key)

    @property
    def _has_other_word(self) -> bool:
        return self.said.islower() or not self.key or fold(self.key) != self.key


def _uninflected(said: str, key: str) -> str:
    """A name with the endings of its key, the form to look it up by; unchanged where they are not sure.

    >>> _uninflected("Москвы", "москва"), _uninflected("Zielonej Górze", "zielona gora")
    ('Москва', 'Zielona Góra')
    >>> _uninflected("Нижнего Новгорода", "нижнии новгород"), _uninflected("Peking", "peiping")
    ('Нижнего Новгорода', 'Peking')
    """
    words, bases = said.split(), key.split()
    mended = [_with_ending(word, base) for word, base in zip(words, bases, strict=False)]
    return " ".join(map(str, mended)) if len(words) == len(bases) and all(mended) else said


def _with_ending(word: str, base: str) -> str | None:
    """A word with the last letters of its folded base form, two at most: what is folded has lost accents, й is и."""
    for letters in range(_ENDING + 1):
        stem, ending = base[: len(base) - letters], base[len(base) - letters :]
        if kept := _stem(word, stem):
            return None if "и" in ending else f"{kept}{ending}"
    return None


def _stem(word: str, key: str) -> str | None:
    """What a word begins with and what folds to that key, None where nothing does."""
    return next((word[:end] for end in range(len(word), 0, -1) if fold(word[:end]) == key), None)
