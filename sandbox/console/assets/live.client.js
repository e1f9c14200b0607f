const everyMs = 2000;
const main = document.getElementById("view");
const bar = document.getElementById("bar");
const toasts = document.querySelector(".toasts");
const pauseButton = document.querySelector("[data-pause]");
const keyName = "sandbox-control-key";

/** Returned from the Connect page: its code is for applications, and has no place in an address here. */
if (/[?&](code|state|error)=/.test(location.search)) history.replaceState(null, "", "/?view=connections");

const read = (store, name) => {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
};

function ask(path, { method = "GET", body } = {}) {
  const key = read(sessionStorage, keyName);
  return fetch(path, {
    method,
    headers: {
      "X-Sandbox-Control": "1",
      ...(key ? { "X-Sandbox-Key": key } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function toast(text, tone = "good", address = null) {
  const box = document.createElement("p");
  box.className = `toast ${tone}`;
  box.textContent = text;
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = "Show";
    box.append(" ", link);
  }
  toasts.append(box);
  setTimeout(() => box.remove(), 6000);
}

/** What the server said last for each live part, to leave alone what has not changed. */
const shown = new Map();

function parse(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return { bar: page.getElementById("bar"), view: page.getElementById("view") };
}

const liveParts = (root) => [...root.querySelectorAll("[data-live]")];

function remember(view) {
  shown.clear();
  for (const part of liveParts(view)) shown.set(part.dataset.live, part.innerHTML);
}

/** What has the focus, so that it can have it again in a part that was drawn anew. */
function focusMark(part) {
  const active = document.activeElement;
  if (!active || !part.contains(active)) return null;
  const { post, body, copy } = active.dataset;
  const same = (element) =>
    element.tagName === active.tagName &&
    element.dataset.post === post &&
    element.dataset.body === body &&
    element.dataset.copy === copy &&
    element.getAttribute("href") === active.getAttribute("href");
  const scroll = [...part.querySelectorAll(".scroll")].map((box) => [box.scrollLeft, box.scrollTop]);
  return () => {
    for (const [place, box] of part.querySelectorAll(".scroll").entries()) {
      [box.scrollLeft, box.scrollTop] = scroll[place] ?? [0, 0];
    }
    [...part.querySelectorAll("a, button, .scroll, pre")].find(same)?.focus({ preventScroll: true });
  };
}

/** Draws anew only what has changed, and nothing that somebody types in. */
function refresh(view) {
  const fresh = new Map(liveParts(view).map((part) => [part.dataset.live, part.innerHTML]));
  for (const part of liveParts(main)) {
    const html = fresh.get(part.dataset.live);
    if (html === undefined || html === shown.get(part.dataset.live)) continue;
    const back = focusMark(part);
    part.innerHTML = html;
    shown.set(part.dataset.live, html);
    back?.();
  }
}

function showBar(fresh) {
  if (bar.innerHTML === fresh.innerHTML) return;
  const back = focusMark(bar);
  bar.innerHTML = fresh.innerHTML;
  back?.();
  startedAt = Date.now();
}

let startedAt = Date.now();
/** The clock goes on between two answers. */
function tick() {
  const time = bar.querySelector("[data-ticks]");
  if (!time) return;
  const rate = Number(time.dataset.rate);
  const at = Date.parse(time.dateTime) + (Date.now() - startedAt) * rate;
  const text = new Date(at).toLocaleString("en-US", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  for (const element of document.querySelectorAll("[data-ticks]")) element.textContent = text;
}
setInterval(tick, 1000);

function showNavigation() {
  const view = new URLSearchParams(location.search).get("view") ?? "connections";
  for (const link of document.querySelectorAll("nav [data-view]")) {
    link.setAttribute("aria-current", link.dataset.view.split(" ").includes(view) ? "page" : "false");
  }
}

function showTemplate(id, fill) {
  const copy = document.getElementById(id).content.cloneNode(true);
  fill?.(copy);
  main.replaceChildren(copy);
  shown.clear();
}

let asked = 0;
let running = 0;
let isSilent = false;

/** Gets what the address stands for. A new place is drawn whole and told; the same one only where it changed. */
async function load({ isNew = false, focus = false } = {}) {
  const turn = (asked += 1);
  if (isNew) main.ariaBusy = "true";
  running += 1;
  let answer;
  let text;
  try {
    answer = await ask(`/_sandbox/console${location.search}`);
    text = await answer.text();
  } catch {
    if (turn === asked && !isSilent) showTemplate("silent");
    isSilent = true;
    return;
  } finally {
    running -= 1;
  }
  if (turn !== asked) return;
  main.ariaBusy = "false";
  if (answer.status === 403) {
    const { error } = JSON.parse(text);
    if (!main.querySelector("[data-key]")) {
      showTemplate(
        "refused",
        (copy) => (copy.querySelector("[data-reason]").textContent = `It says: ${error}.`),
      );
    }
    return;
  }
  if (!answer.ok) return toast("The sandbox could not show this.", "bad");
  const fresh = parse(text);
  showBar(fresh.bar);
  if (isNew || isSilent) {
    isSilent = false;
    main.replaceChildren(...fresh.view.childNodes);
    remember(main);
    showNavigation();
    prepare();
    const head = main.querySelector("h1");
    document.title = `${head?.textContent.trim() ?? "Console"} · Finch sandbox`;
    if (focus) head?.focus({ preventScroll: true });
  } else {
    refresh(fresh.view);
  }
}
