"""Nearest points of territories, borders and coasts, against an independent minimiser; and where a point lies."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geo
import geo.outlines
from geo.blob import write_blob
from geo.compile.outlines import compile_outlines
from geo.errors import AtlasError, UnknownPlace
from geo.measure import distance_km
from geo.model import Part, Position
from geo.outlines import ERROR_KM, REGION_ERROR_KM, Nearest, Outlines, error_km, open_outlines

from . import minimiser

DATA = Path(geo.__file__).parent / "data"
METRE = 0.001

VLADIVOSTOK = Position(43.10562, 131.87353)
MOSCOW = Position(55.75222, 37.61556)
NORTH_POLE, SOUTH_POLE = Position(90, 0), Position(-90, 0)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's own outlines; compiled here where the package was not built."""
    path = DATA / "atlas/outlines.bin"
    if not path.exists():
        path = tmp_path_factory.mktemp("atlas") / "outlines.bin"
        compile_outlines(DATA / "tables", path, date="test")
    return path


@pytest.fixture(scope="session")
def outlines(built: Path) -> Outlines:
    return open_outlines(built)


def point(position: Position) -> tuple[float, float]:
    return position.lat, position.lon


def quick(outlines: Outlines) -> list[str]:
    """Codes of all outlines but those of more than 15,000 edges, which the minimiser takes long over."""
    return [code for code in outlines.codes if outlines.has(code) and code not in {"CA", "US", "RU", "AQ", "GL"}]


def found(nearest: Nearest | None) -> Nearest:
    assert nearest is not None
    return nearest


# --- nearest ---------------------------------------------------------------------------------------------------------

CASES = [
    (VLADIVOSTOK, "KP", None),
    (VLADIVOSTOK, "KP", "RU"),
    (VLADIVOSTOK, "KP", "KR"),
    (VLADIVOSTOK, "RU", "CN"),
    (MOSCOW, "RU", None),  # inside
    (Position(54.71, 20.51), "RU", None),  # Kaliningrad, apart from the rest
    (Position(54.71, 20.51), "LT", "RU"),
    (Position(-29.31, 27.48), "ZA", "LS"),  # inside a hole
    (Position(43.94, 12.45), "SM", "IT"),
    (Position(40.42, -3.70), "VA", "IT"),  # flat in the data
    (Position(47.37, 8.54), "LI", None),
    (NORTH_POLE, "RU", "NO"),
    (SOUTH_POLE, "AR", "CL"),
    (Position(66.0, -172.0), "RU", "US"),  # no common border: two islands in a strait
    (Position(-40.4, 176.3), "ES", "PT"),  # the antipode of Madrid
    (Position(-43.1, -48.1), "KP", "RU"),  # near Vladivostok's antipode
]


@pytest.mark.parametrize(("position", "code", "neighbour"), CASES)
def test_border(outlines: Outlines, position: Position, code: str, neighbour: str | None) -> None:
    edges = minimiser.border(outlines, code, neighbour)
    nearest = outlines.nearest(position, code, Part.BORDER, neighbour=neighbour)
    if not edges:
        assert nearest is None
        return
    assert found(nearest).distance_km == pytest.approx(minimiser.nearest_km(point(position), edges), abs=METRE)
    assert found(nearest).neighbour in outlines.neighbours(code)
    assert neighbour in {None, found(nearest).neighbour}


@pytest.mark.parametrize(
    ("position", "code"),
    [
        (Position(0, 0), "GH"),
        (NORTH_POLE, "GL"),
        (SOUTH_POLE, "CL"),
        (Position(0, 180), "FJ"),
        (Position(-17, 180), "FJ"),
        (Position(-16.5, -179.0), "FJ"),
        (Position(70, 180), "RU"),
        (Position(65.6, -168.1), "RU"),  # Alaska looks over to Chukotka
        (Position(52.0, 179.5), "US"),  # the Aleutians on both sides of 180 degrees
        (Position(52.0, -179.5), "US"),
        (Position(-77.8, 166.7), "AQ"),
        (Position(-30, 100), "AQ"),
        (Position(-25.3, -64.5), "TW"),  # nearly an antipode
    ],
)
def test_coast(outlines: Outlines, position: Position, code: str) -> None:
    nearest = found(outlines.nearest(position, code, Part.COAST))
    expected = minimiser.nearest_km(point(position), minimiser.coast(outlines, code))
    assert nearest.distance_km == pytest.approx(expected, abs=METRE)
    assert nearest.neighbour is None
    assert distance_km(position, nearest.position) == pytest.approx(nearest.distance_km, abs=1e-9)


positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), position=positions)
def test_any_outline_from_anywhere(outlines: Outlines, data: st.DataObject, position: Position) -> None:
    code = data.draw(st.sampled_from(quick(outlines)))
    nearest = found(outlines.nearest(position, code, Part.TERRITORY))
    if nearest.distance_km == 0:
        assert outlines.contains(code, position)
    else:
        expected = minimiser.nearest_km(point(position), minimiser.outline(outlines, code))
        assert nearest.distance_km == pytest.approx(expected, abs=METRE)
    for part in (Part.BORDER, Part.COAST):
        other = outlines.nearest(position, code, part)
        assert other is None or other.distance_km >= nearest.distance_km


def test_vladivostok_and_north_korea(outlines: Outlines) -> None:
    """From GeoNames' city centre; the railway station, 1.5 km away, would give 125.6 and 128.3."""
    border = found(outlines.nearest(VLADIVOSTOK, "KP", Part.BORDER))
    assert (round(border.distance_km, 2), border.neighbour) == (124.25, "CN")
    common = found(outlines.nearest(VLADIVOSTOK, "KP", Part.BORDER, neighbour="RU"))
    assert (round(common.distance_km, 2), common.neighbour) == (126.95, "RU")
    assert found(outlines.nearest(VLADIVOSTOK, "KP", Part.TERRITORY)) == border


def test_inside_it_is_0_to_the_territory_and_more_to_the_border(outlines: Outlines) -> None:
    assert outlines.nearest(MOSCOW, "RU", Part.TERRITORY) == Nearest(MOSCOW, 0.0, None)
    assert 400 < found(outlines.nearest(MOSCOW, "RU", Part.BORDER)).distance_km < 480


@pytest.mark.parametrize(
    ("code", "part", "neighbour"),
    [
        ("KP", Part.BORDER, "JP"),  # no common border
        ("AU", Part.BORDER, None),  # none at all
        ("CZ", Part.COAST, None),
        ("LS", Part.COAST, None),
        ("DE.02", Part.COAST, None),
        ("XX", Part.TERRITORY, None),
        ("", Part.BORDER, None),
    ],
)
def test_none(outlines: Outlines, code: str, part: Part, neighbour: str | None) -> None:
    assert outlines.nearest(MOSCOW, code, part, neighbour=neighbour) is None


def test_a_centre_is_no_part_of_an_outline(outlines: Outlines) -> None:
    with pytest.raises(ValueError, match="centroid"):
        outlines.nearest(MOSCOW, "DE", Part.CENTRE)


@pytest.mark.parametrize(
    ("position", "low", "high"),
    [
        (MOSCOW, 600, 660),  # the Gulf of Finland
        (Position(46.28, 86.67), 2200, 2650),  # the pole of inaccessibility: the Caspian is none of its coasts
        (Position(38.86, 51.36), 100, 250),  # out on the Caspian
        (Position(0, 0), 500, 620),
        (NORTH_POLE, 700, 720),  # Kaffeklubben
        (SOUTH_POLE, 500, 560),  # where the Ross Ice Shelf, no land in the data, begins
    ],
)
def test_nearest_coast(outlines: Outlines, position: Position, low: float, high: float) -> None:
    nearest = outlines.nearest_coast(position)
    assert low < nearest.distance_km < high
    assert nearest.neighbour is None
    assert distance_km(position, nearest.position) == pytest.approx(nearest.distance_km, abs=1e-9)


def test_the_cut_at_180_degrees_is_neither_border_nor_coast(outlines: Outlines) -> None:
    """Chukotka and Wrangel Island: on the meridian, far from any water."""
    for inland in (Position(67.5, 180), Position(67.5, -179.999), Position(67.5, 179.999)):
        assert outlines.country_at(inland) == "RU"
        assert outlines.nearest_coast(inland).distance_km > 80
        assert found(outlines.nearest(inland, "RU", Part.BORDER)).distance_km > 1500
    assert outlines.nearest_coast(Position(71.25, 180)).distance_km > 20
    for code in ("RU", "FJ", "AQ"):
        for (south, lon), (north, other) in minimiser.outline(outlines, code):
            assert not (abs(lon) == abs(other) == 180 and abs(north - south) > 0.01)


def test_no_land_without_a_sea_has_a_coast(outlines: Outlines) -> None:
    inland = "AF AD AM AT BY BT BO BW BF BI CF TD CZ ET HU KG LA LS LI LU MK MW ML MD MN NP NE PY RW SM RS SK SS SZ CH"
    for code in f"{inland} TJ UG UZ VA ZM ZW XK".split():
        assert outlines.nearest(MOSCOW, code, Part.COAST) is None, code


