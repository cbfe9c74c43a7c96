// Knows whether kana are being converted: the Enter that ends a conversion must do nothing else.

const AFTER = 300;
let converting = false;
let ended = -Infinity;

export function watchConversion(target) {
  target.addEventListener("compositionstart", () => { converting = true; }, true);
  target.addEventListener("compositionend", () => { converting = false; ended = performance.now(); }, true);
}

/** Whether this key still belongs to the conversion of kana: during it, and 300 ms after. */
export function belongsToConversion(event) {
  // 229: the key went to the input method (Chromium and Safari say so where isComposing is already false).
  return event.isComposing || converting || event.keyCode === 229 || performance.now() - ended < AFTER;
}

/** Whether kana are being converted at this moment. */
export const isConverting = () => converting;
