// The map as it is seen, as a picture: SVG drawn from what stands in the map's box, PNG painted from that.
"use strict";

const PICTURE_SCALE = 2; // pixels of a PNG for one of the screen
const CREDITS_HEIGHT = 20;
const SVG_SPACE = "http://www.w3.org/2000/svg";
const PAINT = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity"];

/** The map's present view as an SVG document: its paths, then the boxes and words above them, then the credits. */
function toSvg(page) {
  const box = page.map.getContainer();
  const frame = box.getBoundingClientRect();
  const [width, height] = [Math.round(frame.width), Math.round(frame.height)];
  const svg = draw("svg", { width, height: height + CREDITS_HEIGHT, viewBox: `0 0 ${width} ${height + CREDITS_HEIGHT}` });
  svg.append(draw("rect", { width, height: height + CREDITS_HEIGHT, fill: getComputedStyle(page.box).backgroundColor }));
  const clip = draw("clipPath", { id: "view" });
  clip.append(draw("rect", { width, height }));
  const view = draw("g", { "clip-path": "url(#view)" });
  view.append(draw("rect", { width, height, fill: getComputedStyle(box).backgroundColor }));
  svg.append(clip, view);
  const depth = (drawing) => Number(getComputedStyle(drawing.parentElement).zIndex) || 0;
  const drawings = [...box.querySelectorAll(".leaflet-pane > svg")].sort((one, other) => depth(one) - depth(other));
  for (const drawing of drawings) view.append(...shapesOf(drawing, frame));
  for (const icon of box.querySelectorAll(".leaflet-marker-icon")) paintBoxes(icon, frame, view);
  const words = draw("text", { x: 8, y: height + 14, "font-family": "sans-serif", "font-size": 10, fill: getComputedStyle(page.box).color });
  words.textContent = xmlText(credits(page));
  svg.append(words);
  return new XMLSerializer().serializeToString(svg);
}

/** The same as PNG, painted by the browser. */
async function toPng(page) {
  const image = new Image();
  const address = URL.createObjectURL(asText(toSvg(page), "image/svg+xml"));
  try {
    image.src = address;
    await image.decode();
    const canvas = make("canvas", { width: image.width * PICTURE_SCALE, height: image.height * PICTURE_SCALE });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function draw(tag, attributes) {
  const element = document.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Copies of a drawing's shapes at their place in the frame, with the style sheet's colours written into them. */
function shapesOf(drawing, frame) {
  const toScreen = drawing.getScreenCTM();
  if (!toScreen) return [];
  const { a, b, c, d, e, f } = toScreen;
  const place = `matrix(${a} ${b} ${c} ${d} ${e - frame.left} ${f - frame.top})`;
  return [...drawing.querySelectorAll("path, circle, rect")].filter(isShown).map((shape) => {
    const copy = shape.cloneNode(false);
    for (const name of ["class", "style", "data-check", "tabindex", "role", "aria-label"]) copy.removeAttribute(name);
    const style = getComputedStyle(shape);
    for (const name of PAINT) copy.setAttribute(name, style.getPropertyValue(name));
    copy.setAttribute("transform", place);
    return copy;
  }).filter((copy) => copy.getAttribute("fill") !== "none" || !["none", "rgba(0, 0, 0, 0)"].includes(copy.getAttribute("stroke")));
}

function isShown(element) {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

/** An element and what is in it: its box where it has a ground or an edge, its own words, its drawings. */
function paintBoxes(element, frame, view) {
  if (element.tagName === "svg") {
    if (isShown(element)) view.append(...shapesOf(element, frame));
    return;
  }
  const style = getComputedStyle(element);
  if (isShown(element)) {
    paintBox(element.getBoundingClientRect(), style, frame, view);
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) paintWords(node, style, frame, view);
  }
  for (const child of element.children) paintBoxes(child, frame, view);
}

function paintBox(rect, style, frame, view) {
  const edge = parseFloat(style.borderTopWidth) || 0;
  const ground = style.backgroundColor;
  if (!rect.width || (ground === "rgba(0, 0, 0, 0)" && !edge)) return;
  const turned = style.transform !== "none" && !style.transform.startsWith("matrix(1, 0, 0, 1");
  const [across, down] = turned ? [parseFloat(style.width), parseFloat(style.height)] : [rect.width, rect.height];
  const [x, y] = [(rect.left + rect.right) / 2 - frame.left, (rect.top + rect.bottom) / 2 - frame.top];
  const radius = style.borderRadius.endsWith("%") ? across / 2 : parseFloat(style.borderRadius) || 0;
  const shape = draw("rect", {
    x: -across / 2 + edge / 2,
    y: -down / 2 + edge / 2,
    width: Math.max(0, across - edge),
    height: Math.max(0, down - edge),
    rx: Math.max(0, radius - edge / 2),
    fill: ground,
    stroke: edge ? style.borderTopColor : "none",
    "stroke-width": edge,
    opacity: style.opacity,
    transform: turned ? `translate(${x} ${y}) ${style.transform.replace(/matrix\((.*), [-\d.e]+, [-\d.e]+\)/, "matrix($1, 0, 0)")}` : `translate(${x} ${y})`,
  });
  view.append(shape);
}

/** Words where they stand, one element a line, with a halo where the page gives them one. */
function paintWords(node, style, frame, view) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const [rect] = range.getClientRects();
  if (!rect?.width || !node.data.trim()) return;
  const halo = style.textShadow === "none" ? null : style.textShadow.match(/^(rgba?\([^)]*\))/)?.[1];
  const text = draw("text", {
    x: rect.left - frame.left,
    y: rect.top - frame.top + rect.height * 0.78,
    "font-family": style.fontFamily,
    "font-size": style.fontSize,
    "font-weight": style.fontWeight,
    "font-style": style.fontStyle,
    "letter-spacing": style.letterSpacing === "normal" ? 0 : style.letterSpacing,
    fill: style.color,
    direction: style.direction,
    ...(halo ? { stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" } : {}),
  });
  text.textContent = xmlText(node.data);
  view.append(text);
}
