// Theme and size at once, and kept: in a cookie for this machine, at the desk for this person. Language needs a new page.
import { post } from "./talk.js";

const YEAR_S = 31536000;
const root = document.documentElement;

function show(name, value) {
  root.dataset[name] = value;
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; SameSite=Lax`;
  for (const button of document.querySelectorAll(`[data-look] [name="${name}"]`)) {
    const on = name === "size" ? value === "large" : button.value === value;
    button.setAttribute("aria-pressed", String(on));
    if (name === "size") button.value = on ? "normal" : "large";
  }
}

document.addEventListener("submit", (event) => {
  const [form, button] = [event.target, event.submitter];
  if (!form.matches("[data-look]") || !button || button.name === "lang") return;
  event.preventDefault();
  const { name, value } = button;
  show(name, value);
  post(form.action, { [name]: value, next: "" }).catch(() => {});
}, true);
