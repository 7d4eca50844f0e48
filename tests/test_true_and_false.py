"""True distances between true cities, in every wording of every pack, are accurate; three times as much is not.

The sentences are the packs' own examples with other cities in them, and their true distance in the unit and in a number
format of the language. ``make test-more`` draws a thousand a language.
"""

import os
import random
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from geo.atlas import Atlas, open_atlas
from geo.claims import find_claims
from geo.fold import fold
from geo.languages import LanguagePack, load_language, pack_codes
from geo.measure import distance_km
from geo.model import Article, Candidate, Claim, Kind, Located, Mention, Part, Place, Span, Verdict
from geo.rules import RULES

from .marked import read_marked

DRAWS = int(os.environ.get("DATELINE_DRAWS", "25"))
LEAST_PEOPLE, CLEAR = 100_000, 100  # of a city, and how much more it weighs than any namesake
LEAST_KM, MOST_KM = 400, 9_000  # more than ten times what rounding and the size of the cities allow
MARK = re.compile(r"\[\[([^\]|]+)(?:\|[^\]]*)?\]\]")
DIGITS = re.compile(r"\d[\d\s.,'’\u00a0\u2009\u202f]*")
RIGHT = {Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD}


class Wording(NamedTuple):
    """A pack's example that states one distance between two towns."""

    sentence: str
    claim: Claim


@cache
def cities() -> list[Place]:
    """Large cities whose name is theirs alone."""
    gazetteer = open_atlas().gazetteer
    found = []
    for number in range(len(gazetteer)):
        if gazetteer.kind_at(number) is Kind.CITY and gazetteer.place_at(number).population >= LEAST_PEOPLE:
            ranked = gazetteer.ranked(gazetteer.find(fold(gazetteer.place_at(number).name)))
            alone = len(ranked) == 1 or ranked[0][0] > CLEAR * ranked[1][0]
            if ranked and ranked[0][1].number == number and alone:
                found.append(gazetteer.place_at(number))
    return found


def read(sentence: str, pack: LanguagePack) -> tuple[Claim, ...]:
    return find_claims(*read_marked(sentence, pack.code), pack)


def wordings(pack: LanguagePack) -> Iterator[Wording]:
    """The examples with two towns, one length in digits, and a claim that joins them."""
    for entry in (*pack.frames, *pack.subjects):
        for sentence in entry.examples:
            claims = read(sentence, pack)
            if len(claims) != 1 or len(MARK.findall(sentence)) != 2 or not DIGITS.match(claims[0].length.text):
                continue
            ends, stated = (claims[0].subject, claims[0].object), claims[0].length
            towns = all(end.part is Part.CENTRE and end.place and end.place.kind is Kind.CITY for end in ends)
            plain = stated.low_km == stated.high_km and not stated.bound and not claims[0].negated
            if towns and plain and len(DIGITS.findall(MARK.sub("", sentence))) == 1:
                yield Wording(sentence, claims[0])


def written(km: float, stated: str, unit_km: float, pack: LanguagePack, dice: random.Random) -> str:
    """A distance to three digits, with the unit as it stands in the example."""
    value = km / unit_km
    if value < 100:
        figure = f"{value:.1f}".replace(".", pack.lengths.numbers.decimal)
    else:
        whole = f"{float(f'{value:.3g}'):.0f}"
        group = dice.choice(["", *pack.lengths.numbers.groups])
        group = "" if group == pack.lengths.numbers.decimal else group
        figure = re.sub(r"(?<=\d)(?=(\d{3})+$)", group, whole) if len(whole) > 3 else whole
    number = DIGITS.match(stated)
    assert number is not None
    gap = number.group()[len(number.group().rstrip()) :]
    return f"{figure}{gap}{stated[number.end() :]}"


def filled(wording: Wording, a: Place, b: Place, length: str) -> tuple[Article, tuple[Located, ...]]:
    """The sentence with other cities and another length; the claim's subject is ``a``."""
    subject = wording.claim.subject.mention.text
    text, located, position = "", [], 0
    sentence = wording.sentence.replace(wording.claim.length.text, length, 1)
    for mark in MARK.finditer(sentence):
        place = a if mark.group(1) == subject else b
        text += sentence[position : mark.start()]
        mention = Mention(Span(len(text), len(text) + len(place.name)), place.name, fold(place.name))
        located.append(Located(mention, (Candidate(place, 1.0),)))
        text, position = text + place.name, mark.end()
    return Article(text + sentence[position:], "xx"), tuple(located)


@pytest.mark.parametrize("code", pack_codes())
def test_true_is_accurate_and_three_times_as_much_is_not(code: str, atlas: Atlas) -> None:
    pack, dice = load_language(code), random.Random(code)  # noqa: S311
    usable = list(wordings(pack))
    assert len(usable) >= 15, "too few examples state one distance between two towns"
    for _ in range(DRAWS):
        wording, (a, b) = dice.choice(usable), dice.sample(cities(), 2)
        km, unit_km = distance_km(a.position, b.position), wording.claim.length.unit.km
        if not LEAST_KM < km < MOST_KM:
            continue
        for times in (1, 3):
            length = written(times * km, wording.claim.length.text, unit_km, pack, dice)
            article, located = filled(wording, a, b, length)
            claims = find_claims(article, located, pack)
            assert len(claims) == 1, f"{code}: {len(claims)} claims in: {article.text}"
            assert {claims[0].subject.place, claims[0].object.place} == {a, b}, article.text
            verdict = RULES[claims[0].relation](claims[0], atlas).verdict
            expected = RIGHT if times == 1 else {Verdict.OFF, Verdict.WRONG}
            assert verdict in expected, f"{code}: {km:.0f} km, {verdict}: {article.text}"


@pytest.mark.parametrize("code", pack_codes())
def test_what_is_no_distance_stays_none_with_other_places_and_figures(code: str) -> None:
    pack, dice = load_language(code), random.Random(code)  # noqa: S311
    examples = [sentence for entry in pack.not_distances for sentence in entry.examples]
    for _ in range(DRAWS):
        sentence = dice.choice(examples)
        changed = sentence
        for name in set(MARK.findall(sentence)):
            changed = re.sub(rf"\[\[{re.escape(name)}(?=[\]|])", f"[[{dice.choice(cities()).name}", changed)
        changed = re.sub(r"(?<![\d.,])\d{2}(?![\d.,])", str(dice.randint(11, 99)), changed)
        assert not read(changed, pack), f"{code}: {changed}"
