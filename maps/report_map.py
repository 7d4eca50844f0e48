"""The report as a ``folium.Map``: fixed strings go through folium, the report's data is put in after rendering.

folium's own template forbids zooming and its defaults link to ten files elsewhere; this map brings its own template and
no links. Whatever a caller adds to the map (``folium.PolyLine(...).add_to(map)``) is rendered as usual, within the
page's policy: it may run its script, which is hashed with ours, and load nothing. (Not named ``draw``: a submodule of
that name would take the place of the function :func:`maps.draw` once it is imported.)
"""

from typing import Any

import folium
from branca.element import Figure
from folium.template import Template

from geo.messages import ENGLISH, Messages
from maps.page import HEAD, body, finished

__all__ = ["ReportMap"]

# No two maps share a page (a notebook gives each a frame), so a fixed name does: the same report gives the same bytes.
_ID = "dateline"
_ZOOM_SNAP = 0.25  # levels: a map that fits its lines closely, with lines that stay sharp


class _Page(Figure):
    """The document; rendered by folium, finished by :func:`maps.page.finished`."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.language }}">\n<head>\n{{ this.header.render(**kwargs) }}\n</head>\n'
        "<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>{{ this.script.render(**kwargs) }}</script>\n</body>\n</html>\n"
    )

    def __init__(self, data: dict[str, Any], language: str) -> None:
        super().__init__(height="640px")  # in a notebook; a page of its own fills its window
        self._id = _ID
        self.language = language
        self._data = data

    def render(self, **kwargs: object) -> str:
        for child in self._children.values():
            assert isinstance(child, ReportMap)
            child.place(**kwargs)
        return finished(self._template.render(this=self, kwargs=kwargs), self._data)


class ReportMap(folium.Map):
    """A map of one report; ``render()`` gives the whole page, ``save`` writes it."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium's name for what it links to; a list, as it expects
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    _template = Template(
        "{% macro header(this, kwargs) %}" + HEAD + "{% endmacro %}"
        "{% macro html(this, kwargs) %}{{ this.body }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        'const {{ this.get_name() }} = L.map("{{ this.get_name() }}", {{ this.options|tojavascript }});\n'
        "showReport({{ this.get_name() }}, document);"
        "{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any], messages: Messages = ENGLISH) -> None:
        """Use :func:`maps.draw`."""
        super().__init__(
            tiles=None,
            zoom_snap=_ZOOM_SNAP,
            zoom_delta=1,
            attribution_control=False,  # the credits stand below the article
            max_bounds_viscosity=1.0,
        )
        del self.options["zoom"]  # the page's script fits the view to what the report shows
        self._id = _ID
        self.body = body(messages, self.get_name())
        _Page(data, messages.language).add_child(self)

    def render(self, **kwargs: object) -> str:
        """The whole page as HTML."""
        page: str = self.get_root().render(**kwargs)
        return page

    def place(self, **kwargs: object) -> None:
        """Put this map's parts into the page; folium calls this step ``render``."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # folium types only some of its own
