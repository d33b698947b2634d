/** Reads the screen aloud while that setting is on: the headings and sentences, top to bottom; a touch stops it. */
import { say } from "./say.js";

const MOST = 600;
const SAID = "main h1, main h2, main p, main li, main .pick, main .tile, main .row, main dt, main dd:not(:has(a))";

export async function readAloud() {
  if (!("aloud" in document.body.dataset)) return;
  const text = [...document.querySelectorAll(SAID)]
    .filter((place) => place.offsetParent && !place.querySelector("p, li, .pick"))
    .map((place) => place.innerText.trim().replace(/\s+/g, " "))
    .filter(Boolean)
    .join(document.documentElement.lang === "en" ? ". " : "。")
    .slice(0, MOST);
  if (!text) return;
  const answer = await say("/speak", new URLSearchParams({ text })).catch(() => null);
  if (!answer?.ok) return;
  const voice = new Audio(URL.createObjectURL(await answer.blob()));
  voice.play().catch(() => {}); // a browser that wants a touch first stays silent until the next screen
  for (const kind of ["pointerdown", "pagehide"]) addEventListener(kind, () => voice.pause(), { once: true });
}
