// The simulator as the page knows it: what it tells, live, and what can be asked of it.

import { t } from "./words.js";
import { toast } from "./dom.js";

/** What was told so far. `chats` maps a chat's id to its entries by number. */
export const told = {
  line: null,
  story: { state: "none", offers: [] },
  map: { features: [] },
  people: new Map(),
  groups: new Map(),
  menus: new Map(),
  chats: new Map(),
  exchanges: new Map(),
  behind: 0,
};

let source = null;
let hear = () => {};
let shown = [];
let chosen = new URLSearchParams(location.search).get("channel") || "";

/** Hear all news as (news, isFirst); ask for the messages of these chats only. */
export function listen(ids, onNews) {
  shown = ids;
  hear = onNews;
  connect();
}

/** Ask for the messages of other chats from now on. */
export function show(ids) {
  const wanted = [...new Set(ids)].sort();
  if (wanted.join() === shown.join()) return;
  shown = wanted;
  connect();
}

/** Look at another official account. */
export function choose(channel) {
  chosen = channel;
  connect();
}

function connect() {
  if (source) source.close();
  const query = new URLSearchParams({ channel: chosen, show: shown.join(",") || "none" });
  source = new EventSource(`/web/live?${query}`);
  let lost = false;
  source.onmessage = (message) => {
    lost = false;
    document.body.classList.remove("is-lost");
    take(JSON.parse(message.data));
  };
  source.onerror = () => {
    document.body.classList.add("is-lost");
    if (!lost) toast(t("connection_lost"), "bad");
    lost = true;
  };
}

function take(news) {
  if (news.is_first) for (const part of [told.people, told.groups, told.menus, told.chats, told.exchanges]) part.clear();
  told.behind = news.now * 1000 - Date.now();
  for (const name of ["line", "story", "map"]) if (news[name]) told[name] = news[name];
  for (const name of ["people", "groups", "menus"]) for (const one of news[name] || []) told[name].set(one.id, one);
  for (const entry of news.entries || []) {
    if (!told.chats.has(entry.chat)) told.chats.set(entry.chat, new Map());
    told.chats.get(entry.chat).set(entry.n, entry);
  }
  for (const one of news.exchanges || []) told.exchanges.set(one.n, one);
  for (const n of told.exchanges.keys()) {
    if (told.exchanges.size <= 400) break;
    told.exchanges.delete(n);
  }
  hear(news, Boolean(news.is_first));
}

/** Ask for something; gives the answer, or throws with the reason. */
export async function ask(verb, values = {}) {
  const response = await fetch(`/_simulator/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });
  const answer = await response.json().catch(() => ({ error: `status ${response.status}` }));
  if (!response.ok) throw new Error(answer.error || `status ${response.status}`);
  return answer;
}

/** Ask in the name of the shown channel; a refusal is shown, and gives null. */
export async function act(verb, values = {}) {
  try {
    const done = await ask(verb, { channel: told.line.channel, ...values });
    const missed = [done].flat().some((one) => one && one.delivery && !["ok", "webhook_is_off"].includes(one.delivery.reason));
    if (missed) toast(t("not_taken"), "bad");
    return done;
  } catch (problem) {
    toast(t("failed", { why: problem.message }), "bad");
    return null;
  }
}

/** Where this page finds a picture that a bot shows. */
export const pictureOf = (address) => `/web/picture?${new URLSearchParams({ address })}`;

/** Where this page finds what a person sent. */
export const contentOf = (id) => `/web/content?${new URLSearchParams({ channel: told.line.channel, id })}`;

/** Where this page finds the picture of a rich menu. */
export const menuPicture = (id) => `/web/menu?${new URLSearchParams({ channel: told.line.channel, id })}`;

/** The address behind a public one that is served on this machine. */
export function reachable(address) {
  for (const [open, local] of Object.entries(told.line.addresses)) {
    if (address.startsWith(open)) return local + address.slice(open.length);
  }
  return address;
}
