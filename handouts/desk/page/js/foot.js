// The foot: what stands before printing, and the one button, which keeps its place and size in all its forms.

import { button, el, icon, setAttributes, setChildren } from "./dom.js";
import { t } from "./words.js";

const BLUE = new Set(["print", "next", "came", "reconnect"]);
const WITH_KEY = new Set(["print", "fix", "next", "reconnect"]);

/** The foot; `press()` is called when the main button is pressed. */
export class Foot {
  constructor(press) {
    this.first = el("p", { class: "foot-first" });
    this.second = el("p", { class: "foot-second" });
    this.text = el("div", { class: "foot-text", role: "status" }, this.first, this.second);
    this.aside = el("div", { class: "foot-aside" });
    this.label = el("span", { class: "primary-label" });
    this.key = el("span", { class: "key" }, t("foot.key"));
    this.main = button([this.label, this.key], press, { class: "primary" });
    this.element = el("div", { class: "foot" }, this.text, this.aside, this.main);
  }

  /** Draws the foot: the main button's form, two lines of text, the buttons beside it. */
  draw({ form, first = "", second = "", sign = false, aside = [], lead = null }) {
    this.form = form;
    if (this.label.textContent !== t(`foot.${form}`)) this.label.textContent = t(`foot.${form}`);
    this.key.hidden = !WITH_KEY.has(form);
    setAttributes(this.main, {
      "data-form": form, "data-ground": BLUE.has(form) ? "blue" : null, "aria-disabled": form === "sending" ? "true" : null,
    });
    this.line(this.first, first, sign);
    this.line(this.second, second, false);
    setAttributes(this.text, { "data-sign": sign ? "yes" : null });
    setChildren(this.aside, aside);
    this.lead(lead);
  }

  line(element, text, sign) {
    if (element.dataset.text === `${sign}${text}`) return;
    element.dataset.text = `${sign}${text}`;
    element.replaceChildren(...(sign ? [icon("triangle")] : []), text);
  }

  /** Something in place of the text, e.g. a tick box. */
  lead(element) {
    const now = this.element.querySelector(".foot-lead");
    if (now === element) return;
    now?.remove();
    if (element) this.element.prepend(element);
    this.text.hidden = Boolean(element);
  }
}
