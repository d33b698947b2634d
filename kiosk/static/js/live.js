/** The clock, the words about the line and the three words of truth, kept true while a screen stands. */
const EVERY = 15000;

export function keepAlive() {
  setInterval(look, EVERY);
}

async function look() {
  try {
    const now = await (await fetch("/live")).json();
    for (const place of document.querySelectorAll("[data-clock]")) place.textContent = now.clock;
    for (const place of document.querySelectorAll("[data-day]")) place.textContent = now.day;
    for (const place of document.querySelectorAll("[data-line]")) line(place, now);
    await truth();
  } catch {
    // the page is on its way out, or the server starts anew: what stands there stays, and is asked for again
  }
}

function line(place, now) {
  place.querySelector("span").textContent = now[place.dataset.line];
  place.classList.toggle("ok", now.tone === "ok");
  place.classList.toggle("off", now.tone !== "ok");
  const drawing = place.querySelector("use");
  drawing.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, now.tone === "ok" ? "#line-ok" : "#line-off"));
}

async function truth() {
  const place = document.querySelector("[data-truth]");
  if (!place) return;
  const answer = await fetch(place.dataset.truth);
  if (!answer.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (parsed.body.childElementCount) place.replaceChildren(...parsed.body.children);
}
