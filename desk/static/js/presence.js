// Who else looks at this case: a beat every 20 s while the page is seen, and the names of the others.
import { post } from "./talk.js";
import { say } from "./words.js";

const BEAT_MS = 20000;
const place = document.querySelector("[data-presence]");
const about = { kind: place.dataset.presence, id: place.dataset.presenceId };

async function beat() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await post("/presence", about);
    if (!answer.ok) return;
    const { others } = await answer.json();
    const words = others.length ? say("others", { names: others.join("、") }) : "";
    if (place.textContent !== words) place.textContent = words;
  } catch {
    // The lamp tells that the desk is away; a missed beat needs no second alarm.
  }
}

beat();
setInterval(beat, BEAT_MS);
document.addEventListener("visibilitychange", beat);
