"""The pipeline: an article in, a report out, five calls in order."""

from collections.abc import Callable, Iterable

from geo.atlas import Atlas
from geo.claims import find_claims
from geo.mentions import find_mentions
from geo.model import Article, Claim, Located, Mention, Provenance, Report
from geo.places import locate
from geo.rules import RULES
from geo.version import __version__

__all__ = ["Recogniser", "check_article"]

Recogniser = Callable[[Article, Atlas], Iterable[Mention]]


def check_article(
    article: Article,
    atlas: Atlas,
    *,
    report_id: str | None = None,
    recognise: Recogniser = find_mentions,
) -> Report:
    """The places an article names and the judged claims it makes.

    ``recognise`` may be any function of :func:`geo.mentions.find_mentions`' signature; its mentions come in text order.
    """
    located = locate(tuple(recognise(article, atlas)), article, atlas)
    pack = atlas.language(article.language)
    claims = find_claims(article, located, pack, atlas.gazetteer.capital) if pack else ()
    located = _with_ends(located, claims)
    checks = tuple(RULES[claim.relation](claim, atlas) for claim in claims)
    made_with = Provenance(__version__, atlas.date, "rules" if recognise is find_mentions else recognise.__name__)
    return Report(article, located, checks, made_with, report_id)


def _with_ends(located: tuple[Located, ...], claims: Iterable[Claim]) -> tuple[Located, ...]:
    """The article's places and those that a claim alone speaks of ("the capital"), in text order."""
    ends = {end.located: None for claim in claims for end in (claim.subject, claim.object) if end.located}
    known = {place.mention.span for place in located}
    added = [place for place in ends if place.mention.span not in known]
    return tuple(sorted((*located, *added), key=lambda place: place.mention.span)) if added else located
