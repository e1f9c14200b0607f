async function go(address, { focus = true } = {}) {
  history.pushState(null, "", address);
  closeMenu();
  await load({ isNew: true, focus });
  scrollTo(0, 0);
}

/** A search keeps the field that is typed in; only what it finds is drawn. */
async function search(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  history.replaceState(null, "", `/?${query}`);
  form.ariaBusy = "true";
  await load();
  form.ariaBusy = "false";
}

const errorOf = (answer) => answer.message ?? answer.error ?? "It did not work.";

/** Where the person is shown to whom it happened. */
function personOf({ connection_id: id, entity_id: entity, individual_id: q }) {
  return q ? `/?${new URLSearchParams({ view: "connection", id, entity, q })}` : null;
}

async function act(element, body) {
  const { post, method = "POST", done } = element.dataset;
  element.ariaBusy = "true";
  try {
    const answer = await ask(post, { method, body });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) return { error: errorOf(said) };
    if (!element.dataset.shows) toast(done ?? said.message ?? "Done.", "good", personOf(said));
    return { said };
  } catch {
    return { error: "The sandbox does not answer." };
  } finally {
    element.ariaBusy = "false";
  }
}

const readers = {
  number: (value) => Number(value),
  boolean: (value) => value === "true",
  utc: (value) => new Date(`${value}Z`).toISOString(),
};

function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    const isLeftOut = !field.name || field.disabled || (field.type === "checkbox" && !field.checked);
    if (isLeftOut || field.value === "") continue;
    body[field.name] = (readers[field.dataset.type] ?? String)(field.value);
  }
  return body;
}

/** What is shown once: a token, a secret. */
function showOnce(form, said) {
  const box = form.querySelector(".shown");
  const wanted = (form.dataset.shows ?? "").split(",").map((pair) => pair.split(":"));
  const rows = wanted.filter(([field]) => said[field]);
  box?.replaceChildren(
    ...rows.flatMap(([field, label]) => shownLine(label, said[field])),
    ...(form.dataset.curl && said.access_token
      ? shownLine(
          "Try it",
          `curl -H "Authorization: Bearer ${said.access_token}" '${location.origin}${form.dataset.curl}'`,
        )
      : []),
  );
}

function shownLine(label, value) {
  const line = document.createElement("p");
  line.className = "shown-line";
  const name = document.createElement("span");
  name.textContent = label;
  const code = document.createElement("code");
  code.textContent = value;
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "button small";
  copy.dataset.copy = value;
  copy.textContent = "Copy";
  copy.ariaLabel = `Copy ${label}`;
  line.append(name, code, copy);
  return [line];
}

async function submit(form) {
  if (form.ariaBusy === "true") return;
  const alert = form.querySelector("[role=alert]");
  alert.hidden = true;
  const { said, error } = await act(form, bodyOf(form));
  if (error) {
    alert.textContent = error;
    alert.hidden = false;
    return;
  }
  showOnce(form, said);
  if ("resets" in form.dataset) form.reset();
  if ("closesAfter" in form.dataset) form.closest("dialog").close();
  await load();
}

function prepare() {
  for (const select of main.querySelectorAll("[data-shows-fields]")) showFields(select);
}

function showFields(select) {
  for (const field of select.form.querySelectorAll("[data-for]")) {
    const isMeant = field.dataset.for.split(" ").includes(select.value);
    field.hidden = !isMeant;
    for (const input of field.querySelectorAll("input, select")) input.disabled = !isMeant;
  }
}

async function copy(button) {
  const done = await navigator.clipboard?.writeText(button.dataset.copy).then(
    () => true,
    () => false,
  );
  toast(done ? "Copied." : "The browser does not allow copying here.", done ? "good" : "bad");
}

const menuButton = document.querySelector("[data-menu]");
function closeMenu() {
  document.body.classList.remove("menu-open");
  menuButton.ariaExpanded = "false";
}
menuButton.addEventListener("click", () => {
  menuButton.ariaExpanded = String(document.body.classList.toggle("menu-open"));
});

document.addEventListener("click", async (event) => {
  const { target } = event;
  const link = target.closest("a[href^='/?'], a[href='/']");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    return go(link.getAttribute("href"));
  }
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.copy !== undefined) return copy(button);
  if (button.dataset.opens) return document.getElementById(button.dataset.opens).showModal();
  if ("closes" in button.dataset) return button.closest("dialog").close();
  if (button.dataset.post && button.ariaBusy !== "true") {
    const { error } = await act(button, button.dataset.body ? JSON.parse(button.dataset.body) : undefined);
    if (error) toast(error, "bad");
    await load();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  if ("key" in form.dataset) {
    sessionStorage.setItem(keyName, new FormData(form).get("key"));
    return load({ isNew: true, focus: true });
  }
  if ("get" in form.dataset) return search(form);
  return submit(form);
});

let typing = 0;
document.addEventListener("input", (event) => {
  const { target } = event;
  if (target.matches("[data-shows-fields]")) showFields(target);
  const form = target.closest("form[data-get]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => search(form), target.type === "search" ? 200 : 0);
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select") || document.querySelector("dialog[open]");
  const field = main.querySelector("[type=search]");
  if (event.key === "/" && field && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    field.select();
  }
  if (event.key === "Escape" && document.body.classList.contains("menu-open")) {
    closeMenu();
    menuButton.focus();
  }
});

window.addEventListener("popstate", () => load({ isNew: true, focus: true }));

let isPaused = false;
pauseButton.addEventListener("click", () => {
  isPaused = !isPaused;
  pauseButton.ariaPressed = String(isPaused);
  if (!isPaused) load();
});
const isBusy = () => running > 0 || document.hidden || (isPaused && !isSilent) || main.ariaBusy === "true";
setInterval(() => isBusy() || load(), everyMs);
document.addEventListener("visibilitychange", () => isBusy() || load());

load({ isNew: true });
