/** Reads the screen aloud while that setting is on: the headings and sentences, top to bottom; a touch stops it. */
const MOST = 600;

export function readAloud() {
  if (!("aloud" in document.body.dataset)) return;
  const said = [...document.querySelectorAll("main h1, main h2, main p, main li, main .pick, main .tile, main .row, main dt, main dd")]
    .filter((place) => !place.querySelector("p, li, .pick") && place.offsetParent)
    .map((place) => place.innerText.trim().replace(/\s+/g, " "))
    .filter(Boolean)
    .join("。")
    .slice(0, MOST);
  if (!said) return;
  const voice = new Audio(`/speak?text=${encodeURIComponent(said)}`);
  voice.play().catch(() => {});
  for (const kind of ["pointerdown", "pagehide"]) addEventListener(kind, () => voice.pause(), { once: true });
}
