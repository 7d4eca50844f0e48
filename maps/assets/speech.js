// What the page says: sentences come with the data in the page's language (maps/words.py), numbers are written its way.
"use strict";

/** Gives `say(key, values)`: a sentence with its values put in, `{name}` by name. */
function speaker(sentences) {
  return (key, values = {}) => sentences[key].replace(/\{(\w+)\}/g, (slot, name) => String(values[name] ?? slot));
}

/** The same with nodes as values: a list of strings and nodes. */
function withNodes(sentence, nodes) {
  return sentence.split(/(\{\w+\})/).flatMap((part) => (/^\{\w+\}$/.test(part) ? nodes[part.slice(1, -1)] : part)).filter((part) => part !== "");
}
