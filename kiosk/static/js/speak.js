// Read a part of the page aloud: by <button data-speak="main">, or read(element). A second tap, leaving the page or the wipe stops it.
// What stands in fields is not read, nor what is marked data-quiet: a receipt code is not for everybody's ears.
const LONGEST = 280; // characters of one piece: the first one is heard soon, the next is fetched meanwhile
const NOT_READ = "[data-quiet],[aria-hidden=true],script,style,svg,textarea,select,option,[data-speak]";
let stopping = null; // stops what is being said

// Return the words that are seen inside `part`, block by block.
export function wordsOf(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const said = [];
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent.replace(/\s+/g, " ").trim();
    const holder = node.parentElement;
    if (!words || holder.closest(NOT_READ) || !holder.checkVisibility({ visibilityProperty: true })) continue;
    const block = blockOf(holder);
    if (block === last) said[said.length - 1] += ` ${words}`;
    else said.push(words);
    last = block;
  }
  return said;
}

function blockOf(element) {
  let block = element;
  while (block.parentElement && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
  return block;
}

// Return the blocks put together into pieces that are short enough; a long block is cut behind its sentences.
export function pieces(blocks) {
  const sentences = blocks.flatMap((block) => `${block}\n`.match(/[^。！？.!?\n]*[。！？.!?\n]+\s*/g) ?? []);
  const made = [""];
  for (const sentence of sentences.flatMap(short)) {
    if ((made.at(-1) + sentence).length > LONGEST) made.push("");
    made[made.length - 1] += sentence;
  }
  return made.map((piece) => piece.trim()).filter(Boolean);
}

function short(sentence) {
  const parts = [];
  for (let at = 0; at < sentence.length; at += LONGEST) parts.push(sentence.slice(at, at + LONGEST));
  return parts;
}

async function fetchSound(text, signal) {
  const word = document.querySelector("meta[name=csrf]")?.content ?? document.querySelector("input[name=csrf]")?.value ?? "";
  const answer = await fetch("/speak", { method: "POST", body: new URLSearchParams({ text }), headers: { "X-Kiosk": word }, signal });
  if (!answer.ok) throw new Error(`speak: ${answer.status}`);
  return answer.arrayBuffer();
}

function play(context, sound, signal) {
  return new Promise((done, fail) => {
    const source = context.createBufferSource();
    source.buffer = sound;
    source.connect(context.destination);
    source.addEventListener("ended", done);
    signal.addEventListener("abort", () => fail(signal.reason));
    if (signal.aborted) fail(signal.reason);
    else source.start();
  });
}

// Read what is seen inside `part`, to its end or until somebody stops it. A browser that wants a tap first says nothing.
export async function read(part) {
  stop();
  const context = new AudioContext();
  const control = new AbortController();
  const mine = (stopping = () => control.abort());
  try {
    await audible(context);
    const texts = pieces(wordsOf(part));
    let next = texts.length ? fetchSound(texts[0], control.signal) : null;
    for (let at = 0; at < texts.length; at++) {
      const sound = await context.decodeAudioData(await next);
      next = at + 1 < texts.length ? fetchSound(texts[at + 1], control.signal) : null;
      next?.catch(() => {}); // told when it is waited for
      await play(context, sound, control.signal);
    }
  } catch {
    // Stopped, or no voice: the page stands as it is.
  } finally {
    control.abort();
    context.close();
    if (stopping === mine) stopping = null;
  }
}

async function audible(context) {
  await Promise.race([context.resume(), new Promise((late) => setTimeout(late, 500))]);
  if (context.state !== "running") throw new Error("speak: wants a tap first");
}

export function stop() {
  stopping?.();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-speak]");
  if (!button) return;
  if (stopping) return stop();
  button.ariaPressed = "true";
  await read(document.querySelector(button.dataset.speak || "main"));
  button.ariaPressed = "false";
});
document.addEventListener("kiosk:wipe", stop);
window.addEventListener("pagehide", stop);
for (const button of document.querySelectorAll("[data-speak]")) button.ariaPressed = "false";
