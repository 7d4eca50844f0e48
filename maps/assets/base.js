// The base map under everything: land, borders, coasts and the names written on it. Colours are in chart.css, so that
// the theme can change without drawing again.
"use strict";

/** Land, borders and coasts, and the countries and regions that the article names; gives a Map of these, code -> layer. */
function drawLand({ map, data }, land, codes) {
  const pane = map.createPane("land");
  pane.style.zIndex = 200;
  // its own renderer: one drawing in the pane below the lines, with room around the view so that dragging shows no edge
  const renderer = L.svg({ pane: "land", padding: 0.4 });
  const options = { pane: "land", renderer, interactive: false, smoothFactor: 0.7, noClip: false };
  const countries = [...land.shapes].filter(([code]) => codes.has(code));
  L.polygon(countries.flatMap(([, polygons]) => polygons), { ...options, className: "land" }).addTo(map);
  const named = new Map();
  for (const code of new Set(data.places.map((place) => place.shape))) {
    const polygons = land.shapes.get(code);
    if (polygons?.length) named.set(code, L.polygon(polygons, { ...options, className: "named" }).addTo(map));
  }
  L.polyline(land.coasts, { ...options, className: "coast" }).addTo(map);
  L.polyline(land.borders, { ...options, className: "border" }).addTo(map);
  L.polyline(land.disputed, { ...options, className: "border disputed" }).addTo(map);
  return named;
}

/** Names of countries for orientation, in the page's language; those that the article names have their own label. */
function writeNames({ map, data }, land, labels) {
  const named = new Set(data.places.map((place) => place.shape));
  for (const [code, { name, at }] of Object.entries(data.countries)) {
    const polygons = land.shapes.get(code);
    if (named.has(code) || !polygons?.length) continue;
    const widths = polygons.map(([ring]) => ring.reduce((a, p) => Math.max(a, p[1]), -1e9) - ring.reduce((a, p) => Math.min(a, p[1]), 1e9));
    const width = widths.reduce((a, b) => Math.max(a, b));
    const label = words(name, { class: "name" });
    const marker = addMarker(map, at, "country", label, { interactive: false, keyboard: false });
    marker.getElement().setAttribute("aria-hidden", "true");
    labels.add({
      marker,
      label,
      rank: 1000 - width,
      room: () => (width * 256 * 2 ** map.getZoom()) / 360, // pixels: a name wider than its country is left out
    });
  }
}
