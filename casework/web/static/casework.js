// What a page can do once scripts run. Everything works without, only less comfortably.
// Nothing typed is ever written to browser storage.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Drafts are saved by htmx 2 s after the last key. Who leaves sooner, or locks the telephone,
  // leaves nothing behind: the draft goes at that moment.
  const unsaved = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) unsaved.add(form);
  });
  document.addEventListener("submit", (event) => unsaved.delete(event.target));
  document.addEventListener("htmx:before:request", (event) => unsaved.delete(event.target));
  const flush = () => unsaved.forEach((form) => form.dispatchEvent(new Event("leave")));
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
  });
  document.addEventListener("htmx:error", (event) => {
    const line = document.getElementById(`${event.target.id}-draft`);
    if (line) line.textContent = line.dataset.offline;
  });

  // « Quitter vite »: blank at once, what was typed kept, the session over, this page out of the
  // way back. The list of pages visited is the browser's own: no page can clear it.
  const exit = document.querySelector("form[data-quick-exit]");
  const send = (form, url) =>
    fetch(url, { method: "POST", keepalive: true, body: new URLSearchParams(new FormData(form)) });
  const vanish = async () => {
    root.hidden = true;
    document.title = "…";
    const kept = [...unsaved].map((form) => send(form, form.getAttribute("hx-post")));
    unsaved.clear();
    await Promise.race([Promise.allSettled(kept), new Promise((done) => setTimeout(done, 800))]);
    send(exit, exit.action);
    window.location.replace(exit.dataset.quickExit);
  };
  let escaped = -Infinity;
  if (exit) {
    exit.addEventListener("submit", (event) => {
      event.preventDefault();
      vanish();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - escaped < 1000) vanish();
      escaped = event.timeStamp;
    });
  }

  // Counters.
  const count = (area) => {
    const line = document.querySelector(`[data-counter="${area.id}"]`);
    if (!line) return;
    const most = Number(area.dataset.max);
    const written = [...area.value].length;
    line.textContent = `${written} / ${most}`;
    line.classList.toggle("over", written > most);
  };
  document.querySelectorAll("textarea[data-max]").forEach(count);
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-max]")) count(event.target);
  });

  // What a text should perhaps not say is asked while it is written. It goes to this service alone,
  // which keeps nothing of it; what is asked decides nothing.
  const waiting = new WeakMap();
  const ask = async (area) => {
    const place = document.getElementById(`${area.id}-doubts`);
    const token = area.form.elements.csrf_token.value;
    const named = area.form.querySelector(`[data-titles="${area.id}"]`);
    const text = area.value || named?.files[0]?.name.replaceAll("_", " ") || "";
    const body = new URLSearchParams({ csrf_token: token, text });
    try {
      const answer = await fetch(area.dataset.reread, { method: "POST", body });
      if (!answer.ok) return;
      const lines = (await answer.json()).questions.map((said) => {
        const line = document.createElement("p");
        line.textContent = said;
        return line;
      });
      place.replaceChildren(...lines);
      const keep = document.getElementById(`${area.id}-keep`);
      if (keep) keep.hidden = !lines.length;
    } catch {
      // Without the network nothing is asked here: the server asks when the text is sent.
    }
  };
  document.addEventListener("input", (event) => {
    const area = document.getElementById(event.target.dataset.titles) ?? event.target;
    if (!area.matches("[data-reread]")) return;
    clearTimeout(waiting.get(area));
    waiting.set(area, setTimeout(() => ask(area), 900));
  });

  const fill = (button) => {
    const field = document.getElementById(button.dataset.fill);
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.done;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill], [data-copy], [data-print]");
    if (button && "fill" in button.dataset) fill(button);
    if (button && "copy" in button.dataset) copy(button);
    if (button && "print" in button.dataset) window.print();
    document.querySelectorAll("details[data-popover][open]").forEach((one) => {
      if (!one.contains(event.target)) one.open = false;
    });
  });

  // A reason changes in place: what is being written on this page stays as it is.
  const give = async (form) => {
    const headers = { Accept: "application/json" };
    const sent = { method: "POST", headers, body: new URLSearchParams(new FormData(form)) };
    const answer = await fetch(form.action, sent);
    return { ok: answer.ok, ...(await answer.json()) };
  };
  const show = (form, said) => {
    const box = form.closest("details");
    document.getElementById("traced-reason").textContent = said.words;
    box.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    form.querySelector("button.reason-tap")?.setAttribute("aria-current", "true");
    box.open = false;
    box.querySelector("summary").focus();
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-in-place]");
    if (!form) return;
    event.preventDefault();
    const line = form.closest("details").querySelector("[role=status]");
    line.textContent = "";
    try {
      const said = await give(form);
      if (said.ok) show(form, said);
      else line.textContent = said.errors?.map((one) => one.detail).join(" ") ?? said.detail;
    } catch {
      line.textContent = line.dataset.offline;
    }
  });

  // Single keys (WCAG 2.1.4: never while typing, and a preference turns them off).
  const typing = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  const close = () => {
    const open = document.querySelector("details[data-popover][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  };
  const press = (event) => {
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("[type=search]")) found.focus();
    else found.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || document.body.dataset.keys === "off" || typing(event.target)) return;
    press(event);
  });

  document.querySelector("[data-focus]")?.focus();
})();
