// 痛む膝: 左 | the figure from behind, 両方 | 右. Nothing is chosen until somebody chooses; the ring follows.

import { el, freshId, icon, setAttributes, setText, svg } from "./dom.js";
import { t } from "./words.js";

/** The knee's radio buttons. `knee`: picture, box and rings of the topic; `choose(side)`. */
export class Knee {
  constructor({ knee, side, choose }) {
    const name = freshId("knee");
    this.rings = Object.fromEntries(["left", "right"].map((key) => [key, ring(knee[key])]));
    this.state = el("span", { class: "field-state", id: freshId("knee-state") });
    this.cells = ["left", "both", "right"].map((value) => this.cell(name, value, choose, knee));
    this.element = el(
      "fieldset", { class: "knee-field" },
      el("legend", { class: "field-head" }, el("span", { class: "field-label" }, t("side.label")), this.state),
      el("div", { class: "knee" }, ...this.cells),
    );
    this.set(side);
  }

  cell(name, value, choose, knee) {
    const input = el("input", {
      type: "radio", name, value, autocomplete: "off", "aria-describedby": this.state.id,
      on: { change: () => { this.set(value); choose(value); } },
    });
    const figure = value === "both" ? figureFromBehind(knee, Object.values(this.rings)) : null;
    return el("label", { class: `knee-cell knee-${value}` }, input, figure, el("span", { class: "knee-word" }, icon("tick"), t(`side.${value}`)));
  }

  set(side) {
    this.side = side;
    for (const cell of this.cells) {
      cell.firstChild.checked = cell.firstChild.value === side;
      setAttributes(cell, { "data-chosen": cell.firstChild.checked ? "yes" : null });
    }
    for (const [key, one] of Object.entries(this.rings)) setAttributes(one, { "data-on": side === key || side === "both" ? "yes" : null });
    setText(this.state, t(side ? "side.seen" : "side.choose"));
    setAttributes(this.state, { "data-wanted": side ? null : "yes" });
  }

  focus() {
    (this.cells.find((cell) => cell.firstChild.checked) ?? this.cells[0]).firstChild.focus();
  }
}

function ring([x, y, r]) {
  return svg(
    "g", { class: "ring" }, svg("circle", { cx: x, cy: y, r, class: "ring-ground" }), svg("circle", { cx: x, cy: y, r, class: "ring-line" }),
  );
}

function figureFromBehind({ picture, box }, rings) {
  const [x, y, w, h] = box;
  // The picture's own size is in mm, box and rings are in its units of a point: 72 of these are 96 CSS px.
  const image = svg("image", { href: picture, transform: "scale(0.75)" });
  return svg("svg", { class: "knee-figure", viewBox: `${x} ${y} ${w} ${h}`, "aria-hidden": "true" }, image, ...rings);
}
