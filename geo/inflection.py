"""From an inflected place name to the forms that the gazetteer may know: Moskaus, Москвы, Warszawie, Helsingissä.

Endings and what stands in their place in the basic form are data, ``geo/data/inflection.toml``. They propose; the
gazetteer decides which proposal is a name.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["base_forms"]

_TABLE = Path(__file__).parent / "data" / "inflection.toml"
_SHORTEST_STEM = 2  # letters left of an ending


def base_forms(key: str, language: str) -> Iterator[str]:
    """Forms of which a folded word may be an inflection, the likelier first.

    >>> list(base_forms("warszawie", "pl"))
    ['warszawa', 'warszaw', 'warszawia']
    >>> list(base_forms("paris", "fr"))
    []
    """
    for ending, base in _endings().get(language, ()):
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
            yield key[: len(key) - len(ending)] + base


@cache
def _endings() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Language -> pairs of an ending and the basic one."""
    with _TABLE.open("rb") as file:
        tables = tomllib.load(file)
    return {
        language: tuple((ending, base) for ending, _, base in (item.partition(">") for item in table.split()))
        for language, table in tables.items()
    }
