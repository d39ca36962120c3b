// The other side of the glass: what passes, the stories, and LINE's own faults and time.

import { el, iconButton } from "./dom.js";
import { Traffic } from "./traffic.js";
import { Stories } from "./stories.js";
import { Weather } from "./weather.js";
import { t } from "./words.js";

const TABS = { glass: Traffic, stories: Stories, line: Weather };

/** The side panel with its three tabs. */
export class Panel {
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    this.isOpen = localStorage.getItem("panel") === "open";
    this.tab = localStorage.getItem("panel-tab") in TABS ? localStorage.getItem("panel-tab") : "glass";
    this.rebuild();
  }

  /** Make it anew, in the page's language. */
  rebuild() {
    this.parts = Object.fromEntries(Object.entries(TABS).map(([name, Part]) => [name, new Part()]));
    this.tabs = el(
      "div",
      { role: "tablist", "aria-label": t("panel") },
      Object.keys(TABS).map((name) =>
        el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel-part", text: t(`tab_${name}`), on: { click: () => this.turn(name, true) } }),
      ),
    );
    // The close button is no tab, so it stands beside their list, not in it.
    const head = el("div", { class: "panel-tabs" }, this.tabs, iconButton("close", t("close"), () => this.turn()));
    this.part = el("div", { class: "panel-part", id: "panel-part", role: "tabpanel" });
    this.root.replaceChildren(head, this.part);
    this.root.setAttribute("aria-label", t("panel"));
    this.draw();
  }

  /** Open or close it, or go to a tab. */
  turn(tab, stays = false) {
    this.isOpen = tab ? true : !this.isOpen;
    if (tab) this.tab = tab;
    localStorage.setItem("panel", this.isOpen ? "open" : "closed");
    localStorage.setItem("panel-tab", this.tab);
    this.draw();
    if (!stays && this.isOpen) this.tabs.querySelector("[aria-selected=true]").focus();
    this.changed();
  }

  draw() {
    this.root.hidden = !this.isOpen;
    for (const name of Object.keys(TABS)) {
      const isIt = name === this.tab;
      const button = this.tabs.querySelector(`#tab-${name}`);
      button.setAttribute("aria-selected", String(isIt));
      if (isIt) this.part.setAttribute("aria-labelledby", button.id);
    }
    this.part.replaceChildren(this.parts[this.tab].root);
  }

  /** Show what was told lately. */
  update() {
    if (this.isOpen) this.parts[this.tab].update();
  }
}
