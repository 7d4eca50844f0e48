// Ties the parts together. One thing is selected at a time, a check or a place, or nothing: text, lists, map and card all
// follow from that.
"use strict";

const NARROW = 832; // pixels of width below which the map stands above the text

/** Fills a page. `root` is the document, or the shadow root of a fragment: nothing is looked up outside it. */
async function showReport(map, root) {
  const data = JSON.parse(root.getElementById("data").textContent);
  const box = root.querySelector(".page");
  let chart = null;
  let selected = null;
  let opener = null; // where the keyboard was when the card took it
  const choose = (selection, byKey = false) => {
    selected = selection;
    story.select(selection);
    if (selection) card.show(selection);
    else card.hide();
    box.classList.toggle("has-card", selection !== null);
    chart?.select(selection); // the land may still be being unpacked, or the browser too old to do it
    if (selection) story.show(selection);
    if (selection && byKey) {
      if (!root.getElementById("card").contains(root.activeElement)) opener ??= root.activeElement;
      card.focus();
    } else if (!selection) {
      opener?.focus();
      opener = null;
    }
  };
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const page = { root, box, data, map, choose, isStill, say: speaker(data.words) };
  keepLayout(page);
  const story = tellStory(page);
  const card = detailCard(page);
  addTools(page, () => chart);
  chart = await drawChart(page);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected) choose(null);
  });
  addDownloads(page, root.getElementById("downloads"));
  fitToPaper(page, chart);
  box.dataset.ready = "true";
}

/** Beside each other where there is room, the map above where there is not; by the page's own width, not the window's. */
function keepLayout({ box, map }) {
  const arrange = () => {
    const narrow = box.clientWidth < NARROW;
    if (box.classList.contains("is-narrow") === narrow) return;
    box.classList.toggle("is-narrow", narrow);
    map.invalidateSize({ animate: false });
  };
  arrange();
  new ResizeObserver(arrange).observe(box);
}

/** Before printing the map takes the width of the paper and shows its first view again; print.css sets the size. */
function fitToPaper({ box, map }, chart) {
  const resize = (printing) => {
    box.classList.toggle("printing", printing);
    map.invalidateSize({ animate: false });
    chart.home();
    chart.refresh();
  };
  addEventListener("beforeprint", () => resize(true));
  addEventListener("afterprint", () => resize(false));
}
