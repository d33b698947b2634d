/** Sentences to tap: a tap writes one into the field, a second tap takes it out again. */
export function offerPhrases() {
  for (const group of document.querySelectorAll("[data-phrases]")) {
    const field = document.getElementById(group.dataset.phrases);
    const show = () => {
      for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(field.value.includes(sentence(button))));
    };
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      toggle(field, sentence(button));
      field.dispatchEvent(new Event("input", { bubbles: true }));
      show();
    });
    field.addEventListener("input", show);
    show();
  }
}

function sentence(button) {
  return button.querySelector("span").textContent;
}

function toggle(field, words) {
  const has = field.value.includes(words);
  const join = document.documentElement.lang === "en" ? " " : "";
  field.value = has ? field.value.replace(words, "").trim() : [field.value.trim(), words].filter(Boolean).join(join);
}
