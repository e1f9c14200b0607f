const body = document.body;
const host = body.dataset.host ?? "";
const message = body.dataset.message ?? "";
const returnAfterMs = 1500;

/** Tells the page that frames this one, and nobody else. */
let sent = false;
const send = () => {
  if (sent || host === "" || message === "" || window.parent === window) return;
  sent = true;
  window.parent.postMessage(JSON.parse(message), host);
};

const finish = document.querySelector("[data-finish]");
if (finish) {
  if (finish.tagName === "BUTTON") finish.addEventListener("click", send);
  if (document.querySelector("[data-returns]")) {
    setTimeout(() => (finish.tagName === "A" ? location.replace(finish.href) : send()), returnAfterMs);
  }
} else {
  send();
}

for (const opener of document.querySelectorAll("[data-opens]")) {
  const dialog = document.getElementById(opener.dataset.opens);
  opener.addEventListener("click", () => dialog.showModal());
}
for (const closer of document.querySelectorAll("[data-closes]")) {
  closer.addEventListener("click", () => document.getElementById(closer.dataset.closes).close());
}
const leave = document.getElementById("leave");
if (leave && body.classList.contains("embedded")) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !leave.open) {
      event.preventDefault();
      leave.showModal();
    }
  });
  body.addEventListener("click", (event) => {
    if (event.target === body) leave.showModal();
  });
}

/** A form that was sent says so, and is not sent twice. */
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") return event.preventDefault();
    form.ariaBusy = "true";
    const { submitter } = event;
    if (submitter && form.dataset.busy) {
      submitter.dataset.label = submitter.textContent;
      submitter.textContent = form.dataset.busy;
    }
  });
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

for (const button of document.querySelectorAll("[data-peek]")) {
  const input = document.getElementById(button.dataset.peek);
  button.hidden = false;
  button.ariaLabel = "Show what is typed";
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.ariaLabel = `${button.textContent} what is typed`;
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(button.dataset.copy).then(
      () => true,
      () => false,
    );
    button.textContent = done ? "Copied" : "Copy it by hand";
  });
}

const search = document.querySelector("[data-search]");
if (search) {
  const list = document.getElementById(search.dataset.search);
  const empty = document.querySelector("[data-empty]");
  const status = document.querySelector("[data-count]");
  const sections = [...list.querySelectorAll("[data-section]")].map((element) => ({
    element,
    list: element.querySelector("ul"),
    rows: [...element.querySelectorAll("[data-text]")].map((row) => ({
      element: row,
      text: row.dataset.text,
    })),
  }));
  const all = sections.flatMap(({ rows }) => rows);
  const buttons = () => [...list.querySelectorAll("button.provider")].filter((button) => button.offsetParent);

  const show = () => {
    const found = rank(search.value, all);
    const kept = new Set(found);
    for (const section of sections) {
      const order = found.filter((row) => section.rows.includes(row));
      for (const row of section.rows) row.element.hidden = !kept.has(row);
      section.list.append(...order.map((row) => row.element));
      section.element.hidden = order.length === 0;
    }
    empty.hidden = found.length > 0;
    status.textContent =
      search.value.trim() === ""
        ? ""
        : `${found.length} ${found.length === 1 ? "provider" : "providers"} found`;
  };

  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    buttons()[0]?.focus();
  });
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      buttons()[0]?.focus();
    } else if (event.key === "Escape" && search.value !== "") {
      event.preventDefault();
      search.value = "";
      show();
    }
  });
  list.addEventListener("keydown", (event) => {
    const rows = buttons();
    const place = rows.indexOf(document.activeElement);
    const target = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (place < 0 || target === undefined) return;
    event.preventDefault();
    (target < 0 ? search : rows[Math.min(target, rows.length - 1)]).focus();
  });
  if (search.value !== "") show();
}

const target = document.querySelector("[role=alert][data-focus]") ?? document.querySelector("[data-focus]");
if (target) target.focus({ preventScroll: true });
