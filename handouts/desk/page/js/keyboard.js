// The keys that hold everywhere: Escape, Enter in fields, Ctrl+P and Ctrl+Enter; kana conversion and held keys are let be.

import { belongsToConversion, watchConversion } from "./ime.js";

/** Listens to the keys; `screen()` is what is shown: it has `primary()`, `escape()` and `enterInField(field)`. */
export function watchKeys(screen, layer) {
  watchConversion(window);
  window.addEventListener("keydown", (event) => onKey(event, screen, layer), true);
}

function onKey(event, screen, layer) {
  const enter = event.key === "Enter";
  const inMemo = event.target instanceof HTMLTextAreaElement && !event.ctrlKey && !event.metaKey;
  if (belongsToConversion(event)) {
    if (enter && !inMemo) swallow(event, { prevent: !event.isComposing });
    return;
  }
  if (enter && event.repeat && !inMemo) {
    swallow(event); // a key held down must not run through the page
    return;
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (enter || event.key.toLowerCase() === "p")) {
    swallow(event);
    if (!event.repeat && !layer()) screen()?.primary();
    return;
  }
  if (event.key === "Escape") onEscape(event, screen, layer);
  else if (enter && isSingleLine(event.target) && !event.shiftKey) {
    if (screen()?.enterInField(event.target)) swallow(event);
  }
}

function onEscape(event, screen, layer) {
  const open = layer();
  if (open) {
    swallow(event);
    open.close();
  } else if (screen()?.escape()) swallow(event);
}

function isSingleLine(target) {
  return target instanceof HTMLInputElement && ["text", "search"].includes(target.type);
}

function swallow(event, { prevent = true } = {}) {
  if (prevent) event.preventDefault();
  event.stopImmediatePropagation();
}
