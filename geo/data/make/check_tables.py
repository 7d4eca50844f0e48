"""Check the tables of names that Dateline wrote itself: what a hand slips on, in one list of sentences.

    python geo/data/make/check_tables.py [TABLES_DIR]

prints the faults of features.tsv, historic.tsv, country_names.tsv, demonyms.tsv and abbreviations.tsv, and exits with 1
where there are any. The codes that they may use are those of countries.tsv and admin.tsv.xz beside them. Whether a
point lies where its countries are is checked against the outlines, in tests/test_tables.py.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geo.compile.tables import records, rows
from geo.fold import fold

__all__ = ["CODED", "LANGUAGES", "faults"]

LICENCE = "# Apache-2.0, own work from general knowledge"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv")
CODED = (*LANGUAGES, "da")  # the languages of tables with a line for each code and language
COLUMNS = {
    "features.tsv": ("id", "kind", "lat", "lon", "extent_km", "countries", *LANGUAGES),
    "historic.tsv": ("id", "kind", "lat", "lon", "extent_km", "countries", *LANGUAGES, "successor"),
    "feature_names.tsv": ("id", "lang", "names"),
    "country_names.tsv": ("iso2", "lang", "names"),
    "demonyms.tsv": ("iso2", "lang", "adjective", "inhabitant"),
    "abbreviations.tsv": ("region", "abbreviation", "only_after_city"),
}
KINDS = {"features.tsv": {"continent", "water", "landform", "area"}, "historic.tsv": {"historic"}}
LARGEST_EXTENT_KM = 10_000  # from a pole to the equator; no feature reaches further from its middle
SHORTEST = 2  # characters: "K2", "UK"
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Letters, digits, and what stands inside names ("USA:s östkust"); no bracket, double quote or slash.
CLEAN = re.compile(r"[\w.,:'’ʻ&\u2013\u2014 -]+")

Row = dict[str, str]


def faults(tables: Path) -> list[str]:
    """What is wrong with the six tables of a directory: one sentence each, none where all is well.

    A table without its columns cannot be read: where that is so, nothing else is looked at.
    """
    misshapen = [fault for table in COLUMNS for fault in _shape(tables / table)]
    return misshapen or _misnamed(tables)


def _misnamed(tables: Path) -> list[str]:
    places = [(table, row) for table in KINDS for row in records(tables / table)]
    countries = {row["iso2"] for row in records(tables / "countries.tsv")}
    regions = {code for code, *_ in rows(tables / "admin.tsv.xz")}
    ids = Counter(row["id"] for _, row in places)
    found = [f"{name}: the id stands {times} times" for name, times in ids.items() if times > 1]
    for table, row in places:
        found += [f"{table} {row['id']}: {fault}" for fault in _place(row, KINDS[table], countries)]
    found += _shared_names(places)
    found += _coded(tables / "feature_names.tsv", "id", set(ids), ("names",))
    found += _coded(tables / "country_names.tsv", "iso2", countries | regions, ("names",))
    found += _coded(tables / "demonyms.tsv", "iso2", countries | regions | set(ids), ("adjective", "inhabitant"))
    found += _coded(tables / "abbreviations.tsv", "region", regions, ("abbreviation",))
    return found


def _shape(path: Path) -> Iterator[str]:
    """Licence, header, and as many cells in each line as in the header."""
    if path.read_text(encoding="utf-8").splitlines()[0] != LICENCE:
        yield f"{path.name}: the first line is not the licence"
    header, *lines = rows(path)
    if tuple(header) != COLUMNS[path.name]:
        yield f"{path.name}: the columns are {header}"
    for line in lines:
        if len(line) != len(header):
            yield f"{path.name} {line[0]}: {len(line)} cells for {len(header)} columns"


def _place(row: Row, kinds: set[str], countries: set[str]) -> Iterator[str]:
    if not SLUG.fullmatch(row["id"]):
        yield "the id is no slug"
    if row["kind"] not in kinds:
        yield f"unknown kind {row['kind']}"
    for column, limit in (("lat", 90), ("lon", 180)):
        if not _number(row[column]) or abs(float(row[column])) > limit:
            yield f"{column} is {row[column]}"
    if not _number(row["extent_km"]) or not 0 < float(row["extent_km"]) <= LARGEST_EXTENT_KM:
        yield f"extent_km is {row['extent_km']}"
    unknown = {*filter(None, row["countries"].split("|"))} - countries
    yield from (f"unknown country {code}" for code in sorted(unknown))
    if "successor" in row:
        yield from _successors(row["successor"], countries)
    for language in LANGUAGES:
        yield from _names(row[language], language)


def _successors(cell: str, countries: set[str]) -> Iterator[str]:
    """A successor is a country's code or the name of a city, and no city's name is two characters long."""
    for successor in cell.split("|"):
        if len(successor) <= SHORTEST and successor not in countries:
            yield f"unknown successor {successor!r}"


def _number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _names(cell: str, language: str) -> Iterator[str]:
    """What is wrong with the names of a cell."""
    names = cell.split("|")
    yield from (f"{language} says {name!r} twice" for name, times in Counter(names).items() if times > 1)
    for name in names:
        if len(name) < SHORTEST:
            yield f"{language} has a name too short: {name!r}"
        elif name != " ".join(name.split()) or not CLEAN.fullmatch(name):
            yield f"{language} has an unclean name: {name!r}"
        elif bool(CYRILLIC.search(name)) != (language == "ru") or (language == "ru" and LATIN.search(name)):
            yield f"{language} has a name in another script: {name!r}"


def _shared_names(places: list[tuple[str, Row]]) -> Iterator[str]:
    """Two features of one name: only Memel is one in earnest, the river in German and Dutch, the city in Dutch."""
    owners: dict[tuple[str, str], set[str]] = {}
    for _, row in places:
        for language in LANGUAGES:
            for name in row[language].split("|"):
                owners.setdefault((language, fold(name)), set()).add(row["id"])
    for (language, name), ids in owners.items():
        if len(ids) > 1 and name != "memel":
            yield f"{' and '.join(sorted(ids))} share the name {name!r} ({language})"


def _coded(path: Path, column: str, codes: set[str], cells: tuple[str, ...]) -> Iterator[str]:
    """A table whose lines hang on a code, and mostly on a language: known, once each, with clean names."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in records(path):
        code, kind = row[column], row.get("lang", row.get("only_after_city", ""))
        where = f"{path.name} {code} {kind}"
        seen[code, kind] += 1
        if code not in codes:
            yield f"{where}: unknown code"
        if kind not in CODED and "lang" in row:
            yield f"{where}: unknown language"
        if kind not in {"yes", "no"} and "lang" not in row:
            yield f"{where}: only_after_city is neither yes nor no"
        if not any(row[cell] for cell in cells):
            yield f"{where}: no name at all"
        for cell in filter(None, (row[cell] for cell in cells)):
            yield from (f"{where}: {fault}" for fault in _names(cell, row.get("lang", "en")))
    yield from (f"{path.name} {code} {kind}: stands twice" for (code, kind), times in seen.items() if times > 1)


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "tables")
    print("\n".join(found) or "no faults")
    sys.exit(bool(found))
