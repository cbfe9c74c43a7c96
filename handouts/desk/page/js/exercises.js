// 2 体操: pictures to tick, in the order in which they were ticked; below them the doses.

import { announce } from "./announce.js";
import { button, el, icon, setAttributes, setChildren, setText } from "./dom.js";
import { DoseRow } from "./doses.js";
import { letter, move } from "./form.js";
import { Slot } from "./problems.js";
import { japanese, t, tOr } from "./words.js";

const SHOWN = 6;

/** The column; `change()` after each change of the form, `act(way, problem)` for ways out. */
export class Exercises {
  constructor({ topic, form, change, act }) {
    Object.assign(this, { topic, form, change, act, rows: new Map(), touched: null, all: false });
    this.known = new Map(topic.personal.exercises.map((one) => [one.id, one]));
    this.total = el("p", { class: "total" });
    this.slots = { exercises: new Slot({ act, field: () => this.tiles.get(this.form.chosen.at(-1)?.id)?.firstChild }), minutes: new Slot({ act }) };
    this.tiles = new Map(topic.personal.exercises.map((one) => [one.id, this.tile(one)]));
    this.grid = el("div", {
      class: "tiles", role: "group", "aria-label": t("exercises.pictures"), on: { keydown: (event) => this.onKey(event) },
    });
    this.more = button("", () => this.toggleAll(), { class: "more-exercises", "aria-expanded": "false" });
    this.doses = el("div", { class: "doses" });
    this.none = el("p", { class: "doses-none" }, t("exercises.none"));
    this.element = el(
      "section", { class: "exercises", "aria-labelledby": "exercises-heading" },
      el(
        "div", { class: "exercises-head" },
        el("h2", { class: "section", id: "exercises-heading" }, el("span", { class: "number" }, "2"), t("exercises.heading")),
        this.tiles.size > SHOWN ? this.more : null, this.total,
      ),
      this.grid, this.doses, this.slots.minutes.element,
    );
    this.at = topic.personal.exercises[0]?.id ?? null;
    this.order = this.sixFirst();
    this.draw();
  }

  /** The topic's own first, then as many others as make six. */
  sixFirst() {
    const ids = [...this.known.keys()];
    const chosen = new Set(this.form.chosen.map(({ id }) => id));
    const own = ids.filter((id) => this.known.get(id).usual || chosen.has(id));
    return [...own, ...ids.filter((id) => !own.includes(id))];
  }

  toggleAll() {
    this.all = !this.all;
    this.draw();
  }

  tile(exercise) {
    const input = el("input", {
      type: "checkbox", autocomplete: "off", "aria-label": exercise.name, tabindex: "-1",
      on: { change: () => this.tick(exercise.id, input.checked), focus: () => { this.at = exercise.id; this.drawStops(); } },
    });
    const image = el("img", { class: "tile-picture", alt: "", draggable: "false", decoding: "async" });
    return el(
      "label", { class: "tile", ...japanese() }, input, el("span", { class: "tile-box", "aria-hidden": "true" }), image,
      el("span", { class: "tile-name" }, exercise.short),
    );
  }

  tick(id, on) {
    if (on) this.form.chosen.push({ id, amounts: {} });
    else this.form.chosen = this.form.chosen.filter((one) => one.id !== id);
    this.touched = id;
    this.draw();
    this.change();
  }

