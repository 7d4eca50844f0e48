"""The rule for borders: do two countries or regions border on each other?

They do where their outlines share a line. Where they do not, the distance between them tells; but coasts that face each
other may have a border at sea, a dependency may have one far away, and what is near enough may touch in truth.
"""

from geo.measure import distance_km
from geo.messages import ENGLISH, Figure, Messages, Name, Phrase
from geo.model import Check, Claim, Part, Place, Verdict
from geo.rules.areas import nearest_points
from geo.rules.ends import OUTLINES, homes
from geo.rules.judging import Finding, Line, check_statement, unclear
from geo.rules.tolerances import DEFAULT, Tolerances
from geo.rules.world import Lines, World
from geo.territories import dependencies, has_disputes

__all__ = ["check_border"]


def check_border(claim: Claim, world: World, tolerances: Tolerances = DEFAULT, messages: Messages = ENGLISH) -> Check:
    """The claim, judged."""

    def assess(subject: Place, other: Place | None) -> Finding:
        return _assess(subject, other, world.outlines, tolerances)

    return check_statement(claim, assess, tolerances, messages)


def _assess(a: Place, b: Place | None, lines: Lines, tol: Tolerances) -> Finding:
    if b is None or a.outline is None or b.outline is None:
        return unclear(Phrase("a border has an area on either side"))
    names = {"one": Name.of(a), "other": Name.of(b)}
    if a.outline in homes(b) or b.outline in homes(a):
        return unclear(Phrase("one of {one} and {other} is a part of the other", **names))
    if _share_a_line(a.outline, b.outline, lines):
        return Finding(Verdict.ACCURATE, Phrase("{one} and {other} share a border", **names))
    if _through_dependencies(a.outline, b.outline, lines):
        return unclear(Phrase("{one} and {other} meet only where one of them has land abroad", **names))
    return _apart(a, b, (a.outline, b.outline), lines, tol)


def _apart(a: Place, b: Place, codes: tuple[str, str], lines: Lines, tol: Tolerances) -> Finding:
    """Two areas without a common line: how far apart, and whether they may meet after all."""
    known = all(map(lines.has, codes))
    points = nearest_points((codes[0], Part.TERRITORY), (codes[1], Part.TERRITORY), lines) if known else None
    if points is None:
        return unclear(Phrase("the atlas has no outline of one of them"))
    away = distance_km(*points)
    names = {"one": Name.of(a), "other": Name.of(b)}
    measured = Line(*points, Phrase("between the nearest points of {one} and {other}", **names), OUTLINES)
    apart = Phrase("{one} and {other} share no border in the atlas and are {away} km apart", **names, away=Figure(away))
    if away <= (tol.claimed_km if any(map(has_disputes, codes)) else tol.near_areas_km):
        return unclear(apart, measured)
    if away <= tol.across_sea_km and _has_coast(a, lines) and _has_coast(b, lines):
        return unclear(Phrase("{apart}; they may have one at sea", apart=apart), measured)
    return Finding(Verdict.WRONG, apart, measured)


def _share_a_line(a: str, b: str, lines: Lines) -> bool:
    """Whether two outlines meet; a region meets a country where it meets one of its regions."""
    if "." in b and "." not in a:
        a, b = b, a
    return any(code == b or code.startswith(f"{b}.") for code in lines.neighbours(a))


def _through_dependencies(a: str, b: str, lines: Lines) -> bool:
    """Whether two countries meet through a dependency: France and Brazil."""
    if "." in a or "." in b:
        return False
    theirs = dependencies(b)
    return any(code in theirs for mine in dependencies(a) for code in (mine, *lines.neighbours(mine)))


def _has_coast(area: Place, lines: Lines) -> bool:
    return area.outline is not None and lines.nearest(area.position, area.outline, Part.COAST) is not None
