"""The one HTML file around the map: its fixed parts, the content security policy, and the data put in last.

Everything that comes from an article travels as JSON in a data block, with the characters escaped that could end the
block or begin a tag (``< > &``) or a line of script (U+2028, U+2029). The data goes in after folium has rendered,
because folium and branca compile what they are given as Jinja templates. The policy forbids every request and every
script and style but our own, which it knows by their hashes.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from geo.messages import Messages, Phrase
from maps.style import css

__all__ = ["HEAD", "body", "finished"]

# Slots that `finished` fills; none can be written by an article, whose data is put in last and holds no "<".
_STYLE, _SCRIPT, _POLICY, _DATA = "<!--style-->", "<!--script-->", "<!--policy-->", "<!--data-->"

HEAD = f"""{_POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Dateline</title>
{_STYLE}
{_DATA}
{_SCRIPT}"""

# The fixed words of the page, by their places in _BODY.
_WORDS = {
    "article": Phrase("Article and checks"),
    "noscript": Phrase("This page needs JavaScript to show its map. It loads nothing from anywhere."),
    "distances": Phrase("Distances"),
    "places": Phrase("Places"),
    "downloads": Phrase("Download"),
    "geodesics": Phrase(
        "Lines are geodesics on the WGS84 ellipsoid: the shortest way over the ground, which a Mercator map shows bent."
    ),
    "borders": Phrase(
        "Borders are those of Natural Earth, with few changes to follow ISO 3166. They take no side in a dispute: "
        "lines that\nare disputed are dashed. In places they are several kilometres off."
    ),
    "of_places": Phrase("Places: {geonames}\n({cc_by})."),
    "of_borders": Phrase("Borders and coasts: {natural_earth} (public domain)."),
    "of_countries": Phrase("Country names: {countries}\n({odbl})."),
    "of_map": Phrase("Map: {leaflet}."),
    "map": Phrase("Map"),
    "details": Phrase("Details"),
}
_LINKS = {
    "geonames": '<a href="https://www.geonames.org/" rel="noreferrer">GeoNames</a>',
    "cc_by": '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noreferrer">CC BY 4.0</a>',
    "natural_earth": '<a href="https://www.naturalearthdata.com/" rel="noreferrer">Natural Earth</a>',
    "countries": '<a href="https://github.com/mledoze/countries" rel="noreferrer">world-countries</a>',
    "odbl": '<a href="https://opendatacommons.org/licenses/odbl/1-0/" rel="license noreferrer">ODbL 1.0</a>',
    "leaflet": '<a href="https://leafletjs.com/" rel="noreferrer">Leaflet</a> 1.9.3 (BSD 2-Clause)',
}

# Story and map; ``assets/page.js`` fills them.
_BODY = """<main class="page">
<section class="story" aria-label="{article}">
<header><p class="brand">Dateline</p><h1 id="title" dir="auto"></h1><p class="source" id="source"></p></header>
<noscript><p>{noscript}</p></noscript>
<section aria-labelledby="checks-head">
<h2 id="checks-head">{distances}</h2><p id="summary"></p><ol class="checks" id="checks"></ol>
</section>
<div id="articles"></div>
<section aria-labelledby="places-head">
<h2 id="places-head">{places}</h2><ul class="places" id="places"></ul><p id="unresolved" hidden></p>
</section>
<section aria-labelledby="downloads-head" class="downloads">
<h2 id="downloads-head">{downloads}</h2><ul id="downloads"></ul>
</section>
<footer>
<p id="warnings" hidden></p>
<p>{geodesics}</p>
<p>{borders}</p>
<p>{of_places}
{of_borders}
{of_countries}
{of_map}</p>
<p id="made-with"></p>
</footer>
</section>
<section class="chart" aria-label="{map}">
<div class="folium-map" id="{map_name}"></div>
<aside class="card" id="card" tabindex="-1" role="region" aria-live="polite" aria-label="{details}" hidden></aside>
</section>
</main>"""

_SHEETS = ("page.css", "story.css", "chart.css", "tools.css", "card.css", "print.css")
_SCRIPTS = (
    "dom.js",
    "speech.js",
    "land.js",
    "labels.js",
    "base.js",
    "places.js",
    "claims.js",
    "chart.js",
    "tools.js",
    "story.js",
    "dossier.js",
    "downloads.js",
    "picture.js",
    "card.js",
    "page.js",
)
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


def body(messages: Messages, map_name: str) -> str:
    """The page without its data, around a map of that name."""
    words = {key: messages.say(phrase, **_LINKS) for key, phrase in _WORDS.items()}
    return _BODY.format(map_name=map_name, **words)


def finished(rendered: str, data: Mapping[str, Any]) -> str:
    """The rendered page with styles, scripts, policy and, last, the data in their slots."""
    page = rendered.replace(_STYLE, _styles(), 1).replace(_SCRIPT, _scripts(), 1)
    page = page.replace(_POLICY, _policy(page), 1)
    return page.replace(_DATA, f'<script type="application/json" id="data">{_json(data)}</script>', 1)


def _json(data: object) -> str:
    r"""JSON that can stand in a script element and in a UTF-8 file.

    >>> print(_json("</script> & \u2028 \ud800"))
    "\u003c/script\u003e \u0026 \u2028 \ud800"
    """
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", plain)


def _policy(page: str) -> str:
    """A policy that allows this page's own scripts and styles, known by hash, and images in data; no request at all."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, body in _INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")
        hashes[kind].append(f"'sha256-{digest}'")
    rules = [
        "default-src 'none'",
        "img-src data: blob:",
        f"style-src {' '.join(hashes['style'])}",
        f"script-src {' '.join(hashes['script'])}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


@cache
def _styles() -> str:
    leaflet = re.sub(
        r"url\((images/[\w-]+\.png)\)",
        lambda link: f"url({_data_uri(_leaflet(link[1]))})",
        _text(_leaflet("leaflet.css")),
    )
    return f"<style>{leaflet}</style>\n<style>{css()}{''.join(map(_asset, _SHEETS))}</style>"


@cache
def _scripts() -> str:
    """Leaflet under its licence, then our own scripts, each in an element of its own."""
    leaflet = re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", _text(_leaflet("leaflet.js")))
    scripts = [f"/*\n{_asset('leaflet-LICENSE.txt')}*/\n{leaflet}", *(_asset(name) for name in _SCRIPTS)]
    return "\n".join(f"<script>{script}</script>" for script in scripts)


def _asset(name: str) -> str:
    return files("maps").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _leaflet(name: str) -> Path:
    from xstatic.pkg.leaflet import BASE_DIR

    return Path(BASE_DIR, name)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _data_uri(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
