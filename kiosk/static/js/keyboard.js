// The on-screen keyboard of the kiosk: for every field with data-keyboard="words", "digits" or "code".
// Nothing that is typed is kept anywhere but in the field. A scanner or a real keyboard writes into the field as always.
import { Composer } from "./pinyin.js";
import { fill, insert, removeBefore, reveal } from "./field.js";

const page = document.getElementById("keyboard-words");
const words = page ? JSON.parse(page.textContent) : {};
const say = (key, details = {}) => (words[key] ?? key).replace(/%\((\w+)\)s/g, (whole, name) => details[name] ?? whole);

const BOTTOM = (other, comma, stop) => `{${other}} {language} ${comma} {space} ${stop} {clear} {done}`;
const LAYOUTS = {
  chinese: ["q w e r t y u i o p", "a s d f g h j k l", "{apart} z x c v b n m {back}", BOTTOM("figures", "，", "。")],
  english: ["q w e r t y u i o p", "a s d f g h j k l", "{shift} z x c v b n m {back}", BOTTOM("figures", ",", ".")],
  capitals: ["Q W E R T Y U I O P", "A S D F G H J K L", "{shift} Z X C V B N M {back}", BOTTOM("figures", ",", ".")],
  chineseFigures: ["1 2 3 4 5 6 7 8 9 0", "？ ！ 、 ： ； （ ） “ ”", "- / @ # + ～ … ￥ {back}", BOTTOM("letters", "，", "。")],
  englishFigures: ["1 2 3 4 5 6 7 8 9 0", "? ! ' : ; ( ) \" &", "- / @ # + ~ * ￥ {back}", BOTTOM("letters", ",", ".")],
  digits: ["1 2 3", "4 5 6", "7 8 9", "{clear} 0 {back}", "{done}"],
  code: ["0 1 2 3 4 5 6 7 8 9", "A B C D E F G H J K", "M N P Q R S T V W X", "{clear} Y Z {back} {done}"], // no I L O U
};
const SHOWN = { back: "⌫", space: "␣", shift: "⇧", apart: "'", figures: "123", letters: "ABC" };
const SLOTS = 6; // words on one page
const SETTLES = 120; // ms: a word that changed this shortly before the finger came was not what the finger aimed at
const REPEATS = { after: 500, every: 90 }; // ms: holding the delete key

const state = { field: null, language: "chinese", layer: "letters", at: 0, settled: 0, undo: "", opened: "", timer: 0, repeat: 0, chooses: false };
const composer = new Composer(words.url, words.fuzzy, offer);
const root = build();

// Building.
function element(name, className, more = {}) {
  return Object.assign(document.createElement(name), { className, ...more });
}

function button(className, key, shown, name) {
  const made = element("button", className, { type: "button", textContent: shown });
  made.dataset.key = key;
  if (name && name !== shown) made.ariaLabel = name;
  return made;
}

function build() {
  const made = element("section", "keyboard", { id: "keyboard", hidden: true, ariaLabel: say("name") });
  const bar = element("div", "keyboard-bar");
  const offered = element("div", "keyboard-words", { ariaLabel: say("offered"), role: "group" });
  for (let at = 0; at < SLOTS; at++) offered.append(button("keyboard-word", `{word${at}}`, "", ""));
  bar.append(
    element("div", "keyboard-typed", { lang: "en" }),
    button("keyboard-turn", "{previous}", "‹", say("previous")),
    offered,
    button("keyboard-turn", "{next}", "›", say("next")),
  );
  made.append(element("div", "keyboard-said", { role: "status" }), bar, element("div", "keyboard-keys"));
  document.body.append(made);
  return made;
}

function layout() {
  const kind = state.field?.dataset.keyboard;
  if (kind === "digits" || kind === "code") return kind;
  if (state.layer === "figures") return `${state.language}Figures`;
  return state.language === "english" && state.layer === "capitals" ? "capitals" : state.language;
}

