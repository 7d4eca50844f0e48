// What can be taken from the page as a file: data as GeoJSON, CSV and KML, the map as it is seen as SVG and PNG. Nothing
// leaves the page: a file is made in memory and handed to the browser.
"use strict";

/** Buttons for all kinds of files, put into `place`. */
function addDownloads(page, place) {
  const { say } = page;
  const name = fileName(pageName(page));
  const kinds = [
    ["GeoJSON", () => asText(toGeoJson(page), "application/geo+json"), `${name}.geojson`],
    ["KML", () => asText(toKml(page), "application/vnd.google-earth.kml+xml"), `${name}.kml`],
    [say("csv_claims"), () => asText(claimsTable(page), "text/csv"), `${name}-claims.csv`],
    [say("csv_places"), () => asText(placesTable(page), "text/csv"), `${name}-places.csv`],
    ["SVG", () => asText(toSvg(page), "image/svg+xml"), `${name}.svg`],
    ["PNG", () => toPng(page), `${name}.png`],
  ];
  for (const [label, content, file] of kinds) {
    const button = makeButton({ class: "download", "aria-label": say("download_as", { kind: label }) }, async () => save(await content(), file), label);
    place.append(make("li", {}, button));
  }
}

function asText(text, type) {
  return new Blob([text], { type: `${type};charset=utf-8` });
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The article's name, or what a dossier is called. */
function pageName(page) {
  return page.data.articles.length > 1 ? page.data.title : articleName(page, 0);
}

/** A name that every system takes: letters and figures of the title, the rest as hyphens. */
function fileName(title) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return plain ? `dateline-${plain.toLowerCase()}` : "dateline";
}

/** Who made what is in the file. */
function credits({ data, say }) {
  return `${say("credits")} ${say("made_with", { version: data.madeWith.dateline, date: data.madeWith.atlas })}`;
}

const normalLon = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

/** A line whose longitudes run on, in pieces that each stay within -180..180 (RFC 7946, 3.1.9); [lat, lon] in and out. */
function cutAtAntimeridian(line) {
  const turnOf = (lon) => Math.floor((lon + 180) / 360);
  const pieces = [[]];
  line.forEach(([lat, lon], i) => {
    const before = i ? line[i - 1] : null;
    if (before && turnOf(before[1]) !== turnOf(lon)) {
      const east = lon > before[1];
      const edge = 360 * Math.max(turnOf(before[1]), turnOf(lon)) - 180;
      const crossing = before[0] + ((lat - before[0]) * (edge - before[1])) / (lon - before[1]);
      pieces.at(-1).push([crossing, east ? 180 : -180]);
      pieces.push([[crossing, east ? -180 : 180]]);
    }
    pieces.at(-1).push([lat, normalLon(lon)]);
  });
  return pieces.filter((piece) => piece.length > 1);
}

/** What all data formats tell of a claim, as [key, value] pairs. */
function claimFacts({ data }, check) {
  return [
    ["article", articleSource(data, check.article)],
    ["relation", check.relation],
    ["stated", check.words],
    ["from", check.from.text],
    ["to", check.to.text],
    ["measured", check.measured],
    ["range", check.range],
    ["verdict", check.verdict],
    ["reason", check.reason],
    ["should_read", check.shouldRead],
  ];
}

function placeFacts(place) {
  const [lat, lon] = place.at;
  return [
    ["name", place.label],
    ["atlas_name", place.name],
    ["kind", place.kind],
    ["country", place.country],
    ["lat", lat],
    ["lon", Math.round(normalLon(lon) * 1e5) / 1e5],
    ["mentions", place.mentions.length],
  ];
}

function articleSource(data, index) {
  return data.articles[index].source ?? data.articles[index].title ?? index + 1;
}

/** GeoJSON (RFC 7946): a point a place, a line a claim. Positions are longitude first. */
function toGeoJson(page) {
  const { data } = page;
  const swapped = ([lat, lon]) => [lon, lat].map((degrees) => Math.round(degrees * 1e5) / 1e5);
  const points = data.places.map((place) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: swapped([place.at[0], normalLon(place.at[1])]) },
    properties: Object.fromEntries(placeFacts(place)),
  }));
  const lines = data.checks.map((check) => {
    const pieces = cutAtAntimeridian(check.line).map((piece) => piece.map(swapped));
    const geometry = { 0: null, 1: { type: "LineString", coordinates: pieces[0] } };
    return {
      type: "Feature",
      geometry: pieces.length in geometry ? geometry[pieces.length] : { type: "MultiLineString", coordinates: pieces },
      properties: Object.fromEntries(claimFacts(page, check)),
    };
  });
  return JSON.stringify({ type: "FeatureCollection", credits: credits(page), features: [...points, ...lines] }, null, 1);
}

/** KML 2.2, built as a document so that a stranger's words stay words. */
function toKml(page) {
  const { data } = page;
  const space = "http://www.opengis.net/kml/2.2";
  const xml = document.implementation.createDocument(space, "kml");
  const add = (parent, tag, text) => {
    const element = parent.appendChild(xml.createElementNS(space, tag));
    if (text !== undefined) element.textContent = xmlText(text);
    return element;
  };
  const positions = (line) => line.map(([lat, lon]) => `${lon.toFixed(5)},${lat.toFixed(5)}`).join(" ");
  const placemark = (parent, name, facts) => {
    const mark = add(parent, "Placemark");
    add(mark, "name", name);
    const extended = add(mark, "ExtendedData");
    for (const [key, value] of facts) {
      const item = add(extended, "Data");
      item.setAttribute("name", key);
      add(item, "value", value ?? "");
    }
    return mark;
  };
  const all = add(xml.documentElement, "Document");
  add(all, "name", pageName(page));
  add(all, "description", credits(page));
  for (const place of data.places) {
    const mark = placemark(all, place.label, placeFacts(place));
    add(add(mark, "Point"), "coordinates", positions([[place.at[0], normalLon(place.at[1])]]));
  }
  for (const check of data.checks) {
    const mark = placemark(all, check.words, claimFacts(page, check));
    const pieces = cutAtAntimeridian(check.line);
    const parent = pieces.length > 1 ? add(mark, "MultiGeometry") : mark;
    for (const piece of pieces) {
      const line = add(parent, "LineString");
      add(line, "tessellate", 1);
      add(line, "coordinates", positions(piece));
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}\n`;
}

/** Without what XML cannot hold at all: controls and lone surrogates. */
function xmlText(value) {
  return String(value).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}

function claimsTable(page) {
  return toCsv(page, page.data.checks.map((check) => claimFacts(page, check)));
}

function placesTable(page) {
  return toCsv(page, page.data.places.map(placeFacts));
}

/** CSV (RFC 4180) with a byte-order mark, which spreadsheets need to read UTF-8; the credits are its last row. */
function toCsv(page, rows) {
  const header = rows.length ? rows[0].map(([key]) => key) : [];
  const table = [header, ...rows.map((row) => row.map(([, value]) => value)), [credits(page)]];
  return `\ufeff${table.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** A cell; an apostrophe keeps a spreadsheet from running words that begin as a formula does. */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  const text = String(value).toWellFormed();
  const safe = typeof value === "string" && /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
