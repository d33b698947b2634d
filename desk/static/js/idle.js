// A screen that nobody touches locks itself. Tabs of one browser share the last touch; typed words are kept (keep.js).
import { post } from "./talk.js";

const TOUCHED = "desk:touched";
const limit = Number(document.body.dataset.idleSeconds) * 1000;
let noted = 0;
let locking = false;

function touch() {
  if (Date.now() - noted < 1000) return;
  noted = Date.now();
  localStorage.setItem(TOUCHED, String(noted));
}

async function look() {
  if (locking || Date.now() - Number(localStorage.getItem(TOUCHED) ?? noted) < limit) return;
  locking = true;
  document.documentElement.dataset.leaving = "yes";
  const next = encodeURIComponent(location.pathname + location.search);
  await post("/lock", { next: location.pathname + location.search }).catch(() => {});
  location.replace(`/lock?next=${next}`);
}

touch();
for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) document.addEventListener(sign, touch, { passive: true });
setInterval(look, 1000);

// Who signs out takes the kept words along: the next person at this desk must not read them.
document.addEventListener("submit", (event) => {
  if (!event.target.matches('[action="/logout"]')) return;
  document.documentElement.dataset.leaving = "yes";
  Object.keys(sessionStorage).filter((key) => key.startsWith("kept:")).forEach((key) => sessionStorage.removeItem(key));
});
