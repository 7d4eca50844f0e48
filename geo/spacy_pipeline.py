"""Find the places of an article with a spaCy pipeline instead of Dateline's own recogniser: extra ``dateline[spacy]``.

    >>> from geo.spacy_pipeline import load_recogniser            # doctest: +SKIP
    >>> recognise = load_recogniser("en_core_web_sm")             # doctest: +SKIP
    >>> geo.check_article(article, atlas, recognise=recognise)    # doctest: +SKIP

Entities with one of the labels become mentions; the rest of Dateline, which places them and checks the distances
between them, stays the same.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from geo.errors import RecogniserError
from geo.model import Article, Mention, MentionKind, Span

if TYPE_CHECKING:
    from geo.atlas import Atlas

__all__ = ["LABELS", "SpacyRecogniser", "load_recogniser"]

# Places, and peoples and nationalities, as OntoNotes, the Universal NER and the news models of spaCy's languages label.
LABELS = frozenset({"GPE", "LOC", "FAC", "PLACE", "placeName", "geogName", "GPE_LOC", "GPE_ORG"})
DEMONYMS = frozenset({"NORP"})


class SpacyRecogniser:
    """A spaCy pipeline as a recogniser: called with an article and an atlas, it yields mentions in text order."""

    def __init__(
        self, pipeline: Callable[[str], Any], *, labels: Iterable[str] = LABELS, demonyms: Iterable[str] = DEMONYMS
    ) -> None:
        """``pipeline``: a loaded one; ``labels`` and ``demonyms``: the entity labels of places and of nationalities."""
        self._pipeline, self._labels, self._demonyms = pipeline, frozenset(labels), frozenset(demonyms)
        meta = getattr(pipeline, "meta", {})
        self.__name__ = " ".join(filter(None, ["spacy", f"{meta.get('lang', '')}_{meta.get('name', '')}".strip("_")]))

    def __call__(self, article: Article, atlas: "Atlas") -> Iterator[Mention]:
        """The article's place names."""
        vocabulary = atlas.vocabulary(article.language)
        for entity in self._pipeline(article.text).ents:
            start, end, name = entity.start_char, entity.end_char, entity.text
            if entity.label_ in self._demonyms:
                known = vocabulary.demonym(vocabulary.key_of(name))
                key = f"{article.language}:{known[0]}" if known else vocabulary.key_of(name)
                yield Mention(Span(start, end), name, key, MentionKind.DEMONYM)
            elif entity.label_ in self._labels:
                first, _, rest = name.partition(" ")
                if rest and first.lower() in vocabulary.names.determiners:
                    start, name = end - len(rest), rest
                yield Mention(Span(start, end), name, vocabulary.key_of(name))


def load_recogniser(name: str) -> SpacyRecogniser:
    """A recogniser from an installed spaCy pipeline or a folder. Raises RecogniserError where it cannot be had."""
    try:
        import spacy
    except ImportError as error:
        raise RecogniserError("spaCy is not installed: pip install 'dateline[spacy]'") from error
    try:
        return SpacyRecogniser(spacy.load(name))
    except (OSError, ValueError) as error:
        why = str(error).splitlines()[0]
        raise RecogniserError(
            f"spaCy cannot load {name!r}: {why} (python -m spacy download {name} may help)"
        ) from error
