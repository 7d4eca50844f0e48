"""Countries and regions: where their land, borders and coasts are, and which point of them is nearest.

Degrees and kilometres. The outlines are Natural Earth 4.1 at 1:10 million: countries as npm's world-atlas has them,
regions as QGIS generalised them. An outline's code is "KP" for a country (ISO 3166-1, and XK for Kosovo) or "DE.02" for
a region (GeoNames). How far the drawn line may lie from the true one: :func:`error_km`.

* A **border** is an arc that two outlines share, a **coast** one that a single outline uses. What a source cut along
  180 degrees is neither. A region's border is all of its outline that is no coast, borders with regions of its own
  country included.
* Lakes and lagoons belong to the land around them, so they have no coast. The Caspian is no land in the data, its
  shores are coasts. Nor are Antarctica's ice shelves land: there the coast is where the ice begins to float.
* Natural Earth draws who holds what; where ISO 3166 and GeoNames file a territory under another code, the outline
  follows them (geo/data/make/outlines.py has the list: Crimea in UA, Northern Cyprus in CY, Somaliland in SO, French
  Guiana in GF). Not so in Western Sahara: EH is what lies east of the berm.
* What no grid of 400 x 190 m can show is flat: the Vatican's outline is a line and contains no point.

Everything is read in place from one mapped file. A nearest point is found by ruling out: caps around arcs, then around
runs of 16 edges, then single edges, by the estimate and the triangle inequality; what is left is measured exactly.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import overload

from geo.blob import Blob, damaged, open_blob
from geo.errors import UnknownPlace
from geo.measure import estimate_error_km, estimate_km, nearest_on_edge, reduced_vector, unwrap
from geo.model import Part, Position

__all__ = ["ERROR_KM", "REGION_ERROR_KM", "Arc", "Nearest", "Outlines", "error_km", "open_outlines"]

# Natural Earth at 1:10 million generalises rivers, ridges and shores. Of GeoNames' cities 98 % lie in their own
# country's outline; half of the others are within 0.5 km of it, three in four within 1.2 km, nine in ten within 4 km.
ERROR_KM = 3.0
# QGIS' generalisation comes on top: half of its outlines lie within 0.13 km of the countries', 95 % within 0.8 km.
REGION_ERROR_KM = 5.0

LatLon = tuple[float, float]
Vector = tuple[float, float, float]

_STEPS = 1_000_000  # a degree, as geo/compile/outlines.py writes them
_AROUND = 360_000_000  # steps around the globe
_NOBODY = 0xFFFF
_WIDE = 500_000  # steps: an edge wider than half a degree may bulge by more than _BULGE
_EDGE_ERROR_KM = 0.01  # of an estimated length of an edge
_BULGE = 1_000  # steps of latitude; at most 270 for half a degree of longitude


def error_km(code: str | None) -> float:
    """How far the drawn outline may be from the true one, in km; None asks for the coast of any land."""
    return REGION_ERROR_KM if code and "." in code else ERROR_KM


@dataclass(frozen=True, slots=True)
class Nearest:
    """A point of an outline; ``neighbour`` is the country across the border there.

    It is None at a coast, inside, and where a region borders on another one of its own country.
    """

    position: Position
    distance_km: float
    neighbour: str | None


@dataclass(frozen=True, slots=True)
class Arc:
    """A line that outlines share.

    ``points`` are (lat, lon) with longitudes that run on beyond 180 degrees; ``owners`` are the codes that use it.
    """

    points: tuple[tuple[float, float], ...]
    owners: tuple[str, ...]


def open_outlines(path: Path) -> "Outlines":
    """Map the file. Raises AtlasError where it is damaged, missing or something else."""
    blob = open_blob(path)
    if blob.meta.get("kind") != "outlines":
        raise damaged(path, "it holds no outlines")
    return Outlines(blob)


class Outlines:
    """Use :func:`open_outlines`. Read-only, safe to share between threads."""

    def __init__(self, blob: Blob) -> None:
        """See the sections that geo/compile/outlines.py writes."""
        self.codes: tuple[str, ...] = tuple(str(blob.section("codes"), "utf-8").split("\n"))
        self.date: str = blob.meta["date"]
        self._regions_from: int = blob.meta["regions_from"]
        self._run: int = blob.meta["run"]  # edges a cap
        self._points = blob.section("points", "i")
        self._starts = blob.section("starts", "I")
        self._boxes = blob.section("boxes", "i")
        self._owners = blob.section("owners", "H")
        self._arc_caps = blob.section("arc_caps", "f")
        self._caps = blob.section("caps", "f")
        self._blocks = blob.section("blocks", "I")
        self._of_code, self._of_polygon = blob.section("of_code", "I"), blob.section("of_polygon", "I")
        self._of_ring, self._refs = blob.section("of_ring", "I"), blob.section("refs", "i")
        self._centres = blob.section("centres", "i")
        self._disputed = blob.section("disputed", "i")

    # --- what there is -----------------------------------------------------------------------------------------------

    def has(self, code: str) -> bool:
        """Whether there is an outline of that code."""
        number = self._number(code)
        return number is not None and self._of_code[number] < self._of_code[number + 1]

    def region_codes(self, country: str) -> tuple[str, ...]:
        """The codes of a country's regions that have an outline."""
        start, stop = bisect_left(self.codes, f"{country}."), bisect_left(self.codes, f"{country}/")  # "/" follows "."
        return self.codes[start:stop]

    def neighbours(self, code: str) -> tuple[str, ...]:
        """The codes on the other side of an outline's borders, sorted."""
        return tuple(sorted({other for arc in self._arcs_of(code) for other in self._across(arc, code)}))

    def centroid(self, code: str) -> Position:
        """The centre of mass of the largest polygon, on the sphere; it may lie outside. Raises UnknownPlace."""
        number = self._number(code)
        if number is None or not self.has(code):
            raise UnknownPlace(f"there is no outline of {code}; Outlines.codes lists those that there are")
        return self._position(*self._centres[2 * number : 2 * number + 2])

    # --- where a point lies ------------------------------------------------------------------------------------------

    def contains(self, code: str, position: Position) -> bool:
        """Whether the point lies in the outline; on its line, either may be true. False for an unknown code."""
        return code in self._around(position, self._arcs_of(code))

    def country_at(self, position: Position) -> str | None:
        """The country that the point lies in, None at sea."""
        return min(self._around(position, range(self._regions_from)), default=None)

    def countries_at(self, positions: Sequence[Position]) -> list[str | None]:
        """As :meth:`country_at` for each of them, in one pass over the outlines."""
        line = [(math.floor(lat * _STEPS), math.floor(lon * _STEPS)) for lat, lon in unwrap(positions)]
        south, start = (min(values, default=0) for values in zip(*line, strict=True)) if line else (0, 0)
        width = max((lon for _, lon in line), default=0) - start
        boxes, near = self._boxes[: 4 * self._regions_from].tolist(), []
        for arc, (west, north, east) in enumerate(zip(boxes[1::4], boxes[2::4], boxes[3::4], strict=True)):
            beside = (west - start) % _AROUND <= width or (start - west) % _AROUND <= east - west
            if beside and (south <= north + _BULGE or east - west > _WIDE):
                near.append(arc)
        return [min(self._around(position, near), default=None) for position in positions]

    # --- what is nearest ---------------------------------------------------------------------------------------------

    def nearest(self, position: Position, code: str, part: Part, *, neighbour: str | None = None) -> Nearest | None:
        """The nearest point of an outline's territory, border or coast; None where there is no such part or outline.

        ``neighbour`` keeps only the border with that country ("RU") or, for a region, that region ("AT.08").

        >>> atlas = open_outlines(Path(__file__).parent / "data/atlas/outlines.bin")
        >>> atlas.nearest(Position(48.2, 16.4), "AT", Part.TERRITORY).distance_km
        0.0
        >>> atlas.nearest(Position(48.2, 16.4), "AT", Part.COAST) is None
        True
        """
        arcs = self._arcs_of(code)
        if part is Part.TERRITORY:
            if code in self._around(position, arcs):
                return Nearest(position, 0.0, None)
        elif part is Part.BORDER:
            arcs = [arc for arc in arcs if any(_is(other, neighbour) for other in self._across(arc, code))]
        elif part is Part.COAST:
            arcs = [arc for arc in arcs if not self._across(arc, code)]
        else:
            raise ValueError(f"an outline has no {part}: ask for its centroid")
        return self._nearest(position, arcs, code)

    def nearest_coast(self, position: Position) -> Nearest:
        """The nearest coast of any land, the Caspian's shores included."""
        found = self._nearest(position, self._all_coasts, "")
        assert found is not None
        return found

    # --- what a map draws --------------------------------------------------------------------------------------------

    @property
    def arcs(self) -> "Arcs":
        """Every arc, decoded when it is asked for: first the countries', then the regions'."""
        return Arcs(self.arc, len(self._starts) - 1)

    def arc(self, index: int) -> Arc:
        """One arc."""
        lats, lons = self._steps(index)
        points = tuple((lat / _STEPS, lon / _STEPS) for lat, lon in zip(lats, lons, strict=True))
        return Arc(points, tuple(self._across(index, "")))

    def arc_box(self, index: int) -> tuple[float, float, float, float]:
        """South, west, north, east of an arc's points in degrees; east may pass 180, west may pass -180."""
        south, west, north, east = self._boxes[4 * index : 4 * index + 4]
        return south / _STEPS, west / _STEPS, north / _STEPS, east / _STEPS

    def polygons(self, code: str) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Polygons of rings of arc references as in TopoJSON: ``~i`` is arc i reversed; the outer ring comes first."""
        number = self._number(code)
        if number is None:
            return ()
        return tuple(
            tuple(
                tuple(self._refs[self._of_ring[ring] : self._of_ring[ring + 1]]) for ring in _items(self._of_polygon, p)
            )
            for p in _items(self._of_code, number)
        )

    @property
    def disputed(self) -> tuple[int, ...]:
        """Arcs that are drawn as disputed lines; they bound no outline."""
        return tuple(self._disputed)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _number(self, code: str) -> int | None:
        number = bisect_left(self.codes, code)
        return number if self.codes[number : number + 1] == (code,) else None

    def _arcs_of(self, code: str) -> list[int]:
        return [max(ref, ~ref) for rings in self.polygons(code) for ring in rings for ref in ring]

    @cached_property
    def _all_coasts(self) -> list[int]:
        owners = self._owners[: 2 * self._regions_from].tolist()
        return [arc for arc in range(self._regions_from) if owners[2 * arc] != _NOBODY == owners[2 * arc + 1]]

    def _across(self, arc: int, code: str) -> list[str]:
        """The other owners of an arc."""
        owners = (self.codes[owner] for owner in self._owners[2 * arc : 2 * arc + 2] if owner != _NOBODY)
        return [owner for owner in owners if owner != code]

    def _steps(self, arc: int) -> tuple[list[int], list[int]]:
        """Latitudes and longitudes of an arc's points."""
        flat = self._points[2 * self._starts[arc] : 2 * self._starts[arc + 1]].tolist()
        return flat[::2], flat[1::2]

    @staticmethod
    def _position(lat: int, lon: int) -> Position:
        return Position(lat / _STEPS, lon / _STEPS)

    def _around(self, position: Position, arcs: Iterable[int]) -> set[str]:
        """The codes whose outlines go around the point.

        They own an odd number of the edges that cross the meridian from the point to the north pole, where no land is.
        So neither the south pole nor 180 degrees needs a case of its own.
        """
        lat = position.lat * _STEPS
        lon = math.floor(position.lon * _STEPS) + 0.5  # half a step aside: no vertex lies on that meridian
        boxes, odd = self._boxes, set[int]()
        for arc in arcs:
            west, north, east = boxes[4 * arc + 1 : 4 * arc + 4]
            within = west + (lon - west) % _AROUND
            if within < east and (lat <= north + _BULGE or east - west > _WIDE) and self._crosses(arc, lat, within):
                odd.symmetric_difference_update(self._owners[2 * arc : 2 * arc + 2])
        return {self.codes[owner] for owner in odd if owner != _NOBODY}

    def _crosses(self, arc: int, lat: float, lon: float) -> bool:
        """Whether an odd number of an arc's edges pass the meridian ``lon`` north of ``lat``, all in steps."""
        lats, lons = self._steps(arc)
        odd = False
        for i, east in enumerate(lons[1:]):
            west = lons[i]
            if (west < lon) is (east < lon):
                continue
            south, north = sorted((lats[i], lats[i + 1]))
            if abs(east - west) < _WIDE and not south - _BULGE < lat < north + _BULGE:
                odd ^= lat <= south
            else:
                odd ^= _passes_north((lats[i], west), (lats[i + 1], east), (lat, lon))
        return odd

    def _nearest(self, position: Position, arcs: Sequence[int], code: str) -> Nearest | None:
        best: tuple[float, LatLon, int] | None = None
        here = position.lat, position.lon
        for low, arc, start, end in self._edges(position, arcs):
            if best is not None and low > best[0]:
                break
            distance, spot = nearest_on_edge(here, start, end)
            if best is None or distance < best[0]:
                best = distance, spot, arc
        if best is None:
            return None
        countries = {other.partition(".")[0] for other in self._across(best[2], code)}
        neighbour = next(iter(countries - {code.partition(".")[0]}), None) if code else None
        return Nearest(Position(*best[1]), best[0], neighbour)

    def _edges(self, position: Position, arcs: Iterable[int]) -> Iterator[tuple[float, int, LatLon, LatLon]]:
        """Edges that may be nearest, as (lower bound in km, arc, start, end), by lower bound.

        A cap's points lie between the distance to its centre less its radius and that plus the radius; the least of all
        upper bounds is the limit beyond which nothing needs a closer look. A point X of an edge AB lies no nearer than
        (PA + PB - AB) / 2 to P, by the triangle inequality for PX + XA and PX + XB.
        """
        here = reduced_vector(position.lat, position.lon)
        near, limit = _closest(here, self._arc_caps, ((arc, arc) for arc in arcs), math.inf)
        runs = ((block, arc) for low, _, arc in near if low <= limit for block in _items(self._blocks, arc))
        blocks, limit = _closest(here, self._caps, runs, limit)
        edges = []
        for low, block, arc in blocks:
            if low > limit:
                break
            start = self._starts[arc] + (block - self._blocks[arc]) * self._run
            stop = min(start + self._run + 1, self._starts[arc + 1])
            flat = self._points[2 * start : 2 * stop].tolist()
            points = [(lat / _STEPS, lon / _STEPS) for lat, lon in zip(flat[::2], flat[1::2], strict=True)]
            vectors = [reduced_vector(*point) for point in points]
            ranges = [estimate_km(here, vector) for vector in vectors]
            for i in range(len(points) - 1):
                error = estimate_error_km(max(ranges[i : i + 2])) + _EDGE_ERROR_KM
                limit = min(limit, ranges[i] + error, ranges[i + 1] + error)
                least = (ranges[i] + ranges[i + 1] - estimate_km(vectors[i], vectors[i + 1])) / 2 - error
                edges.append((least, arc, points[i], points[i + 1]))
        edges.sort()
        yield from (edge for edge in edges if edge[0] <= limit)


