"""Reads articles, finds and locates the places they name, measures and judges the distances they state.

    >>> import geo
    >>> atlas = geo.open_atlas()
    >>> article = geo.read_article("Kassel liegt 120 Kilometer südlich von Hannover.")
    >>> [check.verdict.value for check in geo.check_article(article, atlas).checks]
    ['accurate']

The names below are imported when they are first used, so that ``import geo`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.article import read_article
    from geo.atlas import Atlas, open_atlas
    from geo.errors import GeoError
    from geo.lookup import check_distance, measure_distance, read_guidance, resolve
    from geo.model import Article, Check, Claim, Part, Place, Position, Report
    from geo.own_places import read_own_places
    from geo.pipeline import check_article
    from geo.version import __version__

__all__ = [
    "Article",
    "Atlas",
    "Check",
    "Claim",
    "GeoError",
    "Part",
    "Place",
    "Position",
    "Report",
    "__version__",
    "check_article",
    "check_distance",
    "measure_distance",
    "open_atlas",
    "read_article",
    "read_guidance",
    "read_own_places",
    "resolve",
]

_HOME = {
    "Article": "model",
    "Atlas": "atlas",
    "Check": "model",
    "Claim": "model",
    "GeoError": "errors",
    "Part": "model",
    "Place": "model",
    "Position": "model",
    "Report": "model",
    "__version__": "version",
    "check_article": "pipeline",
    "check_distance": "lookup",
    "measure_distance": "lookup",
    "open_atlas": "atlas",
    "read_article": "article",
    "read_guidance": "lookup",
    "read_own_places": "own_places",
    "resolve": "lookup",
}


def __getattr__(name: str) -> object:
    """The public name, from the module that it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    return getattr(import_module(f"geo.{_HOME[name]}"), name)