  onKey(event) {
    const columns = this.columns();
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (!by || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const ids = this.shown;
    const to = ids[ids.indexOf(this.at) + by];
    if (to) this.tiles.get(to).firstChild.focus();
  }

  /** Draws tiles, letters and rows as the form is now. */
  draw() {
    const { chosen } = this.form;
    const count = this.all ? this.order.length : Math.max(SHOWN, this.order.filter((id) => this.isShown(id)).length);
    const shown = this.order.slice(0, this.all ? undefined : count);
    for (const { id } of chosen) if (!shown.includes(id)) shown.push(id);
    for (const [id, tile] of this.tiles) this.drawTile(tile, id, chosen.findIndex((one) => one.id === id));
    this.shown = shown;
    this.fillGrid();
    setText(this.more, this.all ? t("exercises.fewer") : t("exercises.more", { n: this.order.length - shown.length }));
    setAttributes(this.more, { "aria-expanded": String(this.all) });
    this.drawRows();
    this.drawStops();
  }

  /** The pictures, and the place for problems of their number after the row of the one that was ticked last. */
  fillGrid() {
    const tiles = this.shown.map((id) => this.tiles.get(id));
    const columns = this.columns();
    const at = this.shown.indexOf(this.touched);
    const end = at < 0 ? tiles.length : Math.min(tiles.length, (Math.floor(at / columns) + 1) * columns);
    setChildren(this.grid, [...tiles.slice(0, end), this.slots.exercises.element, ...tiles.slice(end)]);
  }

  columns() {
    return this.grid.isConnected ? getComputedStyle(this.grid).gridTemplateColumns.split(" ").length : SHOWN;
  }

  isShown(id) {
    return this.known.get(id).usual;
  }

  drawTile(tile, id, at) {
    const exercise = this.known.get(id);
    tile.dataset.id = id;
    tile.firstChild.checked = at >= 0;
    setText(tile.querySelector(".tile-box"), at >= 0 ? letter(at) : "");
    setAttributes(tile, { "data-chosen": at >= 0 ? "yes" : null });
    setAttributes(tile.querySelector("img"), { src: pictureOf(exercise, this.form.side) });
  }

  drawStops() {
    const ids = this.shown;
    if (!ids.includes(this.at)) [this.at] = ids;
    for (const [id, tile] of this.tiles) setAttributes(tile.firstChild, { tabindex: id === this.at ? "0" : "-1" });
  }

  drawRows() {
    const { chosen } = this.form;
    const ids = new Set(chosen.map(({ id }) => id));
    for (const id of this.rows.keys()) if (!ids.has(id)) this.rows.delete(id);
    chosen.forEach((choice, at) => {
      if (!this.rows.has(choice.id)) this.rows.set(choice.id, this.row(choice));
      this.rows.get(choice.id).draw(choice, at, chosen.length);
    });
    const wanted = chosen.length ? chosen.map(({ id }) => this.rows.get(id).element) : [this.none];
    const focused = document.activeElement;
    setChildren(this.doses, wanted);
    if (focused instanceof HTMLElement && this.doses.contains(focused) && document.activeElement !== focused) focused.focus();
  }

  row(choice) {
    return new DoseRow({
      exercise: this.known.get(choice.id), choice, act: this.act,
      change: () => { this.touched = choice.id; this.change(); }, move: (by) => this.move(choice.id, by),
    });
  }

  move(id, by) {
    const name = this.known.get(id).name;
    if (!move(this.form, id, by)) {
      announce(t(by < 0 ? "exercises.first" : "exercises.last"), { now: true });
      return;
    }
    this.touched = id;
    this.draw();
    const at = this.form.chosen.findIndex((one) => one.id === id);
    announce(t("exercises.moved", { name, letter: letter(at) }), { now: true });
    this.rows.get(id).element.scrollIntoView({ block: "nearest" });
    this.change();
  }

  /** Shows what an answer says: problems under their rows, the time of all together. */
  show({ problems, minutes, minutes_over: over, sheet }) {
    if (sheet || minutes) this.setTotal(minutes ?? "", over);
    for (const [id, row] of this.rows) row.slot.show(problems.filter((one) => one.exercise === id && one.field === "dose"));
    const known = (one) => one.field === "dose" && this.rows.has(one.exercise);
    this.slots.exercises.show(problems.filter((one) => one.field === "exercises" || (one.field === "dose" && !known(one))));
    // Under the row that was touched last: a box above it would move the field in hand.
    const row = this.rows.get(this.touched) ?? [...this.rows.values()].at(-1);
    if (row && this.slots.minutes.element.previousSibling !== row.element) row.element.after(this.slots.minutes.element);
    this.slots.minutes.show(problems.filter((one) => one.field === "minutes"));
  }

  setTotal(minutes, over) {
    if (this.total.dataset.text === `${minutes}${over}`) return;
    this.total.dataset.text = `${minutes}${over}`;
    const [before, after] = minutes ? t("exercises.total", { n: "\n" }).split("\n") : ["", ""];
    this.total.replaceChildren(...[over ? icon("triangle") : null, before, minutes ? el("b", {}, minutes) : null, after].filter(Boolean));
  }

  slotOf(problem) {
    if (problem.field === "dose" && this.rows.has(problem.exercise)) return this.rows.get(problem.exercise).slot;
    return problem.field === "minutes" ? this.slots.minutes : this.slots.exercises;
  }

  label(id, amount) {
    const found = this.known.get(id)?.amounts.find((one) => one.id === amount);
    return found ? tOr(`amount.${amount}`, found.label) : null;
  }

  commit() {
    for (const row of this.rows.values()) row.commit();
  }
}

/** The exercise's picture, turned to the knee; before one is chosen, as it is drawn. */
export const pictureOf = (exercise, side) => `/pictures/${exercise.figure}.colour.${side ?? "both"}.svg`;
