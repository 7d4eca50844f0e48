// The map: land, places, the lines of the checks, and labels that do not overlap. Colours are in page.css, so that the
// theme can change without drawing again.
"use strict";

const MAX_ZOOM = 13; // beyond it the outlines have nothing to show
const HOME_ZOOM = 8; // the closest first view: one town is shown with the country around it
const FIT_PADDING = { across: 110, down: 56 }; // pixels kept free around what is fitted, for labels and controls
const CARD_WIDTH = 350; // pixels that the card takes on a wide map, as in page.css
const WIDE_MAP = 720;
const LABEL_GAP = 2;
const SPOT_SIZE = [26, 26]; // pixels to hit around a dot of 10 (WCAG 2.2, 2.5.8 asks for 24)
const LINE_CHECK = 3000; // points of lines that labels keep clear of; with more of them a label may cross a line
const NEAREST = { border: "nearest point of the border", coast: "nearest point of the coast", "nearest point": "nearest point" };

/** Draws everything; gives `{select(selection), home(), everything()}`. `choose(selection, byKey)` is called on a press. */
async function drawChart(map, data, choose) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
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
      animate: !still && Boolean(map._loaded),
      paddingTopLeft: [across, down],
      paddingBottomRight: [across + padRight, down],
    });
  };
  fit(home, HOME_ZOOM);
  map.setMinZoom(Math.min(map.getBoundsZoom(frame), map.getBoundsZoom(all.isValid() ? all.pad(0.1) : frame)));
  map.setMaxBounds(frame);

  const codes = new Set(Object.keys(data.countries));
  const land = await buildLand(data.land, codes, [middle - 270, middle + 270]);
  const shapes = drawLand(map, data, land, codes);
  const labels = labelBoard(map);
  addCountryNames(map, data, land, labels);
  const lines = data.checks.map((check, index) => drawCheck(map, data, check, index, labels, choose));
  const spots = data.places.map((place, index) => drawPlace(map, data, place, index, labels, choose));
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

