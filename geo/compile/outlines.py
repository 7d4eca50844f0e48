"""Compiles geo/data/tables/*.topojson.xz to one file of outlines that :mod:`geo.outlines` reads in place.

Points are degrees in steps of 1e-6 (11 cm), latitude first, longitudes running on within an arc. An arc's *owners* are
the codes that use it: two where it is a border, one where it is a coast. Runs of :data:`BLOCK` edges, and whole arcs,
carry a *cap*: a centre on the auxiliary sphere and a radius that no point of the run exceeds, which is how a reader
finds the nearest of half a million edges without looking at many. It runs when the package is built, without numpy.
"""

import json
import lzma
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo.blob import write_blob
from geo.measure import estimate_km, reduced_vector

__all__ = ["BLOCK", "compile_outlines"]

BLOCK = 16  # edges a cap: the caps then take an eighth of the room that the points take
UNIT = 1e-6  # degrees a step
NOBODY = 0xFFFF  # in place of an owner
_CAP_MARGIN_KM = 0.01  # single precision moves a centre by 0.4 m, the estimate errs by 5 m within 500 km (twice here)

Point = tuple[float, float]  # latitude, longitude
Vector = tuple[float, float, float]
Polygons = list[list[list[int]]]


@dataclass(frozen=True)
class Table:
    """One table, decoded: arcs, outlines by code and other lines."""

    arcs: list[list[tuple[int, int]]]
    outlines: dict[str, Polygons]
    lines: list[int]


def compile_outlines(table_dir: Path, out: Path, *, date: str) -> None:
    """Compile the two tables in ``table_dir`` to the file ``out``."""
    tables = [read_table(table_dir / f"{name}.topojson.xz", name) for name in ("countries", "regions")]
    arcs = [arc for table in tables for arc in table.arcs]
    regions_from = len(tables[0].arcs)
    shift = [0, regions_from]
    codes = sorted({code for table in tables for code in table.outlines})
    number = {code: place for place, code in enumerate(codes)}
    polygons: dict[str, Polygons] = {}
    owners = [[NOBODY, NOBODY] for _ in arcs]
    for table, start, regional in zip(tables, shift, (False, True), strict=True):
        for code, outline in table.outlines.items():
            shifted = [[[shifted_ref(ref, start) for ref in ring] for ring in rings] for rings in outline]
            for ref in {max(ref, ~ref) for rings in shifted for ring in rings for ref in ring}:
                owners[ref][owners[ref].index(NOBODY)] = number[code]
            if ("." in code) == regional:  # the regions' table has countries only as neighbours
                polygons[code] = shifted
    disputed = sorted(
        {shifted_ref(ref, start) for table, start in zip(tables, shift, strict=True) for ref in table.lines}
    )
    sections = {
        "codes": "\n".join(codes).encode(),
        **arc_sections(arcs),
        "owners": array("H", (owner for pair in owners for owner in pair)).tobytes(),
        **polygon_sections([polygons.get(code, []) for code in codes]),
        "centres": array("i", steps(centroid(polygons.get(code, []), arcs) for code in codes)).tobytes(),
        "disputed": array("i", disputed).tobytes(),
    }
    write_blob(out, sections, {"kind": "outlines", "date": date, "regions_from": regions_from, "run": BLOCK})


def read_table(path: Path, name: str) -> Table:
    """Decode a TopoJSON table; every arc in steps of :data:`UNIT`, (latitude, longitude)."""
    table: dict[str, Any] = json.loads(lzma.decompress(path.read_bytes()))
    (scale_x, scale_y), (from_x, from_y) = table["transform"]["scale"], table["transform"]["translate"]
    around = 360 / scale_x
    arcs = []
    for coded in table["arcs"]:
        x, y = 0, 0
        arc: list[tuple[int, int]] = []
        for dx, dy in coded:
            # an arc that crosses 180 degrees comes back on the other side of the map: let it run on instead
            x, y = x + (dx - round(round(dx / around) * around) if arc else dx), y + dy
            arc.append((round((y * scale_y + from_y) / UNIT), round((x * scale_x + from_x) / UNIT)))
        arcs.append(arc)
    outlines = {outline["id"]: outline["arcs"] for outline in table["objects"][name]["geometries"]}
    lines = [ref for line in table["objects"]["lines"]["geometries"] for part in line["arcs"] for ref in part]
    return Table(arcs, outlines, lines)


