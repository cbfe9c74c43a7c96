// Covers the page, and later erases it, where nobody has touched it for a while. Sleep counts: the clock is asked.

import { el } from "./dom.js";
import { t } from "./words.js";

const LOOK = 1000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "input"];

/**
 * Watches for rest. `limits()` → {cover, erase} in seconds, null for never or where nothing is to be hidden;
 * `erase()` is called once when the time is over.
 */
export function watchIdle(limits, erase) {
  const watch = { touched: Date.now(), cover: null };
  for (const sign of SIGNS) window.addEventListener(sign, (event) => onSign(event, watch), { capture: true, passive: false });
  const look = () => onLook(watch, limits(), erase);
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
  return { rest: () => (Date.now() - watch.touched) / 1000, touch: () => { watch.touched = Date.now(); } };
}

function onSign(event, watch) {
  if (watch.cover && event.type === "pointermove") return; // a knock at the table uncovers nothing
  watch.touched = Date.now();
  if (!watch.cover) return;
  // The key or touch that uncovers does nothing else.
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.type !== "pointerdown") uncover(watch);
}

function onLook(watch, { cover, erase: end }, erase) {
  const rest = (Date.now() - watch.touched) / 1000;
  if (end !== null && rest >= end) {
    watch.touched = Date.now();
    uncover(watch);
    erase();
  } else if (cover !== null && rest >= cover && !watch.cover) putCover(watch);
}

function putCover(watch) {
  const text = el("p", { class: "cover-title", tabindex: "-1" }, t("idle.covered"));
  watch.before = document.activeElement;
  watch.cover = el("div", { class: "cover", role: "alert" }, text, el("p", {}, t("idle.how")));
  // A click lands on the cover, and only when it is over is the cover gone: nothing below is pressed.
  watch.cover.addEventListener("click", () => uncover(watch));
  for (const id of ["desk", "layers"]) document.getElementById(id).hidden = true;
  document.body.append(watch.cover);
  text.focus();
}

function uncover(watch) {
  if (!watch.cover) return;
  watch.cover.remove();
  watch.cover = null;
  for (const id of ["desk", "layers"]) document.getElementById(id).hidden = false;
  if (watch.before?.isConnected) watch.before.focus();
}
