"""From an inflected place name to the forms that the gazetteer may know: Moskaus, Москвы, Warszawie, Helsingissä.

Endings and what stands in their place in the basic form, by language, on folded words (geo/fold.py: no accents, Russian
й is и). They propose; the gazetteer decides which proposal is a name. Sources: the declensions of place names in the
grammars of each language; languages that do not decline names have no entry.
"""

from collections.abc import Iterator

__all__ = ["base_forms"]

_SHORTEST_STEM = 3  # letters left of an ending


def _pairs(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((ending, base) for ending, _, base in (item.partition(">") for item in table.split()))


# "ending>basic ending", longest first; nothing behind > means that the ending is taken off
_ENDINGS = {
    "da": _pairs("s>"),
    "de": _pairs("es> s> en>e n>"),
    "fi": _pairs(
        "ngissa>nki ngista>nki ngilta>nki ngille>nki ngilla>nki ngin>nki nkiin>nki issa>i ista>i ssa> sta> lla> lta>"
        " lle> seen>si aan>a een>e iin>i oon>o uun>u yyn>y hun> ksi> na> n>"
    ),
    "nl": _pairs("s>"),
    "pl": _pairs(
        "szech>chy rzech>ry zech>y skiego>skie skiego>ski skiemu>skie skiej>ska skim>skie skim>ski sce>ska ski>ska"
        " owie>ow iem> ami>y ach>y ach>i ach>a dzie>d dzie>da cie>t cie>ta dze>ga rze>r rze>ra"
        " owi> iej>ia iej>a ej>a ii>ia ji>ja je>ja ie>a ie> iu> ia> le>l le>la ce>ka om>y em> ow>y"
        " y>a i>a e>a o>a a>o u>o u> a> i> y>"
    ),
    "ro": _pairs("ului> ului>ul iei>ia lui> ei>a ul> a> i>"),
    "ru": _pairs(
        "ского>скии скому>скии ском>скии ским>скии ского>ское скому>ское ском>ское скои>ская скую>ская"
        " ими>ие ого>ыи ому>ыи ого>ое ому>ое ом>ое ои>ая ую>ая иеи>ия ии>ия ию>ия"
        " ами>ы ами>и ах>ы ах>и ам>ы ов>ы ью>ь еи>я ои>а ом> ем>ь ем> ы>а е>а у>а и>а е> а> у> и>ь ю>ь я>ь е>ь"
        " и>я е>я ю>я я>и ю>и е>и а>о у>о е>о я>е ю>е"
    ),
    "sv": _pairs("s>"),
}


def base_forms(key: str, language: str) -> Iterator[str]:
    """Forms of which a folded word may be an inflection, the likelier first.

    >>> list(base_forms("warszawie", "pl"))
    ['warszawa', 'warszaw', 'warszawia']
    >>> list(base_forms("paris", "fr"))
    []
    """
    for ending, base in _ENDINGS.get(language, ()):
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
            yield key[: len(key) - len(ending)] + base
