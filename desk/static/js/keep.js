// Typed words are not lost: a form with data-keep is copied to the tab's storage while one types, and comes back after a sign-in.
// Passwords, signatures, files and the CSRF token are never kept. Leaving with unsaved words asks first.
import { say } from "./words.js";

const NEVER = 'input[type="password"], input[type="file"], [name="csrf"], [name="version"], [data-sign-value], [data-keep-not]';
const fields = (form) => [...form.elements].filter((one) => one.name && !one.matches(NEVER));
const isBox = (one) => one.type === "checkbox" || one.type === "radio";

const read = (form) => fields(form).map((one) => [one.name, one.value, isBox(one) ? one.checked : null]);

// Put kept values back, in order of the fields; a form that has changed its fields takes what still fits.
function write(form, kept) {
  for (const one of fields(form)) {
    const at = kept.findIndex(([name, value, checked]) => name === one.name && (checked === null || value === one.value));
    if (at < 0) continue;
    const [[, value, checked]] = kept.splice(at, 1);
    if (checked === null) one.value = value;
    else one.checked = checked;
  }
  form.dispatchEvent(new CustomEvent("desk:kept"));
}

function offer(form, key) {
  const note = document.createElement("div");
  note.className = "note note-ok";
  const forget = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: say("forget") });
  forget.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    note.remove();
    form.reset();
  });
  note.append(Object.assign(document.createElement("p"), { textContent: say("kept") }), forget);
  note.setAttribute("role", "status");
  form.prepend(note);
}

function watch(form) {
  const key = `kept:${document.querySelector("meta[name=who]")?.content ?? ""}:${location.pathname}:${form.dataset.keep}`;
  const fresh = JSON.stringify(read(form));
  const kept = sessionStorage.getItem(key);
  let dirty = false;
  if (kept && kept !== fresh && !form.querySelector(".problems")) {
    write(form, JSON.parse(kept));
    offer(form, key);
    dirty = true;
  }
  form.addEventListener("input", () => {
    const now = JSON.stringify(read(form));
    dirty = now !== fresh;
    sessionStorage.setItem(key, now);
  });
  form.addEventListener("submit", () => {
    dirty = false;
    sessionStorage.setItem("kept:sent", key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !document.documentElement.dataset.leaving) event.preventDefault();
  });
}

// A form that was sent is forgotten when the next page shows no refusal and no sign-in.
function settle() {
  const sent = sessionStorage.getItem("kept:sent");
  if (!sent) return;
  const refused = document.querySelector("[data-outside], [data-problem], form[data-keep] .problems");
  if (!refused) sessionStorage.removeItem(sent);
  sessionStorage.removeItem("kept:sent");
}

settle();
document.querySelectorAll("form[data-keep]").forEach(watch);
