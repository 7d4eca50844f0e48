"""Draws a report as one interactive HTML map that opens offline.

Two verbs: :func:`to_html` gives the complete page, :func:`draw` the ``folium.Map`` behind it (for a notebook, or to
add to). Reasons and headings are in the report's language, what the page's script says is English. folium takes half a
second to import, so it is imported when a map is drawn and not before.
"""

from typing import TYPE_CHECKING

from geo.model import Report

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from maps.report_map import ReportMap

__all__ = ["draw", "to_html"]


def draw(report: Report, atlas: "Atlas", *, text: bool = True) -> "ReportMap":
    """The report as a ``folium.Map``; ``text=False`` leaves the article's own words out."""
    from geo.messages import open_messages
    from maps.content import page_data
    from maps.report_map import ReportMap

    messages = open_messages(report.ui)
    return ReportMap(page_data(report, atlas, messages, text=text), messages)


def to_html(report: Report, atlas: "Atlas", *, text: bool = True) -> str:
    """The report as one HTML page that needs nothing else; the same report and atlas give the same bytes."""
    return draw(report, atlas, text=text).render()
