"""Everything that Dateline raises on purpose: one root, a few flat children.

Each child is also the builtin kind that a caller would expect: ``except ValueError`` works where a value was wrong.
"""

__all__ = [
    "ArticleError",
    "AtlasError",
    "GeoError",
    "OutputError",
    "PackError",
    "RecogniserError",
    "UnknownLanguage",
    "UnknownPlace",
]


class GeoError(Exception):
    """The root: the message says what was wrong and what to do next."""


class ArticleError(GeoError, ValueError):
    """The input cannot be read as an article."""


class AtlasError(GeoError, RuntimeError):
    """The compiled atlas is missing, damaged or of another version."""


class OutputError(GeoError, OSError):
    """The result cannot be written where it was asked for."""


class PackError(GeoError, ValueError):
    """A language pack or data table breaks its own rules; the message names file and key."""


class RecogniserError(GeoError, RuntimeError):
    """Another recogniser was asked for and cannot be had."""


class UnknownLanguage(GeoError, ValueError):
    """No language pack of that code."""


class UnknownPlace(GeoError, LookupError):
    """A name that the gazetteer does not know."""
