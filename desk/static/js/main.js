// What every page needs; the rest is fetched only where the page has it.
import "./talk.js";
import "./dialogs.js";
import "./look.js";
import "./toast.js";

const PARTS = [
  ["[data-find]", "./search.js"],
  ["[data-combo]", "./combo.js"],
  ["[data-bulk]", "./bulk.js"],
  ["main", "./keep.js"],
  ["[data-sign]", "./sign.js"],
  ["[data-total]", "./total.js"],
  ["[data-presence]", "./presence.js"],
  ["[data-tick]", "./tick.js"],
  ["[data-idle-seconds]", "./idle.js"],
];

await Promise.all(PARTS.filter(([sign]) => document.querySelector(sign)).map(([, module]) => import(module)));
// Browser tests wait for this.
document.documentElement.dataset.ready = "yes";
