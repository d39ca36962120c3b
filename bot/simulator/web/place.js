// Choosing a place: the town's own lines as a map, without any tiles from elsewhere.

import { dialog, el, svg } from "./dom.js";
import { told } from "./line.js";
import { t } from "./words.js";

const SIZE = 1000;
const STEP = 0.0005;

/** Open the map; `send` gets lat, lon and address of the chosen place. */
export function choosePlace(send) {
  const map = new TownMap(told.map.features || []);
  const input = (name, value) => el("input", { type: "number", step: "any", required: true, name, value });
  const lat = input("lat", map.lat.toFixed(5));
  const lon = input("lon", map.lon.toFixed(5));
  const address = el("input", { type: "text", maxlength: "100", name: "address", autocomplete: "off" });
  map.onMove = () => {
    lat.value = map.lat.toFixed(5);
    lon.value = map.lon.toFixed(5);
  };
  const typed = () => map.moveTo(Number(lat.value), Number(lon.value), false);
  lat.addEventListener("change", typed);
  lon.addEventListener("change", typed);
  const labelled = (words, field) => el("label", {}, el("span", { text: words }), field);
  const form = el(
    "form",
    {
      class: "dialog-form place-form",
      on: {
        submit: (event) => {
          event.preventDefault();
          opened.close();
          send({ lat: Number(lat.value), lon: Number(lon.value), address: address.value.trim() || null });
        },
      },
    },
    map.features.length ? map.root : el("p", { class: "hint", text: t("no_map") }),
    map.features.length ? el("p", { class: "hint", text: t("place_help") }) : null,
    labelled(t("address"), address),
    el("div", { class: "pair" }, labelled(t("latitude"), lat), labelled(t("longitude"), lon)),
    el("button", { class: "main", text: t("send_place") }),
  );
  const opened = dialog(t("place_title"), t("close"), form);
  opened.classList.add("is-wide");
}

class TownMap {
  constructor(features) {
    this.features = features;
    this.onMove = () => {};
    const points = features.flatMap((one) => flat(one.geometry?.coordinates || []));
    const lons = points.map((point) => point[0]);
    const lats = points.map((point) => point[1]);
    this.west = Math.min(...lons);
    this.north = Math.max(...lats);
    this.lat = points.length ? (Math.min(...lats) + this.north) / 2 : 13.75;
    this.lon = points.length ? (this.west + Math.max(...lons)) / 2 : 100.5;
    if (!points.length) return;
    this.shrink = Math.cos((this.lat * Math.PI) / 180);
    const wide = (Math.max(...lons) - this.west) * this.shrink;
    const tall = this.north - Math.min(...lats);
    this.unit = SIZE / Math.max(wide, tall);
    this.view = { x: -20, y: -20, width: wide * this.unit + 40, height: tall * this.unit + 40 };
    this.whole = { ...this.view };
    this.draw();
  }

  draw() {
    this.plan = svg("svg", { class: "town-map", tabindex: "0", role: "application", "aria-label": t("map") });
    const order = { outline: 0, water: 1, road: 2, rail: 3, point: 4 };
    const sorted = [...this.features].sort((a, b) => (order[kindOf(a)] ?? 0) - (order[kindOf(b)] ?? 0));
    const drawn = sorted.flatMap((one) => this.shapes(one));
    this.plan.append(...drawn.filter((one) => !one.spots), ...drawn.filter((one) => one.spots)); // no line crosses a name
    this.pin = svg("g", { class: "map-pin" }, svg("path", { d: "M0 0C-9-14-13-19-13-27a13 13 0 0 1 26 0C13-19 9-14 0 0z" }), svg("circle", { cx: 0, cy: -27, r: 5 }));
    this.plan.append(this.pin);
    this.plan.addEventListener("pointerdown", (event) => this.begin(event));
    this.plan.addEventListener("pointermove", (event) => this.drag(event));
    this.plan.addEventListener("pointerup", (event) => this.end(event));
    this.plan.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    this.plan.addEventListener("keydown", (event) => this.key(event));
    this.root = el(
      "div",
      { class: "map-frame" },
      this.plan,
      el("div", { class: "map-zoom" }, iconText("+", t("zoom_in"), () => this.zoom(1 / 1.4)), iconText("−", t("zoom_out"), () => this.zoom(1.4))),
    );
    this.look();
  }

  shapes(one) {
    const { type, coordinates } = one.geometry || {};
    const name = one.properties?.name_th || one.properties?.name || "";
    const kind = kindOf(one);
    if (type === "Point") {
      const [x, y] = this.onPlan(coordinates);
      return [svg("circle", { class: `map-${kind}`, cx: x, cy: y, r: 6 }), label(name, kind, [[x + 10, y + 7], [x + 10, y + 32], [x + 10, y - 18]])];
    }
    const lines = { Polygon: coordinates, MultiPolygon: coordinates?.flat(), LineString: [coordinates], MultiLineString: coordinates }[type] || [];
    const closed = type?.endsWith("Polygon") ? "Z" : "";
    const path = lines.map((line) => `M${line.map((point) => this.onPlan(point).map(Math.round).join(" ")).join("L")}${closed}`).join("");
    const drawn = [svg("path", { class: `map-${closed ? "outline" : kind}`, d: path })];
    if (!closed && name && lines[0]?.length > 1) {
      const on = [0.5, 0.25, 0.75, 0.1, 0.9].map((part) => along(lines[0].map((point) => this.onPlan(point)), part));
      const beside = kind === "water" ? [34, -12] : [-12, 34]; // a road beside its canal: each name on its own side
      drawn.push(label(name, kind, on.flatMap(([x, y]) => beside.map((down) => [x + 10, y + down]))));
    }
    return drawn;
  }

