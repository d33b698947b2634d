// The search box in the top bar: hits drop down while one types; Enter opens the chosen or the only one, else the page of hits.
import { listbox } from "./listbox.js";

const form = document.querySelector("[data-find]");
const input = form?.querySelector("input");
const list = form?.querySelector('[role="listbox"]');
if (form) listbox(input, list, (hit) => location.assign(hit.href));
