"""Another recogniser in Dateline's place: rules alone, any callable, a spaCy pipeline made here."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import geo
from geo.atlas import Atlas
from geo.errors import RecogniserError
from geo.model import Article, Mention, MentionKind, Span
from geo.spacy_pipeline import SpacyRecogniser, load_recogniser

from .cli import dateline

TEXT = "The German minister flew from Toledo to the Netherlands; Toledo lies 50 miles south of Detroit."
RULES = [
    {"label": "GPE", "pattern": "Toledo"},
    {"label": "GPE", "pattern": "the Netherlands"},
    {"label": "GPE", "pattern": "Detroit"},
    {"label": "NORP", "pattern": "German"},
    {"label": "PERSON", "pattern": "minister"},
]


@pytest.fixture(scope="module")
def pipeline() -> Any:
    spacy = pytest.importorskip("spacy", reason="the extra dateline[spacy] is not installed")
    made = spacy.blank("en")
    made.add_pipe("entity_ruler").add_patterns(RULES)
    made.meta["name"] = "made_here"
    return made


def test_a_spacy_pipeline_finds_and_dateline_places_and_checks(atlas: Atlas, pipeline: Any) -> None:
    report = geo.check_article(geo.read_article(TEXT, language="en"), atlas, recognise=SpacyRecogniser(pipeline))
    found = [(one.mention.text, one.mention.kind, one.place.id if one.place else None) for one in report.located]
    assert found == [
        ("German", MentionKind.DEMONYM, "country:DE"),
        ("Toledo", None, "geonames:5174035"),
        ("Netherlands", None, "country:NL"),
        ("Toledo", None, "geonames:5174035"),
        ("Detroit", None, "geonames:4990729"),
    ]
    assert [check.verdict.value for check in report.checks] == ["accurate"]
    assert report.made_with.recogniser == "spacy en_made_here"
    assert all(TEXT[slice(*one.mention.span)] == one.mention.text for one in report.located)


def test_labels_are_the_callers_choice(atlas: Atlas, pipeline: Any) -> None:
    recognise = SpacyRecogniser(pipeline, labels=["PERSON"], demonyms=())
    assert [mention.text for mention in recognise(Article(TEXT, "en"), atlas)] == ["minister"]


def test_the_command_loads_a_pipeline_from_a_folder(tmp_path: Path, pipeline: Any) -> None:
    pipeline.to_disk(tmp_path / "pipeline")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = dateline("check", tmp_path / "a.txt", "--recogniser", f"spacy:{tmp_path / 'pipeline'}", "--format", "json")
    report = json.loads(result.stdout)
    assert report["made_with"]["recogniser"].startswith("spacy")
    assert {place["id"] for place in report["places"]} >= {"geonames:5174035", "country:NL"}


def test_a_pipeline_that_is_not_there_is_told(pipeline: Any) -> None:
    del pipeline
    with pytest.raises(RecogniserError, match="spaCy cannot load 'xx_none'"):
        load_recogniser("xx_none")


def test_without_spacy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(RecogniserError, match=r"pip install 'dateline\[spacy\]'"):
        load_recogniser("en_core_web_sm")


def test_any_callable_will_do(atlas: Atlas) -> None:
    def shouted(article: Article, atlas: Atlas) -> Iterator[Mention]:
        del atlas
        start = article.text.index("Detroit")
        yield Mention(Span(start, start + 7), "Detroit", "detroit")

    report = geo.check_article(geo.read_article(TEXT, language="en"), atlas, recognise=shouted)
    assert [one.place.name for one in report.located if one.place] == ["Detroit"]
    assert report.made_with.recogniser == "shouted"


def test_rules_alone_are_a_choice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    report = json.loads(dateline("check", tmp_path / "a.txt", "--recogniser", "rules", "--format", "json").stdout)
    assert report["made_with"]["recogniser"] == "rules"
    assert "Detroit" in {place["name"] for place in report["places"]}


def test_an_unknown_recogniser_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = dateline("check", tmp_path / "a.txt", "--recogniser", "magic")
    assert result.exit_code == 2
    assert "model, rules or spacy:PIPELINE" in result.output
