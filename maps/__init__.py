"""Draws reports as one interactive HTML map that opens offline.

Two verbs: :func:`to_html` gives the complete page, :func:`draw` the ``folium.Map`` behind it (for a notebook, or to
add to). Reasons and headings are in the report's language, what the page's script says is English. folium takes half a
second to import, so it is imported when a map is drawn and not before.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.model import Report

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from maps.report_map import ReportMap

__all__ = ["draw", "to_html"]


def draw(report: Report | Sequence[Report], atlas: "Atlas", *, text: bool = True) -> "ReportMap":
    """A report, or a dossier of several, as a ``folium.Map``; ``text=False`` leaves the articles' own words out.

    A dossier speaks the language of its first report. Raises ValueError where there is no report.
    """
    from geo.messages import open_messages
    from maps.content import page_data
    from maps.report_map import ReportMap

    reports = [report] if isinstance(report, Report) else list(report)
    if not reports:
        raise ValueError("there is no report to draw: give at least one")
    messages = open_messages(reports[0].ui)
    return ReportMap(page_data(reports, atlas, messages, text=text), messages)


def to_html(report: Report | Sequence[Report], atlas: "Atlas", *, text: bool = True) -> str:
    """One HTML page that needs nothing else; the same reports and atlas give the same bytes."""
    return draw(report, atlas, text=text).render()
