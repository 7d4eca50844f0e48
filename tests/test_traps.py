"""Names that are not what they look like: the traps of the first article and of the faults that users report, in
sentences of other articles and languages, seen from the outside (``traps.toml`` says what each row claims)."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

import pytest

import geo
from geo.atlas import Atlas
from geo.model import Kind, Located, MentionKind, Report, Span


class Row(TypedDict, total=False):
    language: str
    text: str
    places: list[str]
    gone: list[str]
    nothing: list[str]
    adjectives: list[str]
    unresolved: list[str]
    unplaced: list[str]


_ROWS: dict[str, list[Row]] = tomllib.loads(Path(__file__).with_name("traps.toml").read_text(encoding="utf-8"))
_WITHOUT_SPACES = {"ja", "zh"}


def _named(row: Row) -> str:
    """A row's name in pytest's output: its language and first words."""
    return f"{row['language']}-{' '.join(row['text'].split()[:4])}"


def _cases() -> Iterator[object]:
    """Every row, named by its family, its language and its first words."""
    for family, rows in _ROWS.items():
        for row in rows:
            yield pytest.param(row, id=f"{family}-{_named(row)}")


def _occurrences(row: Row, words: str) -> list[Span]:
    """Where whole words stand in a row's text."""
    literal = re.escape(words)
    pattern = literal if row["language"] in _WITHOUT_SPACES else rf"(?<!\w){literal}(?!\w)"
    spans = [Span(*match.span()) for match in re.finditer(pattern, row["text"])]
    assert spans, f"{words!r} is not in the text of the row"
    return spans


def _touching(report: Report, span: Span) -> list[Located]:
    """The mentions that share a character with a span."""
    return [
        each for each in report.located if each.mention.span.start < span.end and span.start < each.mention.span.end
    ]


def _shown(located: list[Located]) -> list[str]:
    """Mentions in words, for a failed test."""
    return [
        f"{each.mention.text!r} ({each.mention.kind or 'name'}) -> "
        + (
            f"{each.place.id} {each.place.name}, {each.place.country}, {each.place.kind}"
            if each.place
            else "unresolved"
        )
        for each in located
    ]


def _is(one: Located, ids: str) -> bool:
    """Whether a mention, no demonym, is placed at one of the ids ("a|b")."""
    return one.mention.kind is None and one.place is not None and one.place.id in ids.split("|")


def _is_gone(one: Located, ids: str) -> bool:
    """Likewise, and the place is a state that is no more."""
    return _is(one, ids) and one.place is not None and one.place.kind is Kind.HISTORIC


def _has(row: Row, report: Report) -> Iterator[str]:
    """The places that the report should have, and has not."""
    for claims, holds in ((row.get("places", []), _is), (row.get("gone", []), _is_gone)):
        for words, _, ids in (claim.partition("=") for claim in claims):
            for span in _occurrences(row, words):
                found = _touching(report, span)
                if not any(holds(one, ids) for one in found):
                    yield f"{words!r} should be {ids}, is {_shown(found) or 'no mention'}"


def _has_not(row: Row, report: Report) -> Iterator[str]:
    """What the report should not have, and has."""
    denied: tuple[tuple[str, list[str], Callable[[Located], bool]], ...] = (
        ("no mention", row.get("nothing", []), lambda _: True),
        ("a demonym at most", row.get("adjectives", []), lambda one: one.mention.kind is not MentionKind.DEMONYM),
        ("without a place", row.get("unplaced", []), lambda one: bool(one.candidates)),
    )
    for what, claims, wrong in denied:
        for words in claims:
            for span in _occurrences(row, words):
                if found := [one for one in _touching(report, span) if wrong(one)]:
                    yield f"{words!r} should be {what}, is {_shown(found)}"


def _has_unresolved(row: Row, report: Report) -> Iterator[str]:
    """The names that the report should list as unresolved, and does not."""
    for words in row.get("unresolved", []):
        for span in _occurrences(row, words):
            found = _touching(report, span)
            if [(one.mention.text, one.candidates) for one in found] != [(words, ())]:
                yield f"{words!r} should be unresolved, is {_shown(found) or 'no mention'}"


@pytest.mark.parametrize("row", list(_cases()))
def test_trap(row: Row, atlas: Atlas) -> None:
    report = geo.check_article(geo.read_article(row["text"], language=row["language"]), atlas)
    assert [*_has(row, report), *_has_not(row, report), *_has_unresolved(row, report)] == []
