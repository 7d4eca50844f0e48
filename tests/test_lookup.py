"""Single questions: what a name means, what a figure says, how far two places lie apart."""

import pytest

from geo.atlas import Atlas
from geo.errors import ArticleError, UnknownPlace
from geo.lookup import check_distance, measure_distance, read_claim, read_position, resolve
from geo.measure import distance_km
from geo.model import Bound, Hedge, Part, Position, Unit, Verdict


class TestResolve:
    @pytest.mark.parametrize(
        ("name", "identity"),
        [
            ("Wladiwostok", "geonames:2013348"),
            ("Владивосток", "geonames:2013348"),
            ("Moskou", "geonames:524901"),
            ("東京", "geonames:1850147"),
            ("Nordkorea", "country:KP"),
            ("Paris", "geonames:2988507"),
            ("Paris, US", "geonames:4717560"),
            ("London, CA", "geonames:6058560"),
            ("Springfield, Illinois", "geonames:4250542"),
            ("Portland, OR", "geonames:5746545"),
        ],
    )
    def test_names_in_any_language_and_narrowed(self, atlas: Atlas, name: str, identity: str) -> None:
        found = resolve(name, atlas)
        assert found.place is not None
        assert found.place.id == identity
        assert found.mention.text == name

    def test_country_keeps_its_places_only(self, atlas: Atlas) -> None:
        assert {each.place.country for each in resolve("Paris", atlas, country="us").candidates} == {"US"}

    def test_rivals_are_kept(self, atlas: Atlas) -> None:
        assert len(resolve("Springfield", atlas).candidates) > 5

    def test_unknown_with_a_guess(self, atlas: Atlas) -> None:
        with pytest.raises(UnknownPlace, match=r"'Pariss'; did you mean Paris\b"):
            resolve("Pariss", atlas)

    @pytest.mark.parametrize("name", ["", "  ", "-", "Zzyzyxzq", "z" * 100_000])
    def test_unknown_without_one(self, atlas: Atlas, name: str) -> None:
        with pytest.raises(UnknownPlace, match="give coordinates") as error:
            resolve(name, atlas)
        assert len(str(error.value)) < 200

    def test_a_country_without_such_a_place(self, atlas: Atlas) -> None:
        with pytest.raises(UnknownPlace, match=r"'Paris' in FR, .*but not in KP$"):
            resolve("Paris", atlas, country="kp")
        with pytest.raises(UnknownPlace, match=r"no place named 'Pariss' in KP; did you mean Paris\b"):
            resolve("Pariss", atlas, country="kp")

    def test_coordinates_are_a_point_with_its_country(self, atlas: Atlas) -> None:
        place = resolve("44.5 N, 132.5 E", atlas).place
        assert place is not None
        assert (place.id, place.position, place.country) == ("point:44.5,132.5", Position(44.5, 132.5), "RU")


class TestPosition:
    @pytest.mark.parametrize(
        ("text", "lat", "lon"),
        [
            ("43.1,131.9", 43.1, 131.9),
            (" 43.1 131.9 ", 43.1, 131.9),
            ("43.1N 131.9E", 43.1, 131.9),
            ("43.1° N, 131.9° E", 43.1, 131.9),
            ("-33.9,18.4", -33.9, 18.4),
            ("−33.9; 18.4", -33.9, 18.4),
            ("33.9 s, 18.4 w", -33.9, -18.4),
            ("48°30'N 9°15'E", 48.5, 9.25),
            ("43°06′36″N, 131°54′0″E", 43.11, 131.9),
            ("0,0", 0, 0),
            ("90,540", 90, -180),
            ("1e-05, 4.2e1", 0.00001, 42),
        ],
    )
    def test_read(self, text: str, lat: float, lon: float) -> None:
        found = read_position(text)
        assert found is not None
        assert (found.lat, found.lon) == pytest.approx((lat, lon))

    @pytest.mark.parametrize("text", ["", "43", "Paris, 7", "1,2,3", "a,b", "43.1,131.9 Ulm", "nan"])
    def test_none(self, text: str) -> None:
        assert read_position(text) is None

    @pytest.mark.parametrize(
        "text", ["91,0", "-90.5,10", "131.9,43.1", "90°30'N 5°E", "nan,0", "0,inf", "nan,nan", "1e3,2"]
    )
    def test_off_the_globe(self, text: str) -> None:
        with pytest.raises(UnknownPlace, match="latitude first"):
            read_position(text)


