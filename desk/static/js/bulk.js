// Choosing rows: the head box takes all, Shift takes a range, and a bar says how many and what can be done with them.
const boxes = (scope) => [...scope.querySelectorAll(".pick-row")];

function watch(bar) {
  const scope = bar.closest("form") ?? document;
  const all = scope.querySelector("[data-pick-all]");
  let last = null;

  const show = () => {
    const rows = boxes(scope);
    const n = rows.filter((box) => box.checked).length;
    bar.hidden = n === 0;
    bar.querySelector("[data-bulk-count]").textContent = n;
    if (all) [all.checked, all.indeterminate] = [n > 0 && n === rows.length, n > 0 && n < rows.length];
  };
  const range = (from, to, checked) => {
    const rows = boxes(scope);
    const [a, b] = [rows.indexOf(from), rows.indexOf(to)].sort((x, y) => x - y);
    if (a >= 0) rows.slice(a, b + 1).forEach((box) => (box.checked = checked));
  };

  scope.addEventListener("click", (event) => {
    const box = event.target;
    if (box.matches?.("[data-bulk-none], [data-bulk-none] *")) boxes(scope).forEach((one) => (one.checked = false));
    if (box === all) boxes(scope).forEach((one) => (one.checked = all.checked));
    if (box.matches?.(".pick-row")) {
      if (event.shiftKey && last) range(last, box, box.checked);
      last = box;
    }
    show();
  });
  window.addEventListener("pageshow", show);
  show();
}

document.querySelectorAll("[data-bulk]").forEach(watch);
