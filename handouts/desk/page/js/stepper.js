// A number with − and +: the number is a spin button that can be typed into, − and + stop at the range and say so.

import { announce } from "./announce.js";
import { button, el, icon, setAttributes } from "./dom.js";
import { t } from "./words.js";

const TYPED = /^(\d{1,3})(?:[-~〜～ー−–](\d{1,3}))?$/u;

/** What was typed as [low, high], or null. */
export function typedRange(text, unit) {
  const plain = text.normalize("NFKC").replace(/\s/gu, "").replace(unit.normalize("NFKC"), "");
  const match = TYPED.exec(plain);
  if (!match) return null;
  const low = Number(match[1]);
  const high = Number(match[2] ?? match[1]);
  return low >= 1 && low <= high ? [low, high] : null;
}

/** [20, 30] → "20〜30". */
export const shownRange = ([low, high]) => (low === high ? String(low) : `${low}〜${high}`);

/**
 * The value after so many steps, within least and most. A range becomes one number first: its low end downwards, its
 * high end upwards.
 */
export function stepped([low, high], steps, { least, most, step }) {
  const from = steps < 0 ? low : high;
  if (low !== high) return [from, from];
  const to = from + steps * step;
  const end = steps < 0 ? Math.max(least, to) : Math.min(most, to);
  // A number that was typed beyond the range comes back to its edge.
  return steps < 0 ? [Math.min(from, end), Math.min(from, end)] : [Math.max(from, end), Math.max(from, end)];
}

/**
 * A stepper. `limits`: {least, most, step, top}: the range of − and +, the highest number that can be typed;
 * `onStep([low, high])`; `why(direction)` says why it goes no further. Answers {element, input, set, commit, say}.
 */
export function stepper({ name, unit, value, limits, onStep, why, onHint = () => {} }) {
  let now = value;
  const input = el("input", {
    class: "stepper-value", type: "text", inputmode: "numeric", role: "spinbutton", autocomplete: "off", spellcheck: "false",
    "aria-label": name, maxlength: "7",
    on: { change: () => commit(), keydown: (event) => onKey(event), focus: () => input.select() },
  });
  const less = side("less", -1);
  const more = side("more", 1);
  const text = el("span", { class: "stepper-text", on: { click: () => input.focus() } }, input, el("span", { class: "unit" }, unit));
  const element = el("div", { class: "stepper" }, less, text, more);

  function side(shape, direction) {
    return button([icon(shape)], () => go(direction), {
      class: "stepper-button", tabindex: "-1", "aria-label": t(`stepper.${shape}`, { name }),
    });
  }

  function atEnd(direction) {
    const [low, high] = now;
    return low === high && (direction < 0 ? low <= limits.least : high >= limits.most);
  }

  function set(range) {
    now = range;
    const shown = shownRange(range);
    if (input.value !== shown) input.value = shown;
    input.size = Math.max(1, shown.length);
    // A range is wide, and its unit stands above it.
    setAttributes(element, { "data-range": range[0] === range[1] ? null : "yes" });
    input.style.width = `${shown.length * 0.74 + (shown.includes("〜") ? 0.4 : 0.1)}em`;
    setAttributes(input, {
      "aria-valuenow": range[1], "aria-valuemin": limits.least, "aria-valuemax": limits.most, "aria-valuetext": `${shown}${unit}`,
    });
    setAttributes(less, { "aria-disabled": atEnd(-1) ? "true" : null });
    setAttributes(more, { "aria-disabled": atEnd(1) ? "true" : null });
  }

  function take(range) {
    set(range);
    onHint("");
    onStep(range);
  }

  function go(direction, times = 1) {
    if (input.value !== shownRange(now)) commit();
    if (atEnd(direction)) onHint(why(direction));
    else take(stepped(now, direction * times, limits));
  }

  function commit() {
    const typed = typedRange(input.value, unit);
    if (typed && typed[1] <= limits.top && (typed[0] !== now[0] || typed[1] !== now[1])) take(typed);
    else {
      if (!typed || typed[1] > limits.top) onHint(t("stepper.kept", { value: `${shownRange(now)}${unit}` }));
      set(now);
    }
  }

  function onKey(event) {
    const times = { ArrowUp: 1, ArrowDown: -1, PageUp: 3, PageDown: -3 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (times) go(Math.sign(times), Math.abs(times));
    else if (event.key === "Home") take([limits.least, limits.least]);
    else if (event.key === "End") take([limits.most, limits.most]);
    else return;
    event.preventDefault();
    input.select();
  }

  set(value);
  return { element, input, set, commit, hint: (words) => announce(words) };
}
