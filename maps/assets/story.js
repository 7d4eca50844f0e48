// The column beside the map: headline, checks, the article with its marks, places, and what the page is made with.
"use strict";

const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Fills the column; gives `{select(selection), show(selection)}`. */
function tellStory(page) {
  const { root, data, say } = page;
  const byId = (id) => root.getElementById(id);
  const marked = [];
  if (data.articles.length > 1) tellDossier(page, marked);
  else tellArticle(page, data.articles[0], marked);

  byId("summary").textContent = data.summary;
  if (data.checks.some(({ relation }) => relation !== "distance")) byId("checks-head").textContent = say("relations");
  const checks = data.checks.map((check, index) => checkItem(page, check, index));
  byId("checks").append(...checks);

  const places = data.places.map((place, index) => placeItem(page, place, index));
  byId("places").append(...places);
  const unresolved = [...new Set(data.articles.flatMap((article) => article.unresolved))];
  if (unresolved.length) {
    byId("unresolved").hidden = false;
    const names = unresolved.flatMap((name, i) => (i ? ["; ", words(name)] : [words(name)]));
    byId("unresolved").append(...withNodes(say("not_found"), { names: make("span", {}, ...names) }));
  }
  if (!data.places.length && !unresolved.length) byId("places").append(make("li", { class: "none" }, say("no_place")));
  const warnings = data.articles.flatMap((article) => article.warnings);
  if (warnings.length) {
    byId("warnings").hidden = false;
    byId("warnings").append(...warnings.map((warning) => make("span", { class: "warning" }, words(warning))));
  }
  byId("made-with").append(...withNodes(say("made_with"), { version: words(data.madeWith.dateline), date: words(data.madeWith.atlas) }));

  const select = (selection) => {
    const isIn = (kind, index) => selection?.kind === kind && selection.index === index;
    checks.forEach((item, index) => press(item.firstChild, isIn("check", index)));
    places.forEach((item, index) => press(item.firstChild, isIn("place", index)));
    for (const { element, place, checks: claims } of marked) {
      press(element, claims.some((index) => isIn("check", index)) || (place !== null && isIn("place", place[0])));
      element.classList.toggle("is-current", place !== null && isIn("place", place[0]) && place[1] === (selection.mention ?? 0));
    }
  };
  const show = (selection) => {
    const target = marked.find(({ place, checks: claims }) =>
      selection.kind === "check" ? claims.includes(selection.index) : place?.[0] === selection.index && place[1] === (selection.mention ?? 0));
    if (target) bringToSight(page, target.element, selection.from === "text");
  };
  return { select, show };
}

/** One article: its headline is the page's. */
function tellArticle(page, article, marked) {
  const { root, say } = page;
  const title = root.getElementById("title");
  const { headline, name, paragraphs } = setArticle(page, article, marked);
  title.textContent = name ?? article.source ?? say("untitled");
  if (headline) title.replaceChildren(...headline);
  titleTab(page, title.textContent);
  if (article.source && name) root.getElementById("source").append(words(article.source));
  else root.getElementById("source").remove();
  if (paragraphs.length) root.getElementById("articles").append(make("article", { lang: article.language }, ...paragraphs));
}

/** `{name, headline, paragraphs}`: its title as words and, where the text has it, as nodes, and the rest as elements. */
function setArticle(page, article, marked) {
  const markup = ({ runs }) => runs.map((run) => (typeof run === "string" ? run : markRun(page, run, marked)));
  const first = article.paragraphs.find((paragraph) => paragraph.headline);
  const name = article.title ?? (first ? first.runs.map((run) => run.text ?? run).join("").trim() : null);
  const rest = article.paragraphs.filter((one) => !one.headline);
  return {
    name,
    headline: first && !article.title ? markup(first) : null, // marks inside the headline would be lost: they stay with it
    paragraphs: rest.map((paragraph) => make("p", { dir: "auto" }, ...markup(paragraph))),
  };
}

/** The window's title, where the page has the window to itself. */
function titleTab({ root }, title) {
  if (root === document) document.title = title.replace(BIDI_CONTROLS, ""); // a tab isolates nothing
}

