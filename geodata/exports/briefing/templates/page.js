// The map of a briefing: shapes and figures stand in the file, nothing is fetched.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const chosen = document.getElementById("chosen");
  const map = L.map("map", { attributionControl: false, preferCanvas: true, zoomSnap: 0.25 });
  L.control.scale({ imperial: false }).addTo(map);

  // Steps on a grid of longitude and latitude -> [latitude, longitude] in degrees.
  const ring = (steps) => {
    const points = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points.push([y * data.grid, x * data.grid]);
    }
    return points;
  };

  const tell = (name, line) => {
    const strong = document.createElement("strong");
    strong.textContent = name;
    chosen.replaceChildren(strong, document.createElement("br"), line);
  };

  let marked = null;
  const draw = ([code, name, fill, line, shape], weight) => {
    const style = { color: "#5f6b76", weight, fillColor: fill, fillOpacity: 1 };
    const polygon = L.polygon(shape.map((part) => part.map(ring)), style);
    const tip = document.createElement("span");
    tip.textContent = name;
    polygon.bindTooltip(tip, { sticky: true });
    polygon.on("click", () => {
      marked?.setStyle({ color: "#5f6b76", weight });
      marked = polygon.setStyle({ color: "#b5179e", weight: 3 }).bringToFront();
      tell(`${name} (${code})`, line);
    });
    return polygon;
  };

  const made = [];
  const layer = (place) => {
    const regions = data.layers[place].regions.filter((region) => region[4].length);
    made[place] ??= L.featureGroup(regions.map((one) => draw(one, regions.length > 1000 ? 0.3 : 0.8)));
    return made[place];
  };

  const show = (place) => {
    made.forEach((other) => other.remove());
    marked = null;
    layer(place).addTo(map);
    for (const legend of document.querySelectorAll(".legend")) {
      legend.hidden = Number(legend.dataset.layer) !== place;
    }
    for (const button of document.querySelectorAll(".levels button")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.layer) === place));
    }
    document.getElementById("map").dataset.layer = place;
  };

  document.querySelector(".levels").addEventListener("click", (event) => {
    const place = event.target.dataset?.layer;
    if (place !== undefined) show(Number(place));
  });
  data.sites.forEach(([number, name, lat, lng], place) => {
    const said = document.createElement("span");
    said.textContent = number;
    const tip = document.createElement("span");
    tip.textContent = `${number}. ${name}`;
    const icon = L.divIcon({ className: "site", html: said, iconSize: [24, 24] });
    // The first stands on top where places are near each other.
    const style = { icon, keyboard: false, zIndexOffset: -1000 * place };
    L.marker([lat, lng], style).bindTooltip(tip).addTo(map);
  });
  map.fitBounds(layer(data.drawn).getBounds());
  show(data.drawn);
  window.briefing = { map };
})();
