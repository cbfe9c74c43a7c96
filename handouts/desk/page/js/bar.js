// The bar at the top: where one is, and how the printer stands.

import { connection } from "./api.js";
import { desk, printer } from "./desk.js";
import { el, setAttributes, setText } from "./dom.js";
import { on } from "./bus.js";
import { japanese, t } from "./words.js";

/** The printer's state in one line, kept up to date until `end()`. */
export function printerState() {
  const sign = el("span", { class: "state-sign", "aria-hidden": "true" });
  const text = el("span", { class: "state-text" });
  const element = el("p", { class: "state" }, sign, text);
  const draw = () => {
    setText(text, words());
    setAttributes(sign, { "data-on": !connection.stopped && printer()?.ready ? "yes" : null });
  };
  const ends = [on("connection", draw), on("printers", draw)];
  draw();
  return { element, end: () => ends.forEach((end) => end()) };
}

function words() {
  const one = printer();
  if (connection.stopped) return t("bar.stopped");
  if (!one) return t("bar.looking");
  if (one.id === "browser") return t("bar.browser");
  return one.ready ? t("bar.ready", { printer: one.name }) : t("bar.not", { printer: one.name, text: one.text });
}

/** A bar: what stands left, what right. */
export const bar = (left, right) => el("header", { class: "bar" }, el("div", { class: "bar-left" }, ...left), el("div", { class: "bar-right" }, ...right));

/** The clinic and the page's title, as the heading of a state that is not about one topic. */
export function clinicTitle(tag = "h1") {
  const name = desk.start?.clinic?.name ?? "";
  return el(tag, { class: "clinic" }, name ? el("span", japanese(), `${name} `) : null, el("span", {}, t("title")));
}
