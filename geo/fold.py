"""From a name as written to the form that it is looked up by.

Two names fold alike when a reader would call them the same: case, accents, Unicode normal form, full width, zero-width
characters, soft hyphens, and whatever stands between the words (space, hyphen, apostrophe, full stop) make no
difference. Letters of different scripts never fold together, so a Moscow spelt with Cyrillic letters is not matched
in silence.
"""

import re
import unicodedata

__all__ = ["TOKEN", "fold", "fold_token"]

# What Unicode puts above and below letters in scripts where it is not part of the word: Latin, Greek, Cyrillic,
# Hebrew points and Arabic vowel signs go; the vowel signs of Indic and other scripts stay.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u0652\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
# Letters that no decomposition takes apart.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ŋ": "n", "ħ": "h"}
)
# A run of letters, digits and the marks that belong to them (``\\w`` leaves combining vowel signs out), zero-width
# characters inside included.
_MARKS = (
    "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ecd\u0f18-\u0fbc\u102b-\u109d\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
TOKEN = re.compile(f"[^\\W_]+(?:[{_MARKS}]+[^\\W_]+)*[{_MARKS}]*")


def fold_token(token: str) -> str:
    """One word's key.

    >>> fold_token("Łódź"), fold_token("Straße"), fold_token("Mos\u200bkau"), fold_token("İzmir")
    ('lodz', 'strasse', 'moskau', 'izmir')
    >>> fold_token("Йошкар"), fold_token("Ｔｏｋｙｏ"), fold_token("서울")
    ('иошкар', 'tokyo', '서울')
    """
    if token.isascii():
        return token.lower()
    decomposed = unicodedata.normalize("NFKD", token).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFD", decomposed)).translate(_PLAIN))


def fold(name: str) -> str:
    """A whole name's key: its words' keys with one space between them.

    >>> fold("Saint-Jean-de-l'Île"), fold("St. John's"), fold("  ")
    ('saint jean de l ile', 'st john s', '')
    """
    return " ".join(filter(None, map(fold_token, TOKEN.findall(unicodedata.normalize("NFKC", name)))))
