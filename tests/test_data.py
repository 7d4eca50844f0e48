"""The data tables: sourced, licensed, small, and what the compiler makes of them is stable."""

import hashlib
import tomllib
from pathlib import Path

import pytest

import geo
from geo.atlas import Atlas

ROOT = Path(__file__).parents[1]
DATA = ROOT / "geo/data"
with (DATA / "SOURCES.toml").open("rb") as file:
    SOURCES = tomllib.load(file)["source"]
LIMIT_BYTES = 2_000_000


def test_every_table_has_a_source_and_every_source_its_tables() -> None:
    named = {table for source in SOURCES for table in source["tables"]}
    assert named == {path.name for path in (DATA / "tables").iterdir()}


@pytest.mark.parametrize("path", sorted((DATA / "tables").iterdir()), ids=lambda path: path.name)
def test_tables_are_small(path: Path) -> None:
    assert path.stat().st_size < LIMIT_BYTES


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["name"])
def test_sources_say_what_they_must(source: dict[str, str]) -> None:
    for key in ("name", "origin", "carrier", "licence", "credit", "date"):
        assert source[key]
    if "npm" in source["carrier"] or "PyPI" in source["carrier"] or "Debian" in source["carrier"]:
        assert len(source["sha256"]) == hashlib.sha256().digest_size * 2


def test_the_licence_expression_names_every_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = set(project["license"].split(" AND "))
    assert named == {source["licence"] for source in SOURCES}
    texts = " ".join(path.read_text() for path in (DATA / "LICENSES").iterdir()) + "Apache-2.0"
    for licence in named - {"LicenseRef-Public-Domain"}:
        assert licence.replace("-", " ") in texts.replace("-", " ") or licence in {
            p.stem for p in (DATA / "LICENSES").iterdir()
        }


def test_the_installed_package_carries_its_atlas_but_not_its_tables(atlas: Atlas) -> None:
    installed = Path(geo.__file__).parent
    assert {path.name for path in (installed / "data/atlas").iterdir()} >= {"gazetteer.bin", "outlines.bin"}
    total = sum(path.stat().st_size for path in (installed / "data/atlas").iterdir())
    assert total <= 40_000_000
    assert atlas.date == max(str(source["date"]) for source in SOURCES)
    assert {source["credit"] for source in atlas.sources} == {source["credit"] for source in SOURCES}
