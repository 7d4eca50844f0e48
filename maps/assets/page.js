// Ties the parts together. One thing is selected at a time, a check or a place, or nothing: text, lists, map and card all
// follow from that.
"use strict";

async function showReport(map) {
  const data = JSON.parse(document.getElementById("data").textContent);
  let chart = null;
  let selected = null;
  let opener = null; // where the keyboard was when the card took it
  const choose = (selection, byKey = false) => {
    selected = selection;
    story.select(selection);
    if (selection) card.show(selection);
    else card.hide();
    document.documentElement.classList.toggle("has-card", selection !== null);
    chart?.select(selection); // the land may still be being unpacked, or the browser too old to do it
    if (selection) story.show(selection);
    if (selection && byKey) {
      if (!document.getElementById("card").contains(document.activeElement)) opener ??= document.activeElement;
      card.focus();
    } else if (!selection) {
      opener?.focus();
      opener = null;
    }
  };
  const story = tellStory(data, choose);
  const card = detailCard(data, choose);
  addControls(map, () => chart);
  chart = await drawChart(map, data, choose);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected) choose(null);
  });
  fitToPaper(map, () => chart);
  document.documentElement.dataset.ready = "true";
}

/** Two views, as buttons: the checks, and every place. */
function addControls(map, chart) {
  map.zoomControl.setPosition("topleft");
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = make("div", { class: "leaflet-bar views" });
    for (const [label, view] of [["Checks", "home"], ["All places", "everything"]]) {
      bar.append(pressable(make("button", { type: "button", title: `Show ${label.toLowerCase()}` }, label), () => chart()?.[view]()));
    }
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
}

/** Before printing the map takes the width of the paper and shows its first view again; page.css sets the size. */
function fitToPaper(map, chart) {
  const resize = (printing) => {
    document.documentElement.classList.toggle("printing", printing);
    map.invalidateSize({ animate: false });
    chart().home();
    chart().refresh();
  };
  addEventListener("beforeprint", () => resize(true));
  addEventListener("afterprint", () => resize(false));
}
