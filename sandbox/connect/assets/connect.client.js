(() => {
  "use strict";
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
    setTimeout(() => (finish.tagName === "A" ? location.replace(finish.href) : send()), returnAfterMs);
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
      if (event.key === "Escape" && !leave.open) leave.showModal();
    });
    body.addEventListener("click", (event) => {
      if (event.target === body) leave.showModal();
    });
  }

  for (const input of document.querySelectorAll("[data-filter]")) {
    const list = document.getElementById(input.dataset.filter);
    const empty = document.querySelector(`[data-empty="${input.dataset.filter}"]`);
    const rows = [...list.querySelectorAll("[data-name]")];
    input.form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", () => {
      const term = input.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !row.dataset.name.includes(term);
        if (!row.hidden) shown += 1;
      }
      empty.hidden = shown > 0;
    });
  }

  const target = document.querySelector(".alert[data-focus]") ?? document.querySelector("[data-focus]");
  if (target) target.focus({ preventScroll: true });
})();
