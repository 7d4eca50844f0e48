// Small makers of DOM nodes. Every string of the report enters the page here, as a text node: nothing is parsed as HTML.
"use strict";

/** An element with properties, data-free attributes ("aria-…", "role", …) and children (nodes or strings). */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A stranger's words, kept from turning their surroundings around (right-to-left text, bidi overrides). */
function words(text, properties = {}) {
  return make("bdi", properties, text ?? "");
}

/** A button; `act` hears whether it was the keyboard. */
function makeButton(properties, act, ...children) {
  return pressable(make("button", { type: "button", ...properties }, ...children), act);
}

/** The shape of a verdict; the word that belongs to it stands beside it or in a label. */
function verdictMark(verdicts, verdict) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `mark ${verdict}`);
  svg.setAttribute("aria-hidden", "true");
  for (const part of ["shape", "sign"]) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("class", part);
    path.setAttribute("d", verdicts[verdict][part]);
    svg.append(path);
  }
  return svg;
}

/** Make a click, Enter and Space do the same; `act` hears whether it was the keyboard. */
function pressable(element, act) {
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    act(event.detail === 0);
  });
  if (element.tagName !== "BUTTON") {
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      act(true);
    });
  }
  return element;
}

/** The parts that are known, with commas. */
function listed(...parts) {
  return parts.filter(Boolean).join(", ");
}
