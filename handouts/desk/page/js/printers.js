// 05b: which printer, which tray, which type and colour, how many.

import { desk, printer } from "./desk.js";
import { el, freshId, icon, setAttributes } from "./dom.js";
import { choiceRow } from "./choice.js";
import { copiesRow, colourRow, editionRow } from "./rows.js";
import { t } from "./words.js";

/** The panel; `editions` of this sheet, `change()` after each change of the form, `slot` for problems of the printer. */
export function printersPanel({ form, editions, paper, change, slot }) {
  const rows = el("div", { class: "rows" });
  const draw = () => {
    const trays = printer()?.trays ?? [];
    const tray = trays.length > 1 ? choiceRow({
      label: t("printer.tray"), value: form.tray ?? trays[0].id, options: trays.map(({ id, name }) => ({ value: id, label: name })),
      onChoose: (id) => { form.tray = id; },
    }).element : null;
    rows.replaceChildren(...[
      tray, editions.length > 1 ? editionRow(form, editions, change) : null, colourRow(form, change),
      copiesRow(form, paper ? t("printer.size", { paper }) : "", change),
    ].filter(Boolean));
  };
  const list = printerList((id) => {
    desk.usual.printer = id;
    form.tray = null;
    if (printer()?.colour === false && form.colour) form.colour = false;
    draw();
    change();
  });
  draw();
  return el("div", { class: "printers" }, el("h2", { class: "section" }, t("printer.heading")), list, slot.element, rows);
}

function printerList(choose) {
  const name = freshId("printer");
  const cells = (desk.printers?.printers ?? []).map((one) => {
    const input = el("input", {
      type: "radio", name, value: one.id, autocomplete: "off", prop: { checked: one.id === printer()?.id },
      on: { change: () => { choose(one.id); mark(); } },
    });
    return el(
      "label", { class: "printer", "data-ready": one.ready ? "yes" : "no" }, input, el("span", { class: "dot" }),
      el("span", { class: "printer-text" }, el("b", {}, one.name), el("span", {}, one.text)), one.ready ? null : icon("triangle"),
    );
  });
  const mark = () => cells.forEach((cell) => setAttributes(cell, { "data-chosen": cell.firstChild.checked ? "yes" : null }));
  mark();
  return el("fieldset", { class: "printer-list" }, el("legend", { class: "hidden-label" }, t("printer.heading")), ...cells);
}
