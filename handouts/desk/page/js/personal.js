// 03: one patient's sheet: who, and which exercises.

import { el } from "./dom.js";
import { Exercises } from "./exercises.js";
import { Who } from "./who.js";

const FIELDS = ["name", "side", "visit", "memo", "exercises", "dose", "minutes"];

/** The pane of two columns. */
export class PersonalPane {
  constructor(options) {
    this.form = options.form;
    this.who = new Who({ ...options, turn: () => this.exercises.draw() });
    this.exercises = new Exercises({ ...options, change: () => options.change({ touched: "exercises" }) });
    this.element = el("div", { class: "personal" }, this.who.element, this.exercises.element);
  }

  /** Shows what an answer says. */
  show(answer) {
    const { problems } = answer;
    for (const [field, slot] of Object.entries(this.who.slots)) {
      const mine = (problem) => (field === "sheet" ? !FIELDS.includes(problem.field) && problem.field !== "edition" : problem.field === field);
      slot.show(problems.filter(mine));
    }
    this.exercises.show(answer);
    if (answer.sheet || answer.memo_room) this.who.setRoom(answer.memo_room);
  }

  /** Puts the form into the fields after a way out was taken. */
  fill() {
    this.who.fill();
    this.exercises.draw();
  }

  /** The order in which problems are gone through: as they stand on the screen. */
  static order(problem) {
    const at = FIELDS.indexOf(problem.field);
    return at < 0 ? FIELDS.length : at;
  }

  slotOf(problem) {
    if (["exercises", "dose", "minutes"].includes(problem.field)) return this.exercises.slotOf(problem);
    return this.who.slots[problem.field] ?? this.who.slots.sheet;
  }

  commit() {
    this.exercises.commit();
  }
}
