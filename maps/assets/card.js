// The card over the map: one check or one place in full.
"use strict";

/** Gives `{show(selection), hide(), focus()}`. */
function detailCard(page) {
  const { root, data, say, choose } = page;
  const card = root.getElementById("card");
  const close = () => makeButton({ class: "close", "aria-label": say("close") }, () => choose(null), "\u00d7");
  const show = (selection) => {
    const body = selection.kind === "check" ? checkCard(page, selection) : placeCard(page, selection);
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

function checkCard({ data, say, choose }, { index }) {
  const check = data.checks[index];
  const end = ({ text, part, place }) => {
    const name = place === null ? words(text) : makeButton({ class: "link" }, (byKey) => choose({ kind: "place", index: place, from: "card" }, byKey), words(text));
    return [name, part ? ` (${part})` : ""];
  };
  return [
    make("h2", { class: "verdict" }, verdictMark(data.verdicts, check.verdict), make("span", {}, data.verdicts[check.verdict].word)),
    facts(
      [say("stated"), words(check.words, { class: "figure" })],
      [say("measured"), check.measured && make("span", { class: "figure" }, check.measured)],
      [say("margin"), check.range],
      [say("from"), ...end(check.from)],
      [say("to"), ...end(check.to)],
      [say("direction"), check.direction && words(check.direction)],
      [say("how"), check.how && words(check.how)],
      [say("data"), check.source && words(check.source)],
    ),
    make("p", { class: "reason" }, words(check.reason)),
    check.shouldRead ? make("p", { class: "should" }, ...withNodes(say("should_read"), { words: words(check.shouldRead) })) : null,
    check.rivals.length ? make("p", { class: "small" }, ...withNodes(say("rivals_change"), { places: rivals(check.rivals) })) : null,
  ].filter(Boolean);
}

/** Places of the same name, as one node. */
function rivals(places) {
  return make("span", {}, ...places.flatMap(({ name, what }, i) => [i ? "; " : "", words(listed(name, what))]));
}

function placeCard({ data, say, choose }, { index, mention = 0 }) {
  const place = data.places[index];
  const count = place.mentions.length;
  const go = (to, byKey) => choose({ kind: "place", index, mention: (to + count) % count, from: "card" }, byKey);
  const arrow = (key, sign, to) => makeButton({ class: "step", "aria-label": say(key) }, (byKey) => go(to, byKey), sign);
  const steps = count > 1
    ? make("p", { class: "steps" }, arrow("previous_mention", "\u2039", mention - 1), make("span", {}, say("mention_of", { number: mention + 1, count })), arrow("next_mention", "\u203a", mention + 1))
    : null;
  const mentions = place.mentions.map((one, i) => {
    const properties = { class: "quote", "aria-current": i === mention ? "true" : null };
    return make("li", {}, makeButton(properties, (byKey) => go(i, byKey), words(one.before), words(one.text, { class: "hit" }), words(one.after)));
  });
  const claims = data.checks.map((check, i) => [check, i]).filter(([check]) => check.from.place === index || check.to.place === index);
  return [
    make("h2", {}, words(place.label)),
    make("p", { class: "what" }, words(listed(place.what, place.people))),
    claims.length
      ? make("ul", { class: "claims" }, ...claims.map(([check, i]) => make("li", {}, makeButton(
          { class: "link" },
          (byKey) => choose({ kind: "check", index: i, from: "card" }, byKey),
          verdictMark(data.verdicts, check.verdict), words(check.words), " \u2013 ", route(check)))))
      : null,
    steps,
    make("ol", { class: "mentions" }, ...mentions),
    place.rivals.length ? make("p", { class: "small" }, ...withNodes(say("could_be"), { places: rivals(place.rivals) })) : null,
  ].filter(Boolean);
}
