// Every webhook and every call of the bot, in order, with its JSON and what LINE says to it.

import { el } from "./dom.js";
import { act, ask, told } from "./line.js";
import { t } from "./words.js";

const FILTERS = {
  everything: () => true,
  webhooks: (one) => one.way === "webhook",
  calls: (one) => one.way === "call",
  refused: (one) => one.is_refused || one.fault || (one.status !== null && (one.status >= 400 || one.status === 0)),
};

/** The list of what passed. */
export class Traffic {
  constructor() {
    this.filter = "everything";
    this.rows = new Map();
    this.list = el("ol", { class: "exchanges", "aria-label": t("tab_glass") });
    this.empty = el("p", { class: "hint", text: t("nothing_yet") });
    this.choice = el("div", { class: "filters", role: "group", "aria-label": t("show") }, Object.keys(FILTERS).map((name) => this.filterButton(name)));
    const clear = el("button", { type: "button", class: "small", text: t("clear"), on: { click: () => this.clear() } });
    this.root = el("div", { class: "traffic" }, el("div", { class: "traffic-head" }, this.choice, clear), this.empty, this.list);
  }

  filterButton(name) {
    const turn = () => {
      this.filter = name;
      for (const button of this.choice.children) button.setAttribute("aria-pressed", String(button.dataset.filter === name));
      this.rows.clear();
      this.list.replaceChildren();
      this.update();
    };
    return el("button", { type: "button", class: "small", data: { filter: name }, "aria-pressed": String(name === this.filter), text: t(name), on: { click: turn } });
  }

  async clear() {
    await act("line/forgets", { channel: undefined });
    told.exchanges.clear();
    this.rows.clear();
    this.list.replaceChildren();
    this.update();
  }

  /** Draw what is new or changed. */
  update() {
    const scroller = this.root.parentElement;
    const sticks = scroller ? scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80 : true;
    const wanted = [...told.exchanges.values()].filter(FILTERS[this.filter]).slice(-300);
    const there = new Set(wanted.map((one) => one.n));
    for (const [n, row] of this.rows) {
      if (there.has(n)) continue;
      row.node.remove();
      this.rows.delete(n);
    }
    for (const one of wanted) {
      const key = JSON.stringify(one);
      const known = this.rows.get(one.n);
      if (known?.key === key) continue;
      const node = exchange(one);
      if (known) {
        node.querySelector("details").open = known.node.querySelector("details").open;
        known.node.replaceWith(node);
      } else this.list.append(node);
      this.rows.set(one.n, { node, key });
    }
    this.empty.hidden = this.rows.size > 0;
    if (sticks && scroller) scroller.scrollTop = scroller.scrollHeight;
  }
}

function nameOf(id) {
  return told.people.get(id)?.name || told.groups.get(id)?.name || "";
}

function exchange(one) {
  const isIn = one.way === "call";
  const isBad = one.is_refused || one.status === 0 || (one.status !== null && one.status >= 400);
  const when = new Date(one.at * 1000).toLocaleTimeString("en-GB");
  const head = el(
    "summary",
    {},
    el("span", { class: `way ${isIn ? "is-call" : "is-webhook"}`, "aria-label": isIn ? t("calls") : t("webhooks"), text: isIn ? "←" : "→" }),
    el("span", { class: "kind", text: one.kind }),
    el("span", { class: "whom", text: nameOf(one.chat) }),
    el("span", { class: `status ${one.status === null ? "" : isBad ? "is-bad" : "is-good"}`, text: one.status === null ? t("waiting") : String(one.status || one.reason) }),
    el("time", { text: when }),
    marks(one),
  );
  const body = el("div", { class: "bodies" });
  const details = el("details", {}, head, body);
  details.addEventListener("toggle", () => details.open && !body.childElementCount && fill(body, one.n));
  return el("li", { class: isBad ? "is-bad" : "" }, details);
}

function marks(one) {
  const found = [];
  if (one.is_redelivery) found.push(["is-note", t("redelivered")]);
  if (one.kind === "reply" && one.status === 200) found.push(["is-free", t("free")]);
  if (one.cost) found.push(["is-paid", t("paid", { n: one.cost })]);
  if (one.fault) found.push(["is-bad", t("fault", { what: one.fault })]);
  if (one.is_refused) found.push(["is-bad", t("refused")]);
  if (one.seconds > 1) found.push(["is-note", `${one.seconds.toFixed(1)} s`]);
  return el("span", { class: "marks" }, found.map(([kind, words]) => el("b", { class: kind, text: words })));
}

async function fill(body, n) {
  try {
    const whole = await ask("line/exchange", { n });
    const parts = [el("p", { class: "path", text: `${whole.method} ${whole.path}` })];
    if (whole.is_refused) {
      parts.push(
        el("p", { class: "refusal", text: `${t("why_refused")}: ${whole.reason}` }),
        el("ul", { class: "refusal" }, whole.details.map((one) => el("li", { text: `${one.property ?? ""}: ${one.message}` }))),
      );
    }
    parts.push(...json(t("request"), whole.request), ...json(t("response"), whole.way === "webhook" ? `${whole.status} ${whole.reason} · ${whole.seconds.toFixed(3)} s` : whole.answer));
    body.replaceChildren(...parts);
  } catch (problem) {
    body.textContent = problem.message;
  }
}

function json(title, value) {
  if (value === null || value === undefined) return [];
  const written = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return [el("h4", { text: title }), el("pre", { tabindex: "0", text: written })];
}
