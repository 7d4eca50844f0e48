"""What the rules need of the atlas, so that a test can hand in a world of its own."""

from collections.abc import Sequence
from typing import Protocol

from geo.model import Part, Place, Position
from geo.outlines import Arc, Nearest

__all__ = ["Lines", "Names", "World"]


class Lines(Protocol):
    """Of :class:`geo.outlines.Outlines`."""

    def has(self, code: str) -> bool:
        """Whether there is an outline of that code."""

    def nearest(self, position: Position, code: str, part: Part, *, neighbour: str | None = None) -> Nearest | None:
        """The nearest point of an outline's territory, border or coast; None where there is none."""

    def nearest_coast(self, position: Position) -> Nearest:
        """The nearest coast of any land."""

    def contains(self, code: str, position: Position) -> bool:
        """Whether the point lies in the outline."""

    def countries_at(self, positions: Sequence[Position]) -> Sequence[str | None]:
        """The countries that the points lie in, None at sea."""

    def neighbours(self, code: str) -> Sequence[str]:
        """The codes on the other side of an outline's borders."""

    def polygons(self, code: str) -> Sequence[Sequence[Sequence[int]]]:
        """Polygons of rings of arc references, the outer ring first."""

    def arc(self, index: int) -> Arc:
        """One arc with its points."""

    def arc_box(self, index: int) -> tuple[float, float, float, float]:
        """South, west, north, east of an arc."""


class Names(Protocol):
    """Of :class:`geo.gazetteer.Gazetteer`."""

    def place(self, identity: str) -> Place | None:
        """The place with that id."""

    def bearers(self, key: str) -> Sequence[Place]:
        """Every place that bears a folded name."""


class World(Protocol):
    """Of :class:`geo.atlas.Atlas`."""

    @property
    def outlines(self) -> Lines:
        """Borders and coasts."""

    @property
    def gazetteer(self) -> Names:
        """Places."""
