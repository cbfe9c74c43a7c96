// 1 だれに: name, knee, next visit, memo. Nothing typed here is offered again by the browser.

import { el, freshId, setAttributes, setText } from "./dom.js";
import { isConverting } from "./ime.js";
import { Knee } from "./knee.js";
import { Slot } from "./problems.js";
import { Visit } from "./visit.js";
import { japanese, t } from "./words.js";

/** Attributes that keep browser and operating system from learning, correcting or filling in what is typed. */
const PRIVATE = {
  autocomplete: "off", autocorrect: "off", autocapitalize: "off", spellcheck: "false", "data-lpignore": "true", "data-1p-ignore": true,
  writingsuggestions: "false", translate: "no",
};

/**
 * The column; `change()` after each change of the form, `act(way, problem)` for ways out,
 * `turn()` when the knee is another. */
export class Who {
  constructor({ topic, form, change, act, turn }) {
    Object.assign(this, { form, change });
    this.name = this.input("input", "name", { type: "text", class: "field name-field", maxlength: "120" });
    this.memo = this.input("textarea", "memo", { class: "field memo-field", rows: "2", maxlength: "400" });
    this.knee = new Knee({ knee: topic.personal.knee, side: form.side, choose: (side) => { form.side = side; turn(); change(); } });
    this.visit = new Visit({ visit: topic.personal.visit, form, change });
    this.slots = {
      name: new Slot({ act, field: () => this.name }), side: new Slot({ act }),
      visit: new Slot({ act, field: () => this.visit.first }), memo: new Slot({ act, field: () => this.memo }),
      edition: new Slot({ act }), sheet: new Slot({ act }),
    };
    this.room = el("span", { class: "field-state", id: freshId("room") });
    this.memo.dataset.describedby = this.room.id;
    this.setRoom(topic.personal.memo.room);
    this.element = this.column();
  }

  column() {
    const { slots } = this;
    const empty = el("span", { class: "field-state", id: freshId("empty") }, t("name.empty"));
    this.name.dataset.describedby = empty.id;
    for (const one of [this.name, this.memo]) setAttributes(one, { "aria-describedby": one.dataset.describedby });
    const name = el("div", { class: "name-row" }, this.name, el("span", { class: "sama", ...japanese() }, t("name.sama")));
    return el(
      "section", { class: "who", "aria-labelledby": "who-heading" },
      el("h2", { class: "section", id: "who-heading" }, el("span", { class: "number" }, "1"), t("who.heading")),
      this.field("name.label", empty, name, this.name, slots.name), this.knee.element, slots.side.element,
      this.visit.element, slots.visit.element, this.field("memo.label", this.room, this.memo, this.memo, slots.memo),
      slots.edition.element, slots.sheet.element,
    );
  }

  field(key, state, content, control, slot) {
    control.id = freshId("field");
    const label = el("label", { class: "field-label", for: control.id }, t(key));
    return el("div", { class: "field-block" }, el("div", { class: "field-head" }, label, state), content, slot.element);
  }

  input(tag, key, attributes) {
    const take = () => {
      if (isConverting() || this.form[key] === node.value) return;
      this.form[key] = node.value;
      this.change();
    };
    // After a conversion `input` may come before or after its end: both are listened to.
    const node = el(tag, {
      ...PRIVATE, ...attributes, prop: { value: this.form[key] },
      on: { input: take, change: take, compositionend: () => queueMicrotask(take) },
    });
    return node;
  }

  setRoom(room) {
    setText(this.room, room < 0 ? t("memo.over", { n: -room }) : t("memo.room", { n: room }));
  }

  /** Puts the form's values into the fields, as after a way out was taken. */
  fill() {
    for (const key of ["name", "memo"]) if (this[key].value !== this.form[key] && !isConverting()) this[key].value = this.form[key];
    this.knee.set(this.form.side);
    this.visit.draw();
  }
}
