// Building the page. Whatever comes from a message goes through textContent: nothing of it is ever markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element. Options: class, text, on (listeners), data, style (by property), anything else is an attribute. */
export function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [kind, hear] of Object.entries(value)) node.addEventListener(kind, hear);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") for (const [property, set] of Object.entries(value)) node.style.setProperty(property, set);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const ICONS = {
  plus: "M12 5v14M5 12h14",
  menu: "M4 7h16M4 12h16M4 17h16",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7 14h10",
  send: "M4 12l16-8-6 16-3-6z",
  pin: "M12 21s7-6.2 7-11a7 7 0 0 0-14 0c0 4.8 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c2 2.3 5 2.3 7 0M9 10h.01M15 10h.01",
  mic: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 18v3",
  film: "M4 6h11v12H4zM15 10l5-3v10l-5-3",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  close: "M6 6l12 12M18 6L6 18",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  play: "M7 5l12 7-12 7z",
  step: "M6 5l9 7-9 7zM18 5v14",
  pause: "M8 5v14M16 5v14",
  stop: "M6 6h12v12H6z",
  glass: "M4 12h5M4 7h16M4 17h16M13 12h7",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.4 3.6-7 8-7s8 2.6 8 7",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.9 2.9-6 6.5-6s6.5 2.1 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2.2.8 3.5 2.7 3.5 5.5",
};

/** A drawn sign; the words belong to the button around it. */
export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] || ICONS.more }),
  );
}

/** A button with a sign, its words for those who hear or hover. */
export function iconButton(name, label, press, more = {}) {
  return el("button", { type: "button", class: "icon-button", title: label, "aria-label": label, ...more, on: { click: press } }, icon(name));
}

/** A short notice that goes away. */
export function toast(words, kind = "plain") {
  const place = document.getElementById("toasts");
  const note = el("p", { class: `toast ${kind}`, text: words });
  place.append(note);
  setTimeout(() => note.remove(), 6000);
  while (place.children.length > 4) place.firstChild.remove();
}

/** A dialog in front of everything; gives it opened. It goes when it is closed. */
export function dialog(title, closeLabel, ...children) {
  const heading = el("h2", { text: title });
  const node = el("dialog", { "aria-label": title });
  node.append(
    el("div", { class: "dialog-head" }, heading, iconButton("close", closeLabel, () => node.close())),
    ...children,
  );
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

/** The letter that stands for a name: its first consonant, for a Thai vowel before it says nothing. */
export const initial = (name) => (/[\u0E01-\u0E2E\p{L}\p{N}]/u.exec(name.replace(/[\u0E40-\u0E44]/g, "")) || ["?"])[0].toUpperCase();