/** Scrolls a mark to the middle of what map and card leave of the text; one that was pressed there moves only if covered. */
function bringToSight({ root, isStill }, element, wasSeen) {
  const column = root.querySelector(".story");
  const narrow = getComputedStyle(column).overflowY === "visible";
  const card = root.getElementById("card").getBoundingClientRect();
  const top = narrow ? root.querySelector(".chart").getBoundingClientRect().bottom : 0;
  const bottom = narrow && card.height ? card.top : innerHeight;
  const box = element.getBoundingClientRect();
  if (wasSeen && box.top >= top && box.bottom <= bottom) return;
  (narrow ? document.scrollingElement : column).scrollBy({
    top: (box.top + box.bottom) / 2 - (top + bottom) / 2,
    behavior: isStill() ? "instant" : "smooth",
  });
}

function press(element, on) {
  element.classList.toggle("is-selected", on);
  element.setAttribute("aria-pressed", on);
}

/** A place or claim in the text: a button that can break over lines, which a <button> cannot. */
function markRun({ data, say, choose }, run, marked) {
  const claims = run.checks;
  const isClaim = claims.length > 0;
  const properties = { role: "button", tabindex: "0", "aria-pressed": "false", class: isClaim ? `claim ${data.checks[claims[0]].verdict}` : "place" };
  const lastWord = isClaim ? run.text.search(/\S*\s*$/) : run.text.length; // the verdict's shape never stands on a line alone
  const element = make("span", properties, run.text.slice(0, lastWord));
  if (isClaim) {
    const check = data.checks[claims[0]];
    const verdict = data.verdicts[check.verdict].word;
    element.setAttribute("aria-label", say(check.measured ? "claim_marker" : "claim_unmeasured", { words: run.text, verdict, length: check.measured }));
    element.append(make("span", { class: "whole" }, run.text.slice(lastWord), verdictMark(data.verdicts, check.verdict)));
    element.dataset.check = claims[0];
  } else {
    element.dataset.place = run.place[0];
  }
  let turn = -1; // a figure that serves two claims ("50 km from A and B") shows the next one at each press
  pressable(element, (byKey) => {
    if (isClaim) choose({ kind: "check", index: claims[++turn % claims.length], from: "text" }, byKey);
    else choose({ kind: "place", index: run.place[0], mention: run.place[1], from: "text" }, byKey);
  });
  marked.push({ element, place: run.place, checks: claims });
  return element;
}

/** "Vladivostok → North Korea (border)". */
function route(check) {
  const end = ({ text, part }) => [words(text), part ? ` (${part})` : ""];
  return make("span", { class: "route" }, ...end(check.from), " \u2192 ", ...end(check.to));
}

function checkItem({ data, say, choose }, check, index) {
  const button = makeButton(
    { class: `check ${check.verdict}`, "aria-pressed": "false" },
    (byKey) => choose({ kind: "check", index, from: "list" }, byKey),
    verdictMark(data.verdicts, check.verdict),
    make(
      "span",
      { class: "check-body" },
      make("span", { class: "figures" }, words(check.words, { class: "stated" }), make("span", { class: "verdict" }, data.verdicts[check.verdict].word)),
      route(check),
      make("span", { class: "reason" }, words(check.reason)),
      check.shouldRead ? make("span", { class: "should" }, ...withNodes(say("should_read"), { words: words(check.shouldRead) })) : null,
    ),
  );
  button.dataset.check = index;
  return make("li", {}, button);
}

function placeItem({ choose }, place, index) {
  const button = makeButton(
    { class: "place-row", "aria-pressed": "false" },
    (byKey) => choose({ kind: "place", index, from: "list" }, byKey),
    words(place.label, { class: "label" }),
    words(place.what, { class: "what" }),
    place.mentions.length > 1 ? make("span", { class: "count", "aria-label": place.count }, String(place.mentions.length)) : null,
  );
  button.dataset.place = index;
  return make("li", {}, button);
}
