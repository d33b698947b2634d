// The lamp of the clock that watches the due times. No good answer for two minutes turns it red, whatever the reason.
import { say } from "./words.js";

const ASK_MS = 30000;
const LOST_MS = 120000;
const lamp = document.querySelector("[data-tick]");
let heard = Date.now();

function show(state, words) {
  lamp.classList.remove("lamp-ok", "lamp-late");
  lamp.classList.add(`lamp-${state}`);
  const use = lamp.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#lamp-${state}`));
  const text = lamp.querySelector("[data-tick-words]");
  text.classList.toggle("top-words", state === "ok");
  if (text.textContent !== words) text.textContent = words;
  lamp.title = words;
}

async function ask() {
  try {
    const touched = Date.now() - Number(localStorage.getItem("desk:touched")) < LOST_MS; // who types a long text stays signed in
    const answer = await fetch(`${lamp.dataset.tick}${touched ? "?touched=1" : ""}`, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { state, words } = await answer.json();
    heard = Date.now();
    show(state === "ok" ? "ok" : "late", words);
  } catch {
    if (Date.now() - heard >= LOST_MS) show("late", say("tickLost"));
  }
}

setInterval(ask, Number(lamp.dataset.tickMs ?? ASK_MS));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
