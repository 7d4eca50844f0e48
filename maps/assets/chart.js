// The map as a whole: its views, and what follows from a selection.
"use strict";

const MAX_ZOOM = 13; // beyond it the outlines have nothing to show
const HOME_ZOOM = 8; // the closest first view: one town is shown with the country around it
const FIT_PADDING = { across: 110, down: 56 }; // pixels kept free around what is fitted, for labels and controls
const CARD_WIDTH = 350; // pixels that the card takes on a wide map, as in card.css
const WIDE_MAP = 720;

/** Draws everything; gives `{select(selection), home(), everything(), refresh()}`. */
async function drawChart(page) {
  const { map, data, choose } = page;
  const measured = data.checks.filter((check) => check.line.length > 0);
  const all = L.latLngBounds([...data.places.map((place) => place.at), ...measured.flatMap((check) => check.line)]);
  const home = measured.length ? L.latLngBounds(measured.flatMap((check) => check.line)) : all;
  const middle = all.isValid() ? all.getCenter().lng : 10;
  const frame = L.latLngBounds([-90, middle - 210], [90, middle + 210]);

  map.setMaxZoom(MAX_ZOOM);
  // Leaflet rounds to whole pixels, which makes a flat arc wobble; tenths do not show
  map.latLngToLayerPoint = (at) => map.project(L.latLng(at)).subtract(map.getPixelOrigin()).multiplyBy(10).round().divideBy(10);
  const fit = (bounds, maxZoom, padRight = 0) => {
    const view = map.getSize();
    const across = Math.min(FIT_PADDING.across, view.x / 7);
    const down = Math.min(FIT_PADDING.down, view.y / 8);
    map.fitBounds(bounds.isValid() ? bounds : frame.pad(-0.15), {
      maxZoom,
      animate: !page.isStill() && Boolean(map._loaded),
      paddingTopLeft: [across, down],
      paddingBottomRight: [across + padRight, down],
    });
  };
  fit(home, HOME_ZOOM);
  map.setMinZoom(Math.min(map.getBoundsZoom(frame), map.getBoundsZoom(all.isValid() ? all.pad(0.1) : frame)));
  map.setMaxBounds(frame);

  const codes = new Set(Object.keys(data.countries));
  const land = await buildLand(data.land, codes, [middle - 270, middle + 270]);
  const shapes = drawLand(page, land, codes);
  const labels = labelBoard(page);
  writeNames(page, land, labels);
  const lines = data.checks.map((check, index) => drawCheck(page, check, index, labels));
  const spots = data.places.map((place, index) => drawPlace(page, place, index, labels));
  labels.arrange();
  map.on("zoomend moveend resize", labels.arrange);
  map.on("click", () => choose(null));

  const select = (selection) => {
    const box = map.getContainer();
    box.classList.toggle("has-selection", selection !== null);
    const chosen = new Set();
    const related = new Set();
    if (selection?.kind === "check") {
      const check = data.checks[selection.index];
      chosen.add(lines[selection.index]);
      for (const end of [check.from, check.to]) if (end.place !== null) chosen.add(spots[end.place]);
    } else if (selection) {
      chosen.add(spots[selection.index]);
      data.checks.forEach((check, index) => {
        if (check.from.place === selection.index || check.to.place === selection.index) related.add(lines[index]);
      });
    }
    for (const thing of [...lines, ...spots]) thing.mark(chosen.has(thing), related.has(thing));
    shapes.forEach((layer, code) => {
      const named = selection?.kind === "place" && data.places[selection.index].shape === code;
      layer.getElement()?.classList.toggle("is-selected", named);
    });
    const padRight = map.getSize().x > WIDE_MAP ? CARD_WIDTH : 0;
    if (selection?.kind === "check" && data.checks[selection.index].line.length) {
      fit(L.latLngBounds(data.checks[selection.index].line), MAX_ZOOM - 2, padRight);
    } else if (selection) {
      const seen = selection.kind === "place" ? [selection.index] : [...chosen].map((thing) => spots.indexOf(thing)).filter((i) => i >= 0);
      const bounds = L.latLngBounds(seen.map((index) => data.places[index].at));
      if (bounds.isValid() && !clearView(map, padRight).contains(bounds)) fit(bounds, Math.max(map.getZoom(), 4), padRight);
    }
    labels.arrange();
  };
  return { select, home: () => fit(home, HOME_ZOOM), everything: () => fit(all, HOME_ZOOM), refresh: labels.arrange };
}

/** What of the map the card and the edge leave free. */
function clearView(map, padRight) {
  const size = map.getSize();
  const corner = (x, y) => map.containerPointToLatLng([x, y]);
  return L.latLngBounds(corner(24, size.y - 24), corner(size.x - 24 - padRight, 24));
}
