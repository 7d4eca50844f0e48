"""The example article with other cities, countries and figures in its sentences: no code knows its places."""

import re
from pathlib import Path

import pytest

from geo.atlas import Atlas
from geo.measure import distance_km
from geo.model import Article, Part, Place, Verdict
from geo.pipeline import check_article

EXAMPLE = (Path(__file__).parents[1] / "docs/examples/hafen.txt").read_text(encoding="utf-8")
HOLDS = {Verdict.ACCURATE, Verdict.PLAUSIBLE_BY_ROAD}
# city; the country whose border is meant; that country's capital; the capital that is far away
CASES = [
    ("Danzig", "Litauen", "Vilnius", "Warschau"),
    ("Oulu", "Schweden", "Stockholm", "Helsinki"),
    ("Triest", "Kroatien", "Zagreb", "Rom"),
    ("Batumi", "Bulgarien", "Sofia", "Tiflis"),
    ("Almaty", "Mexiko", "Mexiko-Stadt", "Astana"),
    ("Manaus", "Peru", "Lima", "Brasília"),
    ("Haiphong", "Thailand", "Bangkok", "Hanoi"),
    ("Mombasa", "Äthiopien", "Addis Abeba", "Nairobi"),
    ("Niš", "Rumänien", "Bukarest", "Belgrad"),
    ("Tijuana", "Kanada", "Ottawa", "Mexiko-Stadt"),
]


def place(atlas: Atlas, name: str) -> Place:
    return atlas.gazetteer.candidates(name)[0].place


def rounded(length_km: float) -> int:
    return max(1, int(float(f"{length_km:.2g}")))


@pytest.mark.parametrize("factor", [1, 4], ids=["true", "wrong"])
@pytest.mark.parametrize(("city", "country", "near_capital", "far_capital"), CASES)
def test_other_places(atlas: Atlas, city: str, country: str, near_capital: str, far_capital: str, factor: int) -> None:
    here, there, far = (place(atlas, name) for name in (city, country, far_capital))
    assert there.country is not None
    border = atlas.outlines.nearest(here.position, there.country, Part.BORDER)
    assert border is not None
    near_km = rounded(border.distance_km) * factor
    far_km = rounded(distance_km(here.position, far.position)) * factor
    text = EXAMPLE.replace("Nordkorea", country).replace("Pjöngjang", near_capital).replace("Moskau", far_capital)
    text = text.replace("Wladiwostok", city).replace("130 Kilometer", f"{near_km} Kilometer")
    text = text.replace("6500 Kilometer", f"{far_km} Kilometer")
    report = check_article(Article(text, "de"), atlas)
    found = {item.mention.span.start: item.place.id for item in report.located if item.place}
    for name in (city, country, near_capital, far_capital):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            assert found.get(match.start()) == place(atlas, name).id, text[match.start() - 30 : match.end() + 30]
    first, second = report.checks
    ends = [(check.claim.subject.place, check.claim.object.place) for check in (first, second)]
    assert ends == [(here, there), (here, far)]
    assert first.claim.object.part is Part.BORDER
    for check in (first, second):
        assert (check.verdict in HOLDS) == (factor == 1), check.reason
