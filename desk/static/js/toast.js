// Messages at the foot of the page. One that can be undone counts down; the others leave by themselves; errors stay.
import { say } from "./words.js";

const UNDO_S = 10;
const STAY_S = 6;

function watch(toast) {
  const clock = toast.querySelector("[data-countdown]");
  toast.querySelector("[data-toast-shut]")?.addEventListener("click", () => toast.remove());
  if (toast.classList.contains("toast-error")) return;
  let left = clock ? UNDO_S : STAY_S;
  const beat = setInterval(() => {
    if (!toast.matches(":hover, :focus-within")) left -= 1;
    if (clock) clock.textContent = left;
    if (left <= 0 || !toast.isConnected) {
      clearInterval(beat);
      toast.remove();
    }
  }, 1000);
  if (clock) clock.textContent = left;
}

// Show a sentence of our own.
export function tell(text, error = false) {
  const toast = document.createElement("div");
  toast.className = error ? "toast toast-error" : "toast";
  const shut = Object.assign(document.createElement("button"), { type: "button", className: "toast-shut", textContent: "×" });
  shut.dataset.toastShut = "";
  shut.setAttribute("aria-label", say("shut"));
  toast.append(Object.assign(document.createElement("span"), { textContent: text }), shut);
  document.getElementById("toasts")?.append(toast);
  watch(toast);
}

document.querySelectorAll("[data-toast]").forEach(watch);
document.addEventListener("htmx:error", () => tell(say("offline"), true));
