// After the paper: what went where, what to look at before it is handed over, and the copy that is still there.

import { button, el, setText } from "./dom.js";
import { desk } from "./desk.js";
import { t } from "./words.js";

/** Whether paper came out is known; through the browser, or where the printer's list is silent, it is asked. */
export const isKnown = (state) => state.what === "done";

/** The panel of 05, and of 05c where nobody knows whether paper came. `erase()` is 「今すぐ消す」, `notCame()` 「出ていない」. */
export function donePanel({ state, personal, erase, notCame }) {
  const browser = state.what === "browser";
  const rows = browser
    ? [["done.where", state.printer], ["done.paper", state.paper]]
    : [["done.printer", state.printer], ["done.paper", state.paper], ["done.state", state.text]];
  return el(
    "div", { class: "done" },
    el("h1", { class: "heading" }, t(isKnown(state) ? "done.printed" : "done.browser")),
    el("dl", { class: "facts" }, ...rows.map(([key, text]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, text)))),
    isKnown(state) ? look(personal) : asked(state, notCame),
    copyNote(erase),
  );
}

/** Where nobody knows: how one comes here without paper, and a way to say so. */
function asked(state, notCame) {
  const text = state.what === "browser" ? t("done.cancel") : state.text;
  return el("div", { class: "done-note" }, el("p", {}, text), button(t("done.not"), notCame, { class: "done-not" }));
}

function look(personal) {
  const [title, text] = personal ? ["done.look", "done.lookText"] : ["done.read", "done.readText"];
  return el("div", { class: "done-look" }, el("h2", {}, t(title)), el("p", {}, t(text)));
}

function copyNote(erase) {
  const first = el("p", { class: "strong" }, t("done.copy"));
  const minutes = desk.idle.done === null ? null : Math.round(desk.idle.done / 60);
  const second = el("p", {}, minutes === null ? t("done.copyForever") : t("done.copyUntil", { n: minutes }));
  const press = button(t("done.erase"), async () => {
    await erase();
    setText(first, t("done.erased"));
    setText(second, "");
    press.setAttribute("aria-disabled", "true");
  }, { class: "done-erase" });
  return el("div", { class: "done-copy" }, el("div", { class: "done-copy-text", role: "status" }, first, second), press);
}
