// Speaks to whoever listens to the page: once, and only after it has been quiet for a second.

import { setText } from "./dom.js";

const QUIET = 1000;
let timer = 0;

/** Says a sentence one second after the last change; a later one takes its place. */
export function announce(text, { now = false } = {}) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const spoken = document.getElementById("spoken");
    setText(spoken, "");
    setText(spoken, text);
  }, now ? 0 : QUIET);
}

/** Forgets what was to be said and what was said. */
export function hush() {
  clearTimeout(timer);
  setText(document.getElementById("spoken"), "");
}
