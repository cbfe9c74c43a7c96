// A choice in one row: real radio buttons in one frame; the chosen one has ground, frame, tick and weight.

import { el, freshId, icon, setAttributes } from "./dom.js";

/**
 * A row of radio buttons. `options`: {value, label, above?, lang?, attributes?}; `onChoose(value)` is called at each change.
 * Answers {element, set(value)}; the value null chooses none.
 */
export function choiceRow({ label, options, value, onChoose, className = "", labelled = true }) {
  const name = freshId("choice");
  const title = el("legend", { class: labelled ? "row-label" : "hidden-label" }, label);
  const inputs = new Map();
  const cells = options.map((option) => {
    const input = el("input", {
      type: "radio", name, value: String(option.value), autocomplete: "off",
      on: { change: () => { mark(); onChoose(option.value); } },
    });
    inputs.set(option.value, input);
    const text = el("span", { class: "choice-text", ...(option.lang ? { lang: option.lang } : {}) }, icon("tick"), option.label);
    return el("label", { class: "choice", ...option.attributes }, input, option.above ?? null, text);
  });
  const element = el("fieldset", { class: `row ${className}` }, title, el("div", { class: "choices" }, ...cells));
  const mark = () => cells.forEach((cell) => setAttributes(cell, { "data-chosen": cell.firstChild.checked ? "yes" : null }));
  const set = (chosen) => {
    for (const [key, input] of inputs) input.checked = key === chosen;
    mark();
  };
  set(value);
  return { element, set, focus: () => ([...inputs.values()].find((input) => input.checked) ?? [...inputs.values()][0])?.focus() };
}
