"""Two statements in one: the first length belongs to the first place, the second to the second."""

import pytest

import geo
from geo.atlas import Atlas

SENTENCES = {
    "subjects": (
        "en",
        "York and Hull lie 22 and 50 miles from Leeds respectively.",
        [("York", "Leeds"), ("Hull", "Leeds")],
    ),
    "objects": (
        "en",
        "Leeds is 22 and 50 miles from York and Hull, respectively.",
        [("Leeds", "York"), ("Leeds", "Hull")],
    ),
    "without the word": (
        "de",
        "Graz ist 160 und 145 Kilometer von Linz und Wien entfernt.",
        [("Graz", "Linz"), ("Graz", "Wien")],
    ),
    "French": (
        "fr",
        "Lyon et Dijon se trouvent respectivement à 390 et 260 km de Paris.",
        [("Lyon", "Paris"), ("Dijon", "Paris")],
    ),
    "Spanish": ("es", "Sevilla está a 100 y 85 km de Cádiz y Huelva.", [("Sevilla", "Cádiz"), ("Sevilla", "Huelva")]),
    "a year": ("en", "Since 1990 and 50 miles from Leeds, York and Hull have grown.", []),
    "a range": ("en", "Between 40 and 60 miles from Leeds lies Hull.", [("Hull", "Leeds")]),
    "one place": ("en", "Hull is 50 miles from Leeds and 40 people live in York.", [("Hull", "Leeds")]),
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_each_length_has_its_ends(atlas: Atlas, kind: str) -> None:
    language, text, ends = SENTENCES[kind]
    checks = geo.check_article(geo.read_article(text, language=language), atlas).checks
    assert [(check.claim.subject.name, check.claim.object.name) for check in checks] == ends
    assert all(text[slice(*check.claim.stated.span)] == check.claim.stated.text for check in checks)
    assert not any(check.verdict.value == "wrong" for check in checks)
