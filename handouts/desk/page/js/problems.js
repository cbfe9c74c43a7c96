// What is wrong, beside the field it is about: sign, one sentence, the ways out as buttons. A box that stays is not made anew.

import { button, el, freshId, icon, setAttributes } from "./dom.js";
import { t } from "./words.js";

/** Problems that must be dealt with before printing. */
export const open = (problems) => problems.filter(({ level }) => level !== "told");

/** What a problem is about, in two or three words, for the foot. */
export function placeName(problem, { letters = {}, label = () => null } = {}) {
  if (problem.field !== "dose") return t(`place.${problem.field}`);
  const letter = letters[problem.exercise] ?? "";
  const amount = label(problem.exercise, problem.amount);
  return amount ? t("place.dose", { letter, label: amount }) : t("place.doseOf", { letter });
}

/**
 * A place for problems under a field. `show(problems)` puts them there; `field` is marked and tied to them.
 * `act(way, problem)` is called when a way out is pressed.
 */
export class Slot {
  constructor({ act, field = () => null }) {
    this.element = el("div", { class: "problems" });
    this.boxes = new Map();
    Object.assign(this, { act, field });
  }

  show(problems) {
    const key = (problem) => `${problem.id} ${problem.level} ${problem.text} ${JSON.stringify(problem.ways)}`;
    const wanted = new Map(problems.map((problem) => [key(problem), problem]));
    for (const [name, box] of this.boxes) {
      if (wanted.has(name)) continue;
      this.giveFocusBack(box);
      box.remove();
      this.boxes.delete(name);
    }
    for (const [name, problem] of wanted) {
      if (this.boxes.has(name)) continue;
      const box = this.box(problem);
      this.boxes.set(name, box);
      this.element.append(box);
    }
    this.mark(problems);
  }

  /** A button that goes away with its box hands the focus to the field it was about. */
  giveFocusBack(box) {
    if (box.contains(document.activeElement)) this.field()?.focus();
  }

  mark(problems) {
    const field = this.field();
    if (!field) return;
    const ids = [...this.boxes.values()].map((box) => box.querySelector(".problem-text").id).join(" ");
    setAttributes(field, {
      "aria-invalid": open(problems).length ? "true" : null,
      "aria-describedby": ids || field.dataset.describedby || null,
    });
  }

  box(problem) {
    const text = el("p", { class: "problem-text", id: freshId("problem"), lang: problem.lang ?? null }, problem.text);
    const ways = problem.ways.map((way) => button(
      way.label ?? t("problem.other"), () => this.act(way, problem), { class: "way", lang: problem.lang ?? null },
    ));
    const detail = problem.detail
      ? el("details", { class: "problem-detail" }, el("summary", {}, t("problem.detail")), el("p", {}, problem.detail))
      : null;
    return el(
      "div", { class: `problem problem-${problem.level}`, role: "alert", "data-problem": problem.id },
      el("div", { class: "problem-said" }, icon("triangle"), text),
      ways.length ? el("div", { class: "ways" }, ...ways) : null, detail,
    );
  }

  /** The first thing in here that can be pressed, else the field. */
  focus() {
    const target = this.element.querySelector("button") ?? this.field();
    this.element.scrollIntoView({ block: "nearest" });
    target?.focus();
    return Boolean(target);
  }
}
