/** Left alone, a screen warns for twenty seconds with one big button; then everything is cleared. Any touch stays as long as one likes. */
import { say } from "./say.js";

const SIGN_OF_LIFE = 15000;

export function watchIdle(body) {
  if ("fresh" in body.dataset) return;
  const dialog = document.getElementById("idle");
  const count = dialog.querySelector("[data-left]");
  let touched = Date.now();
  let told = Date.now();
  let warned = 0;

  const stay = () => {
    touched = Date.now();
    if (touched - told > SIGN_OF_LIFE) {
      told = touched;
      say("/stay").catch(() => {});
    }
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll", "wheel"]) addEventListener(kind, () => warned || stay(), { capture: true, passive: true });

  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-stay]").addEventListener("click", () => {
    warned = 0;
    dialog.close();
    told = 0;
    stay();
  });

  setInterval(() => {
    if (!warned && Date.now() - touched >= body.dataset.idle * 1000) {
      warned = Date.now();
      dialog.showModal();
    }
    if (warned) {
      const left = Math.ceil(body.dataset.warning - (Date.now() - warned) / 1000);
      count.textContent = Math.max(left, 0);
      if (left <= 0) document.getElementById("leave").requestSubmit();
    }
  }, 500);
}
