// The unit picker: typed text becomes one unit of the list, its id goes with the form, its card appears beside it.
import { listbox } from "./listbox.js";
import { say } from "./words.js";

function watch(box) {
  const input = box.querySelector('[role="combobox"]');
  const value = box.querySelector("[data-combo-value]");
  const chosen = box.querySelector("[data-combo-chosen]");
  const card = document.getElementById(box.dataset.comboCard ?? "");

  // Only what was typed here goes to the desk, not the rest of the form.
  input.addEventListener("htmx:config:request", (event) => {
    const { body } = event.detail.ctx.request;
    for (const name of [...body.keys()]) if (name !== "field") body.delete(name);
    body.set("q", input.value);
  });

  const needUnit = () => input.setCustomValidity(input.required && input.value && !value.value ? say("unitFirst") : "");
  const take = (option) => {
    value.value = option.dataset.value;
    input.value = option.dataset.words;
    chosen.querySelector("span").textContent = say("chosen", { name: option.dataset.words });
    chosen.hidden = false;
    parts.shut();
    needUnit();
    if (card && option.dataset.card) window.htmx?.ajax("GET", option.dataset.card, { target: card, swap: "innerHTML" });
    box.dispatchEvent(new CustomEvent("unit:picked", { bubbles: true, detail: { id: value.value } }));
  };
  const parts = listbox(input, box.querySelector('[role="listbox"]'), take, true);

  const showKept = () => {
    if (!value.value || !input.value) return;
    chosen.querySelector("span").textContent = say("chosen", { name: input.value });
    chosen.hidden = false;
  };
  box.closest("form")?.addEventListener("desk:kept", showKept);
  showKept();

  input.addEventListener("input", () => {
    value.value = "";
    chosen.hidden = true;
    needUnit();
  });
  box.querySelector('[role="listbox"]').addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) take(option);
  });
}

document.querySelectorAll("[data-combo]").forEach(watch);
