// Flex messages, laid out as LINE lays them out. Numbers are LINE's sizes in pixels.

import { el } from "./dom.js";
import { makePressable, pressable } from "./actions.js";
import { pictureOf } from "./line.js";
import { t } from "./words.js";

const LETTERS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const GAPS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const PICTURES = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220 };
const BORDERS = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const ENDS = { start: "flex-start", center: "center", end: "flex-end", top: "flex-start", bottom: "flex-end" };
const BLOCKS = ["header", "hero", "body", "footer"];

const length = (value, named) => (value === undefined ? undefined : value in named ? `${named[value]}px` : String(value));
const colour = (value) => (/^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value || "") ? value : undefined);
const ratioOf = (value) => (/^\d+(\.\d+)?:\d+(\.\d+)?$/.test(value || "") ? value.replace(":", " / ") : undefined);

function styled(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null) node.style.setProperty(name, value);
  }
  return node;
}

/** A Flex container: one bubble, or several side by side. */
export function flex(contents, phone, n) {
  if (contents?.type === "carousel") return carousel(contents.contents.map((one) => bubble(one, phone, n)));
  return bubble(contents, phone, n);
}

/** Cards side by side, to be swiped, or moved by the two buttons. */
export function carousel(cards) {
  const row = el("div", { class: "carousel-row", tabindex: "0", role: "group", "aria-roledescription": "carousel" }, cards);
  const move = (way) => row.scrollBy({ left: way * (row.firstChild.offsetWidth + 8), behavior: "smooth" });
  const turn = (way, sign, label) =>
    el("button", { type: "button", class: `carousel-turn is-${sign}`, "aria-label": label, text: sign === "next" ? "›" : "‹", on: { click: () => move(way) } });
  const whole = el("div", { class: "carousel" }, row);
  if (cards.length > 1) whole.append(turn(-1, "previous", t("previous")), turn(1, "next", t("next")));
  return whole;
}

function bubble(one, phone, n) {
  if (one?.type !== "bubble") return unknown(one?.type);
  const size = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"].includes(one.size) ? one.size : "mega";
  const node = el("div", { class: `fx-bubble fx-size-${size}`, dir: one.direction === "rtl" ? "rtl" : "ltr" });
  let isFirst = true;
  for (const name of BLOCKS) {
    if (!one[name]) continue;
    const style = one.styles?.[name] || {};
    const block = el("div", { class: `fx-block fx-block-${name}` }, component(one[name], phone, n, { layout: "vertical" }));
    if (["box"].includes(one[name].type)) pad(block.firstChild, one[name], name);
    styled(block, { "background-color": colour(style.backgroundColor) });
    if (style.separator && !isFirst) {
      styled(block, { "border-top": `1px solid ${colour(style.separatorColor) || "#d4d6da"}` });
    }
    node.append(block);
    isFirst = false;
  }
  return one.action ? makePressable(node, one.action, phone, n) : node;
}

function pad(box, asked, name) {
  box.classList.add(`fx-pad-${name}`);
  padding(box, asked);
}

/** A thing this page does not know is shown as such, never left out. */
export function unknown(type) {
  return el("div", { class: "fx-unknown", text: t("unknown", { type: String(type) }) });
}

const MAKERS = { box, text, button, image, icon: sign, separator, filler, video };

function component(one, phone, n, parent) {
  const make = MAKERS[one?.type];
  if (!make) return unknown(one?.type);
  const node = make(one, phone, n, parent);
  return one.action && one.type !== "button" ? makePressable(node, one.action, phone, n) : node;
}

/** Where a component stands in its box: its share, the gap before it, its offsets. */
function place(node, one, parent, isFirst) {
  const beside = parent.layout !== "vertical";
  if (one.position === "absolute") styled(node, { position: "absolute" });
  else if (!isFirst) {
    const gap = length(one.margin ?? parent.spacing, GAPS);
    styled(node, { [beside ? "margin-inline-start" : "margin-block-start"]: gap });
  }
  styled(node, {
    top: length(one.offsetTop, GAPS),
    bottom: length(one.offsetBottom, GAPS),
    "inset-inline-start": length(one.offsetStart, GAPS),
    "inset-inline-end": length(one.offsetEnd, GAPS),
    flex: share(one, beside),
  });
  node.classList.add("fx-part");
  return node;
}

function share(one, beside) {
  const still = one.type === "separator" || one.type === "icon" || (one.type === "box" && one.width !== undefined);
  const usual = one.type === "filler" ? 1 : beside && !still ? 1 : 0;
  const wanted = one.flex ?? usual;
  if (wanted === 0) return "0 0 auto";
  return beside ? `${wanted} 1 0` : `${wanted} 0 auto`;
}

function padding(node, one) {
  styled(node, {
    padding: length(one.paddingAll, GAPS),
    "padding-top": length(one.paddingTop, GAPS),
    "padding-bottom": length(one.paddingBottom, GAPS),
    "padding-inline-start": length(one.paddingStart, GAPS),
    "padding-inline-end": length(one.paddingEnd, GAPS),
  });
}

