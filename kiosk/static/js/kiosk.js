/** What every screen does by itself: the idle countdown, the clock and the line, sentences to tap, the camera, reading aloud. */
import { watchIdle } from "./idle.js";
import { keepAlive } from "./live.js";
import { offerPhrases } from "./phrases.js";
import { openCamera } from "./camera.js";
import { readAloud } from "./aloud.js";

watchIdle(document.body);
keepAlive();
offerPhrases();
openCamera();
readAloud();
document.addEventListener("contextmenu", (event) => event.preventDefault());
document.addEventListener("dragstart", (event) => event.preventDefault());
for (const form of document.forms) form.addEventListener("submit", (event) => once(form, event));
keepSteady();
document.documentElement.dataset.ready = "";

/** The keyboard opens while a finger is still down, and the page moves under it: that touch was meant for the field, not for what came there. */
function keepSteady() {
  let pressed = null;
  addEventListener("pointerdown", (event) => (pressed = event.target.closest("[data-keyboard]")), true);
  addEventListener(
    "click",
    (event) => {
      if (pressed && event.detail && !event.target.closest("[data-keyboard]")) event.stopImmediatePropagation();
      pressed = null;
    },
    true,
  );
}

/** Two taps on a button send one form; a page that comes back from the cache takes a new one. */
function once(form, event) {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
}
