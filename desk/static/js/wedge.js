// A barcode scanner is a keyboard that types very fast and ends with Enter. Its letters must not press the page's keys,
// so a key's act is held back for the moment in which a scanner would send the next one. Nobody notices 45 ms.
import { composing, inField } from "./typing.js";

const GAP_MS = 35;
const LEAST = 6;
let typed = "";
let last = -Infinity;
let held = [];
let timer = 0;

const drop = () => {
  clearTimeout(timer);
  held = [];
};
const flush = () => {
  const acts = held;
  drop();
  acts.forEach((act) => act());
};

// Do `act` as soon as it is clear that a person pressed the key; at once when it only opens a field and nothing was typed before.
export function hold(act, atOnce) {
  if (atOnce && typed.length < 2) return act();
  clearTimeout(timer);
  held.push(act);
  timer = setTimeout(flush, GAP_MS + 10);
}

// Enter ends a scan, or follows a key that a person pressed just before.
function enter(event) {
  const code = typed;
  typed = "";
  if (code.length >= LEAST) {
    drop();
    event.preventDefault();
    event.stopImmediatePropagation();
    const scan = new CustomEvent("desk:scan", { cancelable: true, detail: code });
    if (document.dispatchEvent(scan)) location.assign(`/search?scan=1&q=${encodeURIComponent(code)}`);
  } else if (held.length) {
    flush();
    event.preventDefault();
    document.activeElement?.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || inField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.timeStamp - last > GAP_MS) typed = "";
  last = event.timeStamp;
  if (event.key === "Enter") return enter(event);
  if (event.key.length !== 1) return;
  typed += event.key;
  if (typed.length >= LEAST) drop();
}, true);
