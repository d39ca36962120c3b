// One message of a chat as it looks.

import { el, icon, svg } from "./dom.js";
import { flex, unknown } from "./flex.js";
import { imagemap, template } from "./templates.js";
import { contentOf, pictureOf, reachable } from "./line.js";
import { t } from "./words.js";

// LINE's own sticker pictures cannot be had, so faces of our own stand for them: mouth, eyes, colour.
const EYES = "M15 20v3M33 20v3";
const STICKERS = {
  1988: ["M14 29c5 8 15 8 20 0", EYES, "#ffd966"],
  1989: ["M18 31c4 3 8 3 12 0", "M12 22c2-3 5-3 7 0M29 22c2-3 5-3 7 0", "#a8dadc"],
  1990: ["M15 29h18c-2 9-16 9-18 0z", EYES, "#b7e4a6"],
  1991: ["M14 29c5 8 15 8 20 0", "M11 19c2-4 6-2 5 1l-4 4-4-4c-1-3 2-5 3-1zM36 19c2-4 6-2 5 1l-4 4-4-4c-1-3 2-5 3-1z", "#f8b5c4"],
  1992: ["M16 34c4-6 12-6 16 0", "M12 22h7M29 22h7M15 25v8M33 25v8", "#9ec9f0"],
  1993: ["M24 35a4 5 0 1 0 0-9 4 5 0 0 0 0 9z", EYES, "#ffc38b"],
  1994: ["M16 34c4-5 12-5 16 0", "M12 18l7 4M36 18l-7 4M16 24v1M32 24v1", "#f28b82"],
  1995: ["M17 32h12", "M12 19h7M29 17l7-2M16 23v2M32 22v2", "#d9c8f0"],
};
/** The stickers that can be sent, by id. */
export const STICKER_IDS = Object.keys(STICKERS);

/** The drawing that stands for a sticker. */
export function stickerFace(id) {
  const [mouth, eyes, colour] = STICKERS[id] || STICKERS[1988];
  return svg(
    "svg",
    { viewBox: "0 0 48 48", class: "sticker-face", "aria-hidden": "true" },
    svg("circle", { cx: 24, cy: 25, r: 21, fill: colour }),
    svg("path", { d: eyes, class: "sticker-line" }),
    svg("path", { d: mouth, class: "sticker-line" }),
  );
}

const MAKERS = { text, textV2, sticker, image, video, audio, file, location: place, flex: card, template: older, imagemap: mapped, coupon };

/** The content of a message: a node, with the class `bubble` where LINE draws one. */
export function message(entry, phone) {
  const make = MAKERS[entry.message?.type];
  return make ? make(entry.message, entry, phone) : unknown(entry.message?.type);
}

function text(one) {
  return el("div", { class: "bubble" }, linked(withEmoji(one)));
}

/** LINE's own emoji cannot be shown; a sign stands for each. */
function withEmoji(one) {
  let words = one.text;
  for (const emoji of [...(one.emojis || [])].sort((a, b) => b.index - a.index)) {
    words = `${words.slice(0, emoji.index)}🙂${words.slice(emoji.index + 1)}`;
  }
  return words;
}

function textV2(one) {
  const parts = [];
  for (const part of one.text.split(/(\{\{|\}\}|\{[A-Za-z0-9_]{1,20}\})/)) {
    if (part === "{{" || part === "}}") parts.push(part[0]);
    else if (/^\{\w+\}$/.test(part)) parts.push(substitute(one.substitution?.[part.slice(1, -1)], part));
    else parts.push(...linked(part));
  }
  return el("div", { class: "bubble" }, parts);
}

function substitute(given, written) {
  if (given?.type === "emoji") return "🙂";
  if (given?.type === "mention") return el("span", { class: "mention", text: given.mentionee?.type === "all" ? "@All" : "@…" });
  return written;
}

function linked(words) {
  return words.split(/(https?:\/\/[^\s<>"']+)/).map((part, index) =>
    index % 2 ? el("a", { href: reachable(part), target: "_blank", rel: "noopener noreferrer", text: part }) : part,
  );
}

function sticker(one) {
  return el("div", { class: "sticker", role: "img", "aria-label": `${t("sticker")} ${one.packageId}/${one.stickerId}` }, stickerFace(one.stickerId));
}

function image(one, entry) {
  const isOwn = entry.by !== "bot";
  const source = isOwn ? contentOf(one.id) : pictureOf(one.previewImageUrl);
  const whole = isOwn ? source : pictureOf(one.originalContentUrl);
  const shown = el("img", { src: source, alt: t("picture"), loading: "lazy" });
  const link = el("a", { class: "photo", href: whole, target: "_blank", rel: "noopener noreferrer" }, shown);
  shown.addEventListener("error", () => link.replaceWith(el("div", { class: "bubble is-lost", text: t("picture_gone") })), { once: true });
  return link;
}

function video(one, entry) {
  if (entry.by !== "bot") return attachment("film", t("video"), one.duration);
  const shown = el("img", { src: pictureOf(one.previewImageUrl), alt: t("video") });
  return el("a", { class: "photo", href: reachable(one.originalContentUrl), target: "_blank", rel: "noopener noreferrer" }, shown, el("span", { class: "fx-film", text: "▶" }));
}

function audio(one) {
  return attachment("mic", t("voice"), one.duration);
}

function file(one) {
  return attachment("file", one.fileName);
}

function attachment(sign, words, millis) {
  const node = el("div", { class: "bubble attachment" }, icon(sign), el("span", { text: words }));
  if (millis) node.append(el("small", { text: t("duration", { n: Math.round(millis / 1000) }) }));
  return node;
}

function place(one) {
  const where = `${Number(one.latitude).toFixed(5)}, ${Number(one.longitude).toFixed(5)}`;
  const lines = [one.title, one.address].filter(Boolean);
  return el(
    "div",
    { class: "place-card" },
    el("div", { class: "place-ground" }, icon("pin")),
    el("div", { class: "place-words" }, lines.map((line) => el("strong", { text: line })), el("small", { text: where })),
  );
}

function card(one, entry, phone) {
  return el("div", { class: "flex-message", role: "group", "aria-label": one.altText }, flex(one.contents, phone, entry.n));
}

function older(one, entry, phone) {
  return el("div", { class: "flex-message", role: "group", "aria-label": one.altText }, template(one.template, phone, entry.n));
}

function mapped(one, entry, phone) {
  return imagemap(one, phone, entry.n);
}

function coupon(one) {
  return el("div", { class: "bubble", text: `🎟 ${one.couponId}` });
}
