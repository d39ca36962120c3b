// The older template messages, and image maps.

import { el } from "./dom.js";
import { makePressable, pressable } from "./actions.js";
import { carousel, unknown } from "./flex.js";
import { pictureOf } from "./line.js";
import { t } from "./words.js";

/** A template message. */
export function template(one, phone, n) {
  if (one.type === "buttons" || one.type === "confirm") return card(one, one, phone, n);
  if (one.type === "carousel") return carousel(one.columns.map((column) => card(column, one, phone, n)));
  if (one.type === "image_carousel") return carousel(one.columns.map((column) => imageCard(column, phone, n)));
  return unknown(one.type);
}

function card(one, look, phone, n) {
  const node = el("div", { class: `tpl tpl-${look.type}` });
  const head = el("div", { class: "tpl-head" });
  if (one.thumbnailImageUrl) head.append(picture(one.thumbnailImageUrl, look, one.imageBackgroundColor));
  if (one.title) head.append(el("p", { class: "tpl-title", text: one.title }));
  head.append(el("p", { class: "tpl-text", text: one.text }));
  node.append(one.defaultAction ? makePressable(head, one.defaultAction, phone, n) : head);
  const actions = one.actions.map((action) => pressable(action, phone, n, { class: "tpl-press" }, el("span", { text: action.label || "" })));
  node.append(el("div", { class: "tpl-actions" }, actions));
  return node;
}

function picture(address, look, background) {
  const shown = el("img", { alt: "", src: pictureOf(address), class: `tpl-picture is-${look.imageAspectRatio || "rectangle"} is-${look.imageSize || "cover"}` });
  if (/^#[0-9a-f]{6}$/i.test(background || "")) shown.style.setProperty("background-color", background);
  return shown;
}

function imageCard(column, phone, n) {
  const node = el("div", { class: "tpl tpl-image" }, el("img", { alt: "", src: pictureOf(column.imageUrl), class: "tpl-picture is-square is-cover" }));
  if (column.action.label) node.append(el("span", { class: "tpl-label", text: column.action.label }));
  return makePressable(node, column.action, phone, n);
}

/** A picture with areas to press. */
export function imagemap(one, phone, n) {
  const { width, height } = one.baseSize;
  const shown = el("img", { alt: one.altText, src: pictureOf(`${one.baseUrl}/700`) });
  const node = el("div", { class: "imagemap", style: { "aspect-ratio": `${width} / ${height}` } }, shown);
  for (const action of one.actions) {
    const { x, y, width: wide, height: tall } = action.area;
    const asked = action.type === "uri" ? { ...action, uri: action.linkUri } : action;
    const options = { class: "area", "aria-label": action.label || action.text || action.linkUri || t("picture"), style: spot(x, y, wide, tall, width, height) };
    node.append(pressable(asked, phone, n, options));
  }
  return node;
}

/** The style of an area on a picture, in parts of a hundred. */
export function spot(x, y, wide, tall, width, height) {
  return {
    left: `${(x / width) * 100}%`,
    top: `${(y / height) * 100}%`,
    width: `${(wide / width) * 100}%`,
    height: `${(tall / height) * 100}%`,
  };
}
