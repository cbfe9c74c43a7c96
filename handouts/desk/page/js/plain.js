// 02: the choices of a plain handout.

import { choiceRow } from "./choice.js";
import { button, el, setAttributes, setText, svg } from "./dom.js";
import { Slot } from "./problems.js";
import { colourRow, copiesRow, editionRow } from "./rows.js";
import { japanese, language, t, tOr } from "./words.js";

const SHOWN = 4;

/** The pane; `change()` after each change, `personal()` when 「名前入り」 is chosen, `act(way, problem)` for ways out. */
export class PlainPane {
  constructor({ topic, form, change, personal, act }) {
    Object.assign(this, { topic, form, change, personal });
    this.slots = { layout: new Slot({ act }), edition: new Slot({ act }), sheet: new Slot({ act }) };
    this.editions = el("div", {});
    this.copies = copiesRow(form, "", () => change({ sheet: false }));
    this.element = el(
      "div", { class: "choices-pane" }, this.kindRow(), this.layoutRow(), this.slots.layout.element, this.editions,
      this.slots.edition.element, this.sideRow(), colourRow(form, change), this.copies, this.slots.sheet.element,
    );
    this.drawEditions();
  }

  kindRow() {
    const options = [{ value: "plain", label: t("start.plain") }, { value: "personal", label: t("start.personal") }];
    if (!this.topic.personal) options.pop();
    const row = choiceRow({
      label: t("topic.kind"), labelled: false, className: "row-kind", value: "plain", options,
      onChoose: (kind) => kind === "personal" && this.personal(),
    });
    return row.element;
  }

  layoutRow() {
    const options = this.topic.plain.layouts.map((layout) => ({
      value: layout.id, label: tOr(`layout.${layout.id}`, layout.short), above: layoutIcon(layout),
      ...(language() === "ja" || tOr(`layout.${layout.id}`, null) ? {} : japanese()),
    }));
    const { element } = choiceRow({
      label: t("topic.layout"), className: "row-layout", value: this.form.layout, options, onChoose: (id) => this.chooseLayout(id),
    });
    if (options.length > SHOWN) this.addMore(element, options);
    return element;
  }

  /** The forms that are used less stand behind a button under the label, unless one of them is chosen. */
  addMore(row, options) {
    const cells = [...row.querySelectorAll(".choice")];
    const draw = (all) => {
      cells.forEach((cell, at) => { cell.hidden = !all && at >= SHOWN; });
      setText(more, all ? t("topic.fewer") : t("topic.more", { n: cells.length - SHOWN }));
      more.hidden = all && cells.some((cell, at) => at >= SHOWN && cell.querySelector("input").checked);
      setAttributes(more, { "aria-expanded": String(all) });
    };
    const more = button("", () => draw(more.getAttribute("aria-expanded") !== "true"), { class: "more-layouts" });
    draw(options.findIndex(({ value }) => value === this.form.layout) >= SHOWN);
    row.append(more);
  }

  chooseLayout(id) {
    const { editions } = this.topic.plain.layouts.find((layout) => layout.id === id);
    this.form.layout = id;
    if (!editions.includes(this.form.edition)) [this.form.edition] = editions;
    this.drawEditions();
    this.change();
  }

  drawEditions() {
    const { editions } = this.topic.plain.layouts.find(({ id }) => id === this.form.layout);
    this.editions.replaceChildren(editionRow(this.form, editions, this.change, this.topic.editions));
  }

  sideRow() {
    const { sides } = this.topic.plain;
    if (!sides) return null;
    const options = ["left", "both", "right"].map((side) => ({ value: side, label: t(side === "both" ? "side.plainBoth" : `side.${side}`) }));
    return choiceRow({
      label: t("topic.side"), value: this.form.side, options, onChoose: (side) => { this.form.side = side; this.change(); },
    }).element;
  }

  /** Shows what an answer says. */
  show({ problems, sheet }) {
    for (const [field, slot] of Object.entries(this.slots)) {
      slot.show(problems.filter((problem) => (problem.field in this.slots ? problem.field : "sheet") === field));
    }
    if (sheet) this.copies.note(sheet.paper.text);
  }

  slotOf(problem) {
    return this.slots[problem.field] ?? this.slots.sheet;
  }

  commit() {}
}

/** The sheet in small, with its folds. */
function layoutIcon({ landscape, folds }) {
  const [w, h] = landscape ? [44, 30] : [26, 36];
  const cuts = Array.from({ length: folds }, (_, at) => `M${(w * (at + 1)) / (folds + 1)} 0V${h}`).join("");
  return svg(
    "svg", { class: "layout-icon", viewBox: `-1 -1 ${w + 2} ${h + 2}`, width: w + 2, height: h + 2, "aria-hidden": "true" },
    svg("path", { d: `M0 0H${w}V${h}H0Z${cuts}` }),
  );
}
