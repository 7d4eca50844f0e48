// The base map: unpacks what maps/basemap.py packed, and puts it together in the map's frame of longitudes.
"use strict";

/** Arcs as arrays of [lat, lon]: gzip, four byte planes, zigzag, differences, thousandths of a degree. */
async function unpackArcs(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const planes = new Uint8Array(await new Response(stream).arrayBuffer());
  const count = planes.length / 4;
  const value = (i) => {
    const zigzag = planes[i] | (planes[count + i] << 8) | (planes[2 * count + i] << 16) | (planes[3 * count + i] << 24);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  };
  const arcs = [];
  const total = value(0);
  let latAt = 1 + total;
  let lonAt = latAt + (count - latAt) / 2;
  let lat = 0;
  let lon = 0;
  for (let arc = 0; arc < total; arc++) {
    const points = [];
    for (let left = value(1 + arc); left > 0; left--) {
      lat += value(latAt++);
      lon += value(lonAt++);
      points.push([lat / 1000, lon / 1000]);
    }
    arcs.push(points);
  }
  return arcs;
}

/** A ring from its arcs, longitudes running on across 180 degrees; one that goes round a pole is closed there. */
function joinRing(arcs, ring) {
  const joined = [];
  for (const number of ring) {
    const points = number < 0 ? arcs[~number].toReversed() : arcs[number];
    const turn = joined.length ? 360 * Math.round((joined.at(-1)[1] - points[0][1]) / 360) : 0;
    for (const [lat, lon] of joined.length ? points.slice(1) : points) joined.push([lat, lon + turn]);
  }
  const [first, last] = [joined[0], joined.at(-1)];
  if (Math.abs(first[1] - last[1]) > 180) {
    const pole = first[0] < 0 ? -90 : 90;
    joined.push([pole, last[1]], [pole, first[1]]);
  }
  return joined;
}

/** The same line or rings once for each whole turn that brings them into the window of longitudes. */
function copiesIn([west, east], rings) {
  const lons = rings[0].map((point) => point[1]);
  const [least, most] = [lons.reduce((a, b) => Math.min(a, b)), lons.reduce((a, b) => Math.max(a, b))];
  const copies = [];
  for (let turn = 360 * Math.ceil((west - most) / 360); least + turn <= east; turn += 360) {
    copies.push(turn ? rings.map((ring) => ring.map(([lat, lon]) => [lat, lon + turn])) : rings);
  }
  return copies;
}

/** `{shapes: Map code -> polygons, borders, coasts, disputed}`, all in the window. Regions add shapes, but no border or coast. */
async function buildLand(land, countries, window) {
  const arcs = await unpackArcs(land.arcs);
  const uses = new Uint8Array(arcs.length);
  const shapes = new Map();
  for (const [code, polygons] of land.shapes) {
    const placed = [];
    for (const polygon of polygons) {
      const rings = polygon.map((ring) => joinRing(arcs, ring));
      for (const hole of rings.slice(1)) {
        const turn = 360 * Math.round((rings[0][0][1] - hole[0][1]) / 360);
        for (const point of hole) point[1] += turn;
      }
      placed.push(...copiesIn(window, rings));
      if (countries.has(code)) for (const ring of polygon) for (const number of ring) uses[number < 0 ? ~number : number]++;
    }
    shapes.set(code, placed);
  }
  const lines = (wanted) => arcs.flatMap((arc, i) => (wanted(uses[i]) ? copiesIn(window, [arc]).map(([line]) => line) : []));
  const disputed = land.disputed.flatMap((number) => copiesIn(window, [arcs[number]]).map(([line]) => line));
  return { shapes, borders: lines((used) => used > 1), coasts: lines((used) => used === 1), disputed };
}
