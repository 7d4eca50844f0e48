"""A test aid: "[[Kassel|geonames:2892518|city|DE]] liegt ..." becomes an article and its located mentions.

After the name come, each optional: the place's id, its kind ("city"), its country, and "demonym" for such a mention.
"[[Kassel]]" is a town whose id is made from its name; "[[Kassel|?]]" is a mention that could not be placed.
"""

import re

from geo.claims import read_claims
from geo.languages import Entry, LanguagePack
from geo.model import Article, Candidate, Kind, Located, Mention, MentionKind, Place, Position, Span

_MARK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]*))?\]\]")
_NOWHERE = Position(0.0, 0.0)  # claims are found without looking where a place lies


def read_marked(marked: str, language: str) -> tuple[Article, tuple[Located, ...]]:
    """The article and the places that its marks name."""
    text, located, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        name = match.group(1)
        span = Span(len(text), len(text) + len(name))
        text += name
        position = match.end()
        located.append(_located(name, span, (match.group(2) or "").split("|")))
    text += marked[position:]
    return Article(text, language), tuple(located)


def decided_by(entry: Entry, sentence: str, pack: LanguagePack) -> bool:
    """Whether an entry of a pack has a say in some length of a marked sentence."""
    article, located = read_marked(sentence, pack.code)
    return any(entry in reading.entries for reading in read_claims(article, located, pack))


def _located(name: str, span: Span, fields: list[str]) -> Located:
    identity, kind, country, word = (*fields, "", "", "", "")[:4]
    mention = Mention(span, name, name.lower(), MentionKind.DEMONYM if word == "demonym" else None)
    if identity == "?":
        return Located(mention)
    made_up = f"country:{country}" if kind == "country" else f"test:{name}"
    place = Place(identity or made_up, name, Kind(kind or "city"), _NOWHERE, country or None)
    return Located(mention, (Candidate(place, 1.0),))
