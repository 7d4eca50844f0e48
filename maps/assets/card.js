// The card over the map: one check or one place in full.
"use strict";

/** Gives `{show(selection), hide()}`; `choose` changes the selection, `step` goes to another mention. */
function detailCard(data, choose) {
  const card = document.getElementById("card");
  const close = () => {
    const button = make("button", { type: "button", class: "close", "aria-label": "Close" }, "\u00d7");
    return pressable(button, () => choose(null));
  };
  const show = (selection) => {
    const body = selection.kind === "check" ? checkCard(data, selection, choose) : placeCard(data, selection, choose);
    card.className = `card ${selection.kind === "check" ? data.checks[selection.index].verdict : ""}`;
    card.replaceChildren(close(), ...body);
    card.hidden = false;
    card.scrollTop = 0;
  };
  const hide = () => {
    card.hidden = true;
    card.replaceChildren();
  };
  return { show, hide, focus: () => card.focus({ preventScroll: true }) };
}

function facts(...rows) {
  const list = make("dl");
  for (const [term, ...value] of rows.filter((row) => row && row[1])) list.append(make("dt", {}, term), make("dd", {}, ...value));
  return list;
}

function checkCard(data, { index }, choose) {
  const check = data.checks[index];
  const end = ({ text, part, place }) => {
    const name = place === null ? words(text) : pressable(make("button", { type: "button", class: "link" }, words(text)), (byKey) => choose({ kind: "place", index: place, from: "card" }, byKey));
    return [name, part ? ` (${part})` : ""];
  };
  const direction = check.direction && ["Direction", check.direction.stated, check.direction.verdict ? ` (${check.direction.verdict})` : ""];
  return [
    make("h2", { class: "verdict" }, verdictMark(data.verdicts, check.verdict), make("span", {}, data.verdicts[check.verdict].word)),
    facts(
      ["Stated", words(check.words, { class: "figure" })],
      ["Measured", check.measured && make("span", { class: "figure" }, check.measured)],
      ["Margin", check.range],
      ["From", ...end(check.from)],
      ["To", ...end(check.to)],
      direction,
      ["How", check.how && words(check.how)],
      ["Data", check.source && words(check.source)],
    ),
    make("p", { class: "reason" }, words(check.reason)),
    check.shouldRead ? make("p", { class: "should" }, "Should read ", words(check.shouldRead)) : null,
    check.rivals.length ? make("p", { class: "small" }, "Other places of that name would change this: ", ...rivals(check.rivals)) : null,
  ].filter(Boolean);
}

function rivals(places) {
  return places.flatMap((place, i) => [i ? "; " : "", words(listed(place.name, place.kind, countryName(place.country, "en")))]);
}

function placeCard(data, { index, mention = 0 }, choose) {
  const place = data.places[index];
  const count = place.mentions.length;
  const go = (to, byKey) => choose({ kind: "place", index, mention: (to + count) % count, from: "card" }, byKey);
  const arrow = (label, sign, to) => pressable(make("button", { type: "button", class: "step", "aria-label": label }, sign), (byKey) => go(to, byKey));
  const steps = count > 1
    ? make("p", { class: "steps" }, arrow("Previous mention", "\u2039", mention - 1), make("span", {}, `mention ${mention + 1} of ${count}`), arrow("Next mention", "\u203a", mention + 1))
    : null;
  const mentions = place.mentions.map((one, i) => {
    const button = make("button", { type: "button", class: "quote", "aria-current": i === mention ? "true" : null }, words(one.before), words(one.text, { class: "hit" }), words(one.after));
    return make("li", {}, pressable(button, (byKey) => go(i, byKey)));
  });
  const claims = data.checks.map((check, i) => [check, i]).filter(([check]) => check.from.place === index || check.to.place === index);
  return [
    make("h2", {}, words(place.label)),
    make("p", { class: "what" }, placeLine(place), place.population ? `, ${place.population.toLocaleString("en")} people` : ""),
    claims.length
      ? make("ul", { class: "claims" }, ...claims.map(([check, i]) => make("li", {}, pressable(
          make("button", { type: "button", class: "link" }, verdictMark(data.verdicts, check.verdict), words(check.words), " \u2013 ", route(check)),
          (byKey) => choose({ kind: "check", index: i, from: "card" }, byKey)))))
      : null,
    steps,
    make("ol", { class: "mentions" }, ...mentions),
    place.rivals.length ? make("p", { class: "small" }, "Could also be: ", ...rivals(place.rivals)) : null,
  ].filter(Boolean);
}