  onPlan([lon, lat]) {
    return [(lon - this.west) * this.shrink * this.unit, (this.north - lat) * this.unit];
  }

  look() {
    const { x, y, width, height } = this.view;
    this.plan.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    const [px, py] = this.onPlan([this.lon, this.lat]);
    const scale = width / this.whole.width;
    this.pin.setAttribute("transform", `translate(${px} ${py}) scale(${scale * 1.6})`);
    this.plan.style.setProperty("--scale", String(scale));
    requestAnimationFrame(() => this.spread());
  }

  /** Names never cover each other: each takes the first of its places that is free, or waits for a closer look. */
  spread() {
    const taken = [];
    const isFree = (box) => taken.every((other) => box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top);
    const named = [...this.plan.querySelectorAll(".map-name")].sort((a, b) => a.spots.length - b.spots.length);
    for (const node of named) {
      const spot = node.spots.find(([x, y]) => {
        node.setAttribute("x", x);
        node.setAttribute("y", y);
        return isFree(node.getBoundingClientRect());
      });
      node.classList.toggle("map-name-waits", !spot);
      if (spot) taken.push(node.getBoundingClientRect());
    }
  }

  zoom(by) {
    const { view } = this;
    const [px, py] = this.onPlan([this.lon, this.lat]);
    const width = Math.min(this.whole.width, Math.max(this.whole.width / 12, view.width * by));
    const scale = width / view.width;
    this.view = { x: px - (px - view.x) * scale, y: py - (py - view.y) * scale, width, height: view.height * scale };
    if (width === this.whole.width) this.view = { ...this.whole };
    this.look();
  }

  begin(event) {
    this.plan.setPointerCapture(event.pointerId);
    this.dragged = { x: event.clientX, y: event.clientY, view: { ...this.view }, far: false };
  }

  drag(event) {
    if (!this.dragged) return;
    const [dx, dy] = [event.clientX - this.dragged.x, event.clientY - this.dragged.y];
    if (Math.hypot(dx, dy) > 6) this.dragged.far = true;
    if (!this.dragged.far) return;
    const per = this.perPixel();
    this.view.x = this.dragged.view.x - dx * per;
    this.view.y = this.dragged.view.y - dy * per;
    this.look();
  }

  end(event) {
    const { far } = this.dragged || { far: true };
    this.dragged = null;
    if (far) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.plan.getScreenCTM().inverse());
    this.moveTo(this.north - point.y / this.unit, this.west + point.x / this.unit / this.shrink);
  }

  perPixel() {
    return 1 / this.plan.getScreenCTM().a;
  }

  key(event) {
    const moves = { ArrowUp: [STEP, 0], ArrowDown: [-STEP, 0], ArrowLeft: [0, -STEP], ArrowRight: [0, STEP] };
    if (event.key in moves) {
      event.preventDefault();
      const [north, east] = moves[event.key];
      this.moveTo(this.lat + north, this.lon + east);
    }
    if (event.key === "+" || event.key === "=") this.zoom(1 / 1.4);
    if (event.key === "-") this.zoom(1.4);
  }

  moveTo(lat, lon, tell = true) {
    this.lat = Math.max(-90, Math.min(90, lat));
    this.lon = Math.max(-180, Math.min(180, lon));
    if (this.plan) this.look();
    if (tell) this.onMove();
  }
}

const kindOf = (feature) => feature.properties?.kind || (feature.geometry?.type === "Point" ? "point" : feature.geometry?.type?.endsWith("Polygon") ? "outline" : "road");

function flat(coordinates) {
  return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(flat);
}

/** The name of something on the plan, and the places [x, y] where it may stand, the best first. */
function label(words, kind, spots) {
  const node = svg("text", { class: `map-name map-name-${kind}`, x: spots[0][0], y: spots[0][1] });
  node.textContent = words;
  node.spots = spots;
  return node;
}

/** The point [x, y] at this part (0 to 1) of a line's length. */
function along(points, part) {
  const lengths = points.slice(1).map(([x, y], n) => Math.hypot(x - points[n][0], y - points[n][1]));
  let left = part * lengths.reduce((sum, one) => sum + one, 0);
  for (const [n, length] of lengths.entries()) {
    if (left <= length && length) return points[n].map((from, axis) => from + ((points[n + 1][axis] - from) * left) / length);
    left -= length;
  }
  return points.at(-1);
}

function iconText(sign, words, press) {
  return el("button", { type: "button", class: "icon-button", "aria-label": words, title: words, text: sign, on: { click: press } });
}
