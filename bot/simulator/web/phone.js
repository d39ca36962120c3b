// One phone: somebody's LINE, with the account's chat and the groups she is in.

import { el, icon, iconButton, initial, toast } from "./dom.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { richMenu } from "./menu.js";
import { choosePlace } from "./place.js";
import { act, told } from "./line.js";
import { pressable } from "./actions.js";
import { t } from "./words.js";

const LANGUAGES = { th: "ไทย", en: "English", my: "မြန်မာ", lo: "ລາວ", km: "ខ្មែរ", zh: "中文" };

/** A person's phone. `hide` is called when it is put away. */
export class Phone {
  constructor(person, hide) {
    this.person = person;
    this.chatId = person.id;
    this.hide = hide;
    this.menuIsOpen = true;
    this.keyboardSeen = "";
    this.build();
  }

  /** The group whose chat is open, or null. */
  get groupName() {
    return this.chatId === this.person.id ? null : told.groups.get(this.chatId)?.name ?? null;
  }

  /** The ids of the chats this phone shows. */
  get chats() {
    return [this.person.id, ...this.groups().map((group) => group.id)];
  }

  groups() {
    return [...told.groups.values()].filter((group) => group.members.includes(this.person.name));
  }

  build() {
    this.chat = new Chat(this);
    this.composer = new Composer(this);
    this.top = el("header", { class: "phone-top" });
    this.tabs = el("nav", { class: "phone-tabs", "aria-label": t("people") });
    this.quick = el("div", { class: "quick", role: "group", "aria-label": t("quick_replies") });
    this.below = el("div", { class: "phone-below" });
    this.root = el(
      "section",
      { class: "phone", "aria-label": t("phone_of", { name: this.person.name }), data: { person: this.person.name } },
      this.top,
      this.tabs,
      this.chat.root,
      this.quick,
      this.composer.root,
      this.below,
    );
    this.update();
  }

  /** Show what was told lately. */
  update() {
    this.person = told.people.get(this.person.id) ?? this.person;
    this.root.classList.toggle("is-pc", this.person.on_pc);
    this.once("top", [this.person.name, this.person.language, this.person.on_pc, this.person.has_blocked, this.person.is_friend], () => this.drawTop());
    this.once("tabs", [this.chatId, this.groups()], () => this.drawTabs());
    this.chat.update();
    this.drawQuick();
    this.composer.update();
    const menu = this.groupName ? null : told.menus.get(this.person.menu_id);
    this.once("below", [menu?.id, menu, this.menuIsOpen, this.composer.isOpen], () => this.drawMenu(menu));
  }

  /** Draw a part again only when what it shows is another. */
  once(part, shown, draw) {
    const key = JSON.stringify(shown);
    this.drawn ??= {};
    if (this.drawn[part] === key) return;
    this.drawn[part] = key;
    draw();
  }

  drawTop() {
    const { person } = this;
    const set = (values) => act("person/open", { person: person.name, language: person.language, on_pc: person.on_pc, ...values });
    const languages = el(
      "select",
      { title: t("language"), "aria-label": t("language"), on: { change: (event) => set({ language: event.target.value }) } },
      Object.entries(LANGUAGES).map(([code, name]) => el("option", { value: code, text: name, selected: code === person.language })),
    );
    const device = el(
      "select",
      { title: t("device"), "aria-label": t("device"), on: { change: (event) => set({ on_pc: event.target.value === "pc" }) } },
      el("option", { value: "phone", text: t("on_phone"), selected: !person.on_pc }),
      el("option", { value: "pc", text: t("on_pc"), selected: person.on_pc }),
    );
    const verb = person.has_blocked || !person.is_friend ? "person/adds" : "person/blocks";
    const words = person.has_blocked ? t("unblock") : person.is_friend ? t("block") : t("add_friend");
    const friend = el("button", { type: "button", class: "small", text: words, on: { click: () => act(verb, { person: person.name }) } });
    this.top.replaceChildren(
      el("span", { class: "face", "aria-hidden": "true", text: initial(person.name) }),
      el("h2", { text: person.name }),
      el("div", { class: "phone-settings" }, languages, device, friend),
      iconButton("close", t("hide_phone", { name: person.name }), this.hide),
    );
  }

  drawTabs() {
    const groups = this.groups();
    this.tabs.hidden = !groups.length;
    const tab = (id, name, sign) =>
      el(
        "button",
        { type: "button", "aria-pressed": String(id === this.chatId), on: { click: () => this.turn(id) } },
        icon(sign),
        el("span", { text: name }),
      );
    this.tabs.replaceChildren(tab(this.person.id, told.line.title, "person"), ...groups.map((group) => tab(group.id, group.name, "group")));
  }

  /** Open another of her chats. */
  turn(chatId) {
    this.chatId = chatId;
    this.chat.restart();
    this.update();
  }

  drawQuick() {
    const newest = this.chat.newest();
    const offers = newest?.by === "bot" && newest.last_of_request && !newest.answered && !this.person.on_pc && !this.person.has_blocked;
    const items = (offers && newest.message.quickReply?.items) || [];
    this.once("quick", [this.chatId, newest?.n, items], () => {
      this.quick.hidden = !items.length;
      this.quick.replaceChildren(
        ...items.map((item) => pressable(item.action, this, newest.n, { class: "quick-reply" }, el("span", { text: item.action.label }))),
      );
      this.quick.scrollLeft = 0;
    });
  }

  drawMenu(menu) {
    this.below.replaceChildren();
    this.composer.hasMenu(Boolean(menu));
    if (!menu) return;
    const isOpen = this.menuIsOpen && !this.composer.isOpen;
    const bar = el(
      "button",
      { type: "button", class: "menu-bar", "aria-expanded": String(isOpen), on: { click: () => this.toggleMenu() } },
      el("span", { text: menu.chatBarText }),
      icon(isOpen ? "down" : "menu"),
    );
    this.below.append(bar);
    if (isOpen) this.below.append(richMenu(menu, this));
  }

  toggleMenu(open = !(this.menuIsOpen && !this.composer.isOpen)) {
    this.menuIsOpen = open;
    if (open) this.composer.closeSheet();
    this.update();
    this.chat.toEnd();
  }

  /** What a postback's inputOption asks for. */
  turnTo(option, words) {
    if (option === "closeRichMenu") this.toggleMenu(false);
    if (option === "openRichMenu") this.toggleMenu(true);
    if (option === "openKeyboard") {
      this.toggleMenu(false);
      this.composer.begin(words || "");
    }
    if (option === "openVoice") this.open("voice");
  }

  /** Open a picker: place, photo or voice. */
  open(picker) {
    if (this.person.has_blocked) return toast(t("blocked"), "bad");
    if (picker === "place") return choosePlace((values) => act("person/place", { person: this.person.name, group: this.groupName, ...values }));
    return this.composer.openSheet(picker);
  }
}
