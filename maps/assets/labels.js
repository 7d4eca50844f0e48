// Labels that never overlap: placed one after the other, the most important first.
"use strict";

const LABEL_GAP = 2;
const LINE_CHECK = 3000; // points of lines that labels keep clear of; with more of them a label may cross a line

/** Places labels one after the other, the most important first; one that would cover another is hidden, its dot stays. */
function labelBoard(page) {
  const { map } = page;
  const items = [];
  const meets = (box, other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
  const arrange = () => {
    const view = map.getSize();
    const visible = (at) => at.x >= 0 && at.y >= 0 && at.x <= view.x && at.y <= view.y;
    const taken = coveredBoxes(page);
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
function coveredBoxes({ map, root }) {
  const base = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control"), root.getElementById("card")]
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
