"""The map: how large, how soon drawn, how soon it answers. As sizes and ratios.

    python benchmarks/page.py [ARTICLE]

Drawing in Python is compared with ``import folium`` (imports apart, both in fresh processes, in turn). The first click
is compared with that on a bare Leaflet page of one marker with a popup: each page is loaded anew in the same browser,
a marker is clicked as soon as there is one, and the time from the start of loading until the answer has been painted
is what counts.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import geo
import maps

EXAMPLE = Path(__file__).parents[1] / "docs/examples/hafen.txt"
RUNS = 11
DOSSIER = 20
# Cities all over the world, for twenty articles that share no place.
TOWNS = """Oslo Bergen|Lisbon Porto|Cairo Alexandria|Lagos Abuja|Nairobi Mombasa|Delhi Mumbai|Tokyo Osaka|Sydney Perth|
Lima Cusco|Bogota Medellin|Toronto Montreal|Denver Seattle|Moscow Kazan|Ankara Izmir|Tehran Isfahan|Seoul Busan|
Manila Cebu|Jakarta Surabaya|Madrid Seville|Warsaw Gdansk""".replace("\n", "").split("|")

DRAWING = """
import sys, time
import geo, maps, maps.content, maps.report_map
atlas = geo.open_atlas()
report = geo.check_article(geo.read_article(open(sys.argv[1], "rb").read()), atlas)
atlas.outlines
start = time.process_time()
maps.to_html(report, atlas)
print((time.process_time() - start) * 1000)
"""
IMPORT = """
import time
start = time.process_time()
import folium
print((time.process_time() - start) * 1000)
"""
# Put into a page before its own scripts: click the first marker there is, tell when what it opens has been painted.
WATCH = """
(() => {
  const answer = ".leaflet-popup, .card:not([hidden])";
  const look = () => {
    const marker = document.querySelector(".leaflet-marker-icon.leaflet-interactive");
    if (!window.clicked && marker) {
      window.clicked = true;
      marker.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: 1, clientY: 1 }));
    }
    if (document.querySelector(answer)) {
      requestAnimationFrame(() => setTimeout(() => { window.answeredAfter = performance.now(); }));
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
})();
"""


def bare_page() -> str:
    """Leaflet, one marker, one popup."""
    from xstatic.pkg.leaflet import BASE_DIR

    script, style = (Path(BASE_DIR, f"leaflet.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>{style} #map {{ height: 100vh }}</style><div id="map"></div>
<script>{script}</script><script>
const map = L.map("map").setView([48, 11], 6);
L.marker([48, 11], {{ icon: L.divIcon() }}).addTo(map).bindPopup("a place");
</script>"""


def first_click_ms(browser: Browser, page: Path) -> float:
    """From the start of loading to the answer of the first click."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    try:
        tab = context.new_page()
        tab.add_init_script(WATCH)
        tab.goto(page.as_uri())
        tab.wait_for_function("window.answeredAfter")
        return float(tab.evaluate("window.answeredAfter"))
    finally:
        context.close()


def printed(code: str, *arguments: str) -> float:
    """The number that a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True, cwd=tempfile.gettempdir()
    )
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    article = Path(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE).resolve()
    atlas = geo.open_atlas()
    report = geo.check_article(geo.read_article(article.read_bytes(), name=article.name), atlas)
    html = maps.to_html(report, atlas)
    texts = [
        f"News from {one}\n\n{one} lies 400 km from {other}. " + f"Nobody in {other} has said more about it. " * 60
        for one, other in (towns.split() for towns in TOWNS)
    ]
    dossier = [geo.check_article(geo.read_article(text.encode()), atlas) for text in texts]
    assert len(dossier) == DOSSIER
    print(f"size: article {len(html.encode()) / 1000:.0f} KB (bar 600)", end=", ")
    print(f"dossier of {DOSSIER} {len(maps.to_html(dossier, atlas).encode()) / 1000:.0f} KB (bar 2000)")

    pairs = [(printed(DRAWING, str(article)), printed(IMPORT)) for _ in range(RUNS)]
    drawing, importing = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"drawing {drawing:.0f} ms, import folium {importing:.0f} ms: ratio {drawing / importing:.2f} (bar 1)")

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, bare = Path(folder, "ours.html"), Path(folder, "bare.html")
        ours.write_text(html, encoding="utf-8")
        bare.write_text(bare_page(), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        clicks = [(first_click_ms(browser, ours), first_click_ms(browser, bare)) for _ in range(RUNS)]
        browser.close()
    answered, plain = (statistics.median(side) for side in zip(*clicks, strict=True))
    print(f"first click {answered:.0f} ms, bare Leaflet {plain:.0f} ms: ratio {answered / plain:.2f} (bar 3)")


if __name__ == "__main__":
    main()
