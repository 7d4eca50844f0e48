// Several articles on one map: what they are, and where they contradict each other.
"use strict";

/** Fills the column with a list of the articles, the contradictions, and the articles themselves. */
function tellDossier(page, marked) {
  const { root, data, say } = page;
  const title = root.getElementById("title");
  title.textContent = data.title;
  titleTab(page, data.title);
  root.getElementById("source").remove();
  const sections = data.articles.map((article, index) => articleSection(page, article, index, marked));
  const list = make("ol", { class: "contents", "aria-label": say("articles") }, ...data.articles.map((article, index) => contentsItem(page, article, sections[index])));
  title.after(list, ...contradictionSection(page));
  root.getElementById("articles").append(...sections.filter((section) => section.childElementCount > 1));
}

/** What an article of the dossier is called. */
function articleName({ data, say }, index) {
  const { title, paragraphs, source } = data.articles[index];
  const headline = paragraphs.find((paragraph) => paragraph.headline)?.runs.map((run) => run.text ?? run).join("").trim();
  return title ?? headline ?? source ?? say("article_number", { number: index + 1 });
}

function contentsItem(page, article, section) {
  const index = page.data.articles.indexOf(article);
  const go = () => {
    section.scrollIntoView({ behavior: page.isStill() ? "instant" : "smooth" });
    section.focus({ preventScroll: true });
  };
  return make(
    "li",
    {},
    article.paragraphs.length ? makeButton({ class: "link" }, go, words(articleName(page, index))) : words(articleName(page, index)),
    article.source ? words(article.source, { class: "source" }) : null,
    make("span", { class: "counts" }, article.summary),
  );
}

function articleSection(page, article, index, marked) {
  const { headline, paragraphs } = setArticle(page, article, marked);
  const name = make("h2", { dir: "auto" }, ...(headline ?? [words(articleName(page, index))]));
  const source = article.source ? make("p", { class: "source" }, words(article.source)) : null;
  return make("article", { lang: article.language, tabindex: "-1" }, name, source, ...paragraphs);
}

/** Claims of one distance in figures that cannot both be meant, side by side. */
function contradictionSection(page) {
  const { data, say } = page;
  if (!data.contradictions.length) return [];
  const groups = data.contradictions.map((numbers) =>
    make("li", {}, route(data.checks[numbers[0]]), make("ul", { class: "against" }, ...numbers.map((number) => statedItem(page, number)))));
  return [make("section", { class: "contradictions" }, make("h2", {}, say("contradictions")), make("ol", {}, ...groups))];
}

function statedItem(page, number) {
  const { data, say, choose } = page;
  const check = data.checks[number];
  const verdict = data.verdicts[check.verdict].word;
  const button = makeButton(
    { class: `stated-by ${check.verdict}` },
    (byKey) => choose({ kind: "check", index: number, from: "list" }, byKey),
    verdictMark(data.verdicts, check.verdict),
    words(check.words, { class: "stated" }),
    make("span", { class: "verdict" }, verdict),
    words(articleName(page, check.article), { class: "source" }),
  );
  return make("li", {}, button);
}
