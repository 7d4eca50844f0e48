// The checked claims on the map: geodesic lines, the points they end at, and a label on each.
"use strict";

/** A check's line with its ends and its label; gives `{mark(on, related)}`. */
function drawCheck({ map, data, say, choose }, check, index, labels) {
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
    const name = words(end.nearest, { class: "name" });
    const small = make("span", { class: "spot-body" }, make("span", { class: `end ${check.verdict}` }), name);
    const marker = addMarker(map, at, "end-spot", small, { interactive: false, keyboard: false });
    marker.getElement().setAttribute("aria-hidden", "true");
    if (end.nearest) labels.add({ marker, label: name, dot: true, rank: 40 + index / 100 });
    return marker.getElement();
  });
  const word = data.verdicts[check.verdict].word;
  const label = make(
    "span",
    { class: "chip" },
    verdictMark(data.verdicts, check.verdict),
    make("span", { class: "chip-text" }, words(check.words, { class: "stated" }), make("span", { class: "measured" }, say("measured_label", { length: check.measured }))),
  );
  const marker = addMarker(map, check.line[0], `claim-spot ${check.verdict}`, label, { riseOnHover: true });
  const element = marker.getElement();
  element.setAttribute("aria-label", say("claim_marker", { words: check.words, verdict: word, length: check.measured }));
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
