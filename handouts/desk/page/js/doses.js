// One exercise's dose: letter, name, ↑ ↓, a stepper for each amount; what is wrong with it stands right under it.

import { announce } from "./announce.js";
import { button, el, icon, setAttributes, setText } from "./dom.js";
import { letter } from "./form.js";
import { Slot } from "./problems.js";
import { shownRange, stepper, typedRange } from "./stepper.js";
import { japanese, t, tOr } from "./words.js";

/** A row; `change()` after each change of the choice, `move(by)` for ↑ and ↓. */
export class DoseRow {
  constructor({ exercise, choice, act, change, move }) {
    Object.assign(this, { exercise, choice, change, steppers: new Map() });
    this.letter = el("span", { class: "letter" });
    this.hint = el("p", { class: "dose-hint", role: "status" });
    this.up = this.arrow("up", () => move(-1));
    this.down = this.arrow("down", () => move(1));
    this.slot = new Slot({ act, field: () => this.firstField() });
    const amounts = exercise.amounts.map((amount) => this.amount(amount));
    const rows = el("div", { class: this.isWide() ? "amounts amounts-wide" : "amounts" }, ...amounts);
    // Widths are for good: a range that becomes one number moves nothing.
    const tracks = [0, 1, 2].map((at) => (isRange(exercise.amounts[at]) ? "minmax(160px, 1fr)" : "minmax(0, 1fr)"));
    if (!this.isWide()) rows.style.setProperty("--amounts", tracks.join(" "));
    this.element = el(
      "div", { class: "dose", role: "group", "aria-label": exercise.name, "data-exercise": exercise.id, on: { keydown: (event) => onKey(event, move) } },
      el("div", { class: "dose-head" }, this.letter, el("h3", { class: "dose-name", ...japanese() }, exercise.name), this.up, this.down),
      amounts.length ? rows : this.habit(), this.hint, this.slot.element,
    );
  }

  arrow(shape, press) {
    return button([icon(shape)], press, { class: "square", "aria-label": t(`exercises.${shape}`, { name: this.exercise.name }) });
  }

  /** Whether three beside each other would be too narrow: ranges, such as 「10〜30」, are twice as wide. */
  isWide() {
    const { amounts } = this.exercise;
    return amounts.length > 2 && amounts.filter(isRange).length > 1;
  }

  habit() {
    const { when } = this.exercise;
    return when ? el("p", { class: "dose-habit" }, t("dose.habit", { when })) : null;
  }

  amount(amount) {
    const label = tOr(`amount.${amount.id}`, amount.label);
    const one = stepper({
      name: t("dose.name", { exercise: this.exercise.name, label }), unit: amount.unit, value: this.valueOf(amount), limits: amount,
      onStep: (range) => this.take(amount, range), why: () => t("stepper.top", { range: amount.range }), onHint: (text) => this.setHint(text),
    });
    one.element.dataset.amount = amount.id;
    this.steppers.set(amount.id, { ...one, amount });
    const head = el("p", { class: "amount-head", "aria-hidden": "true" }, `${label} `, el("span", japanese(), amount.range));
    return el("div", { class: "amount" }, head, one.element);
  }

  valueOf(amount) {
    const said = this.choice.amounts[amount.id];
    return (said && typedRange(said, amount.unit)) || amount.value;
  }

  take(amount, range) {
    const usual = shownRange(range) === shownRange(amount.value);
    if (usual) delete this.choice.amounts[amount.id];
    else this.choice.amounts[amount.id] = `${shownRange(range)}${amount.unit}`;
    this.change();
  }

  setHint(text) {
    setText(this.hint, text);
    if (text) announce(text, { now: true });
  }

  /** Draws the row at its place among so many. */
  draw(choice, at, count) {
    this.choice = choice;
    setText(this.letter, letter(at));
    setAttributes(this.up, { "aria-disabled": at === 0 ? "true" : null });
    setAttributes(this.down, { "aria-disabled": at === count - 1 ? "true" : null });
    for (const { amount, set, input } of this.steppers.values()) {
      const value = this.valueOf(amount);
      if (document.activeElement !== input || input.value === shownRange(value)) set(value);
    }
  }

  firstField() {
    return [...this.steppers.values()][0]?.input ?? this.up;
  }

  commit() {
    for (const { commit, input } of this.steppers.values()) if (document.activeElement === input) commit();
  }
}

const isRange = (amount) => Boolean(amount) && amount.least !== amount.most;

function onKey(event, move) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by || !event.altKey) return;
  event.preventDefault();
  move(by);
}