class TestClaim:
    @pytest.mark.parametrize(
        ("text", "km", "unit"),
        [
            ("130 km", 130, Unit.KILOMETRE),
            ("130km", 130, Unit.KILOMETRE),
            ("6.500 km", 6500, Unit.KILOMETRE),
            ("6,500 km", 6500, Unit.KILOMETRE),
            ("10 000 km", 10000, Unit.KILOMETRE),
            ("1.234.567 km", 1234567, Unit.KILOMETRE),
            ("1.234,5 km", 1234.5, Unit.KILOMETRE),
            ("1,234.5 km", 1234.5, Unit.KILOMETRE),
            ("1,5 km", 1.5, Unit.KILOMETRE),
            ("1.5 km", 1.5, Unit.KILOMETRE),
            ("0.125 km", 0.125, Unit.KILOMETRE),
            ("4,000 miles", 6437.376, Unit.MILE),
            ("80 Meilen", 128.74752, Unit.MILE),
            ("five miles", 8.04672, Unit.MILE),
            ("12 nautical miles", 22.224, Unit.NAUTICAL_MILE),
            ("0 km", 0, Unit.KILOMETRE),
        ],
    )
    def test_read(self, atlas: Atlas, text: str, km: float, unit: Unit) -> None:
        found = read_claim(text, atlas)
        assert found.low_km == pytest.approx(km)
        assert found.unit is unit

    def test_hedges_and_bounds_of_any_language(self, atlas: Atlas) -> None:
        assert read_claim("rund 80 Meilen", atlas).hedge is Hedge.APPROX
        assert read_claim("almost 300 km", atlas).hedge is Hedge.ALMOST
        assert read_claim("weniger als 100 km", atlas).bound is Bound.MAX
        between = read_claim("300-350 km", atlas)
        assert (between.low_km, between.high_km) == (300, 350)

    @pytest.mark.parametrize(
        "text", ["", "km", "130", "far", "-5 km", "−5 km", "1e308 km", "NaN km", "130 km and 5 km", "9" * 400 + " km"]
    )
    def test_refused(self, atlas: Atlas, text: str) -> None:
        with pytest.raises(ArticleError, match="such as 130 km"):
            read_claim(text, atlas)


class TestDistance:
    def test_between_cities(self, atlas: Atlas) -> None:
        a, b = resolve("Wladiwostok", atlas), resolve("Moskau", atlas)
        assert a.place is not None
        assert b.place is not None
        found = measure_distance(a, b, atlas)
        assert found.distance_km == pytest.approx(distance_km(a.place.position, b.place.position))
        assert found.low_km < found.distance_km < found.high_km
        assert found.line == (a.place.position, b.place.position)

    def test_coordinates_have_no_centre(self, atlas: Atlas) -> None:
        here, there = resolve("43.1,131.9", atlas), resolve("55.8,37.6", atlas)
        assert measure_distance(here, there, atlas).how == "between the two points"
        assert measure_distance(here, resolve("Moskau", atlas), atlas).how == "between the two centres"

    def test_to_an_area_its_border_and_its_coast(self, atlas: Atlas) -> None:
        berlin, poland = resolve("Berlin", atlas), resolve("Poland", atlas)
        territory = measure_distance(berlin, poland, atlas).distance_km
        coast = measure_distance(berlin, poland, atlas, to=Part.COAST).distance_km
        assert territory == pytest.approx(60, abs=5)
        assert measure_distance(berlin, poland, atlas, to=Part.BORDER).distance_km == pytest.approx(territory)
        assert 140 < coast < 170  # on the Szczecin lagoon or behind it, at the sea

    def test_inside_an_area(self, atlas: Atlas) -> None:
        inside, germany = resolve("Kassel", atlas), resolve("Germany", atlas)
        assert measure_distance(inside, germany, atlas).distance_km == 0
        assert measure_distance(inside, germany, atlas, to=Part.BORDER).distance_km > 100

    def test_nothing_to_measure(self, atlas: Atlas) -> None:
        with pytest.raises(UnknownPlace, match="no coast"):
            measure_distance(resolve("Bern", atlas), resolve("Switzerland", atlas), atlas, to=Part.COAST)

    @pytest.mark.parametrize(
        ("claim", "verdict"),
        [
            ("6500 km", Verdict.ACCURATE),
            ("4,000 miles", Verdict.ACCURATE),
            ("9000 km", Verdict.PLAUSIBLE_BY_ROAD),
            ("650 km", Verdict.WRONG),
            ("0 km", Verdict.WRONG),
        ],
    )
    def test_judged_as_in_an_article(self, atlas: Atlas, claim: str, verdict: Verdict) -> None:
        check = check_distance("Wladiwostok", resolve("Moskau", atlas), claim, atlas)
        assert check.verdict is verdict
        assert check.claim.stated.text in claim.replace(",", "")

    def test_to_moves_the_line_that_is_judged(self, atlas: Atlas) -> None:
        kassel, germany = resolve("Kassel", atlas), resolve("Germany", atlas)
        assert check_distance(kassel, germany, "0 km", atlas).verdict is Verdict.ACCURATE
        assert check_distance(kassel, germany, "0 km", atlas, to=Part.BORDER).verdict is Verdict.WRONG