function draw() {
  const name = layout();
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  root.dataset.layout = name;
  root.querySelector(".keyboard-bar").hidden = name !== "chinese";
  root.querySelector(".keyboard-keys").replaceChildren(...LAYOUTS[name].map(row));
  if (held) root.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  offer();
  document.documentElement.style.setProperty("--keyboard", `${root.offsetHeight}px`);
}

function row(keys) {
  const made = element("div", "keyboard-row");
  for (const key of keys.split(" ")) {
    const command = key.match(/^\{(\w+)\}$/)?.[1];
    if (command) made.append(button(`keyboard-key keyboard-${command}`, key, ...label(command)));
    else made.append(button("keyboard-key", key, layout() === "chinese" ? key.toUpperCase() : key, key));
  }
  return made;
}

// What a command's key shows, and its name.
function label(command) {
  if (command === "language") return state.language === "chinese" ? ["中/英", `中/英 ${say("toEnglish")}`] : ["英/中", `英/中 ${say("toChinese")}`];
  if (command === "clear" && state.undo) return [say("undo"), say("undo")];
  const shown = SHOWN[command] ?? say(command);
  return [shown, /\w/.test(shown) ? `${shown} ${say(command)}` : say(command)]; // who speaks to it says what stands on it
}

// Show the words on offer. The places of the buttons never change, and a word that has just changed is not taken.
function offer() {
  const { letters, waits } = composer;
  root.querySelector(".keyboard-typed").textContent = letters;
  root.querySelector(".keyboard-keys .keyboard-space")?.classList.toggle("keyboard-chooses", Boolean(letters));
  const group = root.querySelector(".keyboard-words");
  if (waits) {
    group.ariaBusy = "true";
    return;
  }
  if (state.chooses) return choose(0);
  const shown = composer.words.slice(state.at, state.at + SLOTS).map(([word]) => word);
  [...group.children].forEach((slot, at) => {
    const word = shown[at] ?? "";
    slot.textContent = word;
    slot.disabled = !word;
    slot.classList.toggle("keyboard-long", word.length > (at ? 3 : 7));
  });
  root.querySelector("[data-key='{previous}']").disabled = state.at === 0;
  root.querySelector("[data-key='{next}']").disabled = state.at + SLOTS >= composer.words.length;
  tell(letters ? `${say("typed", { letters })} ${say("choose", { words: shown.join(" ") })}` : "");
  settle(group);
}

function settle(group) {
  group.ariaBusy = "true";
  state.settled = performance.now() + SETTLES;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => (group.ariaBusy = String(composer.waits)), SETTLES);
}

function tell(sentence) {
  const said = root.querySelector(".keyboard-said");
  if (said.textContent !== sentence) said.textContent = sentence;
}

// Writing into the field.
function write(text) {
  if (text && !insert(state.field, text)) tell(say("full"));
}

function take(at) {
  if (!composer.waits && performance.now() >= state.settled) choose(at);
}

function choose(at) {
  Object.assign(state, { at: 0, chooses: false });
  write(composer.take(at));
}

function flush() {
  Object.assign(state, { at: 0, chooses: false });
  if (composer.letters) write(composer.takeAll());
}

const COMMANDS = {
  back() {
    state.at = 0;
    if (composer.letters) composer.back();
    else removeBefore(state.field);
  },
  space() {
    if (!composer.letters) write(" ");
    else if (composer.waits) state.chooses = true; // the answer is on its way: then the first word is taken
    else choose(state.at);
  },
  apart() {
    if (composer.letters && !composer.letters.endsWith("'")) composer.type("'");
  },
  clear() {
    const undo = state.undo;
    composer.set("");
    state.undo = undo ? "" : state.field.value;
    fill(state.field, undo);
    draw();
  },
  done() {
    close();
  },
  language() {
    flush();
    Object.assign(state, { language: state.language === "chinese" ? "english" : "chinese", layer: "letters" });
    draw();
  },
  figures() {
    flush();
    state.layer = "figures";
    draw();
  },
  letters() {
    state.layer = "letters";
    draw();
  },
  shift() {
    state.layer = state.layer === "capitals" ? "letters" : "capitals";
    draw();
  },
  previous() {
    state.at = Math.max(0, state.at - SLOTS);
    offer();
  },
  async next() {
    if (state.at + 2 * SLOTS >= composer.words.length) await composer.more();
    if (state.at + SLOTS < composer.words.length) state.at += SLOTS;
    offer();
  },
};
const ON_RELEASE = new Set(["clear", "done", "language", "figures", "letters", "shift", "previous", "next"]); // they move what lies under the finger

