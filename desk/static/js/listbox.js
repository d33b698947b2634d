// A field with a list below it: arrows choose, Enter takes, Escape shuts. Shared by the search box and the unit picker.
import { composing } from "./typing.js";

// Watch `input` and `list`; `take(option)` is called with the option chosen; Enter takes a single hit, and with `first` the first of several.
export function listbox(input, list, take, first = false) {
  const options = () => [...list.querySelectorAll('[role="option"]')];
  let at = -1;

  const mark = (index) => {
    const all = options();
    at = all.length ? (index + all.length) % all.length : -1;
    all.forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const shut = () => {
    list.replaceChildren();
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  list.addEventListener("htmx:after:swap", () => {
    at = -1;
    if (document.activeElement !== input || !input.value.trim()) return shut();
    input.setAttribute("aria-expanded", String(options().length > 0));
  });
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const all = options();
    if (event.key === "Escape" && list.childElementCount) {
      event.stopPropagation();
      event.preventDefault();
      shut();
    } else if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      mark(at < 0 ? (event.key === "ArrowDown" ? 0 : -1) : at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && (at >= 0 || all.length === 1 || (first && all.length))) {
      event.preventDefault();
      take(all[Math.max(at, 0)]);
    } else if (event.key === "Tab") {
      shut();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", () => setTimeout(shut, 150));
  return { shut };
}