def test_few_edges_are_measured(outlines: Outlines, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes a query quick: of Canada's and the coasts' edges, nearly all are ruled out by estimates."""
    exact = []

    def counted(*edge: Any) -> Any:
        exact.append(edge)
        return geo.measure.nearest_on_edge(*edge)

    monkeypatch.setattr(geo.outlines, "nearest_on_edge", counted)
    for position in (VLADIVOSTOK, MOSCOW, NORTH_POLE, Position(-33.87, 151.21)):
        for code in ("CA", "RU", "KP", "AQ"):
            outlines.nearest(position, code, Part.TERRITORY)
        outlines.nearest_coast(position)
    assert len(exact) < 20 * 10


# --- regions ---------------------------------------------------------------------------------------------------------


def test_regions(outlines: Outlines) -> None:
    munich = Position(48.137, 11.575)
    assert outlines.region_codes("GB") == ("GB.ENG", "GB.NIR", "GB.SCT", "GB.WLS")
    assert outlines.region_codes("XX") == ()
    assert outlines.contains("DE.02", munich)
    assert set(outlines.neighbours("DE.02")) == {
        *("AT.04", "AT.05", "AT.07", "AT.08", "CZ.79", "CZ.81", "CZ.87", "DE.01", "DE.05", "DE.13", "DE.15")
    }
    to_austria = found(outlines.nearest(munich, "DE.02", Part.BORDER, neighbour="AT"))
    to_tyrol = found(outlines.nearest(munich, "DE.02", Part.BORDER, neighbour="AT.07"))
    assert to_austria.neighbour == to_tyrol.neighbour == "AT"
    assert to_austria.distance_km <= to_tyrol.distance_km < 80
    inner = found(outlines.nearest(munich, "DE.02", Part.BORDER, neighbour="DE"))
    assert inner.neighbour is None  # the same country on both sides


@pytest.mark.parametrize("code", ["DE.02", "GB.SCT", "RU.15", "US.AK", "FR.94", "KP.12"])
def test_region_against_minimiser(outlines: Outlines, code: str) -> None:
    nearest = found(outlines.nearest(VLADIVOSTOK, code, Part.TERRITORY))
    expected = minimiser.nearest_km(point(VLADIVOSTOK), minimiser.outline(outlines, code))
    assert nearest.distance_km == pytest.approx(expected, abs=METRE)


def test_a_region_lies_in_its_country(outlines: Outlines) -> None:
    """Centroids of regions; the two sources agree on who owns what."""
    strays = [
        code
        for country in ("DE", "PL", "US", "CN", "BR", "ZA", "TR", "AU")
        for code in outlines.region_codes(country)
        if outlines.country_at(outlines.centroid(code)) not in {country, None}
    ]
    assert strays == []


# --- inside ----------------------------------------------------------------------------------------------------------

AT = [
    (VLADIVOSTOK, "RU"),
    (Position(54.71, 20.51), "RU"),
    (Position(66.0, -173.0), "RU"),
    (Position(71.2, 179.5), "RU"),
    (Position(71.2, -179.5), "RU"),
    (Position(64.84, -147.72), "US"),
    (Position(51.88, -176.65), "US"),  # Adak
    (Position(-16.87, 179.99), "FJ"),  # Taveuni, whose island the meridian crosses
    (Position(-16.87, 180), "FJ"),
    (Position(-16.87, -179.99), "FJ"),
    (Position(-29.31, 27.48), "LS"),
    (Position(-29.12, 26.21), "ZA"),
    (Position(43.94, 12.45), "SM"),
    (Position(47.14, 9.52), "LI"),
    (Position(41.9, 12.5), "IT"),
    (Position(44.95, 34.1), "UA"),  # Crimea, as ISO 3166-2 and GeoNames file it
    (Position(35.3, 33.3), "CY"),  # behind Kyrenia
    (Position(9.56, 44.06), "SO"),  # Hargeisa
    (Position(42.66, 21.17), "XK"),
    (Position(4.94, -52.33), "GF"),
    (Position(78.5, 16.0), "SJ"),
    (SOUTH_POLE, "AQ"),
    (Position(-90, 123), "AQ"),
    (Position(-89.9, 180), "AQ"),
    (NORTH_POLE, None),
    (Position(0, 0), None),
    (Position(0, 180), None),
    (Position(42, 51), None),  # the Caspian
]


@pytest.mark.parametrize(("position", "code"), AT)
def test_country_at(outlines: Outlines, position: Position, code: str | None) -> None:
    assert outlines.country_at(position) == code
    if code:
        assert outlines.contains(code, position)
        assert found(outlines.nearest(position, code, Part.TERRITORY)).distance_km == 0


def test_outlines_do_not_contain_what_is_elsewhere(outlines: Outlines) -> None:
    assert not outlines.contains("ZA", Position(-29.31, 27.48))
    assert not outlines.contains("XX", MOSCOW)
    assert not outlines.contains("ES", Position(-40.4, 176.3))  # the antipode


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), north=st.floats(-2, 2), east=st.floats(-2, 2))
def test_contains_as_the_outline_winds(outlines: Outlines, data: st.DataObject, north: float, east: float) -> None:
    code = data.draw(st.sampled_from(quick(outlines)))
    lat, lon = outlines.arcs[minimiser.uses(outlines, code)[0]].points[0]
    position = Position(max(-90.0, min(90.0, lat + north)), lon + east)
    if minimiser.nearest_km(point(position), minimiser.outline(outlines, code)) > METRE:
        assert outlines.contains(code, position) == minimiser.inside(point(position), outlines, code)


# --- what there is ---------------------------------------------------------------------------------------------------


def test_codes(outlines: Outlines) -> None:
    assert list(outlines.codes) == sorted(set(outlines.codes))
    countries = {code for code in outlines.codes if "." not in code and outlines.has(code)}
    assert len(countries) == 250
    assert countries >= {"KP", "XK", "VA", "TW", "PS", "EH", "GF", "FJ", "AQ"}
    assert sum("." in code for code in outlines.codes) > 3000
    assert not outlines.has("XX")
    assert (error_km("KP"), error_km(None), error_km("DE.02")) == (ERROR_KM, ERROR_KM, REGION_ERROR_KM)


def test_neighbours(outlines: Outlines) -> None:
    assert outlines.neighbours("KP") == ("CN", "KR", "RU")
    assert outlines.neighbours("LS") == ("ZA",)
    assert outlines.neighbours("AU") == outlines.neighbours("XX") == ()
    for code in (code for code in outlines.codes if "." not in code):
        assert all(code in outlines.neighbours(other) for other in outlines.neighbours(code))


def test_centroid(outlines: Outlines) -> None:
    assert outlines.country_at(outlines.centroid("KP")) == "KP"
    assert distance_km(outlines.centroid("VA"), Position(41.903, 12.453)) < 1
    assert distance_km(outlines.centroid("FJ"), Position(-17.8, 178.0)) < 30  # the largest island
    assert outlines.country_at(outlines.centroid("US")) == "US"
    assert outlines.centroid("AQ").lat < -75
    for unknown in ("XX", "DE.99", ""):
        with pytest.raises(UnknownPlace, match="no outline"):
            outlines.centroid(unknown)


def test_rings_close_and_boxes_hold(outlines: Outlines) -> None:
    for code in ("RU", "FJ", "AQ", "UA", "CY", "IT", "GB.SCT", "RU.15"):
        for ring in itertools.chain.from_iterable(outlines.polygons(code)):
            ends = []
            for ref in ring:
                points = outlines.arcs[max(ref, ~ref)].points
                south, west, north, east = outlines.arc_box(max(ref, ~ref))
                assert all(south <= lat <= north and west <= lon <= east for lat, lon in points)
                assert all(abs(lon - before) < 180 for (_, before), (_, lon) in itertools.pairwise(points))
                ends.append((points[0], points[-1]) if ref >= 0 else (points[-1], points[0]))
            for (_, end), (start, _) in zip(ends, ends[1:] + ends[:1], strict=True):
                assert end[0] == start[0]
                assert (end[1] - start[1] + 180) % 360 == pytest.approx(180)


def test_arcs(outlines: Outlines) -> None:
    assert outlines.arcs[0] == outlines.arcs[0:1][0] == outlines.arcs[-len(outlines.arcs)]
    with pytest.raises(IndexError):
        outlines.arcs[len(outlines.arcs)]
    shared = next(arc for arc in minimiser.uses(outlines, "KP") if len(outlines.arcs[arc].owners) == 2)
    assert "KP" in outlines.arcs[shared].owners
    assert len(outlines.disputed) > 300
    assert all(len(outlines.arcs[arc].owners) == 0 for arc in outlines.disputed)


# --- the file --------------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_refused(built: Path, tmp_path: Path) -> None:
    good = built.read_bytes()
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    path = tmp_path / "outlines.bin"
    for bad in (b"", b"PNG", good[:1000], good[: len(good) // 2], bytes(flipped), good + b"\0"):
        path.write_bytes(bad)
        with pytest.raises(AtlasError, match="install dateline again"):
            open_outlines(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError):
        open_outlines(tmp_path / "none.bin")
    write_blob(tmp_path / "names.bin", {"names": b"x"}, {"kind": "gazetteer"})
    with pytest.raises(AtlasError, match="holds no outlines"):
        open_outlines(tmp_path / "names.bin")
    write_blob(tmp_path / "empty.bin", {}, {"kind": "outlines", "date": "", "regions_from": 0, "run": 16})
    with pytest.raises(AtlasError, match="no section"):
        open_outlines(tmp_path / "empty.bin")


def test_small_enough_to_ship(built: Path) -> None:
    assert built.stat().st_size < 8.5e6
