// Writing into a field as a keyboard does: at the cursor, over what is marked, no further than its maxlength, and the page hears of it.

// Write at the cursor; return whether all of it had room.
export function insert(field, text) {
  const { selectionStart: from, selectionEnd: to, maxLength } = field;
  const room = maxLength < 0 ? text.length : maxLength - (field.value.length - (to - from));
  const fits = [...text].reduce((kept, char) => (kept.length + char.length <= room ? kept + char : kept), "");
  if (fits) replace(field, fits, from, to);
  return fits === text;
}

// Take away what is marked, or the character before the cursor: a rare one is two units long.
export function removeBefore(field) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  if (from !== to) return replace(field, "", from, to);
  const last = [...value.slice(0, from)].at(-1);
  if (last) replace(field, "", from - last.length, from);
}

export function fill(field, text) {
  replace(field, text, 0, field.value.length);
}

function replace(field, text, from, to) {
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: text ? "insertText" : "deleteContentBackward", data: text || null }));
}

// Bring a field above what covers the lower part of the window.
export function reveal(field, cover) {
  field.scrollIntoView({ block: "center" });
  const over = field.getBoundingClientRect().bottom + 24 - cover.getBoundingClientRect().top;
  if (over > 0) scrollerOf(field).scrollTop += over;
}

function scrollerOf(field) {
  for (let box = field.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return document.scrollingElement;
}
