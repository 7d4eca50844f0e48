"""What belongs to whom beside what the atlas files: dependencies, and land that another country claims or holds.

Codes are the atlas': ISO 3166-1 alpha-2 for a country, "UA.11" for a region. The lists are data,
``geo/data/territories.toml``; they take no side.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

__all__ = ["claimants", "dependencies", "has_disputes", "sovereign"]

_TABLE = Path(__file__).parent / "data" / "territories.toml"


def sovereign(country: str) -> str:
    """The country that a dependency belongs to, else the country itself.

    >>> sovereign("GL"), sovereign("DK")
    ('DK', 'DK')
    """
    return _part_of().get(country, country)


def dependencies(country: str) -> frozenset[str]:
    """A country with its dependencies.

    >>> sorted(dependencies("DK"))
    ['DK', 'FO', 'GL']
    """
    return frozenset({country, *(code for code, owner in _part_of().items() if owner == country)})


def claimants(codes: Iterable[str]) -> frozenset[str]:
    """The other countries that claim or hold any of these countries and regions.

    >>> sorted(claimants(["UA", "UA.11"])), sorted(claimants(["UA", "UA.12"]))
    (['RU'], [])
    """
    return frozenset(country for code in codes for country in _disputed().get(code, ()))


def has_disputes(code: str) -> bool:
    """Whether a country or region has land that another claims, or claims or holds some.

    >>> has_disputes("IN"), has_disputes("DE")
    (True, False)
    """
    return any(
        known.partition(".")[0] == code or known == code or code in others for known, others in _disputed().items()
    )


@cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def _part_of() -> Mapping[str, str]:
    return {code: str(owner) for code, owner in _tables()["part_of"].items()}


@cache
def _disputed() -> Mapping[str, tuple[str, ...]]:
    rows = _tables()["disputed"].items()
    return {code: tuple(map(str, others)) for code, others in rows if isinstance(others, list)}
