// What lies over the page: questions, the large view, the calendar. The uppermost takes Escape; the focus goes back.

import { button, el } from "./dom.js";
import { t } from "./words.js";

const open = [];

/** The uppermost layer, or null. */
export const uppermost = () => open.at(-1) ?? null;

/** Lays an element over the page. `close()` takes it away and puts the focus back; `modal` makes all else unreachable. */
export function lay(element, { modal = false, onClose = () => {}, focus = null } = {}) {
  const before = document.activeElement;
  const layer = {
    element,
    close({ keepFocus = false } = {}) {
      const at = open.indexOf(layer);
      if (at < 0) return;
      open.splice(at, 1);
      element.remove();
      setReach();
      if (!keepFocus && before instanceof HTMLElement && before.isConnected) before.focus();
      onClose();
    },
    modal,
  };
  open.push(layer);
  document.getElementById("layers").append(element);
  setReach();
  (focus ?? element).focus();
  return layer;
}

function setReach() {
  const at = open.findLastIndex((layer) => layer.modal);
  document.getElementById("desk").inert = at >= 0;
  open.forEach((layer, number) => { layer.element.inert = number < at; });
}

/** Closes all layers, asking nothing. */
export function clearLayers() {
  while (open.length) open.at(-1).close({ keepFocus: true });
}

/** Asks a question over the page; the answer is true for the first button. The focus begins on the safe one. */
export function question(text, yes, no) {
  return new Promise((resolve) => {
    let answer = false;
    const stay = button(no, () => layer.close());
    const go = button(yes, () => { answer = true; layer.close(); });
    const title = el("p", { id: "question-text", class: "question-text" }, text);
    const box = el(
      "div", { class: "question", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "question-text" },
      title, el("div", { class: "question-ways" }, go, stay),
    );
    const ground = el("div", { class: "cover-ground" }, box);
    const layer = lay(ground, { modal: true, focus: stay, onClose: () => resolve(answer) });
  });
}

/** The question whether what was typed for this person may go. */
export const mayErase = (key, yes = "leave.erase") => question(t(key), t(yes), t("leave.stay"));
