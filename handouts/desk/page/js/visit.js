// 次の受診: one, two or four weeks from today, or a day from the calendar; pressing the chosen one again takes it away.

import { openCalendar } from "./calendar.js";
import { button, el, icon, setAttributes, setText } from "./dom.js";
import { language, t } from "./words.js";

const SHORT = { ja: "月火水木金土日".split(""), en: "Mon Tue Wed Thu Fri Sat Sun".split(" ") };

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The weekday of an ISO date, 0 = Monday. */
export const weekday = (iso) => (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7;

/** 「12月8日(火)10:00」. */
export function visitText({ date, time }) {
  const [, month, day] = date.split("-").map(Number);
  const name = SHORT[language()][weekday(date)];
  const said = language() === "ja" ? `${month}月${day}日(${name})` : `${day} ${MONTHS[month - 1]} ${name} `;
  return `${said}${time ?? ""}`.trim();
}

/** The field; `visit`: the days of the topic's answer, `change()` after each choice. */
export class Visit {
  constructor({ visit, form, change }) {
    Object.assign(this, { visit, form, change });
    this.state = el("span", { class: "field-state", role: "status" });
    this.quick = visit.quick.map((one) => this.toggle(t("visit.weeks", { n: one.weeks }), () => this.choose(one)));
    this.calendar = this.toggle(t("visit.calendar"), () => this.open(), { "aria-haspopup": "dialog" });
    this.element = el(
      "fieldset", { class: "visit-field" },
      el("legend", { class: "field-head" }, el("span", { class: "field-label" }, t("visit.label")), this.state),
      el("div", { class: "visit" }, ...this.quick, this.calendar),
    );
    this.draw();
  }

  get first() {
    return this.quick[0] ?? this.calendar;
  }

  toggle(label, press, attributes = {}) {
    return button([icon("tick"), label], press, { class: "toggle", ...attributes });
  }

  choose({ date, time }) {
    const again = this.form.visit?.date === date;
    this.form.visit = again ? null : { date, time };
    this.draw();
    this.change();
  }

  open() {
    openCalendar({
      visit: this.visit, chosen: this.form.visit, beside: this.calendar,
      choose: (chosen) => { this.form.visit = chosen; this.draw(); this.change(); },
    });
  }

  draw() {
    const { visit } = this.form;
    let quick = false;
    this.visit.quick.forEach((one, at) => {
      const chosen = visit?.date === one.date && !quick;
      quick ||= chosen;
      setAttributes(this.quick[at], { "aria-pressed": chosen ? "true" : "false" });
    });
    setAttributes(this.calendar, { "data-chosen": visit && !quick ? "yes" : null });
    setText(this.state, visit ? visitText(visit) : t("visit.none"));
  }
}
