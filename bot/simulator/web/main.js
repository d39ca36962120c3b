// The page as a whole: who is shown, what stands above and beside, and the news as they come.

import { el, icon, iconButton, dialog } from "./dom.js";
import { act, choose, listen, show, told } from "./line.js";
import { Panel } from "./panel.js";
import { Phone } from "./phone.js";
import { language, switchLanguage, t } from "./words.js";

const bar = document.getElementById("bar");
const stage = document.getElementById("phones");
const phones = new Map();
let panel = null;
let known = null;
let isDue = false;
let isFresh = false;

const roomFor = () => Math.max(1, Math.min(4, Math.floor((window.innerWidth - (panel?.isOpen ? 420 : 0)) / 380)));
const memory = () => `shown:${told.line?.channel}`;
const remembered = () => JSON.parse(localStorage.getItem(memory()) || "null");

function remember() {
  localStorage.setItem(memory(), JSON.stringify([...phones.keys()]));
}

function showPhone(id) {
  const person = told.people.get(id);
  if (!person || phones.has(id)) return;
  const phone = new Phone(person, () => hidePhone(id));
  phones.set(id, phone);
  stage.append(phone.root);
}

function hidePhone(id) {
  phones.get(id)?.root.remove();
  phones.delete(id);
  remember();
  refresh();
}

/** Whose phones to show at first, and whether somebody new gets one. */
function welcomePeople() {
  const ids = [...told.people.keys()];
  if (known === null) {
    const wanted = remembered()?.filter((id) => told.people.has(id));
    (wanted?.length ? wanted : ids.slice(0, roomFor())).forEach(showPhone);
  } else {
    for (const id of ids) if (!known.has(id) && phones.size < roomFor()) showPhone(id);
    const story = told.story.state === "playing" ? actors() : [];
    for (const id of story) if (!known.has(id)) showPhone(id);
  }
  known = new Set(ids);
}

function actors() {
  const names = new Set((told.story.steps || []).map((step) => step.text.split(" ")[0]));
  return [...told.people.values()].filter((person) => names.has(person.name)).map((person) => person.id);
}

function refresh() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    welcomePeople();
    if (isFresh) for (const phone of phones.values()) phone.chat.restart();
    isFresh = false;
    for (const phone of phones.values()) phone.update();
    drawBar();
    panel.update();
    stage.classList.toggle("is-empty", phones.size === 0);
    stage.dataset.hint = t("no_phones");
    show([...phones.values()].flatMap((phone) => phone.chats));
  });
}

let drawnBar = "";

function drawBar() {
  const faults = told.line.faults.length + (told.line.webhook_is_active ? 0 : 1);
  const people = [...told.people.values()].map((one) => [one.id, one.name, phones.has(one.id)]);
  const key = JSON.stringify([people, told.line.channels, told.line.channel, faults, panel.isOpen, language()]);
  if (key === drawnBar) return;
  drawnBar = key;
  document.documentElement.lang = language();
  document.title = `${t("title")} · ${told.line.channel}`;
  bar.replaceChildren(
    el("h1", {}, el("img", { src: "/web/icon.svg", alt: "" }), el("span", { text: t("title") })),
    accounts(),
    el("nav", { class: "chips", "aria-label": t("people") }, people.slice(0, 12).map(chip), people.length > 12 && others(people.slice(12))),
    el(
      "div",
      { class: "bar-end" },
      el("button", { type: "button", class: "chip", "aria-label": t("add_person"), on: { click: addPerson } }, icon("plus"), el("span", { text: t("add_person") })),
      faults > 0 && el("button", { type: "button", class: "chip is-bad", text: `⚠ ${t("faults_on")}`, on: { click: () => openPanel("line") } }),
      el("button", { type: "button", class: "chip", "aria-label": t("panel"), "aria-pressed": String(panel.isOpen), on: { click: () => openPanel() } }, icon("glass"), el("span", { text: t("panel") })),
      iconButton("moon", t("theme"), switchTheme),
      el("button", { type: "button", class: "chip", text: t("page_language"), lang: language() === "th" ? "en" : "th", on: { click: speakOther } }),
    ),
  );
}

function accounts() {
  if (told.line.channels.length < 2) return el("span", { class: "account", text: `@${told.line.channel}` });
  const turn = (event) => {
    for (const id of [...phones.keys()]) phones.get(id).root.remove();
    phones.clear();
    known = null;
    choose(event.target.value);
  };
  return el(
    "select",
    { "aria-label": t("account"), on: { change: turn } },
    told.line.channels.map((name) => el("option", { value: name, text: `@${name}`, selected: name === told.line.channel })),
  );
}

function chip([id, name, isShown]) {
  const turn = () => {
    if (isShown) return hidePhone(id);
    showPhone(id);
    remember();
    refresh();
    phones.get(id).root.scrollIntoView({ behavior: "smooth", inline: "center" });
    return null;
  };
  return el("button", { type: "button", class: "chip is-person", "aria-pressed": String(isShown), text: name, on: { click: turn } });
}

function others(people) {
  const pick = (event) => {
    showPhone(event.target.value);
    remember();
    refresh();
  };
  return el(
    "select",
    { class: "chip", "aria-label": t("people"), on: { change: pick } },
    el("option", { text: `+${people.length}`, value: "" }),
    people.map(([id, name]) => el("option", { value: id, text: name })),
  );
}

function addPerson() {
  const name = el("input", { type: "text", required: true, maxlength: "30", name: "name", autocomplete: "off" });
  const group = el("input", { type: "checkbox", name: "group" });
  const form = el(
    "form",
    {
      class: "dialog-form",
      on: {
        submit: async (event) => {
          event.preventDefault();
          const called = name.value.trim().replace(/\s+/g, "_");
          if (!called) return;
          opened.close();
          if (group.checked) await openGroup(called);
          else {
            const person = await act("person/open", { person: called });
            if (person) {
              told.people.set(person.id, told.people.get(person.id) ?? { ...EMPTY, ...person });
              showPhone(person.id);
              remember();
              refresh();
            }
          }
        },
      },
    },
    el("label", {}, el("span", { text: t("name") }), name),
    el("label", { class: "is-check" }, group, el("span", { text: t("add_group") })),
    el("button", { class: "main", text: t("add") }),
  );
  const opened = dialog(t("add_person"), t("close"), form);
  name.focus();
}

const EMPTY = { language: "th", on_pc: false, is_friend: false, has_blocked: false, menu_id: null, is_loading: false, read_up_to: -1, count: 0 };

/** A group of everybody whose phone is shown, with the account in it. */
async function openGroup(name) {
  await act("group/open", { group: name });
  await act("group/joins", { group: name, people: [...phones.values()].map((phone) => phone.person.name) });
  await act("group/invites", { group: name });
}

function openPanel(tab) {
  panel.turn(tab);
  refresh();
}

function switchTheme() {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(isDark ? "light" : "dark");
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

function speakOther() {
  switchLanguage();
  panel.rebuild();
  for (const phone of phones.values()) {
    const old = phone.root;
    phone.drawn = {};
    phone.build();
    old.replaceWith(phone.root);
  }
  drawnBar = "";
  refresh();
}

if (localStorage.getItem("theme")) setTheme(localStorage.getItem("theme"));
panel = new Panel(document.getElementById("panel"), refresh);
listen([], (news, isFirst) => {
  if (isFirst && known !== null) isFresh = true;
  refresh();
});
