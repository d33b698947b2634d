// The sum of the amounts in a form while one types. Only shown: the desk adds up for itself, in whole fen.
const fen = (text) => {
  const found = /^¥?\s*(\d[\d,]*)(?:\.(\d{1,2}))?\s*元?$/.exec(text.normalize("NFKC").trim());
  return found ? Number(found[1].replaceAll(",", "")) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
};

function watch(place) {
  const form = place.closest("form");
  const show = () => {
    const sum = [...form.querySelectorAll(`[name="${place.dataset.total}"]`)].reduce((all, one) => all + fen(one.value), 0);
    place.textContent = `¥${(sum / 100).toLocaleString("en", { minimumFractionDigits: 2 })}`;
  };
  form.addEventListener("input", show);
  show();
}

document.querySelectorAll("[data-total]").forEach(watch);
