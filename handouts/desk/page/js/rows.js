// The rows of choices that more than one state has: kind of type, colour, copies.

import { choiceRow } from "./choice.js";
import { printer } from "./desk.js";
import { el, setText } from "./dom.js";
import { stepper } from "./stepper.js";
import { t, tOr } from "./words.js";

/** 字. */
export function editionRow(form, editions, change, names = {}) {
  const options = editions.map((id) => ({ value: id, label: tOr(`edition.${id}`, names[id] ?? id) }));
  return choiceRow({
    label: t("topic.edition"), value: form.edition, options, onChoose: (id) => { form.edition = id; change(); },
  }).element;
}

/** 色. */
export function colourRow(form, change) {
  const options = [true, false].map((value) => ({ value, label: t(`colour.${value}`) }));
  return choiceRow({
    label: t("topic.colour"), value: form.colour, options, onChoose: (value) => { form.colour = value; change(); },
  }).element;
}

/** 部数, with a note beside it: `element.note(text)` changes it. */
export function copiesRow(form, text, change) {
  const most = printer()?.most_copies ?? 99;
  const note = el("p", { class: "copies-note" }, text);
  const label = el("span", { class: "row-label" }, t("topic.copies"));
  const { element } = stepper({
    name: t("topic.copies"), unit: t("copies.unit"), value: [form.copies, form.copies], limits: { least: 1, most, step: 1, top: most },
    onStep: ([copies]) => { form.copies = copies; change(); }, why: () => t("stepper.end"),
  });
  const row = el("div", { class: "row row-copies" }, label, el("div", { class: "copies" }, element, note));
  row.note = (words) => setText(note, words);
  return row;
}
