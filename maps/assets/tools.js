// What a reader works the map with.
"use strict";

/** Zoom, two views as buttons, and the scale. */
function addTools({ map, say }, chart) {
  map.zoomControl.setPosition("topleft");
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = make("div", { class: "leaflet-bar views" });
    for (const [key, view] of [["view_checks", "home"], ["view_places", "everything"]]) {
      bar.append(makeButton({ title: say(`${key}_title`) }, () => chart()?.[view](), say(key)));
    }
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
}
