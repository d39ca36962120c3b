// The rich menu: its real picture, and on it the areas that can be pressed.

import { el } from "./dom.js";
import { pressable } from "./actions.js";
import { spot } from "./templates.js";
import { menuPicture } from "./line.js";
import { t } from "./words.js";

/** A rich menu with its areas, named by their labels. */
export function richMenu(menu, phone) {
  const { width, height } = menu.size;
  const node = el(
    "div",
    { class: "rich-menu", role: "group", "aria-label": t("rich_menu"), style: { "aspect-ratio": `${width} / ${height}` } },
    el("img", { src: menuPicture(menu.id), alt: "" }),
  );
  for (const { bounds, action } of menu.areas) {
    const name = action.label || action.displayText || action.text || action.data || action.uri;
    const options = { class: "area", "aria-label": name, title: name };
    options.style = spot(bounds.x, bounds.y, bounds.width, bounds.height, width, height);
    node.append(pressable(action, phone, undefined, options));
  }
  return node;
}
