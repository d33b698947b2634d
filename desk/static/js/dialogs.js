// Dialogs and menus: <button data-dialog="id"> opens, a form with data-confirm asks first, a menu shuts when one looks elsewhere.
import { fillSheet } from "./keys.js";
import { say } from "./words.js";

const BUSY_MS = 5000;

const button = (text, kind, value) => Object.assign(document.createElement("button"), { className: `button button-${kind}`, textContent: text, value });

// Ask before `form` is sent by `submitter`.
function ask(form, submitter) {
  const dialog = document.createElement("dialog");
  const body = Object.assign(document.createElement("form"), { method: "dialog", className: "dialog-body" });
  const row = Object.assign(document.createElement("div"), { className: "actions" });
  row.append(button(say("yes"), "main", "yes"), button(say("no"), "plain", ""));
  body.append(Object.assign(document.createElement("h2"), { textContent: form.dataset.confirm || say("sure") }), row);
  dialog.setAttribute("aria-label", form.dataset.confirm || say("sure"));
  dialog.append(body);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return submitter?.focus();
    form.dataset.sure = "yes";
    form.requestSubmit(submitter);
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    fillSheet(dialog);
    dialog.showModal();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || opener) menu.open = false;
  }
  if (event.target.matches?.("dialog[open]")) event.target.close();
  if (event.target.closest?.("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("confirm" in form.dataset) || form.dataset.sure) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter);
}, true);

// A page that came back, or an answer that is a file to save: the form can be sent again.
function release(form) {
  delete form.dataset.sent;
  delete form.dataset.sure;
  form.removeAttribute("aria-busy");
}

// Each act is sent once: a second click on the same button is not a second payment.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target || event.submitter?.formTarget) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(release, BUSY_MS, form);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// A filter row follows every change.
document.addEventListener("change", (event) => event.target.form?.matches("[data-follow]") && event.target.form.requestSubmit());

// A refused form: go to its summary.
// What is wrong is said with the name of its field.
for (const link of document.querySelectorAll(".problems a")) {
  const field = document.querySelector(link.hash);
  const label = field?.labels?.[0] ?? field?.querySelector("legend");
  if (label) link.prepend(`${label.firstChild.textContent.trim()} · `);
}
document.querySelector("[data-focus]")?.focus();