function drawLand(map, data, land, codes) {
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

/** Names of countries for orientation, in the article's language; those that the article names have their own label. */
function addCountryNames(map, data, land, labels) {
  const named = new Set(data.places.map((place) => place.shape));
  for (const [code, at] of Object.entries(data.countries)) {
    const name = countryName(code, data.language);
    const polygons = land.shapes.get(code);
    if (!name || named.has(code) || !polygons?.length) continue;
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

function addMarker(map, at, className, content, options = {}) {
  const icon = L.divIcon({ className, html: content, iconSize: options.size ?? null });
  return L.marker(at, { icon, ...options }).addTo(map);
}

function drawPlace(map, data, place, index, labels, choose) {
  const area = place.shape !== null || ["continent", "water", "landform", "area"].includes(place.kind);
  const name = words(place.label, { class: "name" });
  const content = make("span", { class: "spot-body" }, make("span", { class: "dot" }), name);
  const marker = addMarker(map, place.at, `spot ${area ? "area" : "point"}`, content, { riseOnHover: true, size: SPOT_SIZE });
  const element = marker.getElement();
  const count = place.mentions.length;
  element.setAttribute("aria-label", `${place.label}: ${listed(place.kind, countryName(place.country, "en"))}, ${count} ${count === 1 ? "mention" : "mentions"}`);
  element.dataset.place = index;
  pressable(element, (byKey) => choose({ kind: "place", index, from: "map" }, byKey));
  const inCheck = data.checks.some((check) => check.from.place === index || check.to.place === index);
  const item = { marker, label: name, dot: true, centred: area, rank: (inCheck ? 0 : 100) + (area ? 60 : 0) - Math.min(count, 50) };
  labels.add(item);
  return {
    mark(on) {
      element.classList.toggle("is-selected", on);
      item.first = on;
      marker.setZIndexOffset(on ? 1000 : 0);
    },
  };
}

function drawCheck(map, data, check, index, labels, choose) {
  if (!check.line.length) return { mark() {} };
  const options = { className: `line ${check.verdict}`, interactive: false, smoothFactor: 0.5 };
  const layers = [
    L.polyline(check.line, { ...options, className: "casing" }),
    L.polyline(check.line, options),
    L.polyline(check.line, { ...options, className: "reach", interactive: true }).on("click", (event) => {
      L.DomEvent.stop(event);
      choose({ kind: "check", index, from: "map" }, false);
    }),
  ];
  for (const layer of layers) layer.addTo(map);
  layers[2].getElement().dataset.check = index;
  // where a line ends at the point of a border or coast, and not at a place's own marker
  const ends = [[check.from, check.line[0]], [check.to, check.line.at(-1)]].map(([end, at]) => {
    const name = words(NEAREST[end.part] ?? "", { class: "name" });
    const small = make("span", { class: "spot-body" }, make("span", { class: `end ${check.verdict}` }), name);
    const marker = addMarker(map, at, "end-spot", small, { interactive: false, keyboard: false });
    marker.getElement().setAttribute("aria-hidden", "true");
    if (end.part) labels.add({ marker, label: name, dot: true, rank: 40 + index / 100 });
    return marker.getElement();
  });
  const word = data.verdicts[check.verdict].word;
  const label = make(
    "span",
    { class: "chip" },
    verdictMark(data.verdicts, check.verdict),
    make("span", { class: "chip-text" }, words(check.words, { class: "stated" }), make("span", { class: "measured" }, `measured ${check.measured}`)),
  );
  const marker = addMarker(map, check.line[0], `claim-spot ${check.verdict}`, label, { riseOnHover: true });
  const element = marker.getElement();
  element.setAttribute("aria-label", `${check.words}: ${word}, measured ${check.measured}`);
  element.dataset.check = index;
  pressable(element, (byKey) => choose({ kind: "check", index, from: "map" }, byKey));
  const item = { marker, label, moved: element, line: check.line.map((point) => L.latLng(point)), rank: 20 + index / 100 };
  labels.add(item);
  return {
    mark(on, related) {
      item.first = on;
      for (const part of [element, ...ends, ...layers.map((layer) => layer.getElement())]) {
        part?.classList.toggle("is-selected", on);
        part?.classList.toggle("is-related", related);
      }
      if (on) for (const layer of layers) layer.bringToFront();
      marker.setZIndexOffset(on ? 1200 : 0);
    },
  };
}

/** Places labels one after the other, the most important first; one that would cover another is hidden, its dot stays. */
function labelBoard(map) {
  const items = [];
  const meets = (box, other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
  const arrange = () => {
    const view = map.getSize();
    const visible = (at) => at.x >= 0 && at.y >= 0 && at.x <= view.x && at.y <= view.y;
    const taken = coveredBoxes(map);
    const areas = []; // an area's mark gives way to its own label, other labels keep clear of it where they can
    for (const item of items) {
      if (!item.dot) continue;
      const at = map.latLngToContainerPoint(item.marker.getLatLng());
      if (item.centred) areas.push({ item, at });
      else if (visible(at)) taken.push([at.x - 5, at.y - 5, at.x + 5, at.y + 5]);
    }
    const points = items.flatMap((item) => item.line ?? []);
    const drawn = points.length > LINE_CHECK ? [] : drawnPoints(map, items).filter(visible);
    const free = (box) => box[0] >= 0 && box[1] >= 0 && box[2] <= view.x && box[3] <= view.y && !taken.some((other) => meets(box, other));
    const inside = (at, box) => at.x > box[0] && at.x < box[2] && at.y > box[1] && at.y < box[3];
    const clear = (box, own) => !drawn.some((at) => inside(at, box)) && !areas.some(({ item, at }) => item !== own && inside(at, box));
    const order = items.toSorted((a, b) => Boolean(b.first) - Boolean(a.first) || a.rank - b.rank);
    for (const item of order) {
      item.width ??= item.label.offsetWidth;
      item.height ??= item.label.offsetHeight;
      const spots = !item.room || item.room() > item.width ? spotsFor(map, item, visible).filter(({ box }) => free(box)) : [];
      const spot = spots.find(({ box }) => clear(box, item)) ?? spots[0];
      (item.moved ?? item.label).classList.toggle("is-hidden", !spot);
      if (!spot) continue;
      const [x, y] = [Math.round(spot.x), Math.round(spot.y)];
      if (item.moved) {
        item.marker.setLatLng(spot.at);
        item.moved.style.margin = `${y}px 0 0 ${x}px`; // Leaflet itself moves the marker by its transform
      } else {
        item.label.style.transform = `translate(${x}px, ${y}px)`;
      }
      taken.push(spot.box);
    }
  };
  return { add: (item) => items.push(item), arrange };
}

/** What lies over the map: its controls, and the card where that does not lie elsewhere. */
function coveredBoxes(map) {
  const base = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control"), document.getElementById("card")]
    .filter((element) => !element.hidden)
    .map((element) => element.getBoundingClientRect())
    .map((box) => [box.left - base.left, box.top - base.top, box.right - base.left, box.bottom - base.top]);
}

/** Points on all lines, no more than some pixels apart, for labels to keep clear of. */
function drawnPoints(map, items) {
  return items.flatMap(({ line }) => {
    if (!line) return [];
    const ends = line.map((at) => map.latLngToContainerPoint(at));
    return ends.slice(1).flatMap((to, i) => {
      const from = ends[i];
      const steps = Math.min(100, Math.ceil(from.distanceTo(to) / 6));
      return Array.from({ length: steps }, (_, step) => from.add(to.subtract(from).multiplyBy((step + 0.5) / steps)));
    });
  });
}

/** The spots that a label may take, best first: `{x, y}` from its anchor, and the box it would cover. */
function spotsFor(map, item, visible) {
  const { width, height } = item;
  const boxed = (anchor, x, y, at) => ({
    x, y, at,
    box: [anchor.x + x - LABEL_GAP, anchor.y + y - LABEL_GAP, anchor.x + x + width + LABEL_GAP, anchor.y + y + height + LABEL_GAP],
  });
  if (item.line) {
    // on the part of the line that is in view, in its middle if that is free
    const line = item.line.length < 3 ? thirds(item.line) : item.line;
    const inView = line.filter((at) => visible(map.latLngToContainerPoint(at)));
    return [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((part) => inView[Math.floor(part * inView.length)]).filter(Boolean).flatMap((at) => {
      const anchor = map.latLngToContainerPoint(at);
      return [[-width / 2, -height - 9], [-width / 2, 9], [12, -height / 2], [-width - 12, -height / 2], [12, -height - 2], [12, 2], [-width - 12, -height - 2], [-width - 12, 2], [-width / 2, -height / 2]]
        .map(([x, y]) => boxed(anchor, x, y, at));
    });
  }
  const anchor = map.latLngToContainerPoint(item.marker.getLatLng());
  if (!visible(anchor)) return [];
  const centred = [[-width / 2, -height / 2]];
  const beside = [[9, -height / 2], [-width - 9, -height / 2], [-width / 2, -height - 7], [-width / 2, 8], [7, -height - 3], [7, 4], [-width - 7, -height - 3], [-width - 7, 4]];
  return (item.dot && !item.centred ? beside : item.dot ? [...centred, ...beside] : centred).map(([x, y]) => boxed(anchor, x, y));
}

/** A short line of two points, with some between to hold a label. */
function thirds([from, to]) {
  return Array.from({ length: 13 }, (_, i) => L.latLng(from.lat + ((to.lat - from.lat) * i) / 12, from.lng + ((to.lng - from.lng) * i) / 12));
}
