"""Offline geocoding: any script, exact and folded, ranked; and the blob it lies in."""

import pickle
import shutil
from pathlib import Path

import pytest

from geo.atlas import Atlas, open_atlas
from geo.blob import open_blob, write_blob
from geo.errors import AtlasError
from geo.measure import distance_km
from geo.model import Kind, Position

BEST = {
    "Hamburg": "geonames:2911298",
    "HAMBURG": "geonames:2911298",
    "Warschau": "geonames:756135",
    "Варшава": "geonames:756135",
    "ワルシャワ": "geonames:756135",
    "وارسو": "geonames:756135",
    "Zurich": "geonames:2657896",
    "Zu\u0308rich": "geonames:2657896",
    "Sankt Petersburg": "geonames:498817",
    "Αθήνα": "geonames:264371",
    "上海": "geonames:1796236",
    "서울": "geonames:1835848",
    "Luxemburg": "country:LU",
    "Singapore": "country:SG",
    "Mexico": "country:MX",
    "México D.F.": "geonames:3530597",
    "Georgia": "country:GE",
    "Bayern": "region:DE.02",
    "Paris": "geonames:2988507",
    "Paris, Texas": "geonames:4717560",
    "Cambridge, Massachusetts": "geonames:4931972",
    "London, Canada": "geonames:6058560",
    "Frankfurt (Oder)": "geonames:2925535",
    "St. John's": "geonames:6324733",
    "New York": "geonames:5128581",
    "Washington": "geonames:4140963",
}


@pytest.mark.parametrize(("name", "identity"), BEST.items())
def test_best_candidate(atlas: Atlas, name: str, identity: str) -> None:
    assert atlas.gazetteer.candidates(name)[0].place.id == identity


def test_scores_rank_and_sum_to_one(atlas: Atlas) -> None:
    found = atlas.gazetteer.candidates("Springfield")
    scores = [candidate.score for candidate in found]
    assert len(found) > 10
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)
    assert len({candidate.place.id for candidate in found}) == len(found)


def test_country_restricts(atlas: Atlas) -> None:
    found = atlas.gazetteer.candidates("Birmingham", country="US")
    assert found
    assert {candidate.place.country for candidate in found} == {"US"}
    assert atlas.gazetteer.candidates("Wladiwostok", country="US") == ()


def test_a_name_nobody_bears(atlas: Atlas) -> None:
    assert atlas.gazetteer.candidates("Hintertupfingen") == ()
    assert atlas.gazetteer.candidates("") == ()
    assert atlas.gazetteer.find("nobody bears this") == ()


def test_letters_of_another_script_are_not_matched_in_silence(atlas: Atlas) -> None:
    assert atlas.gazetteer.candidates("Lоndоn") == ()  # o is Cyrillic


def test_suggestions(atlas: Atlas) -> None:
    assert "Hamburg" in atlas.gazetteer.suggest("Hambrug")
    assert "Stockholm" in atlas.gazetteer.suggest("Stokholm")
    assert atlas.gazetteer.suggest("x" * 5000) == ()


def test_a_million_names(atlas: Atlas) -> None:
    assert atlas.gazetteer.names > 1_000_000
    assert len(atlas.gazetteer) > 270_000


def test_places_by_id(atlas: Atlas) -> None:
    warsaw = atlas.gazetteer.place("geonames:756135")
    assert warsaw is not None
    assert (warsaw.name, warsaw.kind, warsaw.country) == ("Warsaw", Kind.CITY, "PL")
    assert pickle.loads(pickle.dumps(warsaw)) == warsaw  # noqa: S301
    korea = atlas.gazetteer.place("country:KP")
    assert korea is not None
    assert (korea.geonameid, korea.outline) == (1873107, "KP")
    bavaria = atlas.gazetteer.place("region:DE.02")
    assert bavaria is not None
    assert bavaria.outline == "DE.02"
    for nobody in ("geonames:1", "geonames:x", "country:QQ", "region:DE.99", "nonsense"):
        assert atlas.gazetteer.place(nobody) is None


def test_the_reference_point_of_a_country_lies_in_its_largest_part(atlas: Atlas) -> None:
    france = atlas.gazetteer.place("country:FR")
    assert france is not None
    assert atlas.outlines.contains("FR", france.position)
    assert 45 < france.position.lat < 48


def test_nearest_places(atlas: Atlas) -> None:
    (first, warsaw), (second, _) = atlas.gazetteer.near(Position(52.23, 21.01), 2)
    assert warsaw.name == "Warsaw"
    assert first < second
    for lat in (90, -90):
        assert atlas.gazetteer.near(Position(lat, 0))
    (away, fiji), *_ = atlas.gazetteer.near(Position(-16.8, 179.99))
    assert fiji.country == "FJ"
    assert away < 120


def test_nearest_agrees_with_looking_at_all(atlas: Atlas) -> None:
    gazetteer = atlas.gazetteer
    for lat, lon in ((0.0, 0.0), (78.2, 15.6), (-54.8, -68.3), (12.3, 179.9)):
        near = gazetteer.near(Position(lat, lon), 3)
        cities = (gazetteer.place_at(n) for n in range(len(gazetteer)) if gazetteer.kind_at(n) is Kind.CITY)
        best = min(distance_km(Position(lat, lon), city.position) for city in list(cities)[::40])
        assert near[0][0] <= best * 1.006


def written(folder: Path) -> Path:
    path = folder / "gazetteer.bin"
    write_blob(path, {"names": bytes(range(256)) * 40, "kinds": b"12345678"}, {"date": "2026-01-01"})
    return path


def read_all(path: Path) -> None:
    blob = open_blob(path)
    for name in blob.names:
        blob.section(name)


@pytest.mark.parametrize("at", [0, 3, 9, 13, 20, 60, 300, 5_000, -1])
def test_a_flipped_bit_anywhere_is_a_clean_error(tmp_path: Path, at: int) -> None:
    path = written(tmp_path)
    data = bytearray(path.read_bytes())
    data[at] ^= 0x40
    path.write_bytes(data)
    with pytest.raises(AtlasError, match="rebuild it"):
        read_all(path)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 100, 1_000, 10_000])
def test_a_truncated_file_is_a_clean_error(tmp_path: Path, size: int) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(AtlasError, match="rebuild it"):
        open_blob(path)


def test_another_version_is_a_clean_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gazetteer.bin"
    monkeypatch.setattr("geo.blob.FORMAT", 0)
    write_blob(path, {}, {})
    monkeypatch.undo()
    with pytest.raises(AtlasError, match="format 0"):
        open_blob(path)


def test_a_missing_atlas_is_a_clean_error(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="rebuild it"):
        open_atlas(tmp_path)


def test_a_blob_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "blob.bin"
    write_blob(path, {"a": b"12345678", "b": b"", "c": b"\x01\x00\x00\x00"}, {"name": "Ünï"})
    blob = open_blob(path)
    assert blob.meta == {"name": "Ünï"}
    assert bytes(blob.section("a")) == b"12345678"
    assert list(blob.section("c", "I")) == [1]
    with pytest.raises(AtlasError, match="no section"):
        blob.section("d")


def test_verify_finds_a_flipped_bit_in_any_file(atlas: Atlas, tmp_path: Path) -> None:
    atlas.verify()
    for name in ("gazetteer.bin", "outlines.bin"):
        folder = Path(shutil.copytree(atlas.folder, tmp_path / name))
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        with pytest.raises(AtlasError, match=name):
            open_atlas(folder).verify()
