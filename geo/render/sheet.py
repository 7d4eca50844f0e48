"""The report as CSV (RFC 4180): one row a check, the columns of ``COLUMNS``.

Kilometres and degrees. A spreadsheet runs a cell that begins like a formula, so such a text gets an apostrophe in front
(OWASP, "CSV Injection"). What is not known is an empty cell.
"""

import csv
import io
from typing import Any

from geo.model import Check, End, Report
from geo.render.record import number, stated_length

__all__ = ["COLUMNS", "to_csv"]

COLUMNS = {
    "id": "the report's id",
    "source": "the article's file",
    "check": "the check's number in the report, from 1",
    "relation": "distance, direction, containment, border or coast",
    "verdict": "accurate, plausible-by-road, off, wrong or uncheckable",
    "direction_verdict": "accurate or wrong, where a direction is stated",
    "subject": "the article's words for the one end",
    "subject_place": "the id of the place",
    "subject_part": "centre, territory, border or coast",
    "object": "the article's words for the other end",
    "object_place": "the id of the place",
    "object_part": "centre, territory, border or coast",
    "stated": "the article's words for the length, or for the relation where it has none",
    "stated_low_km": "the length, or the lower end of a range",
    "stated_high_km": "the length, or the upper end of a range",
    "unit": "the article's unit",
    "bound": "min or max, where only one end is stated",
    "hedge": "approx, almost, over or only",
    "mode": "air or road, where the article says so",
    "direction": "where the subject lies as seen from the object",
    "negated": "true where the article denies the length",
    "measured_km": "the geodesic distance",
    "measured_low_km": "with the error of the data and the size of the places",
    "measured_high_km": "likewise",
    "bearing_deg": "of the object as seen from the subject",
    "measured_source": "what was measured with",
    "should_read": "the right figure, where the stated one is off or wrong",
    "reason": "why, in a sentence",
    "rivals": "ids of places with which the verdict would turn",
}

# What begins a formula in a spreadsheet, and the characters that some skip before they look; full-width forms too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")


def to_csv(report: Report, *, header: bool = True) -> str:
    """One row a check, under a row with the names of the columns."""
    made = io.StringIO()
    writer = csv.writer(made)
    if header:
        writer.writerow(COLUMNS)
    for i, check in enumerate(report.checks, start=1):
        row = _row(report, check, i)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return made.getvalue().encode("utf-8", "replace").decode()


def _row(report: Report, check: Check, index: int) -> dict[str, Any]:
    claim, measured = check.claim, check.measured
    length = stated_length(claim.stated)
    return {
        "id": report.id,
        "source": report.article.source,
        "check": index,
        "relation": claim.relation.value,
        "verdict": check.verdict.value,
        "direction_verdict": check.direction_verdict,
        **_end("subject", claim.subject),
        **_end("object", claim.object),
        "stated": claim.stated.text,
        "stated_low_km": length["low_km"],
        "stated_high_km": length["high_km"],
        "unit": length["unit"],
        "bound": length["bound"],
        "hedge": length["hedge"],
        "mode": claim.mode,
        "direction": claim.direction,
        "negated": "true" if claim.negated else "false",
        "measured_km": number(measured.distance_km) if measured else None,
        "measured_low_km": number(measured.low_km) if measured else None,
        "measured_high_km": number(measured.high_km) if measured else None,
        "bearing_deg": number(measured.bearing_deg, 1) if measured else None,
        "measured_source": measured.source if measured else None,
        "should_read": check.should_read,
        "reason": check.reason,
        "rivals": " ".join(place.id for place in check.rivals),
    }


def _end(name: str, end: End) -> dict[str, Any]:
    place = end.place.id if end.place else None
    return {name: end.mention.text, f"{name}_place": place, f"{name}_part": end.part.value}


def _cell(value: str | float | None) -> str | float | None:
    """The value as a cell that nothing runs.

    >>> _cell("=1+1"), _cell("  @SUM(A1)"), _cell("-5 km"), _cell(-5.0), _cell("Aix-en-Provence")
    ("'=1+1", "'  @SUM(A1)", "'-5 km", -5.0, 'Aix-en-Provence')
    """
    runs = isinstance(value, str) and (value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA))
    return f"'{value}" if runs else value
