// The keys of a page: whatever carries data-key is pressed by its key and stands on the "?" sheet.
import { composing, inField } from "./typing.js";
import { movePick, moveRow } from "./rows.js";
import { hold } from "./wedge.js";
import { say } from "./words.js";

const CHORD_MS = 1200;
let chord = "";
let chordEnds = 0;

const shown = (element) => element.getClientRects().length > 0 || element.closest("details, dialog, .nav");
const keyed = () => [...document.querySelectorAll("[data-key]")].filter((one) => !one.closest("[hidden]"));

// Return the key as data-key writes it: Ctrl+S with a capital; a caps lock does not change what a letter means.
function pressed(event) {
  const letter = event.key.length === 1;
  if (event.ctrlKey || event.metaKey) return `Ctrl+${letter ? event.key.toUpperCase() : event.key}`;
  return letter && event.getModifierState("CapsLock") ? event.key.toLowerCase() : event.key;
}

// Do what the element is for: a field is entered, anything else is clicked.
function press(element) {
  if (inField(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

// Find the element for a key, a chord first ("g r"); an open dialog keeps the keys to itself.
function meant(key) {
  const dialog = document.querySelector("dialog[open]");
  const here = keyed().filter((one) => shown(one) && (!dialog || dialog.contains(one)));
  const both = performance.now() < chordEnds ? `${chord} ${key}` : "";
  return here.find((one) => one.dataset.key === both) ?? here.find((one) => one.dataset.key === key);
}

const beginsChord = (key) => keyed().some((one) => one.dataset.key.startsWith(`${key} `));

// Press what the key means: an element, the first half of a chord, or a move among the rows.
function act(key) {
  const wanted = meant(key);
  if (wanted) {
    chordEnds = 0;
    return press(wanted);
  }
  if (beginsChord(key)) [chord, chordEnds] = [key, performance.now() + CHORD_MS];
  else if (!document.querySelector("dialog[open]")) moveRow(key) || movePick(key);
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.altKey || event.defaultPrevented) return;
  const writing = inField(event.target);
  const key = pressed(event);
  if (writing && key === "Escape") return event.target.blur();
  if (key.length === 1 ? writing : !key.startsWith("Ctrl+")) return;
  if (meant(key)) event.preventDefault();
  hold(() => act(key), inField(meant(key)));
});

const line = (key, words) => {
  const row = document.createElement("div");
  const [name, keys] = [document.createElement("dt"), document.createElement("dd")];
  name.textContent = words;
  for (const one of key.split(" ")) keys.append(Object.assign(document.createElement("kbd"), { textContent: one }), " ");
  row.append(name, keys);
  return row;
};

// Fill the "?" sheet from the page it stands on.
export function fillSheet(sheet) {
  const list = sheet.querySelector("[data-key-sheet]");
  if (!list) return;
  const words = (one) => one.dataset.keyWords || one.textContent.trim();
  const own = new Map(keyed().map((one) => [one.dataset.key, words(one)]));
  if (document.querySelector("[data-rows] tbody tr[data-href]")) {
    own.set("j k", say("move")).set("Enter", say("open"));
    if (document.querySelector(".pick-row")) own.set("x", say("pick"));
  }
  own.set("Esc", say("escape"));
  list.replaceChildren(...[...own].map(([key, name]) => line(key, name)));
}
