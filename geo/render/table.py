"""The report for people: a table of the claims, then the places.

Every word of the article becomes inert first (:func:`inert`) and is handed to rich as plain text, never as markup. Colours
only repeat what a mark and a word say.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from geo.model import Check, End, Part, Report, Unit, Verdict
from geo.render.record import named_places
from geo.rules.wording import length, statement

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

__all__ = ["inert", "to_table"]

_MARKS = {
    Verdict.ACCURATE: ("✓", "accurate", "green"),
    Verdict.PLAUSIBLE_BY_ROAD: ("≈", "by road", "blue"),
    Verdict.OFF: ("!", "off", "yellow"),
    Verdict.WRONG: ("✗", "wrong", "red"),
    Verdict.UNCHECKABLE: ("?", "uncheckable", "bright_black"),
}
_PARTS = {Part.CENTRE: "", Part.TERRITORY: "", Part.BORDER: "border of ", Part.COAST: "coast of "}
_QUOTE = 240  # characters of the article's sentence that are shown around a length
_FIGURE_WIDTH = 12
_VERDICT_WIDTH = 13
_LEAST_WIDTH = 60  # narrower than that every word would break

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"  # first strong isolate, pop directional isolate (UAX 9)
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def to_table(report: Report, *, units: Unit | None = None, width: int = 80, colour: bool = False) -> str:
    """The report as text of ``width`` columns; lengths in ``units``, by default in the unit that each article used."""
