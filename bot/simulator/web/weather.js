// What LINE may do to a bot: faults, an empty quota, doubled and held events; and the time.

import { el } from "./dom.js";
import { act, ask, told } from "./line.js";
import { clockTime, dayName, t } from "./words.js";

const HOUR = 3600;

/** Faults, quota and clock. */
export class Weather {
  constructor() {
    this.root = el("div", { class: "weather" });
    this.drawn = "";
    setInterval(() => this.tick(), 1000);
  }

  /** Show what was told lately. */
  update() {
    const key = JSON.stringify(told.line);
    if (key === this.drawn) return;
    this.drawn = key;
    const held = document.activeElement?.dataset?.key;
    this.root.replaceChildren(this.time(), this.quota(), this.faults(), this.events());
    if (held) this.root.querySelector(`[data-key="${held}"]`)?.focus();
    this.tick();
  }

  tick() {
    if (this.now?.isConnected) {
      const millis = Date.now() + told.behind;
      this.now.textContent = `${dayName(millis)} ${clockTime(millis)}`;
    }
  }

  time() {
    this.now = el("strong");
    const ahead = told.line.offset_seconds;
    const hours = Math.round(ahead / HOUR);
    const span = hours >= 48 ? t("days", { n: Math.round(hours / 24) }) : t("hours", { n: hours });
    const move = (by) => () => act("line/clock", { channel: undefined, advance_seconds: by });
    return section(
      t("time"),
      el("p", {}, `${t("clock_now")}: `, this.now, el("br"), el("small", { text: Math.abs(ahead) < 1 ? t("clock_real") : t("clock_ahead", { span }) })),
      el(
        "div",
        { class: "buttons" },
        button("plus_hour", move(HOUR)),
        button("tomorrow", move(24 * HOUR)),
        button("plus_week", move(7 * 24 * HOUR)),
        button("clock_back", () => act("line/clock", { channel: undefined, offset_seconds: 0 })),
      ),
    );
  }

  quota() {
    const { used, quota, plan_quota: whole } = told.line;
    const isEmpty = quota !== null && used >= quota;
    const words = quota === null ? `${used} · ${t("no_limit")}` : `${used} / ${quota}`;
    const turn = () => act("channel/settings", { quota: isEmpty ? whole : used });
    const meter = quota === null ? null : el("meter", { value: used, max: Math.max(quota, 1), "aria-label": t("quota") });
    return section(t("quota"), el("p", {}, el("strong", { text: words }), meter), el("div", { class: "buttons" }, toggle("quota_empty", isEmpty, turn)));
  }

  faults() {
    const on = told.line.faults;
    const has = (kind, what) => on.some((one) => one.kind === kind && one.what === what);
    const turn = (kind, what, more = {}) => async () => {
      const others = on.filter((one) => !(one.kind === kind && one.what === what));
      await act("line/recovers", { channel: undefined });
      for (const one of others) await ask("line/fails", one);
      if (!has(kind, what)) await act("line/fails", { channel: undefined, kind, what, times: null, ...more });
    };
    const kinds = [
      ["line_down", "*", "500"],
      ["line_slow", "*", "stall_after", { seconds: 5 }],
      ["line_429", "*", "429_rate"],
      ["lost_answer", "push", "500_after"],
    ];
    return section(
      t("faults"),
      el("div", { class: "buttons" }, kinds.map(([name, kind, what, more]) => toggle(name, has(kind, what), turn(kind, what, more))), button("recover", () => act("line/recovers", { channel: undefined }))),
      on.length ? el("p", { class: "hint", text: on.map((one) => `${one.kind}: ${one.what}${one.times ? ` ×${one.times}` : ""}`).join(" · ") }) : null,
    );
  }

  events() {
    const { line } = told;
    const set = (values) => () => act("channel/settings", values);
    const lastEvent = async () => {
      const last = [...told.exchanges.values()].filter((one) => one.way === "webhook" && !one.is_redelivery).at(-1);
      if (!last) return;
      const whole = await ask("line/exchange", { n: last.n });
      for (const event of whole.request.events) await act("channel/redelivers", { event_id: event.webhookEventId });
    };
    const hold = () => (line.is_holding ? act("channel/delivers", { in_order: false }) : act("channel/gathers"));
    return section(
      t("webhook"),
      el("p", {}, el("code", { text: line.webhook || "–" })),
      el(
        "div",
        { class: "buttons" },
        toggle("webhook_off", !line.webhook_is_active, set({ webhook_is_active: !line.webhook_is_active })),
        toggle("redelivery", line.redelivers_failures, set({ redelivers_failures: !line.redelivers_failures })),
        toggle("doubled", line.doubled_share > 0, set({ doubled_share: line.doubled_share > 0 ? 0 : 1 })),
        toggle(line.is_holding ? "let_go" : "hold", line.is_holding, hold),
        button("redeliver_now", lastEvent),
        button("redeliver_all", () => act("channel/redelivers", { shuffled: true })),
      ),
    );
  }
}

const section = (title, ...parts) => el("section", {}, el("h3", { text: title }), parts);
const button = (key, press) => el("button", { type: "button", class: "small", data: { key }, text: t(key), on: { click: press } });
const toggle = (key, isOn, press) => el("button", { type: "button", class: "small", data: { key }, "aria-pressed": String(isOn), text: t(key), on: { click: press } });
