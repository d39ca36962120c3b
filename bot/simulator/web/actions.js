// What happens when something is pressed, and how a thing becomes pressable.

import { el, toast, dialog } from "./dom.js";
import { act, reachable } from "./line.js";
import { t } from "./words.js";

const OPENERS = [
  [/^(https:\/\/line\.me\/R|line:\/)\/nv\/location/, "place"],
  [/^(https:\/\/line\.me\/R|line:\/)\/nv\/camera/, "photo"],
];
const PICKERS = { camera: "photo", cameraRoll: "photo", location: "place" };

/** The web address an action leads to, or null. Nothing but http and https is ever followed. */
export function webAddress(action) {
  if (!action || action.type !== "uri") return null;
  const address = action.uri || action.linkUri || "";
  if (!/^https?:\/\//i.test(address) || OPENERS.some(([pattern]) => pattern.test(address))) return null;
  return reachable(address);
}

/** A button or, for a web address, a link in a new tab; `n` is the message it stands in (undefined: the rich menu). */
export function pressable(action, phone, n, options, ...children) {
  const address = webAddress(action);
  const press = () => run(action, phone, n, false);
  if (address) {
    return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...options, on: { click: press } }, ...children);
  }
  return el("button", { type: "button", ...options, on: { click: press } }, ...children);
}

/** Make something that is no button pressable: by click, by keyboard, and with its name for who listens. */
export function makePressable(node, action, phone, n) {
  const name = action.label || action.displayText || action.text || node.textContent.trim() || t("picture");
  const press = (event) => {
    const hit = event.target.closest("button, a, [role=button]");
    if (hit && hit !== node && node.contains(hit)) return;
    event.stopPropagation();
    run(action, phone, n, true);
  };
  node.classList.add("is-pressable");
  if (node.querySelector("button, a, [role=button]")) {
    // Something inside can be pressed by itself: the whole gets a button of its own that only keyboards find.
    node.append(el("button", { type: "button", class: "only-heard", text: name, on: { click: () => run(action, phone, n, true) } }));
    node.addEventListener("click", press);
    return node;
  }
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "0");
  node.setAttribute("aria-label", name);
  node.addEventListener("click", press);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      run(action, phone, n, true);
    }
  });
  return node;
}

/** Do what the action says, as LINE would. `opens` says that a web address has still to be opened. */
export async function run(action, phone, n, opens) {
  const address = webAddress(action);
  if (address && opens) window.open(address, "_blank", "noopener,noreferrer");
  const values = { person: phone.person.name, action, n: n ?? null, group: phone.groupName };
  if (action.type === "datetimepicker") {
    chooseMoment(action, (value) => act("person/touches", { ...values, value }));
    return;
  }
  const done = await act("person/touches", values);
  if (!done) return;
  if (action.type === "clipboard") {
    await navigator.clipboard?.writeText(action.clipboardText).catch(() => {});
    toast(t("copied", { text: action.clipboardText }));
  }
  if (action.type in PICKERS) phone.open(PICKERS[action.type]);
  if (action.type === "uri" && !address) openElsewhere(action.uri || action.linkUri, phone);
  if (action.type === "postback") phone.turnTo(action.inputOption, action.fillInText);
}

function openElsewhere(address, phone) {
  const opener = OPENERS.find(([pattern]) => pattern.test(address));
  if (opener) phone.open(opener[1]);
  else if (address.startsWith("tel:")) toast(`📞 ${t("would_call", { number: decodeURIComponent(address.slice(4)) })}`);
  else toast(t("would_open", { address }));
}

function chooseMoment(action, choose) {
  const kinds = { date: "date", time: "time", datetime: "datetime-local" };
  const written = (moment) => (moment ? moment.replace("t", "T") : undefined);
  const input = el("input", {
    type: kinds[action.mode],
    "aria-label": t("choose_moment"),
    value: written(action.initial),
    min: written(action.min),
    max: written(action.max),
    required: true,
  });
  const form = el(
    "form",
    {
      class: "dialog-form",
      on: {
        submit: (event) => {
          event.preventDefault();
          choose(input.value);
          opened.close();
        },
      },
    },
    input,
    el("button", { class: "main", text: t("choose") }),
  );
  const opened = dialog(action.label || t("choose_moment"), t("close"), form);
}