class Arcs(Sequence[Arc]):
    """The arcs of an outline file, decoded one by one."""

    def __init__(self, decode: Callable[[int], Arc], count: int) -> None:
        """Use :attr:`Outlines.arcs`."""
        self._decode, self._count = decode, count

    def __len__(self) -> int:
        """How many arcs there are."""
        return self._count

    @overload
    def __getitem__(self, index: int) -> Arc: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Arc]: ...
    def __getitem__(self, index: int | slice) -> Arc | Sequence[Arc]:
        """One arc, or a tuple of arcs."""
        places = range(self._count)[index]
        return self._decode(places) if isinstance(places, int) else tuple(map(self._decode, places))


def _closest(
    here: Vector, caps: Sequence[float], items: Iterable[tuple[int, int]], limit: float
) -> tuple[list[tuple[float, int, int]], float]:
    """The caps that may hold the nearest point as (lower bound in km, cap, what goes with it), by bound; the limit."""
    bounded = []
    for cap, arc in items:
        x, y, z, radius = caps[4 * cap : 4 * cap + 4]
        centre = estimate_km(here, (x, y, z))
        radius += estimate_error_km(centre)
        if centre - radius <= limit:
            bounded.append((centre - radius, cap, arc))
            limit = min(limit, centre + radius)
    return sorted(item for item in bounded if item[0] <= limit), limit


def _passes_north(start: tuple[int, int], end: tuple[int, int], point: LatLon) -> bool:
    """Whether the edge crosses the point's meridian north of it; all in steps.

    On the auxiliary sphere the edge is a great circle but for centimetres, and the point is north of it or not as it is
    on one or the other side of the circle's plane.
    """
    (ax, ay, az), (bx, by, bz) = (reduced_vector(lat / _STEPS, lon / _STEPS) for lat, lon in (start, end))
    normal = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    x, y, z = reduced_vector(point[0] / _STEPS, point[1] / _STEPS)
    return (normal[0] * x + normal[1] * y + normal[2] * z > 0) is not (normal[2] > 0)


def _items(starts: Sequence[int], number: int) -> range:
    """The numbers of the parts of a thing, from the list of where each thing's parts start."""
    return range(starts[number], starts[number + 1])


def _is(code: str, wanted: str | None) -> bool:
    """Whether a code is that country or region, or lies in it.

    >>> _is("AT.08", "AT"), _is("AT.08", "AT.08"), _is("AT", None), _is("AT.08", "A")
    (True, True, True, False)
    """
    return wanted is None or code == wanted or code.startswith(f"{wanted}.")
