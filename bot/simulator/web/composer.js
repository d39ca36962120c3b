// Writing: text, photos, places, stickers, voice, video and files.

import { el, icon, iconButton, toast } from "./dom.js";
import { STICKER_IDS, stickerFace } from "./messages.js";
import { act, told } from "./line.js";
import { t } from "./words.js";

const SAMPLES = ["water", "garbage", "traffic", "repaired"];
const MOST_BYTES = 20_000_000;

/** The lowest line of a phone, and the sheet that opens above it. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.isOpen = false;
    this.sheet = el("div", { class: "sheet", hidden: true });
    this.words = el("textarea", { rows: "1", "aria-label": t("write"), placeholder: t("write"), maxlength: "5000" });
    this.words.addEventListener("input", () => this.grow());
    this.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.say();
      }
    });
    this.menuButton = iconButton("menu", t("show_menu"), () => this.phone.toggleMenu(), { hidden: true });
    this.plus = iconButton("plus", t("attach"), () => (this.isOpen ? this.closeSheet(true) : this.openSheet("all")), { "aria-expanded": "false" });
    this.form = el(
      "form",
      { class: "composer", on: { submit: (event) => (event.preventDefault(), this.say()) } },
      this.menuButton,
      this.plus,
      this.words,
      el("button", { class: "icon-button send", title: t("send"), "aria-label": t("send") }, icon("send")),
    );
    this.notice = el("div", { class: "composer-notice", hidden: true });
    this.root = el("div", { class: "composer-all" }, this.sheet, this.notice, this.form);
  }

  hasMenu(has) {
    this.menuButton.hidden = !has;
  }

  /** Say why nothing can be written where that is so. */
  update() {
    const blocked = this.phone.person.has_blocked && !this.phone.groupName;
    const stranger = !this.phone.person.is_friend && !blocked && !this.phone.groupName;
    this.form.hidden = blocked;
    this.notice.hidden = !blocked && !stranger;
    const key = `${blocked}${stranger}`;
    if (this.noticed === key) return;
    this.noticed = key;
    const verb = () => act("person/adds", { person: this.phone.person.name });
    this.notice.replaceChildren(
      el("span", { text: blocked ? t("blocked") : t("not_friend", { name: told.line.title }) }),
      el("button", { type: "button", class: "main", text: blocked ? t("unblock") : t("add_friend"), on: { click: verb } }),
    );
    if (blocked) this.closeSheet();
  }

  grow() {
    this.words.style.height = "auto";
    this.words.style.height = `${Math.min(this.words.scrollHeight, 120)}px`;
  }

  /** Put the cursor here, with these words. */
  begin(words) {
    if (words) this.words.value = words;
    this.words.focus();
  }

  async say() {
    const text = this.words.value;
    if (!text.trim()) return;
    this.words.value = "";
    this.grow();
    const done = await act("person/says", { ...this.who(), text });
    if (!done && !this.words.value) this.words.value = text;
  }

  who() {
    return { person: this.phone.person.name, group: this.phone.groupName };
  }

  closeSheet(refresh = false) {
    this.isOpen = false;
    this.sheet.hidden = true;
    this.plus.setAttribute("aria-expanded", "false");
    if (refresh) this.phone.update();
  }

  /** Open the sheet: all there is to send, or one kind of it. */
  openSheet(kind) {
    this.isOpen = true;
    this.sheet.hidden = false;
    this.plus.setAttribute("aria-expanded", "true");
    const makers = { all: () => this.all(), photo: () => this.photos(), sticker: () => this.stickers(), voice: () => this.all() };
    this.sheet.replaceChildren(...makers[kind]());
    this.phone.update();
    this.sheet.querySelector("button, input")?.focus();
  }

  all() {
    const { person } = this.phone;
    const tile = (sign, words, press) =>
      el("button", { type: "button", class: "tile", on: { click: press } }, icon(sign), el("span", { text: words }));
    const send = (verb, more) => {
      this.closeSheet(true);
      act(verb, { person: person.name, ...more });
    };
    const own = [
      tile("picture", t("photo"), () => this.openSheet("photo")),
      tile("pin", t("place"), () => {
        this.closeSheet(true);
        this.phone.open("place");
      }),
    ];
    if (this.phone.groupName) {
      own.push(tile("person", t("mention"), () => {
        this.closeSheet(true);
        this.begin(`@${told.line.channel} `);
      }));
    } else {
      own.push(
        tile("smile", t("sticker"), () => this.openSheet("sticker")),
        tile("mic", t("voice"), () => send("person/file", { kind: "audio" })),
        tile("film", t("video"), () => send("person/file", { kind: "video" })),
        tile("file", t("file"), () => send("person/file", { kind: "file" })),
      );
    }
    return [el("div", { class: "tiles" }, own)];
  }

  stickers() {
    const send = (id) => {
      this.closeSheet(true);
      act("person/sticker", { person: this.phone.person.name, package: "446", sticker: id });
    };
    return [
      el(
        "div",
        { class: "tiles" },
        STICKER_IDS.map((id) =>
          el("button", { type: "button", class: "tile", "aria-label": `${t("sticker")} ${id}`, on: { click: () => send(id) } }, stickerFace(id)),
        ),
      ),
    ];
  }

  photos() {
    const choose = el("input", { type: "file", accept: "image/jpeg,image/png", multiple: true, on: { change: (event) => this.sendFiles(event.target.files) } });
    const sample = (subject) =>
      el(
        "button",
        { type: "button", class: "sample", on: { click: () => this.sendSample(subject) } },
        el("img", { src: `/web/sample?subject=${subject}`, alt: "" }),
        el("span", { text: t(subject) }),
      );
    return [
      el("label", { class: "choose-file" }, icon("picture"), el("span", { text: t("photo_own") }), choose),
      el("p", { class: "hint", text: t("photo_samples") }),
      el("div", { class: "samples" }, SAMPLES.map(sample)),
    ];
  }

  async sendSample(subject) {
    const response = await fetch(`/web/sample?subject=${subject}:${Date.now()}`);
    await this.sendPictures([await asBase64(await response.blob())]);
  }

  async sendFiles(files) {
    const chosen = [...files].slice(0, 10);
    if (chosen.some((file) => file.size > MOST_BYTES)) return toast(t("failed", { why: "> 20 MB" }), "bad");
    return this.sendPictures(await Promise.all(chosen.map(asBase64)));
  }

  async sendPictures(pictures) {
    this.closeSheet(true);
    if (pictures.length) await act("person/photos", { ...this.who(), pictures });
  }
}

const asBase64 = (blob) =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
