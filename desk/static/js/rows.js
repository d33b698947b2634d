// Rows of a board: j and k go from row to row, x chooses, Enter follows the row's link by itself.
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr[data-href]")].filter((row) => row.getClientRects().length);
const here = () => document.activeElement?.closest?.("[data-rows] tbody tr[data-href]");

// Go to the next or previous row; the link inside takes the focus, so that Enter opens it.
export function moveRow(key) {
  const step = { j: 1, k: -1 }[key];
  const all = rows();
  if (!step || !all.length) return false;
  const at = all.indexOf(here());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  (all[next].querySelector(".row-link") ?? all[next].querySelector("a")).focus();
  all[next].scrollIntoView({ block: "nearest" });
  return true;
}

// Choose the row one stands on.
export function movePick(key) {
  const box = key === "x" ? here()?.querySelector(".pick-row") : null;
  box?.click();
  return Boolean(box);
}

// A click anywhere on a row opens it, unless it meant something inside or marked text.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, details, .pick-cell") || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
  else location.assign(row.dataset.href);
});