function press(key) {
  const command = key.match(/^\{([a-z]+)(\d*)\}$/);
  if (command?.[1] !== "clear" && state.undo) forgetUndo();
  if (command?.[1] === "word") take(state.at + Number(command[2]));
  else if (command) COMMANDS[command[1]]();
  else letter(key);
}

function letter(key) {
  if (layout() === "chinese" && /^[a-z]$/.test(key)) {
    if (composer.isFull) flush();
    state.at = 0;
    composer.type(key);
    return;
  }
  flush();
  write(key);
  if (state.layer === "capitals") COMMANDS.shift();
}

function forgetUndo() {
  state.undo = "";
  draw();
}

// Opening and closing.
function open(field) {
  if (state.field === field && !root.hidden) return;
  if (state.field) leave();
  Object.assign(state, { field, layer: "letters", undo: "", at: 0, opened: field.value });
  root.hidden = false;
  document.documentElement.classList.add("keyboard-open");
  draw();
  reveal(field, root);
}

// Keep what was typed, and tell the page that the field has changed.
function leave() {
  flush();
  if (state.field.value !== state.opened) state.field.dispatchEvent(new Event("change", { bubbles: true }));
  state.opened = state.field.value;
}

function close() {
  if (root.hidden) return;
  leave();
  const field = state.field;
  hide();
  field.blur();
}

function hide() {
  Object.assign(state, { field: null, undo: "", opened: "" });
  root.hidden = true;
  document.documentElement.classList.remove("keyboard-open");
}

// Drop everything without writing it: the resident has gone.
function wipe() {
  composer.forget();
  offer();
  hide();
}

const keyOf = (event) => event.target.closest?.("#keyboard button:not(:disabled)")?.dataset.key;
const isLate = (key) => ON_RELEASE.has(key.slice(1, -1));

root.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
root.addEventListener("pointerdown", (event) => {
  const key = keyOf(event);
  if (!key || isLate(key) || event.button) return;
  press(key);
  if (key === "{back}") state.repeat = setTimeout(again, REPEATS.after);
});
function again() {
  COMMANDS.back();
  state.repeat = setTimeout(again, REPEATS.every);
}
for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, () => clearTimeout(state.repeat));
root.addEventListener("click", (event) => {
  const key = keyOf(event);
  if (key && (isLate(key) || event.detail === 0)) press(key); // 0: a real Enter on the key, or a screen reader
});
root.addEventListener("contextmenu", (event) => event.preventDefault());

const asks = (target) => target.closest?.("input[data-keyboard],textarea[data-keyboard]");
document.addEventListener("focusin", (event) => {
  const field = asks(event.target);
  if (field && !field.readOnly && !field.disabled) open(field);
  else if (!root.contains(event.target) && !root.hidden) leave();
});
// Letters that wait are written before a button of the page acts; the keyboard goes only after it did, so nothing moves under the finger.
document.addEventListener("pointerdown", (event) => state.field && !root.contains(event.target) && flush(), true);
document.addEventListener("click", (event) => {
  const field = asks(event.target);
  if (field && root.hidden) open(field);
  else if (!field && !event.target.closest("label") && !event.composedPath().includes(root)) close(); // a key may be gone by now
});
document.addEventListener("submit", () => state.field && flush(), true);
window.addEventListener("pagehide", wipe);
document.addEventListener("kiosk:wipe", wipe);

for (const field of document.querySelectorAll("[data-keyboard]")) field.inputMode = "none"; // never the system's own keyboard
if (document.documentElement.lang.startsWith("en")) state.language = "english";
if (asks(document.activeElement ?? document.body)) open(document.activeElement);