function box(one, phone, n) {
  const layout = ["horizontal", "baseline"].includes(one.layout) ? one.layout : "vertical";
  const node = el("div", { class: `fx-box fx-${layout}` });
  let isFirst = true;
  for (const child of one.contents || []) {
    node.append(place(component(child, phone, n, { ...one, layout }), child, { ...one, layout }, isFirst));
    if (child.position !== "absolute") isFirst = false;
  }
  padding(node, one);
  return styled(node, {
    width: length(one.width, {}),
    "max-width": length(one.maxWidth, {}),
    height: length(one.height, {}),
    "max-height": length(one.maxHeight, {}),
    "background-color": colour(one.backgroundColor),
    "background-image": gradient(one.background),
    "border-width": length(one.borderWidth, BORDERS),
    "border-style": one.borderWidth || one.borderColor ? "solid" : undefined,
    "border-color": colour(one.borderColor),
    "border-radius": length(one.cornerRadius, GAPS),
    "justify-content": one.justifyContent,
    "align-items": one.alignItems,
  });
}

function gradient(background) {
  if (background?.type !== "linearGradient") return undefined;
  const [from, to] = [colour(background.startColor), colour(background.endColor)];
  const angle = /^\d+(\.\d+)?deg$/.test(background.angle) ? background.angle : "0deg";
  if (!from || !to) return undefined;
  const centre = colour(background.centerColor);
  const position = /^\d+(\.\d+)?%$/.test(background.centerPosition || "") ? background.centerPosition : "50%";
  return `linear-gradient(${angle}, ${from}, ${centre ? `${centre} ${position}, ` : ""}${to})`;
}

function lettering(node, one) {
  return styled(node, {
    "font-size": length(one.size, LETTERS),
    color: colour(one.color),
    "font-weight": one.weight === "bold" ? "700" : one.weight ? "400" : undefined,
    "font-style": one.style === "italic" ? "italic" : one.style ? "normal" : undefined,
    "text-decoration": ["underline", "line-through", "none"].includes(one.decoration) ? one.decoration : undefined,
  });
}

function text(one) {
  const words = el("div", { class: one.wrap ? "fx-words is-wrapped" : "fx-words" });
  if (one.contents?.length) words.append(...one.contents.map((span) => lettering(el("span", { text: span.text }), span)));
  else words.textContent = one.text ?? "";
  lettering(words, { size: "md", ...one });
  styled(words, { "text-align": one.align });
  if (one.lineSpacing) styled(words, { "line-height": `calc(1.4em + ${length(one.lineSpacing, {})})` });
  if (one.maxLines > 0 && one.wrap) {
    words.classList.add("is-clamped");
    styled(words, { "-webkit-line-clamp": String(one.maxLines) });
  }
  if (one.adjustMode === "shrink-to-fit") words.classList.add("fx-shrinks");
  return styled(el("div", { class: "fx-text" }, words), { "justify-content": ENDS[one.gravity] });
}

function button(one, phone, n) {
  const style = ["primary", "secondary"].includes(one.style) ? one.style : "link";
  const label = el("span", { class: one.adjustMode === "shrink-to-fit" ? "fx-label fx-shrinks" : "fx-label", text: one.action?.label ?? "" });
  const inner = pressable(one.action || {}, phone, n, { class: `fx-press is-${style} is-${one.height === "sm" ? "sm" : "md"}` }, label);
  styled(inner, style === "link" ? { color: colour(one.color) } : { "background-color": colour(one.color) });
  return styled(el("div", { class: "fx-button" }, inner), { "justify-content": ENDS[one.gravity] });
}

function frame(one, url) {
  const shown = el("img", { alt: "", src: pictureOf(url), loading: "lazy", decoding: "async" });
  styled(shown, { "object-fit": one.aspectMode === "cover" ? "cover" : "contain" });
  shown.addEventListener("error", () => shown.replaceWith(el("span", { class: "fx-lost", text: t("picture_gone") })), { once: true });
  return styled(el("div", { class: "fx-frame" }, shown), {
    width: one.size === "full" ? "100%" : length(one.size ?? "md", PICTURES),
    "aspect-ratio": ratioOf(one.aspectRatio) || "1 / 1",
    "background-color": colour(one.backgroundColor),
  });
}

function image(one, phone, n, parent) {
  const node = el("div", { class: "fx-image" }, frame(one, one.url));
  const across = ENDS[one.align] || "center";
  return styled(node, { "align-items": across, "justify-content": ENDS[one.gravity] || (parent.layout === "vertical" ? undefined : "flex-start") });
}

function sign(one) {
  const shown = el("img", { class: "fx-icon", alt: "", src: pictureOf(one.url) });
  shown.addEventListener("error", () => shown.classList.add("is-lost"), { once: true });
  return styled(shown, { "font-size": length(one.size ?? "md", LETTERS), "aspect-ratio": ratioOf(one.aspectRatio) || "1 / 1" });
}

function separator(one) {
  return styled(el("div", { class: "fx-separator" }), { "background-color": colour(one.color) });
}

function filler() {
  return el("div", { class: "fx-filler" });
}

function video(one) {
  const shown = frame({ size: "full", aspectMode: "cover", aspectRatio: one.aspectRatio || "16:9" }, one.previewUrl);
  shown.append(el("span", { class: "fx-film", "aria-label": t("video"), role: "img", text: "▶" }));
  return el("div", { class: "fx-image" }, shown);
}

/** Make letters smaller where a text must fit on its line; call it once the node is on the page. */
export function fit(node) {
  for (const words of node.querySelectorAll(".fx-shrinks")) {
    let size = parseFloat(getComputedStyle(words).fontSize);
    while (size > 9 && words.scrollWidth > words.clientWidth + 1) {
      size -= 1;
      words.style.setProperty("font-size", `${size}px`);
    }
  }
}
