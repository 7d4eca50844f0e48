"""The pipeline: an article in, a report out, five calls in order."""

from collections.abc import Callable, Iterable

from geo.atlas import Atlas
from geo.claims import find_claims
from geo.mentions import find_mentions as by_rules
from geo.messages import open_messages
from geo.model import Article, Claim, Located, Mention, Provenance, Report
from geo.places import Guidance, locate
from geo.recogniser import find_mentions, has_model
from geo.rules import RULES
from geo.statements import find_statements
from geo.version import __version__

__all__ = ["Recogniser", "check_article"]

_NO_GUIDANCE = Guidance()
Recogniser = Callable[[Article, Atlas], Iterable[Mention]]


def check_article(
    article: Article,
    atlas: Atlas,
    *,
    report_id: str | int | None = None,
    guidance: Guidance = _NO_GUIDANCE,
    recognise: Recogniser = find_mentions,
    ui: str = "en",
) -> Report:
    """The places an article names and the judged claims it makes.

    ``guidance`` is what the user says beforehand (:func:`geo.lookup.read_guidance`). ``recognise`` may be any function
    of :func:`geo.recogniser.find_mentions`' signature; its mentions come in text order and do not overlap. There are
    :func:`geo.mentions.find_mentions`, which is rules alone, and :class:`geo.spacy_pipeline.SpacyRecogniser`.
    ``ui`` is the language that reasons are given in, whatever the article's own; UnknownLanguage where it has none.
    """
    messages = open_messages(ui)
    located = locate(tuple(recognise(article, atlas)), article, atlas, guidance=guidance)
    pack = atlas.language(article.language)
    distances = find_claims(article, located, pack, atlas.gazetteer.capital) if pack else ()
    others = find_statements(article, located, pack, distances, atlas.gazetteer.candidates) if pack else ()
    claims = (*distances, *others)
    located = _with_ends(located, claims)
    checks = tuple(RULES[claim.relation](claim, atlas, messages=messages) for claim in claims)
    made_with = Provenance(__version__, atlas.date, _name_of(recognise, article, atlas))
    return Report(article, located, checks, made_with, report_id, ui)


def _name_of(recognise: Recogniser, article: Article, atlas: Atlas) -> str:
    """What found the names: "model", "rules" (for lack of a model, or asked for), or what another one calls itself."""
    if recognise is find_mentions and has_model(article.language, atlas):
        return "model"
    return "rules" if recognise in {find_mentions, by_rules} else str(getattr(recognise, "__name__", "another"))


def _with_ends(located: tuple[Located, ...], claims: Iterable[Claim]) -> tuple[Located, ...]:
    """The article's places and those that a claim alone speaks of ("the capital"), in text order."""
    ends = {end.located: None for claim in claims for end in (claim.subject, claim.object) if end.located}
    known = {place.mention.span for place in located}
    added = [place for place in ends if place.mention.span not in known]
    return tuple(sorted((*located, *added), key=lambda place: place.mention.span)) if added else located
