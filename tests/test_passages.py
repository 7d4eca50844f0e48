"""News passages of our own (passages_XX.toml) through the whole pipeline, with the real atlas.

Those of the younger languages were written by people who had not seen the packs.

No false alarm, no true statement called wrong, and of the statements the share that is found with both ends right and
the right verdict. What is missing from it: villages that the atlas lacks, and a few rare turns of phrase.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from geo.atlas import Atlas
from geo.model import Article, Check, End, Part, Verdict
from geo.pipeline import check_article

FOLDER = Path(__file__).parent
# Share of the statements: floors, which only rise. docs/claims.md tells what a first reading found.
FOUND = dict(da=0.8, de=0.86, en=0.9, es=0.9, fr=0.95, it=0.94, nl=0.85, pl=0.9, pt=0.95, ru=0.9, sv=0.95)  # noqa: C408
NEAR_DEG = 0.2  # how far a place may lie from the expected one: gazetteers have twins
FAMILY = {
    "ok": {Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD},
    "off": {Verdict.OFF},
    "wrong": {Verdict.WRONG},
}


class Expected(NamedTuple):
    stated: str
    subject: str
    object: str
    verdict: str


def passages(code: str) -> list[dict[str, Any]]:
    text = (FOLDER / f"passages_{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["passage"]  # type: ignore[no-any-return]


def cases() -> Iterator[Any]:
    for code in FOUND:
        for passage in passages(code):
            yield pytest.param(code, passage, id=f"{code}-{passage['text'][:40]}")


def overlaps(check: Check, text: str, words: str) -> bool:
    start, (first, after) = text.index(words), check.claim.stated.span
    return first < start + len(words) and start < after


def is_end(end: End, spec: str, atlas: Atlas) -> bool:
    if spec == "coast":
        return end.part is Part.COAST
    name, _, country = spec.rpartition(" ")
    if end.place is None:
        return False
    if name in {"", "border"}:
        return end.place.id == f"country:{country}" and (not name or end.part is Part.BORDER)
    meant = next((candidate.place for candidate in atlas.gazetteer.candidates(name, country=country)), None)
    if meant is None or end.place.country != country:
        return False
    here, there = end.place.position, meant.position
    return abs(here.lat - there.lat) < NEAR_DEG and abs(here.lon - there.lon) < NEAR_DEG


def is_found(check: Check, expected: Expected, atlas: Atlas) -> bool:
    ends = check.claim.subject, check.claim.object
    specs = expected.subject, expected.object
    right = any(is_end(a, specs[0], atlas) and is_end(b, specs[1], atlas) for a, b in (ends, ends[::-1]))
    return right and check.verdict in FAMILY[expected.verdict]


@pytest.mark.parametrize(("code", "passage"), list(cases()))
def test_no_false_alarm_and_nobody_accused(code: str, passage: dict[str, Any], atlas: Atlas) -> None:
    text = passage["text"]
    false = {words for words, *_, verdict in passage["claims"] if verdict != "ok"}
    stated = {words for words, *_ in passage["claims"]} | set(passage.get("optional", []))
    for check in check_article(Article(text, code), atlas).distances:
        assert any(overlaps(check, text, words) for words in stated), f"false alarm: {check.reason}"
        doubted = any(overlaps(check, text, words) for words in false)
        assert doubted or check.verdict is not Verdict.WRONG, f"accused: {check.reason}"


@pytest.mark.parametrize("code", FOUND)
def test_the_share_that_is_found(code: str, atlas: Atlas) -> None:
    found, missed = 0, []
    for passage in passages(code):
        checks = check_article(Article(passage["text"], code), atlas).distances
        for expected in (Expected(*row) for row in passage["claims"]):
            here = [check for check in checks if overlaps(check, passage["text"], expected.stated)]
            if any(is_found(check, expected, atlas) for check in here):
                found += 1
            else:
                missed.append(expected)
    assert found / (found + len(missed)) >= FOUND[code], missed


@pytest.mark.parametrize("code", FOUND)
def test_there_are_passages_of_both_kinds(code: str) -> None:
    rows = passages(code)
    assert len(rows) >= 30
    assert sum(not row["claims"] for row in rows) >= len(rows) / 4
    assert all(row["text"].count(words) for row in rows for words, *_ in row["claims"])
