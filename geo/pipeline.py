"""The pipeline: an article in, a report out, five calls in order."""

from collections.abc import Callable, Iterable

from geo.atlas import Atlas
from geo.claims import find_claims
from geo.mentions import find_mentions
from geo.model import Article, Mention, Provenance, Report
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
    claims = find_claims(article, located, pack) if pack else ()
    checks = tuple(RULES[claim.relation](claim, atlas) for claim in claims)
    made_with = Provenance(__version__, atlas.date, "rules" if recognise is find_mentions else recognise.__name__)
    return Report(article, located, checks, made_with, report_id)