def shifted_ref(ref: int, start: int) -> int:
    """An arc reference after ``start`` arcs were put before its table."""
    return ref + start if ref >= 0 else ~(~ref + start)


def arc_sections(arcs: Sequence[Sequence[tuple[int, int]]]) -> dict[str, bytes]:
    """Points, boxes and caps."""
    points, starts, boxes = array("i"), array("I", [0]), array("i")
    arc_caps, caps, first_blocks = array("f"), array("f"), array("I", [0])
    for arc in arcs:
        for point in arc:
            points.extend(point)
        starts.append(len(points) // 2)
        lats, lons = [lat for lat, _ in arc], [lon for _, lon in arc]
        boxes.extend((min(lats), min(lons), max(lats), max(lons)))
        vectors = [reduced_vector(lat * UNIT, lon * UNIT) for lat, lon in arc]
        arc_caps.extend(cap(vectors))
        for first in range(0, len(arc) - 1, BLOCK):
            caps.extend(cap(vectors[first : first + BLOCK + 1]))
        first_blocks.append(len(caps) // 4)
    return {
        "points": points.tobytes(),
        "starts": starts.tobytes(),
        "boxes": boxes.tobytes(),
        "arc_caps": arc_caps.tobytes(),
        "caps": caps.tobytes(),
        "blocks": first_blocks.tobytes(),
    }


def cap(vectors: Sequence[Vector]) -> tuple[float, float, float, float]:
    """Centre and radius in km of a cap around vertices; a cap below half the globe holds their edges too."""
    total = [math.fsum(vector[axis] for vector in vectors) for axis in range(3)]
    norm = math.hypot(*total)
    x, y, z = (component / norm for component in total) if norm else (0.0, 0.0, 1.0)
    return x, y, z, max(estimate_km((x, y, z), vector) for vector in vectors) + _CAP_MARGIN_KM


def polygon_sections(outlines: Iterable[Polygons]) -> dict[str, bytes]:
    """Outlines, polygons and rings, each by where it starts in the next list."""
    of_code, of_polygon, of_ring, refs = (array("I", [0]), array("I", [0]), array("I", [0]), array("i"))
    for outline in outlines:
        for rings in outline:
            for ring in rings:
                refs.extend(ring)
                of_ring.append(len(refs))
            of_polygon.append(len(of_ring) - 1)
        of_code.append(len(of_polygon) - 1)
    named = {"of_code": of_code, "of_polygon": of_polygon, "of_ring": of_ring, "refs": refs}
    return {name: numbers.tobytes() for name, numbers in named.items()}


def centroid(polygons: Polygons, arcs: Sequence[Sequence[tuple[int, int]]]) -> Point:
    """Centre of mass of the largest polygon on the sphere, brought back to its surface; (0, 0) where there is none.

    The integral of the position vector over a spherical polygon is half the sum, over its edges, of the edge's angle
    times the normal of its great circle (J. E. Brock, "The inertia tensor for a spherical triangle", J. Applied
    Mechanics 42, 1975). Holes turn the other way, as in TopoJSON, and so subtract themselves. The length of the result
    ranks the polygons: below half a globe it grows with the area.
    """
    best, centre = -1.0, (0.0, 0.0)
    for rings in polygons:
        total, corners = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
        for ref in (ref for ring in rings for ref in ring):
            arc = arcs[max(ref, ~ref)]
            vectors = [unit_vector(lat * UNIT, lon * UNIT) for lat, lon in (arc if ref >= 0 else arc[::-1])]
            for a, b in pairwise(vectors):
                normal = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
                sine = math.hypot(*normal)
                weight = math.asin(min(sine, 1.0)) / sine if sine else 0.0
                for axis in range(3):
                    total[axis] += weight * normal[axis] / 2
                    corners[axis] += a[axis]
        size = math.hypot(*total)
        if size > best:
            best = size
            x, y, z = total if sum(t * c for t, c in zip(total, corners, strict=True)) >= 0 else (-t for t in total)
            if not size:
                x, y, z = corners  # a polygon that the source's grid flattened, as the Vatican's
            centre = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return centre


def unit_vector(lat: float, lon: float) -> Vector:
    """The point on a sphere."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def steps(points: Iterable[Point]) -> Iterable[int]:
    """Coordinates in steps of :data:`UNIT`."""
    return (round(degrees / UNIT) for point in points for degrees in point)
