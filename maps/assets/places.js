// The places of the article on the map.
"use strict";

const SPOT_SIZE = [26, 26]; // pixels to hit around a dot of 10 (WCAG 2.2, 2.5.8 asks for 24)
const DOT_LEAST = 8; // pixels across
const DOT_MOST = 34;
const AREAS = ["continent", "water", "landform", "area"]; // kinds whose name stands on the map as an area's does

/** A marker with our own nodes as its icon. */
function addMarker(map, at, className, content, options = {}) {
  const icon = L.divIcon({ className, html: content, iconSize: options.size ?? null });
  return L.marker(at, { icon, ...options }).addTo(map);
}

/** A place's marker and its label; gives `{mark(on)}`. */
function drawPlace({ map, data, say, choose }, place, index, labels) {
  const area = place.shape !== null || AREAS.includes(place.kind);
  const name = words(place.label, { class: "name" });
  const content = make("span", { class: "spot-body" }, make("span", { class: "dot" }), name);
  const marker = addMarker(map, place.at, `spot ${area ? "area" : "point"}`, content, { riseOnHover: true, size: SPOT_SIZE });
  const element = marker.getElement();
  const count = place.mentions.length;
  element.setAttribute("aria-label", say("place_marker", { name: place.label, what: place.what, mentions: place.count }));
  element.dataset.place = index;
  if (data.articles.length > 1) element.style.setProperty("--dot", `${dotSize(count)}px`);
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

/** In a dossier a place's size tells how often it is mentioned: the dot's area grows with the number. */
function dotSize(count) {
  return Math.min(DOT_MOST, Math.round(DOT_LEAST * Math.sqrt(count)));
}
