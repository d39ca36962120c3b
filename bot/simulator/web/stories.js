// Choosing a story, and playing it step by step or at a pace.

import { el, icon } from "./dom.js";
import { act, told } from "./line.js";
import { t } from "./words.js";

const PACES = { slow: 2.5, normal: 1, fast: 0.1 };

/** The stories on offer and the one that is being played. */
export class Stories {
  constructor() {
    this.pace = "normal";
    this.root = el("div", { class: "stories" });
    this.drawn = "";
  }

  /** Show what was told lately. */
  update() {
    const { state, name, offers, steps } = told.story;
    const key = JSON.stringify([state, name, offers, told.story.runs, told.story.reason, this.pace]);
    if (key !== this.drawn) {
      this.drawn = key;
      const isOn = state === "playing";
      this.steps = steps && name ? this.list(steps) : null;
      this.root.replaceChildren(
        ...[isOn && this.controls(), state && state !== "none" && this.headline(), !isOn && this.offers(), this.steps].filter(Boolean),
      );
    }
    this.follow();
  }

  headline() {
    const { state, title, reason } = told.story;
    return el("div", { class: `story-state is-${state}`, role: "status" }, el("strong", { text: t(`story_${state}`, { title }) }), reason && el("pre", { text: reason }));
  }

  offers() {
    const offers = told.story.offers || [];
    if (!offers.length) return el("p", { class: "hint", text: t("story_none") });
    return el(
      "ul",
      { class: "offers", "aria-label": t("story_choose") },
      offers.map((one) =>
        el(
          "li",
          {},
          el("span", { text: one.title }),
          el("div", { class: "offer-buttons" },
            el("button", { type: "button", class: "main small", on: { click: () => this.play(one.name, true) } }, icon("play"), el("span", { text: t("story_play") })),
            el("button", { type: "button", class: "small", on: { click: () => this.play(one.name, false) } }, icon("step"), el("span", { text: t("story_stepwise") })),
          ),
        ),
      ),
    );
  }

  play(name, runs) {
    act("story/play", { name, runs, pace: PACES[this.pace] });
  }

  controls() {
    const { runs } = told.story;
    const button = (sign, words, press, main) =>
      el("button", { type: "button", class: main ? "main small" : "small", on: { click: press } }, icon(sign), el("span", { text: words }));
    const run = (on) => act("story/runs", { channel: undefined, runs: on, pace: PACES[this.pace] });
    const paces = el(
      "select",
      { "aria-label": t("pace"), on: { change: (event) => ((this.pace = event.target.value), runs && run(true)) } },
      Object.keys(PACES).map((pace) => el("option", { value: pace, text: t(pace), selected: pace === this.pace })),
    );
    return el(
      "div",
      { class: "story-controls" },
      runs ? button("pause", t("story_pause"), () => run(false), true) : button("step", t("story_step"), () => act("story/step", { channel: undefined }), true),
      !runs && button("play", t("story_play"), () => run(true)),
      button("stop", t("story_stop"), () => act("story/stop", { channel: undefined })),
      paces,
    );
  }

  list(steps) {
    return el("ol", { class: "steps" }, steps.map((step) => el("li", { class: step.verb === "=" || step.verb === "-" ? "is-heading" : "", text: shown(step) })));
  }

  follow() {
    if (!this.steps) return;
    const { at, state } = told.story;
    [...this.steps.children].forEach((row, index) => {
      row.classList.toggle("is-done", index < at);
      const isNow = index === at && state !== "ended";
      row.classList.toggle("is-bad", isNow && state === "failed");
      if (row.classList.toggle("is-now", isNow) && this.shownAt !== at) row.scrollIntoView({ block: "nearest" });
    });
    this.shownAt = at;
  }
}

/** A step as a person reads it: headings without their signs, an introduction by the name alone. */
function shown(step) {
  return step.verb === "person" ? step.text.split(" ")[0] : step.text.replace(/^[=-]\s*/, "");
}
