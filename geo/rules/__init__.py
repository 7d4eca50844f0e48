"""One rule a relation: a claim and the world in, a check out.

A new kind of geographic statement is a member of ``Relation``, a file here, and a line in ``RULES``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from geo.messages import Messages
from geo.model import Check, Claim, Relation
from geo.rules.bearing import check_direction
from geo.rules.containment import check_containment
from geo.rules.distance import check_distance
from geo.rules.neighbours import check_border
from geo.rules.seaside import check_coast
from geo.rules.tolerances import Tolerances
from geo.rules.world import World

__all__ = ["RULES", "Rule", "Tolerances", "World"]


class Rule(Protocol):
    """Judges a claim of one relation; see ``Tolerances`` for the numbers that it may be given."""

    def __call__(self, claim: Claim, world: World, tolerances: Tolerances = ..., messages: Messages = ...) -> Check:
        """The claim, measured and judged; ``messages`` say why, in English unless they are of another language."""


RULES: Mapping[Relation, Rule] = MappingProxyType(
    {
        Relation.DISTANCE: check_distance,
        Relation.DIRECTION: check_direction,
        Relation.CONTAINMENT: check_containment,
        Relation.BORDER: check_border,
        Relation.COAST: check_coast,
    }
)
