// The messages of one chat, oldest first, drawn as they come.

import { el, icon, initial } from "./dom.js";
import { message } from "./messages.js";
import { fit } from "./flex.js";
import { act, told } from "./line.js";
import { clockTime, dayName, t } from "./words.js";

const MOST_ROWS = 200;

/** The scrolling part of a phone. */
export class Chat {
  constructor(phone) {
    this.phone = phone;
    this.rows = new Map();
    this.list = el("div", { class: "rows" });
    this.typing = el("div", { class: "row is-bot typing", hidden: true }, el("div", { class: "bubble", role: "img", "aria-label": t("loading") }, [0, 1, 2].map(() => el("i"))));
    this.root = el("div", { class: "chat", role: "log", tabindex: "0", "aria-label": t("friend_of", { name: told.line.title }) }, this.list, this.typing);
    this.sticks = true;
    this.root.addEventListener("scroll", () => {
      this.sticks = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 60;
    });
    this.root.addEventListener("load", () => this.sticks && this.toEnd(), true);
    const grown = new ResizeObserver(() => this.sticks && this.toEnd());
    grown.observe(this.root);
    grown.observe(this.list);
  }

  entries() {
    return [...(told.chats.get(this.phone.chatId)?.values() ?? [])].sort((a, b) => a.n - b.n);
  }

  /** The newest message that was not taken back. */
  newest() {
    return this.entries().filter((entry) => !entry.unsent).at(-1);
  }

  /** Begin anew, for another chat or after reconnecting. */
  restart() {
    this.rows.clear();
    this.list.replaceChildren();
    this.sticks = true;
  }

  /** Draw what is new or changed. */
  update() {
    const entries = this.entries().slice(-MOST_ROWS);
    const readTo = this.phone.groupName ? -1 : this.phone.person.read_up_to;
    let before = null;
    let hasNew = false;
    for (const entry of entries) {
      const isRead = entry.by === this.phone.person.name && entry.n <= readTo;
      const isNewDay = !before || dayName(before.at) !== dayName(entry.at);
      const follows = !isNewDay && before.by === entry.by;
      const key = [entry.unsent, isRead, isNewDay, follows].join();
      const known = this.rows.get(entry.n);
      if (known?.key !== key) {
        const node = this.draw(entry, isRead, isNewDay, follows);
        if (known) known.node.replaceWith(node);
        else this.list.append(node);
        this.rows.set(entry.n, { node, key });
        hasNew = hasNew || !known;
        fit(node);
      }
      before = entry;
    }
    for (const [n, { node }] of this.rows) {
      if (this.rows.size <= MOST_ROWS) break;
      node.remove();
      this.rows.delete(n);
    }
    const isTyping = this.phone.person.is_loading && !this.phone.groupName;
    if (this.typing.hidden === isTyping) {
      this.typing.hidden = !isTyping;
      hasNew = true;
    }
    if (hasNew && (this.sticks || before?.by === this.phone.person.name)) this.toEnd();
  }

  /** Show the newest. */
  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  draw(entry, isRead, isNewDay, follows) {
    const parts = [];
    if (isNewDay) parts.push(el("p", { class: "day", text: dayName(entry.at) }));
    if (entry.unsent) parts.push(el("p", { class: "day", text: t("unsent") }));
    else parts.push(this.row(entry, isRead, follows));
    return el("div", { class: "entry", data: { n: entry.n } }, parts);
  }

  row(entry, isRead, follows) {
    const isOwn = entry.by === this.phone.person.name;
    const when = el("div", { class: "when" }, isRead && el("span", { text: t("read") }), el("time", { text: clockTime(entry.at) }));
    const content = message(entry, this.phone);
    const row = el("div", { class: `row ${isOwn ? "is-own" : entry.by === "bot" ? "is-bot" : "is-other"}${follows ? " follows" : ""}` });
    if (!isOwn) {
      const name = entry.by === "bot" ? told.line.title : entry.by;
      row.append(el("span", { class: "face", "aria-hidden": "true", text: follows ? "" : initial(name) }));
      const column = el("div", { class: "said" }, !follows && el("span", { class: "who", text: name }), content);
      row.append(column, when);
      return row;
    }
    if (entry.how !== "postback") row.append(this.unsend(entry));
    row.append(when, content);
    return row;
  }

  unsend(entry) {
    const take = () => act("person/unsends", { person: this.phone.person.name, message_id: entry.id });
    return el("button", { type: "button", class: "unsend", title: t("unsend"), "aria-label": t("unsend"), on: { click: take } }, icon("close"));
  }
}
